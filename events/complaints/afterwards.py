"""Afterwards: reminders, call-backs, what became of it, and opening it again on new facts."""

from __future__ import annotations

from events.complaints.complaint import ComplaintEvent
from events.event import PartyRef, Personal
from events.words import Words


class RatingReminded(ComplaintEvent, frozen=True, kw_only=True):
    """The consumer was reminded to say what she thinks of how it was handled."""

    TOPIC = "rating-reminded"
    SAYS = Words(
        "{by} 提醒消费者评价投诉 {number} 的处理",
        "{by} reminded the consumer to rate the handling of complaint {number}",
    )


class RatingLapsed(ComplaintEvent, frozen=True, kw_only=True):
    """She was reminded and did not answer; that is counted by itself."""

    TOPIC = "rating-lapsed"
    SAYS = Words(
        "{by} 记录：消费者没有评价投诉 {number}",
        "{by} recorded that the consumer did not rate complaint {number}",
    )


class CalledBack(ComplaintEvent, frozen=True, kw_only=True):
    """The body asked the consumer how it went (121 §26)."""

    TOPIC = "called-back"
    SAYS = Words(
        "{by} 就投诉 {number} 回访消费者：{answer}",
        "{by} called the consumer of complaint {number} back: {answer}",
    )

    reached: bool
    solved: bool | None = None
    told: Personal | None = None

    def _values(self) -> dict[str, object]:
        said = _REACHED[self.solved] if self.reached else _NOBODY
        return {**super()._values(), "answer": said}


_NOBODY = Words("没有联系上", "not reached")
_REACHED = {
    True: Words("问题已经解决", "it is solved"),
    False: Words("问题没有解决", "it is not solved"),
    None: Words("没有说明是否解决", "she did not say whether it is solved"),
}


class OutcomeStated(ComplaintEvent, frozen=True, kw_only=True):
    """Four weeks after the end the consumer said whether it was settled, and kept."""

    TOPIC = "outcome-stated"
    SAYS = Words(
        "{by} 说明投诉 {number} 的后续：{answer}",
        "{by} said what became of complaint {number}: {answer}",
    )

    settled: bool
    kept: bool | None = None
    comment: Personal | None = None
    #: Who is in charge, and has to act on it.
    body: PartyRef | None = None

    def _values(self) -> dict[str, object]:
        kept = _KEPT[self.kept] if self.settled else Words("没有解决", "not settled")
        return {**super()._values(), "answer": kept}


_KEPT = {
    True: Words("已经解决，承诺已兑现", "settled, and kept"),
    False: Words("达成了协议，但没有兑现", "settled, but not kept"),
    None: Words("已经解决", "settled"),
}


class ComplaintReopened(ComplaintEvent, frozen=True, kw_only=True):
    """New facts came to light; the body takes it up again (`resumes`)."""

    TOPIC = "complaint-reopened"
    SAYS = Words(
        "{by} 因新的事实重新办理投诉 {number}：{reason}",
        "{by} took complaint {number} up again on new facts: {reason}",
    )

    resumes: str
    facts: Personal
