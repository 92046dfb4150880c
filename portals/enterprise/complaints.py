"""A complaint at the business: what its body tells it, and what it can do: settle, answer, keep.

It reads nothing that the consumer told; only what the body in charge wrote for it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from events.complaints.terms import CONSENTS
from events.event import today
from events.terms import CATEGORIES
from events.words import Code, Words, both
from portals.asking import found, record_id
from portals.comments import editions
from portals.enterprise.home import CRUMB, RECORD, WITHHELD, address, address_of_complaint
from portals.meetings import calendar_of, invited_to, meeting_of_side
from portals.owed import card, history
from portals.seeing import the_case
from portals.talking import talk_of_side, what_comes_of_it
from portals.web import PLATFORM, FormState, act, acting, form_page, page, reshown, staff
from services import access
from services.actions import complaints as c
from services.actions.refused import AlreadyDecided, NotFound
from services.told import told

Row = dict[str, Any]
Kind = type[c.OnComplaint]
_LIST = (f"{RECORD}?part=complaints", Words("投诉", "Complaints"))

ACTS: dict[str, tuple[Kind, Callable[..., Awaitable[Any]]]] = {
    "settled": (c.ReportDirectSettlement, c.report_direct_settlement),
    "not-settled": (c.FailDirectSettlement, c.fail_direct_settlement),
    "proposal": (c.AnswerProposal, c.answer_proposal),
    "performed": (c.ReportPerformance, c.report_performance),
    "consent": (c.GiveConsent, c.give_consent),
    "consent-withdrawn": (c.WithdrawConsent, c.withdraw_consent),
    "session": (c.AnswerInvitation, c.answer_invitation),
    "message": (c.WriteToBody, c.write_to_body),
    "recusal": (c.RequestRecusal, c.request_recusal),
    "comment": (c.WriteComment, c.write_comment),
    "comment-withdrawn": (c.WithdrawComment, c.withdraw_comment),
}
_SENSE: dict[Kind, Callable[[c.Complaint], bool]] = {
    c.ReportDirectSettlement: lambda one: not one.settled_as,
    c.AnswerProposal: lambda one: one.proposed and "enterprise" not in one.replies,
    c.AnswerInvitation: lambda one: one.session is not None and one.session.day >= today(),
    c.GiveConsent: lambda one: len(_agreed(one)) < len(CONSENTS.terms),
    c.WithdrawConsent: lambda one: bool(_agreed(one)),
    c.WriteComment: lambda one: one.can_be_public,
    c.WithdrawComment: lambda one: bool(one.comment.standing),
}


def _agreed(record: c.Complaint) -> dict[str, Words]:
    return {what: words for what, words in CONSENTS if ("enterprise", what) in record.consents}


async def our_complaint(request: web.Request) -> tuple[Row, c.Complaint]:
    """The complaint, once the body has turned to the business with it; else 404."""
    platform, id = request.app[PLATFORM], record_id(request)
    record = await the_case(request, "complaint", "respondent")
    assert isinstance(record, c.Complaint)
    if not record.told_the_business:
        raise NotFound(access.NOT_THERE)
    return found(await platform.views.complaints.one(id)), record


async def complaint(request: web.Request) -> web.StreamResponse:
    """What it is about, whose turn it is, what the business can do."""
    row, record = await our_complaint(request)
    views, id = request.app[PLATFORM].views, str(row["id"])
    said = await told(request.app[PLATFORM].log, id)
    owed = [card(each, address) for each in await views.obligations.of_record(id)]
    return await page(
        request,
        "enterprise/complaint.html",
        title=Words(f"投诉 {row['number']}", f"Complaint {row['number']}"),
        breadcrumbs=[CRUMB, _LIST],
        row=row,
        state=c.STATES[row["state"]],
        category=CATEGORIES[row["category"]],
        unopened=_unopened(request, record),
        matter=said["matter"],
        proposal=said["proposal"],
        terms=said["terms"],
        meeting=await meeting_of_side(request, record, "enterprise"),
        talk=await talk_of_side(request, record, "enterprise"),
        public=_public(row, record),
        editions=await editions(request, id),
        ours=[each for each in owed if each["open"] and each["debtor_kind"] == "enterprise"],
        acts=[
            {"url": f"{address_of_complaint(id)}/{slug}", "words": kind.SAYS}
            for slug, (kind, _) in sorted(ACTS.items(), key=lambda act: not _asked(record, act[0]))
            if _possible(request, record, kind)
        ],
        entries=history(await views.trail.of_record(id), WITHHELD),
        show=request.query.get("show", "all"),
    )


def _unopened(request: web.Request, record: c.Complaint) -> bool:
    """Whether a letter for the business has not arrived yet."""
    by, letters = acting(request), record.letters.values()
    return any(not each.effective and record.may_see_letter(by, each.id) for each in letters)


def _asked(record: c.Complaint, slug: str) -> bool:
    """Whether the body waits for an answer to its message, or to its invitation."""
    if slug == "session":
        return "enterprise" not in record.attending
    return slug == "message" and "enterprise" in record.asked


def _public(row: Row, record: c.Complaint) -> Words | None:
    """That it is public, or may become so, and that something can be said beside it."""
    if row["published_on"]:
        return _IS_PUBLIC.fill(day=row["published_on"])
    return _MAY_BE_PUBLIC if record.can_be_public and record.ended_on else None


_IS_PUBLIC = Words(
    "{day}起公示了贵单位名称、问题、商品、处理单位和结果。贵单位可以写说明，显示在公示旁边。",
    "Public since {day}: your name, the problem, the goods, who handled it, how it ended. "
    "You can write a comment to stand beside it.",
)
_MAY_BE_PUBLIC = Words(
    "消费者同意公示，承办单位可以公示贵单位名称、问题、商品和结果。现在就可以写说明，公示时一并显示。",
    "The consumer agrees to publication; the body in charge can make public your name, the "
    "problem, the goods and how it ended. You can write your comment now, to stand beside it.",
)


def _possible(request: web.Request, record: c.Complaint, kind: Kind) -> bool:
    if not access.may(acting(request), kind.__name__, "respondent", record.state):
        return False
    sense = _SENSE.get(kind)
    return sense is None or sense(record)


def _act(request: web.Request) -> tuple[Kind, Callable[..., Awaitable[Any]]]:
    made = ACTS.get(request.match_info["act"])
    if made is None:
        raise NotFound(Words("没有这个操作", "There is no such act"))
    return made


async def form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """The form of one act."""
    (row, record), (kind, _) = await our_complaint(request), _act(request)
    if state is None and not _possible(request, record, kind):
        raise AlreadyDecided(_NOT_NOW.fill(state=c.STATES[row["state"]], said=kind.SAYS))
    agreed = _agreed(record)
    left = {what: words for what, words in CONSENTS if what not in agreed}
    crumbs = [CRUMB, _LIST, (address_of_complaint(row["id"]), both(row["number"]))]
    if kind is c.WriteToBody:
        return await _message(request, record, crumbs, state)
    made = form_page(
        kind, state, seen=row["version"], leave_out=("whose",),
        intro=await _intro(request, record, kind),
        options={"what": Code("consent", agreed if kind is c.WithdrawConsent else left)},
    )  # fmt: skip
    return await page(request, "form.html", breadcrumbs=crumbs, **made)


async def _intro(request: web.Request, record: c.Complaint, kind: Kind) -> Words | None:
    """What it is asked about, in the words of who asks."""
    said = await told(request.app[PLATFORM].log, record.id)
    match kind:
        case c.AnswerProposal:
            return _PROPOSED.fill(text=said["proposal"])
        case c.ReportDirectSettlement | c.FailDirectSettlement:
            return _TOLD.fill(text=said["matter"])
        case c.ReportPerformance if said["terms"]:
            return _AGREED.fill(text=said["terms"])
        case c.AnswerInvitation:
            return invited_to(record)
    return None


_PROPOSED = Words("调解方案：{text}", "The proposal: {text}")
_TOLD = Words("承办单位告诉贵单位的情况：{text}", "What the body in charge told you: {text}")
_AGREED = Words("协议内容：{text}", "The agreement: {text}")


async def _message(
    request: web.Request, record: c.Complaint, crumbs: list[Any], state: FormState | None
) -> web.StreamResponse:
    """What was written so far, and what the business writes now."""
    made = form_page(c.WriteToBody, state, intro=what_comes_of_it(record), leave_out=("whose",))
    talk = await talk_of_side(request, record, "enterprise")
    return await page(request, "message.html", breadcrumbs=crumbs, talk=talk, files=None, **made)


@reshown
async def do(request: web.Request) -> web.StreamResponse:
    """Do it, and back to the complaint."""
    (row, _), (kind, action) = await our_complaint(request), _act(request)
    known: Row = {"complaint": row["id"]}
    if issubclass(kind, c.OfASide):
        known["whose"] = "enterprise"
    then = address_of_complaint(row["id"])
    return await act(request, action, kind, then, again=form, **known)


async def session_file(request: web.Request) -> web.StreamResponse:
    """The session, for the calendar of who comes."""
    _, record = await our_complaint(request)
    return await calendar_of(request, record)


_NOT_NOW = Words(
    "这件投诉现在是“{state}”，不能“{said}”。请回到这件投诉查看经过。",
    "The complaint is now {state}; not possible: {said}. Its page shows what happened.",
)
ROUTES = [
    web.get("/enterprise/complaints/{id}", staff(complaint, "enterprise")),
    web.get("/enterprise/complaints/{id}/session.ics", staff(session_file, "enterprise")),
    web.get("/enterprise/complaints/{id}/{act}", staff(form, "enterprise")),
    web.post("/enterprise/complaints/{id}/{act}", staff(do, "enterprise")),
]
