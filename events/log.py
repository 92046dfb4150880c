"""Log: appends at gapless positions through the writer, reads by stream and by position."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool

from events.codec import decode, encode, stored_topic, stored_topics
from events.event import Event, Recorded
from events.numbers import Numbers
from events.vault import Vault
from events.waiting import Appended, Conflict, LogBusy, LogUnavailable, StoredRow
from events.writer import Writer

__all__ = ["Append", "Appended", "Conflict", "Log", "LogBusy", "LogUnavailable"]

Pool = AsyncConnectionPool[Any]

_STREAM = """
    select stream, version, position, recorded_at, topic, state from log.events
    where stream = %b and version > %b order by version"""
_PAGE = """
    select stream, version, position, recorded_at, topic, state from log.events
    where position > %b order by position limit %b"""
_AT = """
    select stream, version, position, recorded_at, topic, state from log.events
    where position = any(%b::bigint[])"""
_PART = """
    select stream, version, position, recorded_at, topic, state from log.events
    where position > %b and position <= %b and get_byte(uuid_send(stream), 15) %% %b = %b
    order by position"""
_OF_KINDS = """
    select stream, version, position, recorded_at, topic, state from log.events
    where topic = any(%b) and position > %b order by position limit %b"""
_OF_STREAMS = """
    select stream, version, position, recorded_at, topic, state from log.events
    where stream = any(%b) and position <= %b order by position"""
_FIRST = """
    select stream, version, position, recorded_at, topic, state from log.events
    where stream = any(%b) and version = 1"""
_RECORDED = "select recorded_at from log.events where position = %b"
_VERSION = "select coalesce(max(version), 0) from log.events where stream = %b"
_REPEAT = "select position, position + together - 1 from log.events where key = %b"


class Append(msgspec.Struct, frozen=True, gc=False):
    """New events for one stream, to follow its version `after`."""

    stream: UUID
    after: int
    events: Sequence[Event]

    def __post_init__(self) -> None:
        if self.after < 0:
            raise ValueError("versions begin with 1, hence after 0")


class Log:
    """The log over a pool of connections of the application's role."""

    def __init__(self, pool: Pool, vault: Vault | None = None) -> None:
        self.pool = pool
        self.vault = vault or Vault(pool)
        self.writer = Writer(str(pool.conninfo))
        self._numbers = Numbers(pool)

    async def append(self, changes: Sequence[Append], key: UUID | None = None) -> Appended:
        """Append all or nothing; durable when it returns. Raises `Conflict`, `LogUnavailable`.

        What is said about persons is sealed. Raises `VaultLocked`, `PersonErased` too.
        """
        rows = [row for change in changes for row in stored(await self.sealed(change))]
        return await self.writer.append(rows, key) if rows else Appended(0, 0)

    async def aclose(self) -> None:
        """Write what waits and close the writer's connection."""
        await self.writer.aclose()

    async def load(self, stream: UUID, opened: bool = False) -> list[Recorded]:
        """The stream's events in order; none where there is no such stream.

        `opened` = with what they say about persons, as far as it can be read.
        """
        found = [_recorded(row) for row in await self._all(_STREAM, (stream, 0))]
        return await self.vault.opened(found) if opened else found

    async def at(self, positions: Iterable[int]) -> dict[int, Recorded]:
        """The events at these positions, with what they say about persons as far as it opens."""
        found = map(_recorded, await self._all(_AT, (list(positions),)))
        return {each.position: each for each in await self.vault.opened(found)}

    async def first_of(self, streams: Iterable[UUID]) -> dict[UUID, Recorded]:
        """How each of these streams began, with what that says about persons as far as it opens."""
        found = map(_recorded, await self._all(_FIRST, (list(streams),)))
        return {each.stream: each for each in await self.vault.opened(found)}

    async def after(self, position: int, most: int = 1000) -> list[Recorded]:
        """Up to `most` events that follow `position`, in the order of the log."""
        return [_recorded(row) for row in await self._all(_PAGE, (position, most))]

    async def of_part(self, start: int, end: int, part: int, parts: int) -> list[Recorded]:
        """The events after `start` up to `end` of the streams that fall to one of several parts.

        Parts count from 1; the last byte of a stream's id decides, which is random in all of them.
        """
        return [_recorded(row) for row in await self._all(_PART, (start, end, parts, part - 1))]

    async def of_kinds(
        self, kinds: Iterable[type[Event]], position: int = 0, most: int = 1000
    ) -> list[Recorded]:
        """Up to `most` events of these kinds, in every form they ever had, after `position`."""
        topics = [topic for kind in kinds for topic in stored_topics(kind)]
        return [_recorded(row) for row in await self._all(_OF_KINDS, (topics, position, most))]

    async def of_streams(self, streams: Iterable[UUID], upto: int) -> list[Recorded]:
        """The events of these streams up to a position, in the order of the log."""
        return [_recorded(row) for row in await self._all(_OF_STREAMS, (list(streams), upto))]

    async def recorded_at(self, position: int) -> datetime | None:
        """When the event at this position was recorded; None where there is none."""
        rows = await self._all(_RECORDED, (position,))
        return rows[0][0] if rows else None

    async def pages(self, position: int = 0, most: int = 1000) -> AsyncIterator[list[Recorded]]:
        """The log from `position` on, page by page, to its present end."""
        while page := await self.after(position, most):
            yield page
            position = page[-1].position

    async def size(self) -> int:
        """The number of events, which is the last position."""
        return int((await self._one("select size from log.head", ()))[0])

    async def version(self, stream: UUID) -> int:
        """The last version of the stream; 0 where there is none."""
        return int((await self._one(_VERSION, (stream,)))[0])

    async def repeat(self, key: UUID) -> Appended | None:
        """What an earlier command with this key led to."""
        rows = await self._all(_REPEAT, (key,))
        return Appended(rows[0][0], rows[0][1], repeated=True) if rows else None

    async def next_number(self, series: str) -> int:
        """The next running number of a series; one that is not used is lost."""
        return await self._numbers.next(series)

    async def give_back(self, series: str, number: int) -> None:
        """The number was used for nothing that was recorded, nor ever will be."""
        await self._numbers.give_back(series, number)

    async def sealed(self, change: Append) -> Append:
        """The change as it may be stored: what it says about persons under their keys."""
        events = await self.vault.sealed(change.stream, change.after, change.events)
        return change if events is change.events else Append(change.stream, change.after, events)

    async def _all(self, sql: str, values: tuple[object, ...]) -> list[TupleRow]:
        async with self.pool.connection() as connection:
            cursor = connection.cursor(binary=True)
            rows: list[TupleRow] = await (await cursor.execute(sql, values)).fetchall()
            return rows

    async def _one(self, sql: str, values: tuple[object, ...]) -> TupleRow:
        return (await self._all(sql, values))[0]


def stored(change: Append) -> Iterator[StoredRow]:
    """The events as they are stored: stream, version, topic, party, state."""
    for version, event in enumerate(change.events, start=change.after + 1):
        yield change.stream, version, stored_topic(event), event.by.party.id, encode(event)


def _recorded(row: TupleRow) -> Recorded:
    stream, version, position, recorded_at, topic, state = row
    return Recorded(
        stream=stream,
        version=version,
        position=position,
        recorded_at=recorded_at,
        event=decode(topic, state, position),
    )
