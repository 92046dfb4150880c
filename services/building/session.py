"""Session: the worker's one connection, on which it builds, and the seats it holds by it.

A seat is the right to build one part of one view; there is one of each, and it is given back when
the connection ends, however the process ends. Another worker takes it within `AGAIN` seconds.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from psycopg import AsyncConnection
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from services.building.progress import Key
from services.views.view import Connection

#: Seconds between two attempts to take a seat that another worker holds.
AGAIN = 1.0

#: Views can be built again, so they need not wait for the disk: rows and position are lost
#: together or not at all. Plans must not depend on how full a young table looks.
_SESSION = {
    "synchronous_commit": "off", "plan_cache_mode": "force_generic_plan", "jit": "off",
    "enable_seqscan": "off", "enable_hashjoin": "off", "enable_mergejoin": "off",
}  # fmt: skip
_TAKE = "select n, pg_try_advisory_lock(7311, n) from unnest(%s::int[]) n"


class Session:
    """Opened when it is needed, and again after it broke."""

    def __init__(self, conninfo: str) -> None:
        given = conninfo_to_dict(conninfo).get("options") or ""
        ours = " ".join(f"-c {name}={value}" for name, value in _SESSION.items())
        self._conninfo = make_conninfo(conninfo, options=f"{given} {ours}".strip())
        self._connection: Connection | None = None
        self._held: set[int] = set()

    async def connected(self) -> Connection:
        """The connection, in autocommit; raises `psycopg.OperationalError`."""
        if self._connection is None or self._connection.closed:
            self._held.clear()
            self._connection = None
            self._connection = await AsyncConnection.connect(self._conninfo, autocommit=True)
        return self._connection

    async def take(self, keys: Iterable[Key]) -> list[Key]:
        """Take the seats that are free; those that were not held before."""
        numbers = {seat(key): key for key in keys if seat(key) not in self._held}
        if not numbers:
            return []
        cursor = await (await self.connected()).execute(_TAKE, [list(numbers)])
        taken = [number for number, free in await cursor.fetchall() if free]
        self._held.update(taken)
        return [numbers[number] for number in taken]

    def holds(self, key: Key) -> bool:
        return seat(key) in self._held

    async def aclose(self) -> None:
        """Give all seats back."""
        connection, self._connection = self._connection, None
        self._held.clear()
        if connection is not None:
            await connection.close()


def seat(key: Key) -> int:
    """The second half of the seat's advisory lock."""
    name, version, part = key
    return zlib.crc32(f"{name}_v{version}_{part}".encode()) - 2**31
