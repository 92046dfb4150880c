"""Keeping: an agreement is kept or not; both sides are told of an end; signs are verified."""

from __future__ import annotations

from typing import Annotated

from events.complaints import (
    AgreementPerformed,
    ClueExtended,
    ClueNoted,
    ClueVerified,
    DefaultReported,
    PartiesNotified,
)
from events.complaints.terms import SIDES, TOLD_BY
from events.log import Appended
from events.words import Words
from services.actions.change import Log, change
from services.actions.command import Given, Reason, ask, one_of
from services.actions.complaints.complaint import Complaint, OnComplaint, personal
from services.actions.extending import in_time
from services.actions.refused import Refused


class ReportPerformance(OnComplaint):
    """The agreement has been kept."""

    SAYS = Words("已经履行", "The agreement was kept")


async def report_performance(log: Log, command: ReportPerformance) -> Appended:
    return await change(log, Complaint, command.complaint, command, perform)


def perform(complaint: Complaint, command: ReportPerformance) -> None:
    complaint.say(AgreementPerformed, command)


class ReportDefault(OnComplaint):
    """The agreement has not been kept, or not wholly."""

    SAYS = Words("没有履行", "The agreement was not kept")

    why: Reason = ask("哪些没有履行？", "What was not done?", widget="area")


async def report_default(log: Log, command: ReportDefault) -> Appended:
    return await change(log, Complaint, command.complaint, command, default)


def default(complaint: Complaint, command: ReportDefault) -> None:
    if complaint.perform_by is not None and command.on <= complaint.perform_by:
        raise Refused(
            Words(
                "约定的履行日期是{day}，还没有过，不能说没有履行",
                "It is to be kept by {day}; before that it cannot be said not to be",
            ).fill(day=complaint.perform_by)
        )
    why = personal(complaint.id, command, "why")
    complaint.say(DefaultReported, command, why=why, body=complaint.unit)


class NotifyParties(OnComplaint):
    """Record that the sides were told of the end of mediation (form 8)."""

    SAYS = Words("告知双方终止调解", "Tell both sides")

    whom: tuple[Annotated[str, one_of(SIDES)], ...] = ask(
        "告知了谁？", "Who was told?", options=SIDES
    )
    way: Annotated[Given, one_of(TOLD_BY)] = ask(
        "怎样告知的？", "How?", widget="radios", options=TOLD_BY
    )


async def notify_parties(log: Log, command: NotifyParties) -> Appended:
    return await change(log, Complaint, command.complaint, command, tell)


def tell(complaint: Complaint, command: NotifyParties) -> None:
    """The time to tell them ends when both know."""
    if not command.whom:
        raise Refused(Words("请选择告知了谁", "Say who was told"), field="whom")
    if complaint.told >= set(SIDES.terms):
        raise Refused(Words("双方都已经告知", "Both sides have been told"))
    complete = {*complaint.told, *command.whom} >= set(SIDES.terms)
    complaint.say(
        PartiesNotified, command, whom=list(command.whom), way=command.way, complete=complete
    )


class NoteClue(OnComplaint):
    """The regulator came upon signs of a violation (121 §27)."""

    SAYS = Words("发现违法线索", "Note signs of a violation")

    reason: Reason = ask("发现了什么？", "Which signs?", widget="area")


async def note_clue(log: Log, command: NoteClue) -> Appended:
    return await change(log, Complaint, command.complaint, command, note)


def note(complaint: Complaint, command: NoteClue) -> None:
    if complaint.clue == "open":
        raise Refused(
            Words("已有一条线索在核查，请先核查完", "Signs noted before are still to be verified")
        )
    complaint.say(ClueNoted, command, reason=command.reason)


class ExtendClue(OnComplaint):
    """The head gives fifteen more working days."""

    SAYS = Words("延长核查期限", "Give more time to verify")

    reason: Reason = ask("为什么延长？", "Why?", widget="area")


async def extend_clue(log: Log, command: ExtendClue) -> Appended:
    rule = in_time(extend, "C4", await log.load(command.complaint))
    return await change(log, Complaint, command.complaint, command, rule)


def extend(complaint: Complaint, command: ExtendClue) -> None:
    _refuse_without_clue(complaint)
    if complaint.clue_extended:
        raise Refused(Words("只能延长一次", "It can be extended only once"))
    complaint.say(ClueExtended, command, reason=command.reason)


class VerifyClue(OnComplaint):
    """Say what the verification found; a case of its own goes on with it."""

    SAYS = Words("记录核查结果", "Record what was found")

    result: Reason = ask(
        "核查结果", "What was found?", widget="area",
        hint=Words(
            "涉嫌违法的，请另行立项跟进；线索不因投诉办结而结束。",
            "Where a violation is suspected, open a follow-up; it outlives the complaint.",
        ),
    )  # fmt: skip


async def verify_clue(log: Log, command: VerifyClue) -> Appended:
    return await change(log, Complaint, command.complaint, command, verify)


def verify(complaint: Complaint, command: VerifyClue) -> None:
    _refuse_without_clue(complaint)
    complaint.say(ClueVerified, command, result=command.result)


def _refuse_without_clue(complaint: Complaint) -> None:
    if complaint.clue != "open":
        raise Refused(Words("没有待核查的线索", "There are no signs to be verified"))
