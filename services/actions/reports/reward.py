"""Reward: what a report that proved true earns, proposed by one person and decided by another.

Three levels of what was fined and confiscated, each with a floor, at most a million yuan a case
(国市监稽规〔2021〕4号).
"""

from __future__ import annotations

from typing import Annotated

from events.log import Appended
from events.report_terms import REWARD_LEVELS
from events.reports import RewardGranted, RewardProposed, RewardRefused
from events.terms import Money
from events.words import Words
from services.actions.change import Log, change
from services.actions.command import Given, Reason, Text, ask, one_of
from services.actions.refused import AlreadyDecided, NotAllowed, Refused
from services.actions.reports.report import OnReport, Report

#: Level -> hundredths of what was fined and confiscated, and the least, in fen.
LEVELS = {"1": (5, 500_000), "2": (3, 300_000), "3": (1, 100_000)}
MOST = 100_000_000


def amount(level: str, fined: Money) -> Money:
    """What a report of this level earns, rounded down to the fen."""
    hundredths, least = LEVELS[level]
    return Money(minor=min(MOST, max(least, fined.minor * hundredths // 100)))


class ProposeReward(OnReport):
    """Propose a reward by level; the amount follows from what was fined and confiscated."""

    SAYS = Words("提出奖励", "Propose a reward")

    level: Annotated[Given, one_of(REWARD_LEVELS)] = ask(
        "哪一级？", "Which level?", widget="radios", options=REWARD_LEVELS
    )
    fined: Money = ask("罚没款一共多少？", "How much was fined and confiscated?", widget="money",
        hint=Words("没有罚没款的填 0，按最低额。", "0 where there was nothing: the floor applies."),
    )  # fmt: skip
    natural_person: bool = ask(
        "举报人是自然人，而且不是市场监管工作人员、受害人、违法者、受雇的举报人吗？",
        "Is the reporter a natural person, and no regulator's staff, victim, offender or paid "
        "reporter?",
        widget="yes_no",
    )
    reason: Reason = ask("理由", "Why?", widget="area")


async def propose_reward(log: Log, command: ProposeReward) -> Appended:
    return await change(log, Report, command.report, command, propose)


def propose(report: Report, command: ProposeReward) -> None:
    if not report.filed:
        raise Refused(_NOT_TRUE)
    if report.anonymous:
        raise Refused(_NOBODY)
    if not command.natural_person:
        raise Refused(_NOT_FOR_THEM, field="natural_person")
    report.say(
        RewardProposed, command, level=command.level, fined=command.fined,
        amount=amount(command.level, command.fined), reason=command.reason,
    )  # fmt: skip


class DecideReward(OnReport):
    """The head grants or refuses it; nobody decides on what she proposed herself."""

    SAYS = Words("决定奖励", "Decide on the reward")

    granted: bool = ask("批准吗？", "Is it granted?", widget="yes_no")
    reason: Text = ask("不批准的理由", "Why not, if not", widget="area", default="")


async def decide_reward(log: Log, command: DecideReward) -> Appended:
    return await change(log, Report, command.report, command, decide)


def decide(report: Report, command: DecideReward) -> None:
    proposed = report.proposed
    if proposed is None or report.reward_decided:
        raise AlreadyDecided(_DECIDED)
    if proposed.by.person == command.by.person:
        raise NotAllowed(_SECOND)
    if command.granted:
        report.say(RewardGranted, command, level=proposed.level, amount=proposed.amount)
        return
    if len(command.reason) < 5:
        raise Refused(_WHY, field="reason")
    report.say(RewardRefused, command, reason=command.reason)


_NOT_TRUE = Words(
    "只有查证属实、已经立案的举报可以奖励。", "Only a report that was filed can be rewarded."
)
_NOBODY = Words(
    "这是匿名举报，没有可以发放奖励的人。",
    "This report is anonymous; there is nobody to pay a reward to.",
)
_NOT_FOR_THEM = Words(
    "奖励只给自然人，不给工作人员、受害人、违法者和受雇的举报人（国市监稽规〔2021〕4号）。",
    "Only natural persons are rewarded; not staff, victims, offenders or paid reporters.",
)
_DECIDED = Words("奖励已经决定，不能再改。", "The reward is decided already.")
_SECOND = Words(
    "这份奖励是您自己提出的，要由另一位负责人决定。",
    "You proposed this reward yourself; another head must decide on it.",
)
_WHY = Words("请说明不批准的理由，至少 5 个字", "Say why not, in 5 characters or more")
