"""Sessions: when the sides meet, who mediates, what is proposed; a challenge stops all of it."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated
from unicodedata import normalize

from pydantic import AfterValidator

from events.complaints import (
    AttendanceStated,
    MediationHeld,
    MediationScheduled,
    ProposalAnswered,
    ProposalMade,
    RecusalDecided,
    RecusalRequested,
)
from events.complaints.terms import MEETINGS, SIDES
from events.log import Appended
from events.words import Words
from services.actions.change import Log, change
from services.actions.command import Given, MaybeDate, Reason, Text, ask, one_of, wrong
from services.actions.complaints.complaint import Complaint, OnComplaint, personal
from services.actions.complaints.sides import (
    OfASide,
    refuse_unless_mediating,
    side_of,
    told_or_none,
)
from services.actions.refused import Refused


def _time(value: str) -> str:
    plain = normalize("NFKC", value)
    if not re.fullmatch(r"([01]?[0-9]|2[0-3]):[0-5][0-9]", plain):
        wrong(f"“{value}”不是时间，请写成 14:30 这样", f"“{value}” is not a time; write 14:30")
    return plain


_Meeting = Annotated[Given, one_of(MEETINGS)]


class ScheduleMediation(OnComplaint):
    """Invite both sides: when, where, who mediates (form 7)."""

    SAYS = Words("通知调解", "Invite to mediation")

    day: date = ask("哪一天？", "On which day?", widget="date")
    time: Annotated[Given, AfterValidator(_time)] = ask(
        "几点？", "At what time?", hint=Words("例如 14:30", "For example 14:30")
    )
    meeting: _Meeting = ask("怎样调解？", "How do you meet?", widget="radios", options=MEETINGS)
    place: Given = ask("地点，或者怎样参加", "Where, or how to take part")
    mediator: Given = ask(
        "调解人员", "Mediator", hint=Words("会告知双方。", "Both sides are told.")
    )
    recusal_by: MaybeDate = ask(
        "可以在什么时候之前申请回避？", "Until when can they ask the mediator to step aside?",
        widget="date", default=None,
    )  # fmt: skip


async def schedule_mediation(log: Log, command: ScheduleMediation) -> Appended:
    return await change(log, Complaint, command.complaint, command, schedule)


def schedule(complaint: Complaint, command: ScheduleMediation) -> None:
    refuse_unless_mediating(complaint, command)
    if command.day < command.on:
        raise Refused(Words("调解日期不能早于今天", "The day is in the past"), field="day")
    if command.recusal_by and command.recusal_by > command.day:
        raise Refused(
            Words("申请回避的期限要在调解之前", "That must be before the session"), "recusal_by"
        )
    typed = command.model_dump(
        include={"day", "time", "meeting", "place", "mediator", "recusal_by"}
    )
    complaint.say(MediationScheduled, command, **typed)


class AnswerInvitation(OfASide):
    """A side says whether it comes; else why not, and when it could."""

    SAYS = Words("答复调解时间", "Say whether you come to the session")

    comes: bool = ask("能参加吗？", "Do you come?", widget="yes_no")
    why: Text = ask(
        "不能参加的，为什么，什么时候可以？", "If not, why, and when could you?",
        widget="area", default="", most=2_000,
        hint=Words("例如：那天要上班，周六或者晚上都可以。只有承办单位看得到。",
                   "For example: I work that day; Saturday or any evening. "
                   "Only the body in charge reads it."),
    )  # fmt: skip


async def answer_invitation(log: Log, command: AnswerInvitation) -> Appended:
    return await change(log, Complaint, command.complaint, command, say_whether)


def say_whether(complaint: Complaint, command: AnswerInvitation) -> None:
    """To the session they were invited to last, until its day; who changes her mind says so."""
    session, side = complaint.session, side_of(complaint, command)
    if session is None:
        raise Refused(_NO_SESSION)
    if session.day < command.on:
        raise Refused(_OVER.fill(day=session.day))
    if not command.comes and not command.why:
        raise Refused(_SAY_WHY, field="why")
    complaint.say(
        AttendanceStated, command, side=side, comes=command.comes, day=session.day,
        time=session.time, why=told_or_none(complaint, command, "why"),
        body=complaint.mediator or complaint.unit,
    )  # fmt: skip


class HoldMediation(OnComplaint):
    """Record a session: who was there, how it went."""

    SAYS = Words("记录调解经过", "Record a session")

    meeting: _Meeting = ask("怎样调解的？", "How did you meet?", widget="radios", options=MEETINGS)
    mediator: Given = ask("调解人员", "Mediator")
    present: tuple[Annotated[str, one_of(SIDES)], ...] = ask(
        "谁到场？", "Who was there?", options=SIDES, default=()
    )
    course: Text = ask("经过", "How it went", widget="area", default="")


async def hold_mediation(log: Log, command: HoldMediation) -> Appended:
    return await change(log, Complaint, command.complaint, command, hold)


def hold(complaint: Complaint, command: HoldMediation) -> None:
    refuse_unless_mediating(complaint, command)
    complaint.say(
        MediationHeld, command, meeting=command.meeting, mediator=command.mediator,
        present=list(command.present), course=told_or_none(complaint, command, "course"),
    )  # fmt: skip


class RequestRecusal(OfASide):
    """A side asks that the mediator step aside (121 §21)."""

    SAYS = Words("申请调解人员回避", "Ask the mediator to step aside")

    why: Reason = ask(
        "为什么应当回避？", "Why should he step aside?", widget="area",
        hint=Words("例如：调解人员是对方的亲属。", "For example he is a relative."),
    )  # fmt: skip


async def request_recusal(log: Log, command: RequestRecusal) -> Appended:
    return await change(log, Complaint, command.complaint, command, challenge)


def challenge(complaint: Complaint, command: RequestRecusal) -> None:
    why = personal(complaint.id, command, "why")
    side = side_of(complaint, command)
    complaint.say(RecusalRequested, command, whose=side, why=why, body=complaint.unit)


class DecideRecusal(OnComplaint):
    """The head decides; mediation goes on, with another mediator where it is granted."""

    SAYS = Words("决定是否回避", "Decide on the request to step aside")

    granted: bool = ask("是否回避？", "Does the mediator step aside?", widget="yes_no")
    mediator: Text = ask("回避的，改由谁调解？", "If so, who mediates instead?", default="")
    reason: Reason = ask("理由", "Reasons", widget="area")


async def decide_recusal(log: Log, command: DecideRecusal) -> Appended:
    return await change(log, Complaint, command.complaint, command, decide)


def decide(complaint: Complaint, command: DecideRecusal) -> None:
    if command.granted and not command.mediator:
        raise Refused(
            Words("决定回避的，请写明改由谁调解", "Say who mediates instead"), field="mediator"
        )
    complaint.say(
        RecusalDecided, command, granted=command.granted, reason=command.reason,
        mediator=command.mediator if command.granted else "",
    )  # fmt: skip


class MakeProposal(OnComplaint):
    """Propose terms to both sides."""

    SAYS = Words("提出调解方案", "Propose terms")

    terms: Reason = ask(
        "方案内容", "What do you propose?", widget="area",
        hint=Words("双方都会看到。", "Both sides will read it."),
    )  # fmt: skip


async def make_proposal(log: Log, command: MakeProposal) -> Appended:
    return await change(log, Complaint, command.complaint, command, propose)


def propose(complaint: Complaint, command: MakeProposal) -> None:
    refuse_unless_mediating(complaint, command)
    complaint.say(ProposalMade, command, terms=personal(complaint.id, command, "terms"))


class AnswerProposal(OfASide):
    """A side accepts the proposal, or does not."""

    SAYS = Words("答复调解方案", "Answer the proposal")

    accepts: bool = ask("接受吗？", "Do you accept it?", widget="yes_no")
    why: Text = ask("说明", "What you want to say", widget="area", default="")


async def answer_proposal(log: Log, command: AnswerProposal) -> Appended:
    return await change(log, Complaint, command.complaint, command, answer)


def answer(complaint: Complaint, command: AnswerProposal) -> None:
    """Once for each proposal; what both accept is still recorded by the mediator as agreement."""
    side = side_of(complaint, command)
    if not complaint.proposed or side in complaint.replies:
        raise Refused(
            Words(
                "现在没有等这一方答复的调解方案", "No proposal waits for an answer of this side now"
            )
        )
    why = told_or_none(complaint, command, "why")
    complaint.say(ProposalAnswered, command, whose=side, accepts=command.accepts, why=why)


_NO_SESSION = Words("现在没有约定的调解时间", "No session is arranged now")
_OVER = Words(
    "调解定在{day}，已经过去，不用再答复", "The session was on {day}; it needs no answer any more"
)
_SAY_WHY = Words(
    "请写明为什么不能参加，什么时候可以，方便另定时间",
    "Say why you cannot come and when you could, so that another time can be found",
)
