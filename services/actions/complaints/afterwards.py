"""Afterwards: reminders to rate, call-backs, the question after four weeks, opening it again."""

from __future__ import annotations

from datetime import date, timedelta

from events.complaints import (
    CalledBack,
    ComplaintReopened,
    OutcomeStated,
    RatingLapsed,
    RatingReminded,
)
from events.log import Appended
from events.words import Words
from services.actions.change import Log, change
from services.actions.command import Reason, Text, ask
from services.actions.complaints.complaint import Complaint, OnComplaint, personal
from services.actions.complaints.sides import told_or_none
from services.actions.refused import Refused

#: Days after the end until she is reminded to rate, and then until that counts as no answer.
RATE_WITHIN = 20
#: Days after the end until she is asked whether it was settled and kept (R35).
ASKED_AFTER = 28


class RemindRating(OnComplaint):
    """Remind the consumer to rate."""

    SAYS = Words("提醒评价", "Remind her to rate")


async def remind_rating(log: Log, command: RemindRating) -> Appended:
    return await change(log, Complaint, command.complaint, command, remind)


def remind(complaint: Complaint, command: RemindRating) -> None:
    _refuse_rated(complaint)
    if complaint.reminded:
        raise Refused(Words("已经提醒过", "She was reminded already"))
    _refuse_before(complaint.ended_on, RATE_WITHIN, command.on)
    complaint.say(RatingReminded, command)


class LapseRating(OnComplaint):
    """Count it as not rated."""

    SAYS = Words("记为没有评价", "Count it as not rated")


async def lapse_rating(log: Log, command: LapseRating) -> Appended:
    return await change(log, Complaint, command.complaint, command, lapse)


def lapse(complaint: Complaint, command: LapseRating) -> None:
    _refuse_rated(complaint)
    if not complaint.reminded or complaint.lapsed:
        raise Refused(Words("要先提醒，并且只记一次", "She is reminded first, and it counts once"))
    _refuse_before(complaint.ended_on, 2 * RATE_WITHIN, command.on)
    complaint.say(RatingLapsed, command)


class CallBack(OnComplaint):
    """Record a call-back (121 §26)."""

    SAYS = Words("记录回访", "Record a call-back")

    reached: bool = ask("联系上了吗？", "Was she reached?", widget="yes_no")
    solved: bool | None = ask("问题解决了吗？", "Is it solved?", widget="yes_no", default=None)
    told: Text = ask("她怎么说？", "What did she say?", widget="area", default="")


async def call_back(log: Log, command: CallBack) -> Appended:
    return await change(log, Complaint, command.complaint, command, called)


def called(complaint: Complaint, command: CallBack) -> None:
    complaint.say(
        CalledBack, command, reached=command.reached,
        solved=command.solved if command.reached else None,
        told=told_or_none(complaint, command, "told"),
    )  # fmt: skip


class StateOutcome(OnComplaint):
    """The consumer says, four weeks later, what became of it."""

    SAYS = Words("说明后续情况", "Say what became of it")

    settled: bool = ask("问题解决了吗？", "Was it settled?", widget="yes_no")
    kept: bool | None = ask(
        "商家兑现了吗？", "Was what was agreed kept?", widget="yes_no", default=None
    )
    comment: Text = ask("您想说的", "What you want to say", widget="area", default="")


async def state_outcome(log: Log, command: StateOutcome) -> Appended:
    return await change(log, Complaint, command.complaint, command, state)


def state(complaint: Complaint, command: StateOutcome) -> None:
    """Once; that it was not kept makes the body look at it again."""
    if complaint.outcome_stated:
        raise Refused(
            Words("已经说明过后续情况，不能再改", "This was said already and stays as it is")
        )
    _refuse_before(complaint.ended_on, ASKED_AFTER, command.on)
    comment = told_or_none(complaint, command, "comment")
    kept = command.kept if command.settled else None
    complaint.say(
        OutcomeStated, command,
        settled=command.settled, kept=kept, comment=comment, body=complaint.unit,
    )  # fmt: skip


class ReopenComplaint(OnComplaint):
    """Take it up again, on new facts only."""

    SAYS = Words("因新事实重新办理", "Reopen on new facts")

    facts: Reason = ask("有什么新的事实？", "Which new facts?", widget="area",
        hint=Words("只有新的事实才能重新办理。", "Only new facts can reopen it."),
    )  # fmt: skip
    reason: Reason = ask("为什么重新办理？", "Why is it reopened?", widget="area")


async def reopen_complaint(log: Log, command: ReopenComplaint) -> Appended:
    return await change(log, Complaint, command.complaint, command, reopen)


def reopen(complaint: Complaint, command: ReopenComplaint) -> None:
    """Where it had been accepted it is mediated again; else it is decided on again."""
    complaint.say(
        ComplaintReopened, command, resumes="accepted" if complaint.accepted else "received",
        facts=personal(complaint.id, command, "facts"), reason=command.reason,
    )  # fmt: skip


def _refuse_rated(complaint: Complaint) -> None:
    if complaint.rated:
        raise Refused(Words("消费者已经评价", "The consumer has rated it"))


def _refuse_before(ended: date | None, days: int, on: date) -> None:
    if ended is not None and on < (day := ended + timedelta(days=days)):
        raise Refused(
            Words("{day}以后才到这一步", "This comes on {day} at the earliest").fill(day=day)
        )
