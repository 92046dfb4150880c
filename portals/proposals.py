"""Proposals of councils at the desk of who is to answer them: a regulator, an association."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from aiohttp import web

from events.words import Words, both
from portals.asking import found, page_number, record_id, text
from portals.forms import FormState
from portals.instruments import shown
from portals.owed import card, history
from portals.web import PLATFORM, act, acting, form_page, page, reshown, staff
from services import access
from services.actions import instruments as i

Row = dict[str, Any]
TITLE = Words("消委会的建议", "Proposals of councils")


def _list(request: web.Request) -> str:
    return f"/{acting(request).party.kind}/proposals"


def _crumbs(request: web.Request) -> list[tuple[str, Words]]:
    home = f"/{acting(request).party.kind}"
    return [(home, Words("工作台", "Desk")), (_list(request), TITLE)]


async def register(request: web.Request) -> web.StreamResponse:
    """What councils asked of this body."""
    state = text(request, "state")
    rows = await request.app[PLATFORM].views.instruments.asked_of(
        acting(request).party.id, state=state, number=page_number(request)
    )
    listed = [shown(row, f"{_list(request)}/{row['id']}") for row in rows.rows]
    known = state in i.PROPOSAL_STATES
    return await page(
        request, "proposal/list.html", title=TITLE, rows=replace(rows, rows=listed),
        states=list(i.PROPOSAL_STATES), asked=state, here_list=_list(request),
        active=[{"key": "state", "label": i.PROPOSAL_STATES[state]}] if known else [],
    )  # fmt: skip


async def the_proposal(request: web.Request) -> Row:
    """The proposal the address names, if this body is to answer it; else 404."""
    views = request.app[PLATFORM].views
    return found(await views.instruments.asked(record_id(request), acting(request).party.id))


async def record(request: web.Request) -> web.StreamResponse:
    """What is asked, on what basis an answer is owed, and the answer."""
    row, views = await the_proposal(request), request.app[PLATFORM].views
    owed = await views.obligations.of_record(str(row["id"]))
    here = f"{_list(request)}/{row['id']}"
    may = access.may(acting(request), "ReplyToProposal", "addressee", row["state"])
    return await page(
        request, "proposal/record.html", title=both(row["title"]), breadcrumbs=_crumbs(request),
        row=shown(row, here), owed=[card(each) for each in owed if each["open"]],
        acts=[{"url": f"{here}/answer", "words": i.ReplyToProposal.SAYS}] if may else [],
        entries=history(await views.trail.of_record(str(row["id"]))),
        show=request.query.get("show", "all"),
    )  # fmt: skip


async def answer_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    row = await the_proposal(request)
    access.check_kind(acting(request), i.ReplyToProposal, "addressee")
    made = form_page(i.ReplyToProposal, state, seen=row["version"], intro=both(row["title"]))
    crumb = (f"{_list(request)}/{row['id']}", both(row["number"]))
    return await page(request, "form.html", breadcrumbs=[*_crumbs(request), crumb], **made)


@reshown
async def answer(request: web.Request) -> web.StreamResponse:
    row = await the_proposal(request)
    then = f"{_list(request)}/{row['id']}"
    return await act(
        request, i.reply_to_proposal, i.ReplyToProposal, then, again=answer_form,
        proposal=row["id"],
    )  # fmt: skip


def proposal_routes(kind: str) -> list[web.RouteDef]:
    """The pages of one kind of body."""
    here = f"/{kind}/proposals"
    return [
        web.get(here, staff(register, kind)),
        web.get(here + "/{id}", staff(record, kind)),
        web.get(here + "/{id}/answer", staff(answer_form, kind)),
        web.post(here + "/{id}/answer", staff(answer, kind)),
    ]
