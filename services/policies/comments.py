"""comments: a business is told that a complaint about it is public, and what became of its comment.

The body in charge is told that a comment waits. Each is told once, and acknowledges.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

from events.complaints import (
    CommentDeclined,
    CommentShown,
    CommentWritten,
    ComplaintEvent,
    ComplaintPublished,
    PublicationTakenBack,
)
from events.event import PartyRef, Recorded, system
from events.log import Log
from services.actions.change import load
from services.actions.complaints import Complaint
from services.actions.notices import TellParty, tell_party
from services.policies.policy import Policy, Step

RULE = "comments"
_FOR_THE_BUSINESS = (ComplaintPublished, PublicationTakenBack, CommentShown, CommentDeclined)


def commenting(log: Log) -> Policy:
    """The policy over the log, which says who has the complaint."""

    async def tell(recorded: Recorded) -> AsyncIterator[Step]:
        event, party = recorded.event, None
        if isinstance(event, CommentWritten):
            party = (await load(log, Complaint, recorded.stream)).unit
        elif isinstance(event, _FOR_THE_BUSINESS):
            party = event.enterprise
        if isinstance(event, ComplaintEvent) and party is not None:
            yield tell_party, _told(recorded, event, party)

    return tell


def _told(recorded: Recorded, event: ComplaintEvent, party: PartyRef) -> TellParty:
    cause = f"{recorded.stream}:{recorded.version}"
    return TellParty(
        by=system(RULE), at=recorded.recorded_at, to=party, number=event.number,
        case=Complaint.CASE, record=recorded.stream, version=recorded.version,
        position=recorded.position, key=f"{cause}:{party.id}",
        correlation=event.correlation, causation=cause,
    )  # fmt: skip
