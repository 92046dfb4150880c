"""What all events of a complaint say."""

from __future__ import annotations

from events.event import Event, PartyRef


class ComplaintEvent(Event, frozen=True, kw_only=True):
    """What all events of a complaint say: its number and, where known, the enterprise."""

    number: str
    enterprise: PartyRef | None = None
