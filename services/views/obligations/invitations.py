"""What an invitation to a session makes owed: answers of both sides, the session, another time."""

from __future__ import annotations

from collections.abc import Iterator

from events.complaints import (
    AttendanceStated,
    ComplaintEvent,
    MediationHeld,
    MediationScheduled,
)
from events.event import Recorded
from services.views.obligations.rows import CONSUMER, opened, settled
from services.views.view import Write

#: What is owed of a session while it is arranged.
MEETING = ("session", "attendance", "another-time")


def invitation(recorded: Recorded, event: ComplaintEvent) -> Iterator[Write]:
    """A new invitation, or the session itself, ends what was owed of the one before."""
    match event:
        case MediationHeld():
            yield from (settled(recorded, what) for what in MEETING)
        case MediationScheduled():
            yield from (settled(recorded, what) for what in MEETING)
            yield from _invited(recorded, event)
        case AttendanceStated():
            yield from _answered(recorded, event)


def _invited(recorded: Recorded, event: MediationScheduled) -> Iterator[Write]:
    body = event.by.party
    yield opened(recorded, event, "session", "M13", body, CONSUMER, event.day)
    yield opened(recorded, event, "attendance", "M14", CONSUMER, body)
    if (firm := event.enterprise) is not None:
        yield opened(recorded, event, "attendance", "M14", firm, body, part=":enterprise")


def _answered(recorded: Recorded, event: AttendanceStated) -> Iterator[Write]:
    """Who cannot come waits for another time; who then can, does no longer."""
    side = event.enterprise if event.side == "enterprise" and event.enterprise else CONSUMER
    yield settled(recorded, "attendance", debtor_kind=event.side)
    yield settled(recorded, "another-time", creditor_kind=event.side)
    if not event.comes:
        body = event.body or event.by.party
        yield opened(recorded, event, "another-time", "M15", body, side)
