"""Together: several commands as one append: all of them, or none.

Loads see what earlier commands of the same bundle recorded; nothing is written before
`commit`. Used where one row of a spreadsheet means a whole history.
"""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from events.event import Recorded
from events.log import Append, Appended
from services.actions.change import Log


class Together:
    """A log that holds back its appends until `commit`."""

    def __init__(self, log: Log) -> None:
        self.log = log
        self.held: dict[UUID, Append] = {}

    async def load(self, stream: UUID, opened: bool = False) -> list[Recorded]:
        held = self.held.get(stream)
        if held is None:
            return await self.log.load(stream, opened)
        stored = [] if held.after == 0 else await self.log.load(stream, opened)
        return stored + [_pending(held, n) for n in range(len(held.events))]

    async def append(self, changes: list[Append], key: UUID | None = None) -> Appended:
        for change in changes:
            before = self.held.get(change.stream, Append(change.stream, change.after, []))
            events = [*before.events, *change.events]
            self.held[change.stream] = Append(change.stream, before.after, events)
        return Appended(0, 0)

    async def next_number(self, series: str) -> int:
        return await self.log.next_number(series)

    async def give_back(self, series: str, number: int) -> None:
        await self.log.give_back(series, number)

    async def commit(self, key: UUID | None = None) -> Appended:
        """Append everything held, in one transaction."""
        return await self.log.append(list(self.held.values()), key)


def _pending(held: Append, index: int) -> Recorded:
    return Recorded(
        stream=held.stream,
        version=held.after + index + 1,
        position=0,
        recorded_at=datetime.now(UTC),
        event=held.events[index],
    )
