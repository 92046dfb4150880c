"""Letter rows: one letter of a public letter box, with its reply, becomes an enquiry.

The dates are those of the letter box, however late the file comes; a reply before its letter
cannot be.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from deploy.importing.cells import Moment, clean_text, read_moment
from deploy.importing.letter_mapping import FIELDS, LetterMapping
from deploy.importing.reading import Reading, Step
from events.enquiries import EnquiryReceived
from events.event import Acting, Recorded
from events.words import Words
from services.actions.enquiries import (
    AnswerEnquiry,
    RecordEnquiry,
    answer_enquiry,
    record_enquiry,
)

_TOLD = ("title", "question", "name", "phone")


class LetterHistory(Reading):
    """What one row says of a letter: when it came, what it asks, when and what was replied."""

    mapping: LetterMapping

    def read(self) -> None:
        wanted = self.mapping
        self.fields = {n: self.text_of(f) for n, f in wanted.fields.items() if n in FIELDS}
        self.asked = self._moment(wanted.asked.column)
        self.reply = self._reply()
        self.replied = self._replied()
        if self.asked and self.replied and _is_before(self.replied, self.asked):
            self.faults.append(_before_it(wanted.reply.at, wanted.asked.column))

    def _moment(self, column: str) -> Moment | None:
        formats = self.mapping.dates.formats
        return self.try_(read_moment, column, self.row.cells[column], formats)

    def _reply(self) -> str:
        """What was replied; "" where the letter still waits."""
        column = self.mapping.reply.column
        found = self.try_(clean_text, column, self.row.cells[column]) or ""
        return "" if found in self.mapping.reply.open else found

    def _replied(self) -> Moment | None:
        """When it was replied; a date without a reply is a fault."""
        wanted = self.mapping.reply
        if self.reply:
            return self._moment(wanted.at)
        if self.filled(wanted.at):
            self.faults.append(_without_reply(wanted.at, wanted.column))
        return None

    @property
    def began_on(self) -> date:
        assert self.asked
        return self.asked.day

    # -- commands ------------------------------------------------------------------------

    def commands(self, by: Acting, batch: UUID, record: UUID, number: str) -> Iterator[Step]:
        yield record_enquiry, self._asks(by, batch, record, number)
        yield from self._answer(by, batch, record)

    def _asks(self, by: Acting, batch: UUID, record: UUID, number: str) -> RecordEnquiry:
        assert self.asked
        return RecordEnquiry(
            **_door(by, batch, record), occurred_on=self.asked.day, hour=self.asked.hour,
            handler=by.party, number=number, **self.fields,
        )  # fmt: skip

    def _answer(self, by: Acting, batch: UUID, record: UUID) -> Iterator[Step]:
        if self.replied is None:
            return
        when = {"occurred_on": self.replied.day, "hour": self.replied.hour}
        yield answer_enquiry, AnswerEnquiry(**_door(by, batch, record), **when, answer=self.reply)

    def going_on(
        self, found: list[Recorded], by: Acting, batch: UUID, record: UUID
    ) -> Iterator[Step] | None:
        """The reply to a letter that came in without one and says the same."""
        first, asks = found[0].event, self._asks(by, batch, record, "")
        if len(found) > 1 or not isinstance(first, EnquiryReceived) or not self.reply:
            return None
        told = all(first.told.get(name) == getattr(asks, name) for name in _TOLD)
        same = told and (found[0].on, first.hour) == (asks.on, asks.hour)
        return self._answer(by, batch, record) if same else None


def _door(by: Acting, batch: UUID, record: UUID) -> dict[str, Any]:
    return {"by": by, "enquiry": record, "correlation": str(batch)}


def _is_before(replied: Moment, asked: Moment) -> bool:
    """Of one day only where both have an hour."""
    if replied.day != asked.day:
        return replied.day < asked.day
    return bool(replied.hour) and replied.hour < asked.hour


def _before_it(replied: str, asked: str) -> Words:
    return Words(
        f"“{replied}”早于“{asked}”，请核对", f"“{replied}” is before “{asked}”; please check it"
    )


def _without_reply(at: str, reply: str) -> Words:
    return Words(
        f"有“{at}”，但“{reply}”没有内容，请核对",
        f"There is “{at}” but nothing in “{reply}”; please check it",
    )
