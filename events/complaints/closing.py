"""Closing: what the consumer got back, what she says of it, and the end of the file."""

from __future__ import annotations

from typing import ClassVar

from events.complaints.complaint import ComplaintEvent
from events.event import Personal, as_it_was
from events.terms import Money
from events.words import Words


class RestitutionRecorded(ComplaintEvent, frozen=True, kw_only=True):
    """How much the consumer got back."""

    TOPIC = "restitution-recorded"
    SAYS = Words(
        "{by} 记录投诉 {number} 为消费者挽回损失 {amount}",
        "{by} recorded that complaint {number} brought the consumer {amount}",
    )

    amount: Money

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "amount": self.amount.said()}


class SatisfactionStated(ComplaintEvent, frozen=True, kw_only=True):
    """The consumer said whether she is satisfied."""

    TOPIC = "satisfaction-stated"
    VERSION = 2  # with whether it is solved, stars and her own words
    UPCASTS: ClassVar = {1: as_it_was}
    SAYS = Words(
        "{by} 记录消费者对投诉 {number} 的评价：{answer}",
        "{by} recorded the consumer's view of complaint {number}: {answer}",
    )

    satisfied: bool
    solved: bool | None = None
    #: 1 to 5; 0 where none were given.
    stars: int = 0
    comment: Personal | None = None

    def _values(self) -> dict[str, object]:
        answer = Words("满意", "satisfied") if self.satisfied else Words("不满意", "not satisfied")
        return {**super()._values(), "answer": answer}


class ComplaintClosed(ComplaintEvent, frozen=True, kw_only=True):
    """The file on the complaint was closed."""

    TOPIC = "complaint-closed"
    SAYS = Words("{by} 办结了投诉 {number}", "{by} closed complaint {number}")


class ComplaintImportReversed(ComplaintEvent, frozen=True, kw_only=True):
    """The import that brought this complaint was reversed; it no longer counts."""

    TOPIC = "complaint-import-reversed"
    SAYS = Words(
        "{by} 撤销了投诉 {number} 的导入：{reason}",
        "{by} reversed the import of complaint {number}: {reason}",
    )
