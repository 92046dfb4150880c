"""What all events of a report say, and what its reporter is called."""

from __future__ import annotations

from typing import ClassVar

from events.event import Acting, Event, PartyRef
from events.keyring import INFORMANTS
from events.words import Words

REPORTER = Words("举报人", "The reporter")


class ReportEvent(Event, frozen=True, kw_only=True):
    """What all events of a report say: its number, and who alone may know of it."""

    DOMAIN: ClassVar[str] = INFORMANTS

    number: str
    handler: PartyRef

    @property
    def only_for(self) -> str:
        """The one party that may read it in any list (121 §37)."""
        return self.handler.id

    def _actor(self) -> Words:
        return told_by(self.by)


def told_by(by: Acting) -> Words:
    """She reports, also where a clerk wrote down what she said."""
    if by.party.kind == "consumer":
        return REPORTER
    who = Words(by.said("zh"), by.said("en"))
    if not by.on_behalf_of:
        return who
    return Words(f"举报人（由 {who.zh} 代为记录）", f"The reporter (recorded by {who.en})")


def reporter_number(number: int) -> Words:
    """What a reporter is called by those who handle the report."""
    return Words(f"举报人 {number} 号", f"reporter no. {number}")
