"""The reward for a report that proved true."""

from __future__ import annotations

from events.report_terms import REWARD_LEVELS
from events.reports.report import ReportEvent
from events.terms import Money
from events.words import Words


class RewardEvent(ReportEvent, frozen=True, kw_only=True):
    """About the reward for a report that proved true."""

    level: str
    amount: Money

    def _values(self) -> dict[str, object]:
        values = {**super()._values(), "level": REWARD_LEVELS[self.level]}
        return {**values, "amount": self.amount.said()}


class RewardProposed(RewardEvent, frozen=True, kw_only=True):
    """A reward was proposed, by level and by what was fined and confiscated."""

    TOPIC = "reward-proposed"
    SAYS = Words(
        "{by} 提出对举报 {number} 奖励 {amount}（{level}）：{reason}",
        "{by} proposed a reward of {amount} for report {number} ({level}): {reason}",
    )

    fined: Money


class RewardGranted(RewardEvent, frozen=True, kw_only=True):
    """The head granted it."""

    TOPIC = "reward-granted"
    SAYS = Words(
        "{by} 批准对举报 {number} 奖励 {amount}（{level}）",
        "{by} granted a reward of {amount} for report {number} ({level})",
    )


class RewardRefused(ReportEvent, frozen=True, kw_only=True):
    """The head did not grant it."""

    TOPIC = "reward-refused"
    SAYS = Words(
        "{by} 没有批准举报 {number} 的奖励：{reason}",
        "{by} did not grant a reward for report {number}: {reason}",
    )
