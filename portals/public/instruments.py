"""What councils say in public: warnings, also withdrawn ones; proposals, and who answered them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from aiohttp import web

from events.words import Words, both
from portals.asking import found, page_number, record_id, text
from portals.instruments import letter_sheet, shown
from portals.web import PLATFORM, page
from services.actions.instruments import PROPOSAL_STATES

Row = dict[str, Any]
WARNINGS, PROPOSALS = "/warnings", "/proposals"
NAV = Words("消费警示", "Warnings")
_PROPOSED = Words("消委会的建议和答复", "Proposals of councils, and answers")


async def warnings(request: web.Request) -> web.StreamResponse:
    """Every warning that was published, the newest first."""
    rows = await request.app[PLATFORM].views.instruments.warnings(page_number(request))
    listed = [shown(row, f"{WARNINGS}/{row['id']}") for row in rows.rows]
    title = Words("消费警示和提示", "Consumer warnings and advice")
    return await page(request, "public/warnings.html", title=title, rows=replace(rows, rows=listed))


async def proposals(request: web.Request) -> web.StreamResponse:
    """Proposals in one state, with how many each body answered."""
    views, state = request.app[PLATFORM].views, text(request, "state") or "sent"
    rows = await views.instruments.proposals(state=state, number=page_number(request))
    listed = [shown(row, f"{PROPOSALS}/{row['id']}") for row in rows.rows]
    return await page(
        request, "public/proposals.html", title=_PROPOSED, rows=replace(rows, rows=listed),
        states=list(PROPOSAL_STATES), asked=state, answering=await views.instruments.answering(),
    )  # fmt: skip


def _one(what: str, listed: str, title: Words) -> Callable[[web.Request], Any]:
    async def show(request: web.Request) -> web.StreamResponse:
        views = request.app[PLATFORM].views
        row = found(await views.instruments.public(record_id(request), what))
        return await page(
            request, f"public/{what}.html", title=both(row["title"]),
            breadcrumbs=[(listed, title)], row=shown(row, f"{listed}/{row['id']}"),
        )  # fmt: skip

    return show


def _letter(what: str) -> Callable[[web.Request], Any]:
    async def letter(request: web.Request) -> web.StreamResponse:
        views = request.app[PLATFORM].views
        return await letter_sheet(
            request, found(await views.instruments.public(record_id(request), what))
        )

    return letter


ROUTES = [
    web.get(WARNINGS, warnings),
    web.get(WARNINGS + "/{id}", _one("warning", WARNINGS, NAV)),
    web.get(WARNINGS + "/{id}/letter.pdf", _letter("warning")),
    web.get(PROPOSALS + "/{id}/letter.pdf", _letter("proposal")),
    web.get(PROPOSALS, proposals),
    web.get(PROPOSALS + "/{id}", _one("proposal", PROPOSALS, _PROPOSED)),
]
