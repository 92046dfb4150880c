"""Fold: what a whole batch of events changes in one view, in as few statements as it can be.

Writes to one row are merged where that changes nothing; writes to rows that have nothing to do
with each other (of different *scopes*) change places, so that writes of one shape stand together.
Applying the groups one after the other gives the same rows as applying each write by itself;
`tests/views/test_fold.py` holds this against a real database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from operator import itemgetter
from typing import Any, NamedTuple

from services.views.view import Change, Drop, Put, Row, View, Write

Key = tuple[str, ...]


class Shape(NamedTuple):
    """What writes must have in common to be one statement."""

    kind: type[Write]
    table: str
    columns: Key = ()
    where: Key = ()
    plus: Key = ()


class Group(NamedTuple):
    """Writes of one shape, each to other rows."""

    shape: Shape
    writes: list[Write]


def fold(view: type[View], writes: Iterable[Write]) -> list[Group]:
    """The groups to apply, in their order."""
    tables = {short: _Table(view, short) for short in view.tables}
    for write in writes:
        tables[write.table].add(write)
    return [group for table in tables.values() for group in table.groups()]


class _Table:
    """The writes to one table that still wait, by scope, in their order."""

    def __init__(self, view: type[View], short: str) -> None:
        keys = view.keys[short]
        scope = view.scopes.get(short, keys)
        self.width = len(keys)
        self.key_of, self.scope_of = itemgetter(*keys), itemgetter(*scope)
        self.row_each = scope == keys
        self.waiting: dict[Any, list[Write]] = {}
        self.ready: list[Group] = []

    def add(self, write: Write) -> None:
        try:
            scope = self.scope_of(_named(write))
        except KeyError:  # it may touch any row: whatever came before must be done before
            self._flush()
            self.ready.append(Group(_shape(write), [write]))
            return
        line = self.waiting.get(scope)
        if line is None:
            self.waiting[scope] = [write]
        elif self._one_row(line[-1], write) and (merged := _merge(line[-1], write)):
            line[-1] = merged
        else:
            line.append(write)

    def groups(self) -> list[Group]:
        self._flush()
        return self.ready

    def _one_row(self, first: Write, then: Write) -> bool:
        """Both are about one row, by its whole key and nothing but its key."""
        for write in (first, then):
            if type(write) is not Put and len(_named(write)) != self.width:
                return False
        if self.row_each:
            return True
        try:
            return bool(self.key_of(_named(first)) == self.key_of(_named(then)))
        except KeyError:
            return False

    def _flush(self) -> None:
        """Round by round: the first write of every scope, then their second, and so on."""
        for together in zip_longest(*self.waiting.values()):
            self.ready += _by_shape(write for write in together if write is not None)
        self.waiting.clear()


def _named(write: Write) -> Row:
    """The columns by which a write says which row it means."""
    return write.columns if isinstance(write, Put) else write.where


def _by_shape(writes: Iterable[Write]) -> Iterator[Group]:
    shapes: dict[Shape, list[Write]] = {}
    for write in writes:
        shapes.setdefault(_shape(write), []).append(write)
    return (Group(shape, same) for shape, same in shapes.items())


def _shape(write: Write) -> Shape:
    if isinstance(write, Put):
        return Shape(Put, write.table, tuple(write.columns))
    if isinstance(write, Drop):
        return Shape(Drop, write.table, (), tuple(write.where))
    columns, where, plus = tuple(write.columns), tuple(write.where), tuple(write.plus)
    return Shape(Change, write.table, columns, where, plus)


def _merge(first: Write, then: Write) -> Write | None:
    """One write to a row that does what both do, one after the other; None where there is none."""
    if isinstance(then, Drop):
        return then
    if isinstance(then, Put):
        return Put(then.table, first.columns | then.columns) if isinstance(first, Put) else None
    match first:
        case Drop():
            return first
        case Put(table, columns) if columns.keys() >= then.plus.keys():
            return Put(table, columns | _add(columns, then.plus) | then.columns)
        case Change():
            return _change_twice(first, then)
    return None


def _change_twice(first: Change, then: Change) -> Change | None:
    if then.plus.keys() & then.columns.keys():
        return None
    known = {name: more for name, more in then.plus.items() if name in first.columns}
    columns = {**first.columns, **_add(first.columns, known), **then.columns}
    plus = {name: more for name, more in first.plus.items() if name not in columns}
    for name, more in then.plus.items():
        if name not in columns:
            plus[name] = plus.get(name, 0) + more
    return Change(first.table, first.where, columns, plus)


def _add(columns: Row, plus: Row) -> Row:
    """Like SQL: more than nothing known is still nothing known."""
    return plus and {
        n: None if columns[n] is None else columns[n] + more for n, more in plus.items()
    }
