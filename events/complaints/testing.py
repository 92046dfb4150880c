"""Testing: goods are tested; that time does not count into the mediation (121 §22)."""

from __future__ import annotations

from events.complaints.complaint import ComplaintEvent
from events.complaints.terms import CHOSEN, PAYERS
from events.words import Words


class TestingStarted(ComplaintEvent, frozen=True, kw_only=True):
    """A testing body was commissioned; the time of mediation rests."""

    TOPIC = "testing-started"
    SAYS = Words(
        "{by} 就投诉 {number} 委托{lab}检测{item}（{chosen}，费用：{payer}），调解期限暂停",
        "{by} had {item} tested by {lab} for complaint {number} "
        "({chosen}; cost: {payer}); the time of mediation rests",
    )

    lab: str
    item: str
    chosen: str
    payer: str

    def _values(self) -> dict[str, object]:
        codes = {"chosen": CHOSEN[self.chosen], "payer": PAYERS[self.payer]}
        return {**super()._values(), **codes}


class TestingEnded(ComplaintEvent, frozen=True, kw_only=True):
    """The report came, or the test was given up; time runs again."""

    TOPIC = "testing-ended"
    SAYS = Words(
        "{by} 记录投诉 {number} 的检测结束：{result}，调解期限继续计算",
        "{by} recorded the end of testing for complaint {number}: {result}; time runs again",
    )

    result: str
