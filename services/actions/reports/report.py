"""What a report is: its states, who is what to it, and how each event changes it.

The rules stand beside their commands, by the stage of the procedure; here is what they share.
"""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import ClassVar
from unicodedata import normalize
from uuid import UUID

from events.event import Acting, Event, PartyRef, Personal
from events.informants import STANDS
from events.reports import (
    NewFactsMerged,
    ReportEvent,
    ReportFiled,
    ReportRegistered,
    ReportWithdrawn,
    RewardGranted,
    RewardProposed,
    RewardRefused,
    VerificationExtended,
)
from events.reports.states import STATE_AFTER
from events.words import Words
from services.actions.command import Command, RecordId
from services.actions.erasure import Data
from services.actions.lettered import HasLetters

#: States in which a report is not decided yet.
OPEN = ("received", "verifying", "paused")


class OnReport(Command):
    """A command on one report."""

    report: RecordId


class Report(HasLetters):
    """One report as its events have made it.

    Nobody but regulators can have a part in it or take it: no other body may know of it (121 §37).
    """

    WORD: ClassVar[Words] = Words("举报", "report")
    CASE: ClassVar[str] = "report"
    OWNER: ClassVar[str] = "handler"
    UNITS: ClassVar[tuple[str, ...]] = ("regulator",)
    OFFERED_TO: ClassVar[tuple[str, ...]] = ("regulator",)

    def __init__(self, id: UUID) -> None:
        super().__init__(id)
        self.number = ""
        self.informant = ""
        self.anonymous = False
        #: The day from which the time to verify runs.
        self.since: date | None = None
        self.extended = False
        self.filed = False
        self.withdrawn = False
        self.proposed: RewardProposed | None = None
        self.reward_decided = False
        self.ended_on: date | None = None
        self.data = Data()

    @property
    def personal(self) -> str:
        """Where what is said about the reporter stands."""
        return self.data.standing

    @property
    def case_number(self) -> str:
        return self.number

    @property
    def only_for(self) -> str:
        return self.unit.id if self.unit else ""

    def own_relation(self, by: Acting) -> str:
        if self.unit is None:
            return "new"
        if by.party.id == self.unit.id:
            return "handler"
        mine = by.party.kind == "consumer" and by.party.id == str(self.id)
        return "reporter" if mine else super().own_relation(by)

    def say(self, kind: type[ReportEvent], command: Command, **fields: object) -> None:
        """Record a further event of this report, under its number and handler."""
        self.record(kind, command, number=self.number, handler=self.unit, **fields)

    def when(self, event: Event) -> None:
        super().when(event)
        self.state = STATE_AFTER.get(type(event), self.state)
        match event:
            case ReportRegistered():
                self.number, self.unit = event.number, event.handler
                self.informant, self.anonymous = event.informant, event.anonymous
            case NewFactsMerged():
                self.since, self.extended = event.since, False
            case VerificationExtended():
                self.extended = True
            case ReportFiled():
                self.filed = True
            case ReportWithdrawn():
                self.withdrawn = True
            case RewardProposed():
                self.proposed = event
            case RewardGranted() | RewardRefused():
                self.reward_decided = True
        self.data.see(event, STANDS)

    def _see(self, event: Event, on: date) -> None:
        super()._see(event, on)
        if isinstance(event, ReportRegistered):
            self.since = on
        if type(event) in STATE_AFTER:
            self.ended_on = on


def reporter(report: UUID) -> Acting:
    """The reporter of this one report, once number and query code have proved who she is.

    Without an account she is a party to her own report only, under its id.
    """
    party = PartyRef(id=str(report), name="举报人", kind="consumer")
    return Acting(person="", name="举报人", party=party, role="consumer")


def sealed(subject: UUID | str, command: Command, *names: str) -> Personal | None:
    """What was told in these fields of the command, under this subject; None for nothing."""
    told = {name: getattr(command, name) for name in names if getattr(command, name)}
    return Personal.committed(str(subject), told) if told else None


def query_hash(code: str) -> str:
    """What is kept of a query code; people may type it with blanks, in small letters."""
    plain = "".join(c for c in normalize("NFKC", code).upper() if c.isalnum())
    return sha256(b"gongzhi-query\0" + plain.encode()).hexdigest()
