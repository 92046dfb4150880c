"""What the consumer does herself with her complaint: each act a form, where it makes sense."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from aiohttp import web

from events.complaints.terms import CONSENTS
from events.event import today
from events.words import Code, Words
from portals.forms import FormState
from portals.meetings import invited_to
from portals.public.mine import HERE, crumbs, my_complaint, my_record
from portals.web import PLATFORM as _PLATFORM
from portals.web import act, form_page, page, reshown
from services import access
from services.actions import complaints as c
from services.actions.refused import NotFound
from services.told import told

Row = dict[str, Any]
Kind = type[c.OnComplaint]

#: By slug: the command, what does it, and how the button asks it.
ACTS: dict[str, tuple[Kind, Callable[..., Awaitable[Any]], Words]] = {
    "identity": (c.GiveIdentityProof, c.give_identity_proof,
                 Words("提供身份证明", "Prove who you are")),
    "settled": (c.ConfirmDirectSettlement, c.confirm_direct_settlement,
                Words("确认已经和解", "Yes, it is settled")),
    "not-settled": (c.DenyDirectSettlement, c.deny_direct_settlement,
                    Words("没有和解", "No, it is not settled")),
    "proposal": (c.AnswerProposal, c.answer_proposal,
                 Words("答复调解方案", "Answer the proposal")),
    "jointly": (c.ConsentAsRepresented, c.consent_as_represented,
                Words("同意代表人和解", "Agree that your representatives settle")),
    "performed": (c.ReportPerformance, c.report_performance,
                  Words("商家已经履行", "The business kept it")),
    "default": (c.ReportDefault, c.report_default,
                Words("商家没有履行", "The business did not keep it")),
    "outcome": (c.StateOutcome, c.state_outcome,
                Words("后来解决了吗？", "Was it settled, and kept?")),
    "satisfaction": (c.StateSatisfaction, c.state_satisfaction,
                     Words("说说是否满意", "Say whether you are satisfied")),
    "session": (c.AnswerInvitation, c.answer_invitation,
                Words("答复能否参加调解", "Say whether you come to the session")),
    "message": (c.WriteToBody, c.write_to_body,
                Words("给承办单位写消息", "Write to the body in charge")),
    "recusal": (c.RequestRecusal, c.request_recusal,
                Words("申请调解人员回避", "Ask the mediator to step aside")),
    "consent": (c.GiveConsent, c.give_consent, Words("同意公示或者委托调解", "Give consent")),
    "consent-withdrawn": (c.WithdrawConsent, c.withdraw_consent,
                          Words("撤回同意", "Withdraw consent")),
    "withdraw": (c.WithdrawComplaint, c.withdraw_complaint, Words("撤回投诉", "Withdraw")),
}  # fmt: skip
#: What is asked of her comes before what she only may do.
ASKED = ("identity", "settled", "not-settled", "proposal", "jointly", "performed", "default",
         "outcome", "satisfaction")  # fmt: skip


def acts_on(record: c.Complaint, lead: c.Complaint | None) -> list[Row]:
    """What she may do now, what she is asked first."""
    return [
        {
            "url": f"{HERE}/{slug}",
            "words": _ANSWER if slug == "message" and _is_asked(record, slug) else words,
            "asked": _is_asked(record, slug),
        }
        for slug, (kind, _, words) in ACTS.items()
        if _possible(record, lead, kind)
    ]


def her_turn(record: c.Complaint, acts: list[Row]) -> Words | None:
    """What the case waits for from her, if for anything; how it was is asked when it has ended."""
    asked = (each["url"].rpartition("/")[2] for each in acts if each["asked"])
    open_ = record.state == "agreed" and not record.outcome_stated
    said = () if open_ else ("performed", "default")
    first = next((slug for slug in asked if slug in _WAITS and slug not in said), "")
    if first == "identity" and record.proof_until is not None:
        return _prove(record.proof_until)
    return _WAITS.get(first)


def _prove(until: date) -> Words:
    return (_PROVE if until >= today() else _PROVE_LATE).fill(until=until)


def _is_asked(record: c.Complaint, slug: str) -> bool:
    """Whether somebody waits for it: for an answer to a message, or to an invitation, once."""
    if slug == "session":
        return "consumer" not in record.attending
    return slug in ASKED or (slug == "message" and "consumer" in record.asked)


def _possible(record: c.Complaint, lead: c.Complaint | None, kind: Kind) -> bool:
    if kind is c.ConsentAsRepresented:
        return lead is not None and record.number in lead.undecided()
    by = c.complainant(record.id)
    if not access.may(by, kind.__name__, "complainant", record.state):
        return False
    sense = _SENSE.get(kind)
    return sense is None or sense(record)


def _since(day: date | None, days: int) -> bool:
    return day is not None and today() >= day + timedelta(days=days)


_SENSE: dict[Kind, Callable[[c.Complaint], bool]] = {
    c.GiveIdentityProof: lambda one: not one.proof_given,
    c.ConfirmDirectSettlement: lambda one: bool(one.settled_as),
    c.DenyDirectSettlement: lambda one: bool(one.settled_as),
    c.AnswerProposal: lambda one: one.proposed and "consumer" not in one.replies,
    c.AnswerInvitation: lambda one: one.session is not None and one.session.day >= today(),
    c.ReportDefault: lambda one: one.perform_by is None or today() > one.perform_by,
    c.StateOutcome: lambda one: not one.outcome_stated and _since(one.ended_on, c.ASKED_AFTER),
    c.StateSatisfaction: lambda one: not one.rated,
    c.GiveConsent: lambda one: len(_agreed(one)) < len(CONSENTS.terms),
    c.WithdrawConsent: lambda one: bool(_agreed(one)),
}


def _agreed(record: c.Complaint) -> dict[str, Words]:
    """To what she has agreed."""
    return {what: words for what, words in CONSENTS if ("consumer", what) in record.consents}


async def form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """The form of one act."""
    row, (kind, _, words) = await my_complaint(request), _act(request)
    record = await my_record(request, row)
    made = form_page(
        kind, state, title=words, seen=None if kind is c.ConsentAsRepresented else row["version"],
        intro=await _intro(request, record, kind), leave_out=("whose", "who"),
        options=_options(record, kind),
    )  # fmt: skip
    return await page(request, "form.html", breadcrumbs=crumbs(row), **made)


async def _intro(request: web.Request, record: c.Complaint, kind: Kind) -> Words | None:
    """What she is asked about, in the words of who asks."""
    said = await told(request.app[_PLATFORM].log, record.id)
    match kind:
        case c.AnswerProposal:
            return Words(f"调解方案：{said['proposal']}", f"The proposal: {said['proposal']}")
        case c.ConfirmDirectSettlement | c.DenyDirectSettlement:
            text = said["settlement"]
            return Words(f"商家说：{text}", f"The business says: {text}")
        case c.AnswerInvitation:
            return invited_to(record)
        case c.GiveIdentityProof if record.proof_until is not None:
            return _prove(record.proof_until)
    return None


def _options(record: c.Complaint, kind: Kind) -> dict[str, Code]:
    """Consents that she can still give, or take back."""
    agreed = _agreed(record)
    if kind is c.WithdrawConsent:
        return {"what": Code("consent", agreed)}
    if kind is c.GiveConsent:
        left = {what: words for what, words in CONSENTS if what not in agreed}
        return {"what": Code("consent", left)}
    return {}


@reshown
async def do(request: web.Request) -> web.StreamResponse:
    """Do it, and back to her complaint."""
    row, (kind, action, _) = await my_complaint(request), _act(request)
    id = UUID(str(row["id"]))
    known: Row = {"by": c.complainant(id), "complaint": id}
    if issubclass(kind, c.OfASide):
        known["whose"] = "consumer"
    if kind is c.ConsentAsRepresented:
        known |= {"complaint": await _lead(request, row), "who": str(id)}
    return await act(request, action, kind, HERE, again=form, **known)


async def _lead(request: web.Request, row: Row) -> UUID:
    """The joint complaint in which she is represented."""
    record = await my_record(request, row)
    if not record.merged_into:
        raise NotFound(access.NOT_THERE)
    return UUID(record.merged_into)


def _act(request: web.Request) -> tuple[Kind, Callable[..., Awaitable[Any]], Words]:
    found = ACTS.get(request.match_info["act"])
    if found is None:
        raise NotFound(Words("没有这个操作", "There is no such act"))
    return found


_ANSWER = Words("答复承办单位的消息", "Answer the message")
_PROVE = Words(
    "请在 {until} 前提供，否则投诉可能不予受理。",
    "Please do so by {until}, or the complaint may be refused.",
)
_SETTLED = Words(
    "商家说已经和解，请您确认。", "The business says that it is settled: please confirm."
)
_KEPT = Words("请说明商家有没有照协议做。", "Please say whether the business kept the agreement.")
_WAITS = {
    "identity": Words("请提供身份证明。", "Please prove who you are."),
    "settled": _SETTLED,
    "not-settled": _SETTLED,
    "proposal": Words("请答复调解方案。", "Please answer the proposal."),
    "jointly": Words(
        "请答复是否同意代表人和解。", "Please say whether your representatives may settle."
    ),
    "performed": _KEPT,
    "default": _KEPT,
    "session": Words("请答复能否参加调解。", "Please say whether you come to the session."),
    "message": Words("请答复承办单位的消息。", "Please answer the message."),
}
_PROVE_LATE = Words(
    "原定 {until} 前提供，已经过了。请尽快提供，否则投诉可能不予受理。",
    "It was due by {until}. Please do so soon, or the complaint may be refused.",
)
ROUTES = [web.get(HERE + "/{act}", form), web.post(HERE + "/{act}", do)]
