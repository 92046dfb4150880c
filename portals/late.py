"""What is late, to be explained by who owes it: lateness stays, the reason stands beside it."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from events.event import today
from events.words import Words
from portals.asking import page_number
from portals.owed import card, cards
from portals.pages import PLATFORM
from portals.people import acting
from portals.web import FormState, act, form_page, page, reshown, staff
from services import access
from services.actions.clocks import ExplainOverdue, explain_overdue
from services.actions.refused import NotFound
from services.views.view import Page, Row

HERE = "/late"
KINDS = ("regulator", "council", "association", "enterprise")
TITLE = Words("逾期事项", "What is late")
_WHOSE = {
    "own": Words("本单位", "your unit"),
    "below": Words("下级单位", "units under yours"),
}


async def late(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """What the acting party owes and is late with; of one that was chosen, the form."""
    by = acting(request)
    if clock := _clock(request):
        row = await _mine(request, clock)
        made = (
            form_page(ExplainOverdue, state, title=TITLE, action=f"{HERE}?clock={clock}")
            if _may(request)
            else {"form": None}
        )
        return await page(
            request, "late.html", **{**made, "title": TITLE}, row=card(row), rows=None
        )
    whose = "below" if request.query.get("whose") == "below" else "own"
    units = await request.app[PLATFORM].views.directory.ids_under(by.party.id)
    return await page(
        request, "late.html", title=TITLE, form=None, row=None, whose=whose,
        lists=_WHOSE if units else {},
        rows=await _listed(request, units if whose == "below" else None),
    )  # fmt: skip


async def _listed(request: web.Request, units: list[str] | None) -> Page:
    """What the acting party is late with, else what the units directly under it are."""
    me, board = acting(request).party.id, request.app[PLATFORM].views.obligations
    if units is not None:
        return cards(await board.late_of(units, today(), page_number(request), me=me))
    rows = await board.of_party(me, "overdue", today(), page_number(request))
    return cards(rows, lambda row: _explained_at(row, me))


def _explained_at(row: Row, me: str) -> str:
    """Where who owes it says why it is late, once it is noted that it is."""
    return f"{HERE}?clock={row['id']}" if row["breached"] and row["debtor"] == me else ""


@reshown
async def explain(request: web.Request) -> web.StreamResponse:
    """Say why; who does not owe it is refused by the rule."""
    clock = _clock(request)
    row = await _mine(request, clock)
    then = f"{HERE}?clock={clock}"
    return await act(
        request, explain_overdue, ExplainOverdue, then, again=late, record=row["record"],
        clock=clock,
    )  # fmt: skip


def _clock(request: web.Request) -> str:
    return request.query.get("clock", "")[:200]


def _may(request: web.Request) -> bool:
    return access.may(acting(request), "ExplainOverdue", "debtor")


async def _mine(request: web.Request, clock: str) -> dict[str, Any]:
    """The missed deadline of this party, as of its record; else it is not there."""
    board, party = request.app[PLATFORM].views.obligations, acting(request).party.id
    for row in await board.of_record(clock.partition(":")[0]):
        if row["id"] == clock and row["debtor"] == party and row["breached"]:
            return row
    raise NotFound(Words("没有找到这个逾期事项", "There is no such missed deadline"))


ROUTES = [web.get(HERE, staff(late, *KINDS)), web.post(HERE, staff(explain, *KINDS))]
