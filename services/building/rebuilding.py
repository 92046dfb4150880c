"""Rebuilding: a view is built anew beside what is shown, then takes its place in one transaction.

Readers notice nothing: the tables that are built stand in a schema of their own under the same
names and move over when they have reached what is shown. Its position is kept like any view's, so
that it can be broken off at any time and goes on where it was, in whatever process.
"""

from __future__ import annotations

import logging
import zlib
from collections.abc import Awaitable, Callable, Iterable, Sequence

from services.building import progress
from services.building.progress import Part
from services.views.view import BESIDE, Connection, View

log_ = logging.getLogger("gongzhi.views")

#: So many events may be missing when what is shown is stopped for the switch.
NEAR = 1000

_LAYING = "select pg_advisory_xact_lock(7312)"
_LOCK = "select * from views.tracking where name = %s and version = %s for update"
_IN_USE = "select pg_advisory_lock_shared(7313, %s)"
_UNUSED = "select pg_try_advisory_xact_lock(7313, %s)"
_TABLES = """
    select format('%%I.%%I', schemaname, tablename) from pg_tables
    where schemaname in ('views', 'building') and tablename ~ %s"""
_OLD = "delete from views.tracking where name = %s and version = %s"


async def lay(connection: Connection, view: View, size: int) -> None:
    """See that the view exists: at once while the log is empty, else built beside first."""
    async with connection.transaction():
        await connection.execute(_LAYING)
        known = {each.key[:2] for each in await progress.read(connection)}
        if (view.name, view.version) in known:
            return
        if size:
            await begin(connection, view)
            return
        await _execute(connection, [*view.create(), *view.index()])
        await progress.add(connection, view, part=0)


async def begin(connection: Connection, view: View, parts: int = 1) -> None:
    """Begin to build it anew, in so many parts; what was begun before is given up."""
    await progress.forget(connection, view)
    await _execute(connection, [*view.drop(BESIDE), *view.create(BESIDE)])
    for part in range(1, parts + 1):
        await progress.add(connection, view, part, parts)


async def finish(connection: Connection, view: View, follow: Callable[[], Awaitable[None]]) -> bool:
    """Show what was built beside, once it has nearly reached what is shown; whether it is now.

    `follow` builds the last events, on this connection, while what is shown stands still.
    """
    if not near(await _rows(connection, view)):
        return False
    await _execute(connection, view.index(BESIDE))
    async with connection.transaction():
        await connection.execute("set local lock_timeout = '2s'")  # behind a long reader: later
        await connection.execute(_LOCK, [view.name, view.version])
        await follow()
        if not near(await _rows(connection, view), most=0):
            return False
        await _execute(connection, view.show())
        await progress.switch(connection, view)
    log_.info("view %s v%s is shown as built anew", view.name, view.version)
    return True


def near(rows: Sequence[Part], most: int = NEAR) -> bool:
    """No part of what is built beside has failed or is more than `most` events behind."""
    beside = [each for each in rows if each.part]
    shown = max(each.position for each in rows)
    return bool(beside) and all(
        each.failed_at is None and each.position >= shown - most for each in beside
    )


async def hold(connection: Connection, views: Iterable[View]) -> None:
    """Say, as long as this connection lives, that this software asks these versions."""
    for view in views:
        await connection.execute(_IN_USE, [_number(view.name, view.version)])


async def retire(connection: Connection, views: Iterable[View]) -> None:
    """Drop older versions of these views that no running software asks any more.

    Only once the newer one is shown: else a way back to the older software must stay open.
    """
    newest = {view.name: view.version for view in views}
    rows = await progress.read(connection)
    shown = {each.key[:2] for each in rows if not each.part}
    for name, version in {each.key[:2] for each in rows}:
        current = newest.get(name, 0)
        if version < current and (name, current) in shown:
            await _retire(connection, name, version)


async def _retire(connection: Connection, name: str, version: int) -> None:
    async with connection.transaction():
        row = await (await connection.execute(_UNUSED, [_number(name, version)])).fetchone()
        if row and row[0]:
            tables = await connection.execute(_TABLES, [rf"^{name}(_[a-z_]+)?_v{version}$"])
            await _execute(connection, [f"drop table {t}" for (t,) in await tables.fetchall()])
            await connection.execute(_OLD, [name, version])
            log_.info("view %s v%s is dropped: nobody asks it any more", name, version)


async def _rows(connection: Connection, view: View) -> list[Part]:
    return [r for r in await progress.read(connection) if r.key[:2] == (view.name, view.version)]


async def _execute(connection: Connection, statements: Iterable[str]) -> None:
    for statement in statements:
        await connection.execute(statement.encode())


def _number(name: str, version: int) -> int:
    """The second half of an advisory lock's number, for one version of one view."""
    return zlib.crc32(f"{name}_v{version}".encode()) - 2**31
