"""The event that is written: about 520 bytes of JSON, the mean of what the platform records."""

from __future__ import annotations

from events.codec import encode
from events.complaints import ComplaintAccepted
from events.ids import new_id
from events.log import Append
from tests.people import ZHAO

#: Bytes of the stored state.
SIZE = 520


def _event(reason: str = "") -> ComplaintAccepted:
    return ComplaintAccepted(by=ZHAO, number="GZ-2026-000001-7", reason=reason)


REASON = "x" * (SIZE - len(encode(_event())))


def event() -> ComplaintAccepted:
    """Made anew for every append, as a command makes its event."""
    return _event(REASON)


def first() -> Append:
    """The first event of a new stream."""
    return Append(new_id(), 0, [event()])
