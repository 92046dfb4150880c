"""Asking: how a view's tables are read: rows, one row, or a page of a list.

What a page costs does not grow with the list behind it: what is counted and paged through is
bounded, and `tests/views/test_plans.py` holds every list against an index that serves it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool

Row = dict[str, Any]
#: So many rows of a list are counted and can be paged through; of a longer one that is said.
MOST = 10_000


@dataclass(frozen=True)
class Page:
    """Some rows of a list, and how many there are in all. `number` counts from 1.

    `more` = there are more than `total`, which is then as many as can be paged through.
    """

    rows: Sequence[Row]
    total: int
    number: int = 1
    size: int = 50
    more: bool = False

    @property
    def last(self) -> int:
        return max(1, -(-self.total // self.size))


class Asking:
    """The reading half of a view: its named questions are made of these."""

    pool: AsyncConnectionPool[Any]

    @classmethod
    def sql(cls, text: str) -> str:
        """The text with the full names of the view's tables."""
        raise NotImplementedError

    async def rows(self, sql: str, values: Row | None = None) -> list[Row]:
        async with self.pool.connection() as connection:
            cursor = connection.cursor(row_factory=dict_row)
            found: list[Row] = await (
                await cursor.execute(self.sql(sql).encode(), values or {})
            ).fetchall()
            return found

    async def row(self, sql: str, values: Row | None = None) -> Row | None:
        found = await self.rows(sql, values)
        return found[0] if found else None

    async def count(self, source: str, values: Row, most: int) -> int:
        """How many rows `from … where …` gives, at most so many."""
        counted = f"select count(*) as n from (select from {source} limit {most}) bounded"
        row = await self.row(counted, values)
        return row["n"] if row else 0

    async def page(
        self, select: str, where: str, order: str, values: Row, number: int = 1, size: int = 50
    ) -> Page:
        """One page of `select … where … order by …`, with how many rows there are in all."""
        number = max(1, number)
        before = (number - 1) * size
        if before >= MOST:
            return Page([], MOST, number, size, more=True)
        sql = f"{select} where {where} order by {order} limit %(_size)s offset %(_from)s"
        rows = await self.rows(sql, {**values, "_size": size, "_from": before})
        if 0 < len(rows) < size or not (rows or before):
            return Page(rows, before + len(rows), number, size)
        source = f"{select.split(' from ', 1)[1]} where {where}"
        total = await self.count(source, values, MOST + 1)
        return Page(rows, min(total, MOST), number, size, more=total > MOST)
