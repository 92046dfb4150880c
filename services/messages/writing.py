"""Writing: from what happened in the log to what is to be told, in one transaction with how far.

So no act waits for it, and nothing is told twice or left out. It begins where the log stood when
this software came in: nobody is told of what is long past, nor of what was entered late.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from psycopg_pool import AsyncConnectionPool

from events.assigning import HandOverAccepted, RecordMoved
from events.complaints import (
    BodyWrote,
    ComplaintAccepted,
    ComplaintClosed,
    ComplaintForwarded,
    ComplaintMerged,
    ComplaintPublished,
    ComplaintRefused,
    ComplaintRegistered,
    ComplaintReopened,
    ComplaintReturnedToDesk,
    ComplaintSeparated,
    ComplaintTransferred,
    DirectSettlementFailed,
    DirectSettlementOffered,
    DirectSettlementReported,
    EntrustmentEnded,
    EntrustmentMoved,
    IdentityConfirmed,
    IdentityProofRequested,
    MediationEntrusted,
    MediationScheduled,
    MediationStarted,
    MediationTerminated,
    PartiesNotified,
    ProposalMade,
    RatingReminded,
    RecusalDecided,
    RecusalRequested,
    TestingEnded,
    TestingStarted,
)
from events.enquiries import EnquiryAnswered, EnquiryReceived
from events.erasure import ErasureRefused
from events.event import CHINA, Event, Recorded
from events.log import Log
from services.messages import queue
from services.messages.kinds import day_before, due

#: Events read at once.
PAGE = 1000
#: What was entered later than this is no news.
LATE = timedelta(days=7)
#: Who was invited for so soon knows it still.
_SOON = timedelta(days=1)

_TRACK = """
    insert into views.tracking (name, version, position) values ('messages', 1, %s)
    on conflict do nothing"""
_WHERE = "select position from views.tracking where name = 'messages' and version = 1"
_NEW = f"select ({_WHERE}) < (select size from log.head)"
_REACHED = "update views.tracking set position = %s where name = 'messages' and version = 1"

#: What the other side of a complaint has done; it is told that there is something, not what.
_NEWS: tuple[type[Event], ...] = (
    BodyWrote, ComplaintAccepted, ComplaintClosed, ComplaintForwarded, ComplaintMerged,
    ComplaintPublished, ComplaintRefused, ComplaintReopened, ComplaintReturnedToDesk,
    ComplaintSeparated, ComplaintTransferred, DirectSettlementFailed, DirectSettlementOffered,
    DirectSettlementReported, EntrustmentEnded, EntrustmentMoved, ErasureRefused, IdentityConfirmed,
    IdentityProofRequested, MediationEntrusted, MediationScheduled, MediationStarted,
    MediationTerminated, PartiesNotified, ProposalMade, RecusalDecided, RecusalRequested,
    TestingEnded, TestingStarted,
)  # fmt: skip
KIND: dict[type[Event], str] = {
    ComplaintRegistered: "receipt", EnquiryReceived: "receipt", EnquiryAnswered: "news",
    RatingReminded: "rating", **dict.fromkeys(_NEWS, "news"),
}  # fmt: skip
_MOVED = (HandOverAccepted, RecordMoved)


async def lay(pool: AsyncConnectionPool[Any], size: int) -> None:
    """Begin after what is in the log now, unless it began already."""
    async with pool.connection() as connection:
        await connection.execute(_TRACK, [size])


async def write(pool: AsyncConnectionPool[Any], log: Log) -> int:
    """Put into the queue what is to be told of all that is new; how many events were read.

    While nothing is new, which is mostly so, one connection is asked for a moment.
    """
    async with pool.connection() as connection:
        row = await (await connection.execute(_NEW)).fetchone()
    if not (row and row[0]):
        return 0
    async with pool.connection() as connection, connection.transaction():
        row = await (await connection.execute(_WHERE + " for update skip locked")).fetchone()
        page = await log.after(row[0], PAGE) if row else []
        if page:
            await queue.add(connection, [each for one in page for each in told_of(one)])
            await connection.execute(_REACHED, [page[-1].position])
    return len(page)


def told_of(recorded: Recorded) -> Iterator[dict[str, object]]:
    """The message that tells of this event, if any does; and one that reminds of what it says."""
    event = recorded.event
    kind = KIND.get(type(event), "")
    if isinstance(event, _MOVED) and event.case == "complaint":
        kind = "news"
    if isinstance(event, BodyWrote) and event.side != "consumer":
        kind = ""
    entered_late = recorded.recorded_at.astimezone(CHINA).date() - recorded.on > LATE
    hers = kind == "news" and _knows_it(event)
    if not kind or hers or entered_late or event.by.channel == "import":
        return
    yield _message(recorded, kind, due(kind, datetime.now(UTC)))
    if isinstance(event, MediationScheduled) and event.day - recorded.on > _SOON:
        yield _message(recorded, "session", day_before(event.day))


def _knows_it(event: Event) -> bool:
    """She did it herself, or has the letter that says it."""
    by_letter = isinstance(event, PartiesNotified) and event.by.party.kind == "system"
    return by_letter or event.by.party.kind == "consumer"


def _message(recorded: Recorded, kind: str, due: datetime) -> dict[str, object]:
    return {
        "kind": kind, "subject": recorded.stream, "number": getattr(recorded.event, "number", ""),
        "cause": recorded.position, "due": due,
    }  # fmt: skip
