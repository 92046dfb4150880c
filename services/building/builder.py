"""Builder: computes what a page of events changes in one view, and writes it, set by set."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

from psycopg_pool import AsyncConnectionPool

from events.event import Recorded
from services.building import progress, rebuilding, statements
from services.building.fold import Shape, fold
from services.views.view import BESIDE, SHOWN, Connection, View

_TYPES = """
    select attname, format_type(atttypid, atttypmod) from pg_attribute
    where attrelid = %s::regclass and attnum > 0 and not attisdropped"""


#: SQL, and its one parameter.
Statement = tuple[bytes, str]


class Window(NamedTuple):
    """The events after position `start` up to position `end`, all of them or one part's."""

    start: int
    end: int
    events: Sequence[Recorded]

    @property
    def halves(self) -> tuple[Window, Window]:
        middle = len(self.events) // 2
        border = self.events[middle - 1].position
        return (
            Window(self.start, border, self.events[:middle]),
            Window(border, self.end, self.events[middle:]),
        )


class Builder:
    """Builds one view: what is shown (part 0), or one part of what is built beside it."""

    def __init__(
        self, view: View, pool: AsyncConnectionPool[Any], part: int = 0, parts: int = 1
    ) -> None:
        self.view, self.pool = view, pool
        self.part, self.parts = part, parts
        #: What is written, and how far ahead of that it was thought through.
        self.position = self.ahead = 0
        self.laid = False
        self.failed = False
        self._statements: dict[Shape, bytes] = {}
        self._types: dict[str, dict[str, str]] = {}

    @property
    def key(self) -> progress.Key:
        return self.view.name, self.view.version, self.part

    @property
    def schema(self) -> str:
        return BESIDE if self.part else SHOWN

    def mine(self, stream: UUID) -> bool:
        """Whether this part builds the events of the stream."""
        return self.parts == 1 or stream.bytes[15] % self.parts == self.part - 1

    def think(self, events: Iterable[Recorded]) -> list[Statement]:
        """What those of these events that are ours change, set by set; `prepare` comes before."""
        see, mine = self.view.see, self.mine
        writes = (write for recorded in events if mine(recorded.stream) for write in see(recorded))
        groups = fold(type(self.view), writes)
        return [(self._statement(group.shape), statements.rows(group)) for group in groups]

    async def prepare(self) -> None:
        """Know the types of the tables' columns; they are those of the version for ever."""
        if not self._types:
            async with self.pool.connection() as connection:
                self._types = {
                    short: await self._read(connection, short) for short in self.view.tables
                }

    async def _read(self, connection: Connection, short: str) -> dict[str, str]:
        table = self.view.table(short, self.schema)
        return dict(await (await connection.execute(_TYPES, [table])).fetchall())

    def _statement(self, shape: Shape) -> bytes:
        if shape not in self._statements:
            short = shape.table
            table, keys = self.view.table(short, self.schema), self.view.keys[short]
            sql = statements.statement(table, keys, self._types[short], shape)
            self._statements[shape] = sql.encode()
        return self._statements[shape]

    # -- asking about it -----------------------------------------------------------------

    async def reached(self) -> int:
        """The position up to which the view is built; notes whether it has stopped."""
        async with self.pool.connection() as connection:
            self.know(await progress.read(connection))
        return self.position

    def know(self, parts: Iterable[progress.Part]) -> None:
        """Take over what the database says of this builder."""
        mine = next((each for each in parts if each.key == self.key), None)
        self.laid = mine is not None
        self.position = self.ahead = mine.position if mine else 0
        self.failed = mine is not None and mine.failed_at is not None

    async def rebuild(self, parts: int = 1) -> None:
        """Ask for the view to be built anew beside what is shown; the worker does it."""
        async with self.pool.connection() as connection, connection.transaction():
            await rebuilding.begin(connection, self.view, parts)

    async def digest(self) -> str:
        """SHA-256 over all rows of the view, in the order of their keys (hex)."""
        total = sha256()
        async with self.pool.connection() as connection:
            for short, keys in self.view.keys.items():
                table = self.view.table(short)
                sql = f"select r::text from {table} r order by {', '.join(keys)}"
                async for row in connection.cursor().stream(sql.encode()):
                    total.update(row[0].encode())
        return total.hexdigest()
