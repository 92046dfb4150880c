"""Assigned: what a record knows of who is in charge of it: unit, officer, and an open offer.

The base of every kind of case that a unit handles; on top of what all cases share.
"""

from __future__ import annotations

from typing import ClassVar

from events.assigning import (
    AssigningEvent,
    HandOverAccepted,
    HandOverDeclined,
    HandOverOffered,
    HandOverWithdrawn,
    Officer,
    RecordAssigned,
    RecordClaimed,
    RecordMoved,
    RecordPooled,
    RecordReturned,
)
from events.event import Acting, Event, PartyRef
from events.words import Words
from services.actions.command import Command
from services.actions.shared import Shared

#: A unit that had the record before, and one that is asked to take it.
FORMER, ASKED = "former", "asked"
#: The unit that the one in charge was merged into: it reads what stayed with that one, as closed.
SUCCESSOR = "successor"
#: Where nobody is in charge yet.
POOL = Words("待领", "in the pool")


class Assigned(Shared):
    """A record of which one unit, and in it one person, is in charge."""

    #: Kinds of party that can have it.
    UNITS: ClassVar[tuple[str, ...]]
    #: In these states another unit that takes it decides anew.
    UNDECIDED: ClassVar[tuple[str, ...]] = ()

    unit: PartyRef | None = None
    officer: Officer | None = None
    offer: HandOverOffered | None = None
    #: Ids of the units that had it before.
    former: frozenset[str] = frozenset()
    #: Ids of those into which the unit in charge was merged; said by the log of parties, not
    #: by the case's own (`services/records.py`).
    successors: frozenset[str] = frozenset()

    @property
    def in_charge(self) -> str:
        return self.unit.id if self.unit else ""

    @property
    def answers(self) -> str:
        """The complaint whose council waits for what comes of it; "" where none does."""
        return ""

    def refuse_offer(self, to: PartyRef) -> None:
        """Where the law of this kind of case forbids to hand it to that unit."""

    def assign(self, kind: type[AssigningEvent], command: Command, **fields: object) -> None:
        """Record an event about who is in charge."""
        about = {"case": self.CASE, "number": self.case_number, "enterprise": self.case_about}
        self.record(
            kind, command, **about, complaint=self.answers, only_for=self.only_for, **fields
        )

    def own_relation(self, by: Acting) -> str:
        """For kinds of case to end with. A part in the case says more than having had it."""
        if self.offer is not None and by.party.id == self.offer.to.id:
            return ASKED
        if by.party.id in self.successors:
            return SUCCESSOR
        is_former = by.party.id in self.former and by.party.id not in self.parts
        return FORMER if is_former else "none"

    def when(self, event: Event) -> None:
        match event:
            case RecordClaimed():
                self.officer = Officer(person=event.by.person, name=event.by.name)
            case RecordAssigned():
                self.officer = event.officer
            case RecordReturned() | RecordPooled():
                self.officer = None
            case HandOverOffered():
                self.offer = event
            case HandOverDeclined() | HandOverWithdrawn():
                self.offer = None
            case HandOverAccepted() | RecordMoved():
                self._go_to(event.to, event.officer)
            case _:
                super().when(event)

    def _go_to(self, unit: PartyRef, officer: Officer | None) -> None:
        if self.unit is not None and self.unit.id != unit.id:
            self.former = (self.former | {self.unit.id}) - {unit.id}
        self.unit, self.officer, self.offer = unit, officer, None
