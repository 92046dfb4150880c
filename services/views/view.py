"""View: tables built from the log, asked through named questions; thrown away at will.

A view says for each event which rows change (`see`, a pure function); the builder writes the
rows and the position in one transaction. To change a view: edit its columns, raise `version`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

import msgspec
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from events.event import Recorded
from events.log import Log
from services.views.asking import Asking
from services.views.asking import Page as Page
from services.views.asking import Row as Row
from services.views.tallies import Tally

Connection = AsyncConnection[Any]
#: Schema of the tables that are shown, and of those that are built anew beside them.
SHOWN, BESIDE = "views", "building"


#: Not while it is empty: the plans of a session that begins then would take any index for as good
#: as another and keep to it while the table grows (measured: a hundred times slower at 10,000
#: rows). Of a table it knows nothing about, PostgreSQL expects some rows.
_ANALYZE = "do $$ begin if exists (select from {0}) then analyze {0}; end if; end $$"


class Put(msgspec.Struct, frozen=True, gc=False):
    """Insert the row, or replace these columns of the row with the same key."""

    table: str
    columns: Row


class Change(msgspec.Struct, frozen=True, gc=False):
    """Set columns of the rows that match `where`; `plus` adds to a number."""

    table: str
    where: Row
    columns: Row = {}
    plus: Row = {}


class Drop(msgspec.Struct, frozen=True, gc=False):
    """Delete the rows that match `where`."""

    table: str
    where: Row


Write = Put | Change | Drop


class View(Asking):
    """Base of all views. Subclasses declare tables and say what each event changes.

    `tables`: short name -> column definitions (SQL); the first column(s) named in `keys`
    are the primary key. `indexes`: short name -> index expressions. In SQL the tables are
    written `{short}` and get their full versioned names. `tallies`: tables that the database
    itself keeps as sums over another.

    `scopes`: short name -> columns that every write to the table names, where not every write
    names the key; writes of different scopes never touch the same row. `by_stream`: no row is
    touched by the events of two streams, so that several processes can rebuild the view.
    """

    name: ClassVar[str]
    version: ClassVar[int] = 1
    tables: ClassVar[dict[str, str]]
    keys: ClassVar[dict[str, tuple[str, ...]]]
    indexes: ClassVar[dict[str, tuple[str, ...]]] = {}
    scopes: ClassVar[dict[str, tuple[str, ...]]] = {}
    tallies: ClassVar[dict[str, Tally]] = {}
    by_stream: ClassVar[bool] = False

    def __init__(self, pool: AsyncConnectionPool[Any], log: Log | None = None) -> None:
        self.pool = pool
        #: From which the names of persons are opened and what cases rest on is looked up; without
        #: it they are not shown.
        self.log = log

    async def prepare(self) -> None:
        """Before somebody begins to build it: what `see` must know of earlier events."""

    async def look_up(self, events: Sequence[Recorded]) -> None:
        """Right before these events are seen: what they rest on that the log said before them."""

    def see(self, recorded: Recorded) -> Iterator[Write]:
        """Which rows this event changes. Pure: no I/O, no clock."""
        raise NotImplementedError

    # -- names ---------------------------------------------------------------------------

    @classmethod
    def table(cls, short: str, schema: str = SHOWN) -> str:
        """`views.complaint_register_v1` for the short name `rows`, else with a suffix."""
        suffix = "" if short == "rows" else f"_{short}"
        return f"{schema}.{cls.name}{suffix}_v{cls.version}"

    @classmethod
    def sql(cls, text: str) -> str:
        for short in cls.tables:
            text = text.replace("{" + short + "}", cls.table(short))
        return text

    @classmethod
    def create(cls, schema: str = SHOWN) -> Iterator[str]:
        """The statements that lay the view's tables, without what makes asking fast."""
        for short, columns in cls.tables.items():
            key = ", ".join(cls.keys[short])
            table = cls.table(short, schema)
            yield f"create table if not exists {table} ({columns}, primary key ({key}))"
            scope = cls.scopes.get(short, ())
            if scope != cls.keys[short][: len(scope)]:  # writing looks rows up by it
                name = f"{table.partition('.')[2]}_scope"
                yield f"create index if not exists {name} on {table} ({', '.join(scope)})"

    @classmethod
    def index(cls, schema: str = SHOWN) -> Iterator[str]:
        """The statements that make its indexes and tallies; they move with their tables."""
        for short, each in cls.indexes.items():
            table = cls.table(short, schema)
            for nth, index in enumerate(each, start=1):
                name = f"{table.partition('.')[2]}_{nth}"
                yield f"create index if not exists {name} on {table} {index}"
        for short, tally in cls.tallies.items():
            yield from tally.statements(cls.table(short, schema), cls.table(tally.of, schema))
        for short in cls.tables:
            yield _ANALYZE.format(cls.table(short, schema))

    @classmethod
    def drop(cls, schema: str = SHOWN) -> Iterator[str]:
        for short in cls.tables:
            yield f"drop table if exists {cls.table(short, schema)}"

    @classmethod
    def show(cls) -> Iterator[str]:
        """The statements that put what was built beside in the place of what is shown."""
        yield from cls.drop()
        for short in cls.tables:
            yield f"alter table {cls.table(short, BESIDE)} set schema {SHOWN}"
