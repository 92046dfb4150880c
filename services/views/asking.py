"""Asking: how a view's tables are read: rows, one row, or a page of a list.

What a page costs does not grow with the list behind it: as much is counted and paged through as
`MOST`, and `tests/views/test_plans.py` holds every list against an index that serves it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from psycopg import AsyncConnection
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool

from services.views.searching import Words

Row = dict[str, Any]
#: So many rows of a list are counted and can be paged through; of a longer one that is said.
MOST = 10_000
#: Among so many of the first rows, words are looked for before the whole list is searched.
NEAR = 1_000
#: So many rows that the index names are looked at, before going through all in order is less work.
HITS = 3_000
#: So many rows of a list are gone through in its order for words that more rows may have.
FAR = 3_000
#: So many rows that contain words can be paged through.
FOUND = 2_000
#: For counts that must be told to the last.
ALL = 10**12
#: Rows of a page.
SIZE = 50


@dataclass(frozen=True)
class Page:
    """Some rows of a list, and how many there are in all. `number` counts from 1.

    `more` = there are more than `total`: nobody waits until all of a long list are counted.
    `most` = so many can be paged through.
    """

    rows: Sequence[Row]
    total: int
    number: int = 1
    size: int = SIZE
    more: bool = False
    most: int = MOST

    @property
    def last(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def known(self) -> int:
        """How many rows are known of: one more than `total` where there are more."""
        return self.total + self.more

    @property
    def has_next(self) -> bool:
        """Whether one can go on; not beyond `most`."""
        return self.number < self.last or (self.more and self.number * self.size < self.most)


class Asking:
    """The reading half of a view: its named questions are made of these."""

    pool: AsyncConnectionPool[Any]

    @classmethod
    def sql(cls, text: str) -> str:
        """The text with the full names of the view's tables."""
        raise NotImplementedError

    async def rows(self, sql: str, values: Row | None = None) -> list[Row]:
        async with self.pool.connection() as connection:
            return await self._fetch(connection, sql, values or {})

    async def _fetch(self, connection: AsyncConnection[Any], sql: str, values: Row) -> list[Row]:
        cursor = connection.cursor(row_factory=dict_row)
        return await (await cursor.execute(self.sql(sql).encode(), values)).fetchall()

    async def whole(self, sql: str, values: Row) -> list[Row]:
        """All rows of a question that goes through whole tables: figures of earlier days."""
        async with self.pool.connection() as connection, connection.transaction():
            await connection.execute("set local enable_seqscan = on")
            return await self._fetch(connection, sql, values)

    async def row(self, sql: str, values: Row | None = None) -> Row | None:
        found = await self.rows(sql, values)
        return found[0] if found else None

    async def count(self, source: str, values: Row, most: int = 0) -> int:
        """How many rows `from … where …` gives; above `most`, else `MOST`: more than that."""
        most = most or MOST
        bounded = f"select count(*) as n from (select from {source} limit {most + 1}) bounded"
        row = await self.row(bounded, values)
        return row["n"] if row else 0

    async def page(
        self, select: str, where: str, order: str, values: Row, number: int = 1, *, most: int = 0
    ) -> Page:
        """One page of `select … where … order by …`, with how many rows there are in all.

        `most` = counted so far, where counting takes more than a look into one index.
        """
        # Where few are counted, in the order in which they are found for the page.
        number, so, most = max(1, number), f" order by {order}" if most else "", most or MOST
        before = (number - 1) * SIZE
        sql = f"{select} where {where} order by {order} limit {SIZE} offset {before}"
        rows = await self.rows(sql, values) if before < MOST else []
        if 0 < len(rows) < SIZE or not (rows or before):
            return Page(rows, before + len(rows), number)
        total = await self.count(f"{select.split(' from ', 1)[1]} where {where}{so}", values, most)
        known = max(min(total, most), before + len(rows))
        return Page(rows, known, number, more=total > most)

    async def containing(
        self, select: str, where: str, words: Words, order: str, values: Row, number: int = 1
    ) -> Page:
        """One page of the rows `u` of one table for which `where` and the words hold.

        Words that many rows have are found among the first rows at once. For others the index
        says which rows can have them; where these are too many, more are gone through in order.
        Where they stand far behind (names in the order of names), some that the index named are
        shown after those: whoever sees that there are more narrows the list.
        """
        number, values = min(max(1, number), FOUND // SIZE), {**values, **words.values}
        both, many = f"{where} and {words.match}", min(NEAR * number, FAR)
        before_it = (number - 1) * SIZE
        ordered = f"{select} where {where} order by {order}"
        near = _Some(f"{ordered} limit {many}", words.match, many)
        hits = _Some(f"{select} where {words.found} limit {HITS}", both, HITS)
        far = _Some(f"{ordered} limit {FAR}", words.match, FAR)
        for some, before in ((near, None), (hits, far), (far, None)):
            found = await self.rows(some.page(before, order, number), values)
            rows, seen, fit = _apart(found)
            if seen < some.most:
                return Page(rows, min(fit, FOUND), number, more=fit > FOUND, most=FOUND)
            if fit > number * SIZE or (before and fit > SIZE):
                most = min(fit, FOUND) if before else FOUND  # where it began so, it goes on so
                return Page(rows, before_it + len(rows), number, more=True, most=most)
        sql = f"{select} where {both} order by {order} {_part(number)}"
        rows = await self.rows(sql, values)
        return Page(rows, before_it + len(rows), number, more=len(rows) == SIZE, most=FOUND)


class _Some(NamedTuple):
    """So many rows of a table at `most`, called `u`, and what must hold of those that fit."""

    select: str
    fits: str
    most: int

    def page(self, before: _Some | None, order: str, number: int) -> str:
        """A page of those that fit, together with those that fit `before`; with both counts."""
        fitting = f"select * from seen u where {self.fits}"
        if before:
            fitting += f" union select * from ({before.select}) u where {before.fits}"
        return f"""
            with seen as materialized ({self.select}),
            counted as (
                select count(*) as _seen, count(*) filter (where {self.fits}) as _fit from seen u)
            select u.*, _seen, _fit from counted left join (
                select * from ({fitting}) u order by {order} {_part(number)}) u on true
            order by {order}"""


def _part(number: int) -> str:
    return f"limit {SIZE} offset {(number - 1) * SIZE}"


def _apart(found: list[Row]) -> tuple[list[Row], int, int]:
    """The rows, and the counts that stand with each; without rows they stand alone."""
    seen, fit = found[0]["_seen"], found[0]["_fit"]
    counts = ("_seen", "_fit")
    rows = [{n: v for n, v in row.items() if n not in counts} for row in found if row["id"]]
    return rows, seen, fit


async def suit(connection: AsyncConnection[Any]) -> None:
    """Settings of a connection that pages read with.

    Every question is planned for what it asks: a body with much is not served like one with
    little. No table is read as a whole, also where a guess says that this would be less work.
    Single rows are cheap to fetch, they are mostly in memory; a page is too little work to divide
    or to compile.
    """
    await connection.execute(
        "select set_config(name, value, false) from (values ('plan_cache_mode', "
        "'force_custom_plan'), ('enable_seqscan', 'off'), ('random_page_cost', '1.1'), "
        "('jit', 'off'), ('max_parallel_workers_per_gather', '0')) settings (name, value)"
    )
