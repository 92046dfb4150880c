"""Complaint acts: what the handling body does with one; a page each, the same form for all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from aiohttp import web

from events.event import Acting, PartyRef
from events.terms import REFUSAL_GROUNDS, ROLES
from events.words import Words
from portals import bodies
from portals.complaint_office import about, office, the_complaint
from portals.complaint_pages import ACTS
from portals.forms import FormErrors, typed
from portals.pages import viewer
from portals.personal import with_told
from portals.web import FormState, act, acting, form_page, page, read, reshown
from services import access
from services.actions import complaints as c
from services.actions.refused import AlreadyDecided, NotAllowed, NotFound

Row = dict[str, Any]
DO: dict[type[c.OnComplaint], Callable[..., Awaitable[Any]]] = {
    c.AcceptComplaint: c.accept_complaint,
    c.RefuseComplaint: c.refuse_complaint,
    c.StartMediation: c.start_mediation,
    c.RecordAgreement: c.record_agreement,
    c.TerminateMediation: c.terminate_mediation,
    c.RecordRestitution: c.record_restitution,
    c.StateSatisfaction: c.state_satisfaction,
    c.CloseComplaint: c.close_complaint,
    c.ReferClue: c.refer_clue,
    c.WithdrawComplaint: c.withdraw_complaint,
}
#: What the consumer does, and the body only records for her.
_HERS = (c.WithdrawComplaint, c.StateSatisfaction)


def _kind(request: web.Request) -> type[c.OnComplaint]:
    kind = ACTS.get(request.match_info["act"])
    if kind is None:
        raise NotFound(Words("没有这个操作", "There is no such act"))
    return kind


async def form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """The form of one act."""
    row, kind = await the_complaint(request), _kind(request)
    if state is None:
        _refuse_untimely(acting(request), row, kind)
    made = form_page(
        kind, state, seen=row["version"], intro=_intro(row, kind), dated=True,
        options={"to": bodies.choice(await _bodies(request, kind), acting(request).party.id)},
    )  # fmt: skip
    template = "complaint/refuse.html" if kind is c.RefuseComplaint else "form.html"
    return await page(
        request, template, breadcrumbs=office(request).crumbs_to(row), row=row, letter=None,
        ways=c.OTHER_WAYS, **made,
    )  # fmt: skip


def _intro(row: Row, kind: type[c.OnComplaint]) -> Words:
    """Which complaint it is, and whose word is recorded."""
    return _FOR_HER.fill(about=about(row)) if kind in _HERS else about(row)


def _refuse_untimely(by: Acting, row: Row, kind: type[c.OnComplaint]) -> None:
    """A form whose act is not possible for this body, or not now, is not offered."""
    now, said = c.STATES[row["state"]], kind.SAYS
    if not access.may(by, kind.__name__, "handler"):
        raise NotAllowed(_NOT_YOURS.fill(party=by.party.name, role=ROLES[by.role], said=said))
    if access.may(by, kind.__name__, "handler", row["state"]):
        return
    raise AlreadyDecided(
        Words(
            f"投诉 {row['number']} 现在是“{now.zh}”，不能“{said.zh}”。请回到这件投诉查看经过。",
            f"Complaint {row['number']} is now {now.en}; not possible: {said.en}. "
            "Its page shows what happened.",
        )
    )


async def _bodies(request: web.Request, kind: type[c.OnComplaint]) -> list[PartyRef]:
    """To whom it can go."""
    if kind is c.ReferClue:
        return await bodies.regulators(request)
    return []


@reshown
async def do(request: web.Request) -> web.StreamResponse:
    """Do it, and back to the complaint; a refusal may first be seen as a letter."""
    row, kind = await the_complaint(request), _kind(request)
    known: Row = {"by": _by(request, kind), "complaint": row["id"]}
    posted = await request.post()
    if to := bodies.chosen(await _bodies(request, kind), posted.get("to")):
        known["to"] = to
    if kind is c.RefuseComplaint and "preview" in posted and not viewer(request).stale:
        return await _letter(request, row, known)
    then = office(request).address(row["id"])
    return await act(request, DO[kind], kind, then, again=form, **known)


def _by(request: web.Request, kind: type[c.OnComplaint]) -> Acting:
    by = acting(request)
    return msgspec.structs.replace(by, on_behalf_of="消费者") if kind in _HERS else by


async def _letter(request: web.Request, row: Row, known: Row) -> web.StreamResponse:
    """The letter as the consumer will read it, above the form that is still to be sent."""
    state = FormState(values=typed(await request.post()))
    try:
        command = await read(request, c.RefuseComplaint, **known)
    except FormErrors as wrong:
        viewer(request).status = 422
        return await form(request, FormState(values=state.values, errors=wrong.errors))
    made = form_page(c.RefuseComplaint, state, seen=row["version"], intro=about(row), dated=True)
    row = await with_told(request, row)
    letter = {"ground": REFUSAL_GROUNDS[command.ground], "reason": command.reason, "on": command.on}
    return await page(
        request, "complaint/refuse.html", breadcrumbs=office(request).crumbs_to(row), row=row,
        letter=letter, ways=c.OTHER_WAYS, **made,
    )  # fmt: skip


_FOR_HER = Words(
    "{about} · 由消费者提出，您代为记录", "{about} · the consumer's word, recorded by you"
)
_NOT_YOURS = Words(
    "以{party}{role}的身份不能办理“{said}”。请回到这件投诉，看“可以做什么”。",
    "{party} ({role}) may not do this to a complaint: {said}. "
    "Go back to the complaint to see what you can do.",
)
