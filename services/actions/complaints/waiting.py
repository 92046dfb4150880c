"""Waiting: who waits for an answer in the talks of a complaint; part of its record."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from events.complaints import (
    AnswerNotNeeded,
    BodyWrote,
    ComplaintClosed,
    ComplaintWithdrawn,
    SideWrote,
)
from events.event import Event
from services.actions.aggregate import Aggregate


class Talks(Aggregate):
    """Which side waits for an answer to what it wrote, and which one is asked for one."""

    waiting: frozenset[str] = frozenset()

    def __init__(self, id: UUID) -> None:
        super().__init__(id)
        #: Side -> until when it is asked to answer; None: without a day.
        self.asked: dict[str, date | None] = {}

    def _talking(self, event: Event) -> None:
        match event:
            case SideWrote():
                self.waiting |= {event.side}
                self.asked.pop(event.side, None)
            case BodyWrote():
                self.waiting -= {event.side}
                if event.asks:
                    self.asked[event.side] = event.until
            case AnswerNotNeeded():
                self.waiting -= {event.side}
            case ComplaintWithdrawn() | ComplaintClosed():
                self.asked.clear()
