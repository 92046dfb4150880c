"""Waiting: the line in front of the log, and what comes of a command that stands in it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from uuid import UUID

import msgspec

#: One event as it is stored: stream, version, topic, party, state.
StoredRow = tuple[UUID, int, str, str, bytes]

#: A batch ends at the first of these; the server works through both within some milliseconds.
MOST_EVENTS, MOST_BYTES = 5_000, 8 << 20
#: A line of so many is long: it is divided, so that one part is thought of while another is
#: written (tests/bench: at 256 producers half as many events again each second).
LONG = 32
#: More than this may not wait: the caller is told to come back, memory stays bounded.
MOST_WAITING, MOST_WAITING_BYTES = 20_000, 64 << 20


class Appended(msgspec.Struct, frozen=True, gc=False):
    """Where the events stand; `repeated` when the key was known and nothing was added."""

    first: int
    last: int
    repeated: bool = False


class Conflict(Exception):
    """Somebody else appended to the stream first; load again and decide again."""


class LogUnavailable(Exception):
    """The log cannot be written now (database down, disk full): come back after `seconds`.

    `recorded` = None: it is not known whether it was written; the same key finds out.
    """

    seconds = 5

    def __init__(self, why: str, recorded: bool | None = False) -> None:
        super().__init__(why)
        self.recorded = recorded


class LogBusy(LogUnavailable):
    """Too many commands wait already."""

    seconds = 1


class Waiting(msgspec.Struct, eq=False):
    """One command's events on their way into the log."""

    rows: Sequence[StoredRow]
    key: UUID | None
    done: asyncio.Future[Appended]
    size: int
    #: When it joined the line.
    since: float
    #: When it was first sent in vain (loop time); None = not yet.
    failed_at: float | None = None
    #: Its answer may have been lost: only its key can tell whether it was written.
    sent: bool = False

    def tell(self, result: Appended | Exception) -> None:
        """Answer whoever still waits; one who left changes nothing."""
        if self.done.done():
            return
        if isinstance(result, Appended):
            self.done.set_result(result)
        else:
            self.done.set_exception(result)

    @property
    def names(self) -> set[UUID]:
        """What no other command of the same batch may name: its streams and its key."""
        return {row[0] for row in self.rows} | ({self.key} if self.key else set())


class Queue:
    """What waits for the next batch (of `most` events), bounded in number and bytes."""

    def __init__(self, most: int | None = None) -> None:
        self.most = most
        self.waiting: deque[Waiting] = deque()
        self.bytes = 0

    def add(self, waiting: Waiting) -> None:
        """Last in line. Raises `LogBusy` rather than grow without end."""
        full = self.bytes + waiting.size > MOST_WAITING_BYTES
        if self.waiting and (full or len(self.waiting) >= MOST_WAITING):
            raise LogBusy(f"{len(self.waiting)} commands wait already")
        self.waiting.append(waiting)
        self.bytes += waiting.size

    def put_back(self, batch: Sequence[Waiting]) -> None:
        """First in line again, in their order."""
        self.waiting.extendleft(reversed(batch))
        self.bytes += sum(waiting.size for waiting in batch)

    @property
    def long(self) -> bool:
        return len(self.waiting) >= LONG

    def take(self, halved: bool = False) -> list[Waiting]:
        """The next batch, in order of arrival, without those who left; half of a long line.

        A command that shares a stream or a key with one before it waits for the batch after:
        only then can its version, or its key, be judged.
        """
        batch: list[Waiting] = []
        later: list[Waiting] = []
        used: set[UUID] = set()
        events = size = 0
        line = max(LONG, len(self.waiting) // 2) if halved else len(self.waiting)
        most = self.most or min(MOST_EVENTS, line)
        while self.waiting and events < most and size < MOST_BYTES:
            waiting = self.waiting.popleft()
            self.bytes -= waiting.size
            if waiting.done.cancelled():
                continue
            names = waiting.names
            (batch if used.isdisjoint(names) else later).append(waiting)
            used |= names
            if batch and batch[-1] is waiting:
                events, size = events + len(waiting.rows), size + waiting.size
        self.put_back(later)
        return batch
