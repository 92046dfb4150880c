"""View: tables built from the log, asked through named questions; thrown away at will.

A view says for each event which rows change (`see`, a pure function); the builder writes the
rows and the position in one transaction. To change a view: edit its columns, raise `version`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, ClassVar

from psycopg import AsyncConnection
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool

from events.event import Recorded

Row = dict[str, Any]
Connection = AsyncConnection[Any]


@dataclass(frozen=True)
class Put:
    """Insert the row, or replace these columns of the row with the same key."""

    table: str
    columns: Row


@dataclass(frozen=True)
class Change:
    """Set columns of the rows that match `where`; `plus` adds to a number."""

    table: str
    where: Row
    columns: Row = field(default_factory=dict)
    plus: Row = field(default_factory=dict)


@dataclass(frozen=True)
class Drop:
    """Delete the rows that match `where`."""

    table: str
    where: Row


Write = Put | Change | Drop


@dataclass(frozen=True)
class Page:
    """Some rows of a list, and how many there are in all. `number` counts from 1."""

    rows: Sequence[Row]
    total: int
    number: int = 1
    size: int = 50

    @property
    def last(self) -> int:
        return max(1, -(-self.total // self.size))


class View:
    """Base of all views. Subclasses declare tables and say what each event changes.

    `tables`: short name -> column definitions (SQL); the first column(s) named in `keys`
    are the primary key. `indexes`: short name -> index expressions. In SQL the tables are
    written `{short}` and get their full versioned names.
    """

    name: ClassVar[str]
    version: ClassVar[int] = 1
    tables: ClassVar[dict[str, str]]
    keys: ClassVar[dict[str, tuple[str, ...]]]
    indexes: ClassVar[dict[str, tuple[str, ...]]] = {}

    def __init__(self, pool: AsyncConnectionPool[Any]) -> None:
        self.pool = pool

    def see(self, recorded: Recorded) -> Iterator[Write]:
        """Which rows this event changes. Pure: no I/O, no clock."""
        raise NotImplementedError

    # -- asking --------------------------------------------------------------------------

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

    async def page(
        self, select: str, where: str, order: str, values: Row, number: int = 1, size: int = 50
    ) -> Page:
        """One page of `select … where … order by …`, with the count before paging."""
        number = max(1, number)
        count = await self.row(
            f"select count(*) as n from {select.split(' from ', 1)[1]} where {where}", values
        )
        sql = f"{select} where {where} order by {order} limit %(_size)s offset %(_from)s"
        values = {**values, "_size": size, "_from": (number - 1) * size}
        return Page(await self.rows(sql, values), count["n"] if count else 0, number, size)

    # -- names ---------------------------------------------------------------------------

    @classmethod
    def table(cls, short: str) -> str:
        """`views.complaint_register_v1` for the short name `rows`, else with a suffix."""
        suffix = "" if short == "rows" else f"_{short}"
        return f"views.{cls.name}{suffix}_v{cls.version}"

    @classmethod
    def sql(cls, text: str) -> str:
        for short in cls.tables:
            text = text.replace("{" + short + "}", cls.table(short))
        return text

    @classmethod
    def create(cls) -> Iterator[str]:
        """The statements that lay the view's tables."""
        for short, columns in cls.tables.items():
            key = ", ".join(cls.keys[short])
            yield f"create table {cls.table(short)} ({columns}, primary key ({key}))"
            for index in cls.indexes.get(short, ()):
                yield f"create index on {cls.table(short)} {index}"

    @classmethod
    def drop(cls) -> Iterator[str]:
        for short in cls.tables:
            yield f"drop table if exists {cls.table(short)}"

    @classmethod
    def statement(cls, write: Write) -> tuple[str, Row]:
        """The SQL of one write, and its values."""
        view: Any = cls  # a class is hashable; its protocol says otherwise
        match write:
            case Put(table, columns):
                return _put(view, table, tuple(columns)), columns
            case Change(table, where, columns, plus):
                sql = _change(view, table, tuple(where), tuple(columns), tuple(plus))
                values = {f"w_{k}": v for k, v in where.items()} | {
                    f"p_{k}": v for k, v in plus.items()
                }
                return sql, columns | values
            case Drop(table, where):
                return _drop(view, table, tuple(where)), {f"w_{k}": v for k, v in where.items()}


@cache
def _put(view: Any, table: str, columns: tuple[str, ...]) -> str:
    names, values = ", ".join(columns), ", ".join(f"%({c})s" for c in columns)
    keys = view.keys[table]
    sets = ", ".join(f"{c} = excluded.{c}" for c in columns if c not in keys)
    then = f"update set {sets}" if sets else "nothing"
    return (
        f"insert into {view.table(table)} ({names}) values ({values}) "
        f"on conflict ({', '.join(keys)}) do {then}"
    )


@cache
def _change(
    view: Any,
    table: str,
    where: tuple[str, ...],
    columns: tuple[str, ...],
    plus: tuple[str, ...],
) -> str:
    sets = [f"{c} = %({c})s" for c in columns] + [f"{c} = {c} + %(p_{c})s" for c in plus]
    return f"update {view.table(table)} set {', '.join(sets)} where {_where(where)}"


@cache
def _drop(view: Any, table: str, where: tuple[str, ...]) -> str:
    return f"delete from {view.table(table)} where {_where(where)}"


def _where(columns: tuple[str, ...]) -> str:
    return " and ".join(f"{c} = %(w_{c})s" for c in columns)
