"""Fold: what a whole batch of events changes in one view, in as few statements as it can be.

Writes to one row are merged where that changes nothing; writes to rows that have nothing to do
with each other (of different *scopes*) change places, so that writes of one shape stand together.
Applying the groups one after the other gives the same rows as applying each write by itself;
`tests/views/test_fold.py` holds this against a real database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import NamedTuple

from msgspec.structs import replace

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
        self.keys = view.keys[short]
        self.scope = view.scopes.get(short, self.keys)
        self.waiting: dict[Key, list[Write]] = {}
        self.ready: list[Group] = []

    def add(self, write: Write) -> None:
        scope = _values(write, self.scope)
        if scope is None:  # it may touch any row: whatever came before must be done before
            self._flush()
            self.ready.append(Group(_shape(write), [write]))
            return
        line = self.waiting.setdefault(scope, [])
        merged = _merge(line[-1], write, self.keys) if line else None
        if merged is None:
            line.append(write)
        else:
            line[-1] = merged

    def groups(self) -> list[Group]:
        self._flush()
        return self.ready

    def _flush(self) -> None:
        """Round by round: the first write of every scope, then their second, and so on."""
        for together in zip_longest(*self.waiting.values()):
            self.ready += _by_shape(write for write in together if write is not None)
        self.waiting.clear()


def _by_shape(writes: Iterable[Write]) -> Iterator[Group]:
    shapes: dict[Shape, list[Write]] = {}
    for write in writes:
        shapes.setdefault(_shape(write), []).append(write)
    return (Group(shape, same) for shape, same in shapes.items())


def _shape(write: Write) -> Shape:
    match write:
        case Put(table, columns):
            return Shape(Put, table, tuple(columns))
        case Change(table, where, columns, plus):
            return Shape(Change, table, tuple(columns), tuple(where), tuple(plus))
        case Drop(table, where):
            return Shape(Drop, table, (), tuple(where))


def _values(write: Write, names: Key) -> Key | None:
    """The values of these columns as the write names them; None where it does not name them all.

    As text: an id may be given as a UUID here and as its text there.
    """
    named = write.columns if isinstance(write, Put) else write.where
    try:
        return tuple([str(named[name]) for name in names])
    except KeyError:
        return None


def _merge(first: Write, then: Write, keys: Key) -> Write | None:
    """One write that does what both do, one after the other; None where there is no such."""
    if not _same_row(first, then, keys):
        return None
    match first, then:
        case (Put() | Change() | Drop(), Drop()):
            return then
        case Drop(), Change():
            return first
        case Put(), Put():
            return replace(first, columns={**first.columns, **then.columns})
        case Put(), Change() if first.columns.keys() >= then.plus.keys():
            added = _add(first.columns, then.plus)
            return replace(first, columns={**first.columns, **added, **then.columns})
        case Change(), Change():
            return _change_twice(first, then)
    return None


def _same_row(first: Write, then: Write, keys: Key) -> bool:
    """Both are about one row, by its whole key and nothing but its key."""
    row = _values(then, keys)
    exact = all(isinstance(w, Put) or len(w.where) == len(keys) for w in (first, then))
    return exact and row is not None and row == _values(first, keys)


def _change_twice(first: Change, then: Change) -> Change | None:
    if then.plus.keys() & then.columns.keys():
        return None
    known = {name: more for name, more in then.plus.items() if name in first.columns}
    columns = {**first.columns, **_add(first.columns, known), **then.columns}
    plus = {name: more for name, more in first.plus.items() if name not in columns}
    for name, more in then.plus.items():
        if name not in columns:
            plus[name] = plus.get(name, 0) + more
    return replace(first, columns=columns, plus=plus)


def _add(columns: Row, plus: Row) -> Row:
    """Like SQL: more than nothing known is still nothing known."""
    return {n: None if columns[n] is None else columns[n] + more for n, more in plus.items()}
