"""Numbers: running numbers of series, given out for all who ask at the same time at once."""

from __future__ import annotations

import asyncio
from contextvars import Context
from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

#: Not waited for on disk: whatever is recorded under a number is written to disk after it, by the
#: same write-ahead log, so a number that was lost in a crash was never recorded.
_TAKE = """
    insert into log.numbers as known (series, last)
    select %(series)s, %(many)s from (select set_config('synchronous_commit', 'off', true)) _
    on conflict (series) do update set last = known.last + excluded.last returning last"""

_GIVE_BACK = "update log.numbers set last = last - 1 where series = %s and last = %s"


class Numbers:
    """Gives every number of a series once; one that is not used, nor given back, is lost."""

    def __init__(self, pool: AsyncConnectionPool[Any]) -> None:
        self._pool = pool
        self._waiting: dict[str, list[asyncio.Future[int]]] = {}

    async def next(self, series: str) -> int:
        """The next number; whoever asks while one is fetched is served together."""
        number: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        if series in self._waiting:
            self._waiting[series].append(number)
        else:
            self._waiting[series] = [number]
            serving = self._serve(series)
            self._serving = asyncio.create_task(serving, name="numbers", context=Context())
        return await number

    async def give_back(self, series: str, number: int) -> None:
        """It was used for nothing; the next who asks gets it, unless one after it was given."""
        async with self._pool.connection() as connection:
            await connection.execute(_GIVE_BACK, (series, number))

    async def _serve(self, series: str) -> None:
        line: list[asyncio.Future[int]] = []
        try:
            while self._waiting[series]:
                async with self._pool.connection() as connection:
                    line, self._waiting[series] = self._waiting[series], []
                    _answer(line, await _take(connection, series, len(line)))
            line = []
        except Exception as failure:
            for asked in [*line, *self._waiting[series]]:
                if not asked.done():
                    asked.set_exception(failure)
        finally:
            del self._waiting[series]


async def _take(connection: AsyncConnection[Any], series: str, many: int) -> int:
    """The last of so many numbers."""
    cursor = await connection.execute(_TAKE, {"series": series, "many": many}, prepare=True)
    (last,) = await cursor.fetchone() or (0,)
    return int(last)


def _answer(line: list[asyncio.Future[int]], last: int) -> None:
    for number, asked in enumerate(line, start=last - len(line) + 1):
        if not asked.done():
            asked.set_result(number)
