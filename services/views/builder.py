"""Builder: brings one view up to the log, rows and position in one transaction per batch.

One builder per view at a time (advisory lock). A view that fails stops, says where and why,
and does not stop the others.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import groupby
from typing import Any

from psycopg import AsyncConnection, OperationalError
from psycopg_pool import AsyncConnectionPool

from events.event import Recorded
from services.views.view import View

_TRACK = "insert into views.tracking (name, version) values (%s, %s) on conflict do nothing"
_WHERE = "select position, failed_at from views.tracking where name = %s and version = %s"
_REACHED = """
    update views.tracking set position = %s, failed_at = null, failure = null
    where name = %s and version = %s"""
_FAILED = "update views.tracking set failed_at = %s, failure = %s where name = %s and version = %s"
_LOCK = "select pg_try_advisory_xact_lock(7311, %s)"


class Builder:
    """Builds one view."""

    def __init__(self, view: View, pool: AsyncConnectionPool[Any]) -> None:
        self.view = view
        self.pool = pool
        self.position = 0
        self.failed = False

    async def lay(self) -> None:
        """Create the view's tables where they are missing."""
        async with self.pool.connection() as connection, connection.transaction():
            await connection.execute("select pg_advisory_xact_lock(7312)")
            await connection.execute(_TRACK, self._key)
            if not await self._laid(connection):
                for statement in self.view.create():
                    await connection.execute(statement.encode())
        self.position = await self.reached()

    async def reached(self) -> int:
        """The position up to which the view has been built."""
        async with self.pool.connection() as connection:
            row = await (await connection.execute(_WHERE, self._key)).fetchone()
        self.failed = bool(row and row[1])
        return row[0] if row else 0

    async def build(self, batch: Sequence[Recorded]) -> int:
        """Apply a batch that begins right after the view's position; the position reached.

        Where another process is building this view, nothing is done.
        """
        try:
            async with self.pool.connection() as connection, connection.transaction():
                return await self._build(connection, batch)
        except (OperationalError, OSError):
            raise  # the database is away or full: the view goes on when it is back
        except Exception as failure:
            await self._stop(batch, failure)
            raise

    async def _build(self, connection: AsyncConnection[Any], batch: Sequence[Recorded]) -> int:
        row = await (await connection.execute(_LOCK, [self._lock])).fetchone()
        if not row or not row[0]:
            return self.position
        row = await (await connection.execute(_WHERE, self._key)).fetchone()
        self.position = row[0] if row else 0
        new = [r for r in batch if r.position > self.position]
        if not new or new[0].position != self.position + 1:
            return self.position
        await self._write(connection, new)
        await connection.execute(_REACHED, [new[-1].position, *self._key])
        await connection.execute(
            "select pg_notify('gongzhi_views', %s)", [f"{self.view.name}:{new[-1].position}"]
        )
        self.position = new[-1].position
        return self.position

    async def _write(self, connection: AsyncConnection[Any], new: Iterable[Recorded]) -> None:
        statements = [self.view.statement(w) for r in new for w in self.view.see(r)]
        async with connection.cursor() as cursor:
            for sql, group in groupby(statements, key=lambda s: s[0]):
                await cursor.executemany(sql.encode(), [values for _, values in group])

    async def _stop(self, batch: Sequence[Recorded], failure: Exception) -> None:
        self.failed = True
        at = batch[0].position if batch else 0
        async with self.pool.connection() as connection:
            await connection.execute(_FAILED, [at, repr(failure)[:2000], *self._key])

    async def rebuild(self) -> None:
        """Forget all rows and begin again from the start of the log."""
        async with self.pool.connection() as connection, connection.transaction():
            await connection.execute("select pg_advisory_xact_lock(7311, %s)", [self._lock])
            for statement in [*self.view.drop(), *self.view.create()]:
                await connection.execute(statement.encode())
            await connection.execute(_REACHED, [0, *self._key])
        self.position, self.failed = 0, False

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

    async def _laid(self, connection: AsyncConnection[Any]) -> bool:
        first = self.view.table(next(iter(self.view.tables)))
        row = await (await connection.execute("select to_regclass(%s)", [first])).fetchone()
        return bool(row and row[0])

    @property
    def _key(self) -> tuple[str, int]:
        return self.view.name, self.view.version

    @property
    def _lock(self) -> int:
        return zlib.crc32(f"{self.view.name}_v{self.view.version}".encode()) - 2**31
