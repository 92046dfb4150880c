"""Complaint rows: one row of a register becomes the commands that people would have given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from deploy.importing.cells import read_amount, read_date, text
from deploy.importing.complaint_mapping import TEXT_FIELDS, ComplaintMapping, Outcome
from deploy.importing.mapping import FieldMap
from deploy.importing.reading import Reading, Step, unknown
from events.event import Acting
from events.terms import Money
from services.actions import complaints as acts


class ComplaintHistory(Reading):
    """What one row says of a complaint, from its receipt to its end."""

    mapping: ComplaintMapping

    def read(self) -> None:
        self.fields = {name: self._field(name, f) for name, f in self.mapping.fields.items()}
        self.outcome = self._outcome()
        self.dates = {c: d for c in self._dated() if (d := self.try_(self._date, c))}
        self.restitution = self._restitution()
        self.satisfied = self._satisfied()

    def _field(self, name: str, field: FieldMap) -> object:
        if name not in TEXT_FIELDS:
            return self._claimed(field)
        return self.text_of(field)

    def _claimed(self, field: FieldMap) -> Money | None:
        column = field.columns[0]
        if field.empty and not text(self.row.cells[column]):
            return None
        return self.try_(self._amount, column)

    def _outcome(self) -> Outcome | None:
        """None where the file says that the complaint is still open."""
        wanted = self.mapping.outcome
        if wanted is None:
            return None
        code = self._code = text(self.row.cells[wanted.column])
        if code in wanted.open:
            return None
        if code not in wanted.codes:
            self.faults.append(unknown(wanted.column, code))
        return wanted.codes.get(code)

    def _dated(self) -> list[str]:
        """The columns that date the steps this row means."""
        steps = self.mapping.steps
        wanted: list[str | None]
        if self.outcome is None:
            later = [c for c in (steps.accept, steps.start_mediation) if c and self.filled(c)]
            wanted = [steps.register_on, *later]
        elif self.outcome.refusal:
            wanted = [steps.register_on, steps.outcome, steps.close]
        else:
            return self.mapping.date_columns
        return list(dict.fromkeys(c for c in wanted if c))

    def _date(self, column: str) -> date:
        return read_date(column, self.row.cells[column], self.mapping.dates.formats)

    def _amount(self, column: str) -> Money:
        return read_amount(column, self.row.cells[column], self.mapping.currency)

    def _restitution(self) -> Money | None:
        wanted = self.mapping.restitution
        if wanted is None or (wanted.empty and not text(self.row.cells[wanted.column])):
            return None
        return self.try_(self._amount, wanted.column)

    def _satisfied(self) -> bool | None:
        """Yes, no, or no answer."""
        wanted = self.mapping.satisfaction
        if wanted is None:
            return None
        answer = text(self.row.cells[wanted.column])
        if answer not in (*wanted.yes, *wanted.no, *wanted.unanswered):
            self.faults.append(unknown(wanted.column, answer))
        return True if answer in wanted.yes else False if answer in wanted.no else None

    # -- commands ------------------------------------------------------------------------

    @property
    def began_on(self) -> date:
        return self.dates[self.mapping.steps.register_on]

    def commands(self, by: Acting, batch: UUID, record: UUID, number: str) -> Iterator[Step]:
        on = {"by": by, "complaint": record, "correlation": str(batch)}
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
