"""How far each view is built: its rows of `views.tracking`, the only place where that is kept.

Part 0 is what is shown; parts 1 to n exist while the view is built anew beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple, Protocol

from services.views.view import Connection, View

#: Told instead of a position when a view stopped, goes on or was rebuilt: read how they stand.
LOOK = "0"
#: After the name of a view whose rows are others now.
CHANGED = "*"
#: The server's error when a builder is not where it should be.
ELSEWHERE = "GZ001"
#: View, version, part.
Key = tuple[str, int, int]

_ADD = """
    insert into views.tracking (name, version, part, parts) values (%s, %s, %s, %s)
    on conflict do nothing"""
_ALL = """
    select name, version, part, parts, position, failed_at, failure from views.tracking
    order by name, version, part"""
_ADVANCE = "select views.advance(%b::text[], %b::int[], %b::int[], %b::bigint, %b::bigint)"
_TELL = "select pg_notify('gongzhi_views', %s)"
_FAILED = """
    update views.tracking set failed_at = %s, failure = %s
    where name = %s and version = %s and part = %s"""
_RETRY = """
    update views.tracking set failed_at = null, failure = null
    where name = %s and version = %s and part = %s and failed_at is not null"""
_SWITCH = """
    insert into views.tracking (name, version, position)
    select name, version, min(position) from views.tracking
    where name = %(name)s and version = %(version)s and part > 0 group by name, version
    on conflict (name, version, part)
    do update set position = excluded.position, failed_at = null, failure = null"""
_FORGET = "delete from views.tracking where name = %s and version = %s and part > 0"


class Placed(Protocol):
    """What stands somewhere in the log: a builder."""

    def know(self, parts: Iterable[Part]) -> None: ...


class Part(NamedTuple):
    """One row: how far this part is, and the event that stopped it with what went wrong."""

    name: str
    version: int
    part: int
    parts: int
    position: int
    failed_at: int | None
    failure: str | None

    @property
    def key(self) -> Key:
        return self.name, self.version, self.part


async def read(connection: Connection) -> list[Part]:
    """All there is, of every version that is built."""
    return [Part(*row) for row in await (await connection.execute(_ALL)).fetchall()]


async def look(connection: Connection, builders: Iterable[Placed]) -> None:
    """Let the builders know where they stand."""
    parts = await read(connection)
    for builder in builders:
        builder.know(parts)


async def add(connection: Connection, view: View, part: int, parts: int = 1) -> None:
    """Begin at the start of the log, unless it has begun."""
    await connection.execute(_ADD, [view.name, view.version, part, parts])


async def advance(connection: Connection, keys: Sequence[Key], start: int, end: int) -> None:
    """Move these from one position to the next.

    The server answers `ELSEWHERE` where one is not there or has stopped: somebody else builds it.
    """
    names, versions, parts = (list(column) for column in zip(*keys, strict=True))
    await connection.execute(_ADVANCE, [names, versions, parts, start, end], prepare=True)


async def tell(
    connection: Connection, keys: Sequence[Key], changed: Collection[Key], position: int
) -> None:
    """Wake whoever waits to see what was recorded; views that it changed are marked."""
    names = [name + CHANGED * ((name, *rest) in changed) for name, *rest in keys if rest[-1] == 0]
    if names:
        await connection.execute(_TELL, [f"{position} {' '.join(names)}"])


def told(payload: str) -> tuple[int, list[str], set[str]]:
    """What `tell` said: the position, the views that are there now, those that it changed."""
    position, *marked = payload.split()
    names = [name.removesuffix(CHANGED) for name in marked]
    return int(position), names, set(names).difference(marked)


async def stop(connection: Connection, key: Key, position: int, why: str) -> None:
    """This event cannot be seen; the view waits for somebody to mend it."""
    await connection.execute(_FAILED, [position, why, *key])
    await connection.execute(_TELL, [LOOK])


async def retry(connection: Connection, key: Key) -> bool:
    """Let a stopped view try again the event that stopped it; whether it was stopped."""
    stopped = (await connection.execute(_RETRY, key)).rowcount > 0
    if stopped:
        await connection.execute(_TELL, [LOOK])
    return stopped


async def switch(connection: Connection, view: View) -> None:
    """What was built beside is what is shown."""
    await connection.execute(_SWITCH, {"name": view.name, "version": view.version})
    await forget(connection, view)
    await connection.execute(_TELL, [LOOK])


async def forget(connection: Connection, view: View) -> None:
    """Nothing is being built beside any more."""
    await connection.execute(_FORGET, [view.name, view.version])
