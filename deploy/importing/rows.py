"""Rows: one row of a register becomes the commands that people would have given.

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
from deploy.importing.mapping import TEXT_FIELDS, FieldMap, Mapping, Outcome
from deploy.importing.sheet import Row
from deploy.importing.workbook import Cell
from events.event import Acting
from events.log import Appended
from events.terms import Money
from events.words import Words
from services.actions import complaints as acts
from services.actions.command import Command
from services.actions.refused import Refused

T = TypeVar("T")
Step = tuple[Callable[[Any, Any], Awaitable[Appended]], Command]


class RowRefused(Exception):
    """The row cannot be true or cannot be read: every reason, in sentences."""

    def __init__(self, faults: list[Words]) -> None:
        super().__init__("；".join(f.zh for f in faults))
        self.words = Words("；".join(f.zh for f in faults), "; ".join(f.en for f in faults))


class History:
    """What one row says happened, read by the mapping; `steps` gives it as commands."""

    def __init__(self, mapping: Mapping, row: Row) -> None:
        self.mapping = mapping
        self.row = row
        self.faults: list[Words] = []
        self._refuse_misfit()
        self.fields = {name: self._field(name, f) for name, f in mapping.fields.items()}
        self.outcome = self._outcome()
        self.dates = {c: d for c in self._dated() if (d := self._try(self._date, c))}
        self.restitution = self._restitution()
        self.satisfied = self._satisfied()
        if self.faults:
            raise RowRefused(self.faults)

    # -- reading -------------------------------------------------------------------------

    def _try(self, read: Callable[..., T], *values: Any) -> T | None:
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

    def _field(self, name: str, field: FieldMap) -> object:
        if name not in TEXT_FIELDS:
            return self._claimed(field)
        parts = [self._try(clean_text, c, self.row.cells[c]) or "" for c in field.columns]
        found = field.join.join(part for part in parts if part)
        if field.values:
            return self._try(_valued, field, found)
        if not found and not field.empty:
            self.faults.append(_empty(field.columns[0]))
        return found

    def _claimed(self, field: FieldMap) -> Money | None:
        column = field.columns[0]
        if field.empty and not text(self.row.cells[column]):
            return None
        return self._try(self._amount, column)

    def _outcome(self) -> Outcome | None:
        """None where the file says that the complaint is still open."""
        wanted = self.mapping.outcome
        if wanted is None:
            return None
        code = self._code = text(self.row.cells[wanted.column])
        if code in wanted.open:
            return None
        if code not in wanted.codes:
            self.faults.append(_unknown(wanted.column, code))
        return wanted.codes.get(code)

    def _dated(self) -> list[str]:
        """The columns that date the steps this row means."""
        steps = self.mapping.steps
        wanted: list[str | None]
        if self.outcome is None:
            later = [c for c in (steps.accept, steps.start_mediation) if c and self._filled(c)]
            wanted = [steps.register_on, *later]
        elif self.outcome.refusal:
            wanted = [steps.register_on, steps.outcome, steps.close]
        else:
            return self.mapping.date_columns
        return list(dict.fromkeys(c for c in wanted if c))

    def _filled(self, column: str) -> bool:
        return bool(text(self.row.cells[column]))

    def _date(self, column: str) -> date:
        return read_date(column, self.row.cells[column], self.mapping.dates.formats)

    def _amount(self, column: str) -> Money:
        return read_amount(column, self.row.cells[column], self.mapping.amounts.currency)

    def _restitution(self) -> Money | None:
        wanted = self.mapping.restitution
        if wanted is None or (wanted.empty and not text(self.row.cells[wanted.column])):
            return None
        return self._try(self._amount, wanted.column)

    def _satisfied(self) -> bool | None:
        """Yes, no, or no answer."""
        wanted = self.mapping.satisfaction
        if wanted is None:
            return None
        answer = text(self.row.cells[wanted.column])
        if answer not in (*wanted.yes, *wanted.no, *wanted.unanswered):
            self.faults.append(_unknown(wanted.column, answer))
        return True if answer in wanted.yes else False if answer in wanted.no else None

    # -- commands ------------------------------------------------------------------------

    @property
    def began_on(self) -> date:
        """The date of the first step."""
        return self.dates[self.mapping.steps.register_on]

    def steps(self, by: Acting, batch: UUID, complaint: UUID, number: str) -> list[Step]:
        """The commands in order; `RowRefused` where one of them is not a possible command."""
        try:
            return list(self._steps(by, batch, complaint, number))
        except ValidationError as error:
            raise RowRefused([_said(e, self.mapping) for e in error.errors()]) from error

    def _steps(self, by: Acting, batch: UUID, complaint: UUID, number: str) -> Iterator[Step]:
        on = {"by": by, "complaint": complaint, "correlation": str(batch)}
        steps, dates = self.mapping.steps, self.dates
        first = {**on, "occurred_on": self.began_on, "handler": by.party, "number": number}
        yield acts.register_complaint, acts.RegisterComplaint(**first, **self.fields)
        if not (self.outcome and self.outcome.refusal):
            yield from self._mediation(on)
        if self.outcome and steps.outcome:
            yield from self._ending({**on, "occurred_on": dates[steps.outcome]})
            if steps.close:
                closed = acts.CloseComplaint(**on, occurred_on=dates[steps.close])
                yield acts.close_complaint, closed

    def _mediation(self, on: dict[str, Any]) -> Iterator[Step]:
        steps, dates = self.mapping.steps, self.dates
        if steps.accept in dates:
            accepted = acts.AcceptComplaint(**on, occurred_on=dates[steps.accept])
            yield acts.accept_complaint, accepted
        if steps.start_mediation in dates:
            started = acts.StartMediation(**on, occurred_on=dates[steps.start_mediation])
            yield acts.start_mediation, started

    def _ending(self, on: dict[str, Any]) -> Iterator[Step]:
        yield self._decided(on)
        if self.restitution and self.restitution.minor > 0:
            amount = self.restitution
            yield acts.record_restitution, acts.RecordRestitution(**on, amount=amount)
        if self.satisfied is not None:
            yield acts.state_satisfaction, acts.StateSatisfaction(**on, satisfied=self.satisfied)

    def _decided(self, on: dict[str, Any]) -> Step:
        outcome, code = self.outcome, self._code
        assert outcome
        reason = f"{outcome.zh}（{code}）"
        if outcome.agreement:
            agreed = acts.RecordAgreement(**on, remedy=outcome.agreement, result_code=code)
            return acts.record_agreement, agreed
        if outcome.refusal:
            refused = acts.RefuseComplaint(**on, ground=outcome.refusal, reason=reason)
            return acts.refuse_complaint, refused
        ended = acts.TerminateMediation(
            **on, ground=outcome.termination or "", reason=reason, result_code=code
        )
        return acts.terminate_mediation, ended


class Identity:
    """Which row it is: its natural key, and which of the rows with that key in the file."""

    def __init__(self, mapping: Mapping, party: str) -> None:
        self.mapping = mapping
        self.party = party
        self.seen: dict[bytes, int] = {}

    def of(self, row: Row) -> bytes:
        """The same for the same row of the same register, whatever the file's format."""
        values = [self._plain(c, row.cells[c]) for c in self.mapping.natural_key]
        key = _hash([self.party, self.mapping.name, *values])
        self.seen[key] = self.seen.get(key, 0) + 1
        return _hash([key.hex(), self.seen[key]])

    def content(self, row: Row) -> bytes:
        """The same as long as every column that means something says the same."""
        return _hash([self._plain(c, row.cells[c]) for c in sorted(self.mapping.columns)])

    def _plain(self, column: str, cell: Cell) -> object:
        """Dates and amounts by meaning, so that a workbook and a text file agree."""
        try:
            if column in self.mapping.date_columns:
                return read_date(column, cell, self.mapping.dates.formats).isoformat()
            if column in self.mapping.amount_columns:
                return read_amount(column, cell, self.mapping.amounts.currency).minor
        except Refused:
            return text(cell)
        return text(cell)


def _hash(values: list[object]) -> bytes:
    return hashlib.sha256(json.dumps(values).encode()).digest()


def _valued(field: FieldMap, found: str) -> str:
    if found in field.values:
        return field.values[found]
    if not found and field.empty:
        return ""
    raise Refused(_unknown(field.columns[0], found))


def _unknown(column: str, value: str) -> Words:
    if not value:
        return _empty(column)
    return Words(
        f"映射不认识“{column}”的值“{value}”，请核对，或在映射文件中补上",
        f"The mapping does not know “{value}” in “{column}”; please check it or add it there",
    )


def _empty(column: str) -> Words:
    return Words(f"“{column}”没有填写，请补上", f"“{column}” is empty; please fill it in")


def _said(error: Any, mapping: Mapping) -> Words:
    """A command's own sentence where it has one, else the field and what is wrong with it."""
    if error["type"] == "said":
        return Words(error["ctx"]["zh"], error["ctx"]["en"])
    name = str(error["loc"][0]) if error["loc"] else ""
    where = "、".join(mapping.fields[name].columns) if name in mapping.fields else name
    if error["type"] in ("string_too_long", "too_long"):
        most = error["ctx"]["max_length"]
        return Words(f"“{where}”超过 {most} 字", f"“{where}” has more than {most} characters")
    return Words(f"“{where}”不能这样填写（{error['msg']}）", f"“{where}”: {error['msg']}")
