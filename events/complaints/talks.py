"""Talks: what the body in charge and a side of a complaint write to each other.

What is written is sealed under the key of the complaint's subject and read by those two alone; the
record says that it was written. It stands beside the course: no state, clock or form changes.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from events.complaints.complaint import ComplaintEvent
from events.complaints.consents import Side
from events.complaints.terms import SIDES
from events.event import PartyRef, Personal
from events.words import Words, in_words


class BodyWrote(ComplaintEvent, frozen=True, kw_only=True):
    """Who handles it wrote to one side, and may have asked for an answer."""

    TOPIC = "body-wrote"
    BESIDE: ClassVar[bool] = True
    SAYS = Words(
        "{by} 就投诉 {number} 给{side}写了消息{asking}",
        "{by} wrote to {side} about complaint {number}{asking}",
    )

    side: Side
    text: Personal
    asks: bool = False
    until: date | None = None

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "side": SIDES[self.side], "asking": self._asking()}

    def _asking(self) -> Words:
        if self.until is None:
            return Words("，请其答复", ", asking for an answer") if self.asks else Words("", "")
        zh, en = in_words(self.until)
        return Words(f"，请其在{zh}前答复", f", asking for an answer by {en}")


class SideWrote(ComplaintEvent, frozen=True, kw_only=True):
    """A side wrote to the body in charge: its answer, or something of its own."""

    TOPIC = "side-wrote"
    BESIDE: ClassVar[bool] = True
    SAYS = Words(
        "{by} 就投诉 {number} 给承办单位写了消息",
        "{by} wrote to the body in charge about complaint {number}",
    )

    side: Side
    text: Personal
    #: Who is to answer; an earlier message that still waits is answered together with this one.
    body: PartyRef | None = None
    again: bool = False


class AnswerNotNeeded(ComplaintEvent, frozen=True, kw_only=True):
    """What a side wrote was read and needs no answer."""

    TOPIC = "answer-not-needed"
    BESIDE: ClassVar[bool] = True
    SAYS = Words(
        "{by} 已阅{side}就投诉 {number} 写的消息，无需答复",
        "{by} read what {side} wrote about complaint {number}; it needs no answer",
    )

    side: Side

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "side": SIDES[self.side]}
