"""Closing: what the consumer got back, whether she is satisfied, and the end of the file.

A complaint that came by a wrong import is taken back here, without removing anything.
"""

from __future__ import annotations

from typing import Annotated

from events.complaints import (
    ComplaintClosed,
    ComplaintImportReversed,
    RestitutionRecorded,
    SatisfactionStated,
)
from events.log import Appended
from events.terms import Money
from events.words import Code, Words
from services.actions.change import Log, change
from services.actions.command import Reason, Text, ask, one_of
from services.actions.complaints.complaint import Complaint, OnComplaint
from services.actions.complaints.sides import told_or_none
from services.actions.refused import Refused

#: From so many stars she is counted as satisfied.
_CONTENT = 4
STARS = Code(
    "stars",
    {
        "5": Words("★★★★★ 很满意", "★★★★★ very satisfied"),
        "4": Words("★★★★ 满意", "★★★★ satisfied"),
        "3": Words("★★★ 一般", "★★★ so-so"),
        "2": Words("★★ 不满意", "★★ not satisfied"),
        "1": Words("★ 很不满意", "★ not satisfied at all"),
    },
)


class RecordRestitution(OnComplaint):
    """Record how much the consumer got back."""

    SAYS = Words("记录挽回金额", "Record restitution")

    amount: Money = ask("挽回金额", "Amount recovered", widget="money")


async def record_restitution(log: Log, command: RecordRestitution) -> Appended:
    return await change(log, Complaint, command.complaint, command, restitute)


def restitute(complaint: Complaint, command: RecordRestitution) -> None:
    if complaint.restituted:
        raise Refused(
            Words("挽回金额已经记录过，不能再记", "Restitution is already recorded"),
            field="amount",
        )
    if command.amount.minor < 0:
        raise Refused(Words("金额不能为负数", "The amount cannot be negative"), field="amount")
    complaint.say(RestitutionRecorded, command, amount=command.amount)


class StateSatisfaction(OnComplaint):
    """Record whether the consumer is satisfied."""

    SAYS = Words("记录评价", "Record satisfaction")

    solved: bool | None = ask(
        "问题解决了吗？", "Was the problem solved?", widget="yes_no", default=None
    )
    stars: Annotated[Text, one_of(STARS)] = ask(
        "对处理的评价", "How was it handled?", widget="radios", options=STARS, default=""
    )
    comment: Text = ask("想说的话", "Anything to add", widget="area", default="")
    #: Where only that is known, as from a register of others.
    satisfied: bool | None = None


async def state_satisfaction(log: Log, command: StateSatisfaction) -> Appended:
    return await change(log, Complaint, command.complaint, command, rate)


def rate(complaint: Complaint, command: StateSatisfaction) -> None:
    if complaint.rated:
        raise Refused(
            Words(
                "这件投诉已经有评价，不能再改",
                "The consumer's view is recorded already and stays as it is",
            )
        )
    if command.satisfied is None and not command.stars:
        raise Refused(Words("请选择一至五星", "Choose one to five stars"), field="stars")
    stars = int(command.stars or 0)
    complaint.say(
        SatisfactionStated, command, solved=command.solved, stars=stars,
        satisfied=stars >= _CONTENT if command.satisfied is None else command.satisfied,
        comment=told_or_none(complaint, command, "comment"),
    )  # fmt: skip


class CloseComplaint(OnComplaint):
    """Close the file."""

    SAYS = Words("办结", "Close")


async def close_complaint(log: Log, command: CloseComplaint) -> Appended:
    return await change(log, Complaint, command.complaint, command, close)


def close(complaint: Complaint, command: CloseComplaint) -> None:
    complaint.say(ComplaintClosed, command)


class ReverseComplaintImport(OnComplaint):
    """Take back an imported complaint; nothing is removed from the log."""

    SAYS = Words("撤销导入", "Reverse the import")

    reason: Reason = ask("撤销的原因", "Why is it reversed?", widget="area")


async def reverse_complaint_import(log: Log, command: ReverseComplaintImport) -> Appended:
    return await change(log, Complaint, command.complaint, command, reverse_import)


def reverse_import(complaint: Complaint, command: ReverseComplaintImport) -> None:
    if not complaint.imported:
        raise Refused(
            Words("只有导入的投诉可以撤销导入", "Only an imported complaint can be reversed")
        )
    complaint.say(ComplaintImportReversed, command, reason=command.reason)
