"""Complaint acts: what the handling body does with one; a page each, the same form for all."""

from __future__ import annotations

from typing import Any

import msgspec
from aiohttp import web

from events.event import Acting, PartyRef
from events.terms import REFUSAL_GROUNDS, ROLES
from events.words import Code, Words, both
from portals import bodies, complaint_signs
from portals.attaching import act_with_files, chosen, uploads
from portals.complaint_office import about, office, the_complaint, with_joined
from portals.complaint_table import ACTS, HERS, Act, Kind
from portals.forms import FormErrors, typed
from portals.pages import viewer
from portals.personal import with_told
from portals.talking import talk_at_the_desk
from portals.web import PLATFORM, FormState, act, acting, form_page, page, read, reshown
from services import access, numbers
from services.actions import complaints as c
from services.actions.refused import AlreadyDecided, NotAllowed, NotFound
from services.rights.complaints import OPEN
from services.same_dispute import taken_up_elsewhere

Row = dict[str, Any]
#: Forms with a layout of their own, and acts after which it is another body's.
_TEMPLATES: dict[Kind, str] = {
    c.AcceptComplaint: "complaint/accept.html",
    c.RefuseComplaint: "complaint/refuse.html",
    c.JudgeAbuseSigns: "complaint/signs.html",
}
_WITH_FILES = (c.ReferClue,)
_GIVEN_AWAY = (c.ForwardComplaint, c.ReturnToDesk)


def _act(request: web.Request) -> Act:
    found = ACTS.get(request.match_info["act"])
    if found is None:
        raise NotFound(Words("没有这个操作", "There is no such act"))
    return found


async def form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """The form of one act."""
    row, (kind, _) = await the_complaint(request), _act(request)
    if state is None:
        _refuse_untimely(acting(request), row, kind)
    options = {"to": bodies.choice(await _bodies(request, kind), acting(request).party.id)}
    options |= await _among_joined(request, row, kind)
    if issubclass(kind, c.WriteToSide):
        return await _message(request, row, kind, state)
    like = await _like(request, row) if kind is c.MergeComplaint else []
    made = form_page(
        kind, state, seen=row["version"], intro=_intro(row, kind, like), dated=True,
        options=options, **_arranged(row["record"], kind), **_wanted(row["record"], like),
    )  # fmt: skip
    template = _TEMPLATES.get(kind, "form.html")
    elsewhere = await _elsewhere(request, row) if kind is c.AcceptComplaint else []
    shown = await complaint_signs.shown(request, row) if kind in _TEMPLATES else None
    if kind in _WITH_FILES:
        made["files"] = await chosen(request, made["form"].key)
    return await page(
        request, template, breadcrumbs=office(request).crumbs_to(row), row=row, letter=None,
        ways=c.OTHER_WAYS, elsewhere=elsewhere, shown=shown, **made,
    )  # fmt: skip


def _arranged(record: c.Complaint, kind: Kind) -> Row:
    """What was arranged before stands in the form that arranges it anew, or says how it went."""
    session = record.session
    if session is None or kind not in (c.ScheduleMediation, c.HoldMediation):
        return {}
    names = ("day", "time", "meeting", "place", "mediator")
    return {name: getattr(session, name) for name in names if name in kind.model_fields}


async def _message(
    request: web.Request, row: Row, kind: type[c.WriteToSide], state: FormState | None
) -> web.StreamResponse:
    """What was written so far, and what is written now: it never is out of date."""
    made = form_page(kind, state, intro=about(row), button=_SEND)
    talk = await talk_at_the_desk(request, row, kind.SIDE)
    if talk["rows"] and row["personal"] not in ("restricted", "erased"):
        reads, by = request.app[PLATFORM].reads, acting(request)
        reads.note(by, "complaint", row["id"], row["number"], "handling")
    crumbs = office(request).crumbs_to(row)
    return await page(request, "complaint/message.html", breadcrumbs=crumbs, talk=talk, **made)


async def _elsewhere(request: web.Request, row: Row) -> list[Row]:
    """The same dispute at other bodies, as far as the officer may know of it."""
    found = await taken_up_elsewhere(request.app[PLATFORM], row)
    return [{**each, "said": c.STATES[each["state"]]} for each in found]


async def _like(request: web.Request, row: Row) -> list[str]:
    """Numbers of what this body handles of the same business and goods, the oldest first."""
    if not row["respondent"]:
        return []
    views = request.app[PLATFORM].views
    found = await views.complaints.handled_by(row["handler"], text=row["respondent"])
    return [each["number"] for each in reversed(found.rows) if _is_like(each, row)]


def _is_like(other: Row, row: Row) -> bool:
    same = all(other[name] == row[name] for name in ("respondent", "category", "product"))
    return same and other["state"] in OPEN and other["number"] != row["number"]


def _wanted(record: c.Complaint, like: list[str]) -> Row:
    """Where the consumer would complain jointly, with the oldest of them."""
    return {"into_number": like[0], "how": "joint"} if record.joins and like else {}


def _intro(row: Row, kind: Kind, like: list[str]) -> Words:
    """Which complaint it is, whose word is recorded, and what is like it."""
    if like:
        return _LIKE.fill(about=about(row), like=_LISTED.join(like))
    return _FOR_HER.fill(about=about(row)) if kind in HERS else about(row)


def _refuse_untimely(by: Acting, row: Row, kind: Kind) -> None:
    """A form whose act is not possible for this body, or not now, is not offered."""
    now, said = c.STATES[row["state"]], kind.SAYS
    own = row["relation"]
    if not access.may(by, kind.__name__, own):
        raise NotAllowed(_NOT_YOURS.fill(party=by.party.name, role=ROLES[by.role], said=said))
    if access.may(by, kind.__name__, own, row["state"]):
        return
    raise AlreadyDecided(
        Words(
            f"投诉 {row['number']} 现在是“{now.zh}”，不能“{said.zh}”。请回到这件投诉查看经过。",
            f"Complaint {row['number']} is now {now.en}; not possible: {said.en}. "
            "Its page shows what happened.",
        )
    )


async def _bodies(request: web.Request, kind: Kind) -> list[PartyRef]:
    """To whom it can go."""
    if kind in (c.ReferClue, c.ForwardComplaint):
        return await bodies.nearest(request, "regulator")
    if kind is c.EntrustMediation:
        return await bodies.nearest(request, "council")
    return []


async def _among_joined(request: web.Request, row: Row, kind: Kind) -> dict[str, Code]:
    """Of whom it is said: the consumers of the complaints that are handled jointly."""
    if kind not in (c.NameRepresentatives, c.ConsentAsRepresented):
        return {}
    joined = [each for each in await with_joined(request, row) if each["merged_as"] == "joint"]
    own = [row] if kind is c.NameRepresentatives else []
    among = Code("joint", {str(each["id"]): both(each["number"]) for each in [*own, *joined]})
    return {"representatives": among} if own else {"who": among}


@uploads
@reshown
async def do(request: web.Request) -> web.StreamResponse:
    """Do it, and back to the complaint; a refusal may first be seen as a letter."""
    row, (kind, action) = await the_complaint(request), _act(request)
    known: Row = {"by": _by(request, kind), "complaint": row["id"]}
    posted = await request.post()
    if to := bodies.chosen(await _bodies(request, kind), posted.get("to")):
        known["to"] = to
        if kind is c.ForwardComplaint:
            known["within"] = await bodies.one_authority(request, known["by"].party.id, to.id)
    if kind is c.MergeComplaint and (other := await _other(request, row, posted)):
        known["into"] = other
    if kind is c.JudgeAbuseSigns:
        known["signs"] = tuple(s.code for s in await complaint_signs.found(request, row))
    if kind is c.RefuseComplaint and "preview" in posted and not viewer(request).stale:
        return await _letter(request, row, known)
    here = office(request)
    then = here.register if kind in _GIVEN_AWAY else here.address(row["id"])
    if kind is c.ForwardComplaint and row["visibility"] == "normal":
        then = f"{here.address(row['id'])}/letters"  # the notice of it is made next
    if kind in _WITH_FILES:
        subject = str(row["id"])
        return await act_with_files(
            request, action, kind, then, again=form, subject=subject, **known
        )
    return await act(request, action, kind, then, again=form, **known)


async def _other(request: web.Request, row: Row, posted: Any) -> object:
    """The complaint whose number was typed, if this body handles it; else this one itself."""
    number = numbers.tidy(str(posted.get("into_number", "")))
    other = await request.app[PLATFORM].views.complaints.numbered(number)
    return other["id"] if other and other["handler"] == row["handler"] else row["id"]


def _by(request: web.Request, kind: Kind) -> Acting:
    by = acting(request)
    return msgspec.structs.replace(by, on_behalf_of="消费者") if kind in HERS else by


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
        letter=letter, ways=c.OTHER_WAYS, shown=await complaint_signs.shown(request, row), **made,
    )  # fmt: skip


_LISTED = " · "
_LIKE = Words(
    "{about}\n本单位在办的同一商家、同类商品的投诉：{like}",
    "{about}\nYou also handle, of the same business and goods: {like}",
)
_FOR_HER = Words(
    "{about} · 由消费者提出，您代为记录", "{about} · the consumer's word, recorded by you"
)
_SEND = Words("发送", "Send")
_NOT_YOURS = Words(
    "以{party}{role}的身份不能办理“{said}”。请回到这件投诉，看“可以做什么”。",
    "{party} ({role}) may not do this to a complaint: {said}. "
    "Go back to the complaint to see what you can do.",
)
