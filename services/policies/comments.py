"""comments: a business is told what is public of it, or will be, and what became of its comment.

The body is told that a comment waits. Each is told once, and acknowledges.
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
from events.event import Event, PartyRef, Recorded, system
from events.indicators import (
    EnterpriseFigures,
    EnterpriseFiguresPublished,
    EnterpriseFiguresTold,
    FiguresCommentDeclined,
    FiguresCommentShown,
    FiguresCommentWritten,
)
from events.log import Log
from services.actions.change import load
from services.actions.complaints import Complaint
from services.actions.notices import TellParty, tell_party
from services.policies.policy import Policy, Step

RULE = "comments"
#: How notices call figures of an enterprise.
FIGURES = "figures"
_FOR_THE_BUSINESS = (
    ComplaintPublished, PublicationTakenBack, CommentShown, CommentDeclined,
    EnterpriseFiguresTold, EnterpriseFiguresPublished, FiguresCommentShown, FiguresCommentDeclined,
)  # fmt: skip


def commenting(log: Log) -> Policy:
    """The policy over the log, which says who has the complaint."""

    async def tell(recorded: Recorded) -> AsyncIterator[Step]:
        event, party = recorded.event, None
        if isinstance(event, CommentWritten):
            party = (await load(log, Complaint, recorded.stream)).unit
        elif isinstance(event, FiguresCommentWritten):
            party = event.body
        elif isinstance(event, _FOR_THE_BUSINESS):
            party = event.enterprise
        if party is not None:
            yield tell_party, _told(recorded, party)

    return tell


def _told(recorded: Recorded, party: PartyRef) -> TellParty:
    event, cause = recorded.event, f"{recorded.stream}:{recorded.version}"
    case, number = _named(event)
    return TellParty(
        by=system(RULE), at=recorded.recorded_at, to=party, number=number, case=case,
        record=recorded.stream, version=recorded.version, position=recorded.position,
        key=f"{cause}:{party.id}", correlation=event.correlation, causation=cause,
    )  # fmt: skip


def _named(event: Event) -> tuple[str, str]:
    """What kind of record it is, and how it is called."""
    if isinstance(event, EnterpriseFigures):
        return FIGURES, event.month
    assert isinstance(event, ComplaintEvent)
    return Complaint.CASE, event.number
