"""Reading: what all rows have in common, of whichever register: cells, faults, which row it is.

Nothing is repaired and nothing guessed: a row either means a whole history, or comes back with
every sentence about what does not fit.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable, Iterator
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from pydantic import ValidationError

from deploy.importing.cells import clean_text, read_amount, read_date, text
from deploy.importing.mapping import FieldMap, Mapping
from deploy.importing.sheet import Row
from deploy.importing.workbook import Cell
from events.event import Acting, Recorded
from events.log import Appended
from events.words import Words
from services.actions.command import Command
from services.actions.refused import Refused

T = TypeVar("T")
Step = tuple[Callable[[Any, Any], Awaitable[Appended]], Command]


class RowRefused(Exception):
    """The row cannot be true or cannot be read: every reason, in sentences."""

    def __init__(self, faults: list[Words]) -> None:
        super().__init__("；".join(f.zh for f in faults))
        self.words = Words("；".join(f.zh for f in faults), "; ".join(f.en for f in faults))


class Reading:
    """What one row says happened, read by the mapping; `steps` gives it as commands."""

    def __init__(self, mapping: Any, row: Row) -> None:
        self.mapping = mapping
        self.row = row
        self.faults: list[Words] = []
        self._refuse_misfit()
        self.read()
        if self.faults:
            raise RowRefused(self.faults)

    # -- what the registers of a subject say ---------------------------------------------

    def read(self) -> None:
        """Read every cell that means something; note what does not fit."""
        raise NotImplementedError

    @property
    def began_on(self) -> date:
        """The date of the first step."""
        raise NotImplementedError

    def commands(self, by: Acting, batch: UUID, record: UUID, number: str) -> Iterator[Step]:
        """The commands in order."""
        raise NotImplementedError

    def going_on(
        self, found: list[Recorded], by: Acting, batch: UUID, record: UUID
    ) -> Iterator[Step] | None:
        """What the row adds to the record as it is; None where it contradicts it."""
        return None

    # -- for all -------------------------------------------------------------------------

    def steps(self, by: Acting, batch: UUID, record: UUID, number: str) -> list[Step]:
        """The commands in order; `RowRefused` where one of them is not a possible command."""
        return self.possible(self.commands(by, batch, record, number))

    def possible(self, steps: Iterator[Step]) -> list[Step]:
        """Every one of the commands, or all that is wrong with one."""
        try:
            return list(steps)
        except ValidationError as error:
            raise RowRefused([_said(e, self.mapping) for e in error.errors()]) from error

    def try_(self, read: Callable[..., T], *values: Any) -> T | None:
        """A fault is noted, so that all faults of a row are told at once."""
        try:
            return read(*values)
        except Refused as refused:
            if refused.words not in self.faults:
                self.faults.append(refused.words)
            return None

    def _refuse_misfit(self) -> None:
        if n := self.row.misfit:
            more = Words(f"多 {n} 列", f"{n} more cells")
            fewer = Words(f"少 {-n} 列", f"{-n} fewer cells")
            words = Words(
                "这一行比表头{n}，请核对", "This row has {n} than the header; please check it"
            )
            self.faults.append(words.fill(n=more if n > 0 else fewer))

    def text_of(self, field: FieldMap) -> str:
        """The text of a field; a fault where it is missing, or not one of its values."""
        parts = [self.try_(clean_text, c, self.row.cells[c]) or "" for c in field.columns]
        found = field.join.join(part for part in parts if part)
        if field.values:
            return self.try_(_valued, field, found) or ""
        if not found and not field.empty:
            self.faults.append(empty(field.columns[0]))
        return found

    def filled(self, column: str) -> bool:
        return bool(text(self.row.cells[column]))


class Identity:
    """Which row it is: its natural key, and which of the rows with that key in the file."""

    def __init__(self, mapping: Mapping, party: str, unique: bool = False) -> None:
        self.mapping = mapping
        self.party = party
        self.unique = unique
        self.seen: dict[bytes, int] = {}
        #: Of a register whose keys are unique: the line that a key came in with.
        self.lines: dict[bytes, int] = {}

    def of(self, row: Row) -> bytes:
        """The same for the same row of the same register, whatever the file's format."""
        values = [self._plain(c, row.cells[c]) for c in self.mapping.natural_key]
        key = _hash([self.party, self.mapping.name, *values])
        if self.unique:
            return _hash([key.hex(), 1])
        self.seen[key] = self.seen.get(key, 0) + 1
        return _hash([key.hex(), self.seen[key]])

    def refuse_second(self, key: bytes) -> None:
        """One record has one number: what a line before brought is not brought again."""
        if line := self.lines.get(key):
            columns = "、".join(self.mapping.natural_key)
            raise Refused(
                _SECOND.fill(columns=columns, line=line), field=self.mapping.natural_key[0]
            )

    def took(self, key: bytes, row: Row) -> None:
        """The row came in, or was there."""
        if self.unique:
            self.lines.setdefault(key, row.line)

    def content(self, row: Row) -> bytes:
        """The same as long as every column that means something says the same."""
        return _hash([self._plain(c, row.cells[c]) for c in sorted(self.mapping.columns)])

    def _plain(self, column: str, cell: Cell) -> object:
        """Dates and amounts by meaning, so that a workbook and a text file agree."""
        try:
            if column in self.mapping.date_columns:
                return read_date(column, cell, self.mapping.dates.formats).isoformat()
            if column in self.mapping.amount_columns:
                return read_amount(column, cell, self.mapping.currency).minor
        except Refused:
            return text(cell)
        return text(cell)


_SECOND = Words(
    "“{columns}”与第 {line} 行相同，只导入那一行；请核对后合为一行",
    "“{columns}” is that of row {line}, which alone is read in; make them one row",
)


def _hash(values: list[object]) -> bytes:
    return hashlib.sha256(json.dumps(values).encode()).digest()


def _valued(field: FieldMap, found: str) -> str:
    if found in field.values:
        return field.values[found]
    if not found and field.empty:
        return ""
    raise Refused(unknown(field.columns[0], found))


def unknown(column: str, value: str) -> Words:
    """A value the mapping has no meaning for."""
    if not value:
        return empty(column)
    return Words(
        f"映射不认识“{column}”的值“{value}”，请核对，或在映射文件中补上",
        f"The mapping does not know “{value}” in “{column}”; please check it or add it there",
    )


def empty(column: str) -> Words:
    """A cell that must not be empty."""
    return Words(f"“{column}”没有填写，请补上", f"“{column}” is empty; please fill it in")


def _said(error: Any, mapping: Mapping) -> Words:
    """A command's own sentence where it has one, else the field and what is wrong with it."""
    if error["type"] == "said":
        return Words(error["ctx"]["zh"], error["ctx"]["en"])
    name = str(error["loc"][0]) if error["loc"] else ""
    where = "、".join(mapping.columns_of.get(name, [name]))
    if error["type"] in ("string_too_long", "too_long"):
        most = error["ctx"]["max_length"]
        return Words(f"“{where}”超过 {most} 字", f"“{where}” has more than {most} characters")
    return Words(f"“{where}”不能这样填写（{error['msg']}）", f"“{where}”: {error['msg']}")
