"""What a complaint is: its states, who is what to it, and how each event changes it.

The rules stand beside their commands, by the stage of the procedure; here is what they share.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from events.assigning import HandOverAccepted
from events.complaints import (
    AgreementReached,
    ClueReferred,
    ComplaintAccepted,
    ComplaintClosed,
    ComplaintEvent,
    ComplaintImportReversed,
    ComplaintRefused,
    ComplaintRegistered,
    ComplaintTransferred,
    ComplaintWithdrawn,
    MediationStarted,
    MediationTerminated,
    ReferralReturned,
    RestitutionRecorded,
    SatisfactionStated,
)
from events.erasure import STANDS, ErasureChecked
from events.event import Acting, Event, PartyRef, Personal
from events.words import Code, Words
from services.actions.assigned import Assigned
from services.actions.command import Command, RecordId

STATES = Code(
    "complaint_state",
    {
        "received": Words("已收到", "received"),
        "accepted": Words("已受理", "accepted"),
        "refused": Words("不予受理", "refused"),
        "mediating": Words("调解中", "in mediation"),
        "agreed": Words("达成协议", "agreed"),
        "terminated": Words("终止调解", "terminated"),
        "withdrawn": Words("已撤回", "withdrawn"),
        "closed": Words("已办结", "closed"),
        "reversed": Words("导入已撤销", "import reversed"),
    },
)

_STATE_AFTER: dict[type[Event], str] = {
    ComplaintRegistered: "received",
    ComplaintAccepted: "accepted",
    ComplaintRefused: "refused",
    ComplaintTransferred: "received",
    MediationStarted: "mediating",
    AgreementReached: "agreed",
    MediationTerminated: "terminated",
    ComplaintWithdrawn: "withdrawn",
    ComplaintClosed: "closed",
    ComplaintImportReversed: "reversed",
}


class OnComplaint(Command):
    """A command on one complaint."""

    complaint: RecordId


class Complaint(Assigned):
    """One complaint as its events have made it."""

    WORD: ClassVar[Words] = Words("投诉", "complaint")
    CASE: ClassVar[str] = "complaint"
    OWNER: ClassVar[str] = "handler"
    UNITS: ClassVar[tuple[str, ...]] = ("council", "regulator")
    UNDECIDED: ClassVar[tuple[str, ...]] = ("received", "accepted")

    def __init__(self, id: UUID) -> None:
        super().__init__(id)
        self.number = ""
        self.enterprise: PartyRef | None = None
        self.referred_to = ""
        self.referred_to_name = ""
        self.referred_by: PartyRef | None = None
        self.imported = False
        self.rated = False
        self.restituted = False
        self.ended_on: date | None = None
        #: Where what is said about the consumer stands, and who checked that it may be deleted.
        self.personal = ""
        self.checked_by = ""

    @property
    def handler(self) -> str:
        """The id of the body that handles it."""
        return self.unit.id if self.unit else ""

    @property
    def case_number(self) -> str:
        return self.number

    @property
    def case_about(self) -> PartyRef | None:
        return self.enterprise

    def own_relation(self, by: Acting) -> str:
        if by.party.id == self.handler:
            return "handler"
        if by.party.id == self.referred_to:
            return "referred"
        if by.party.kind == "consumer" and by.party.id == str(self.id):
            return "complainant"
        return super().own_relation(by) if self.handler else "new"

    def say(self, kind: type[ComplaintEvent], command: Command, **fields: object) -> None:
        """Record a further event of this complaint, under its number and enterprise."""
        self.record(kind, command, number=self.number, enterprise=self.enterprise, **fields)

    def when(self, event: Event) -> None:
        super().when(event)
        self.state = _STATE_AFTER.get(type(event), self.state)
        match event:
            case ComplaintRegistered():
                self.number = event.number
                self.enterprise = event.enterprise
                self.unit = event.handler
                self.imported = event.by.channel == "import"
            case ComplaintTransferred():
                self.unit, self.officer, self.offer = event.to, None, None
            case HandOverAccepted(anew=True):
                self.state = "received"
            case ClueReferred():
                self.referred_to, self.referred_to_name = event.to.id, event.to.name
                self.referred_by = event.by.party
            case ReferralReturned():
                self.referred_to = ""
            case SatisfactionStated():
                self.rated = True
            case RestitutionRecorded():
                self.restituted = True
        self._erasing(event)

    def _erasing(self, event: Event) -> None:
        self.personal = STANDS.get(type(event), self.personal)
        if isinstance(event, ErasureChecked):
            self.checked_by = event.by.person

    def _see(self, event: Event, on: date) -> None:
        super()._see(event, on)
        if type(event) in _STATE_AFTER:
            self.ended_on = on


def complainant(complaint: UUID) -> Acting:
    """The consumer of this one complaint, once number and telephone have proved who she is.

    Without an account she is a party to her own complaint only, under its id.
    """
    party = PartyRef(id=str(complaint), name="消费者", kind="consumer")
    return Acting(person="", name="消费者", party=party, role="consumer")


def personal(complaint: UUID, command: Command, *names: str) -> Personal:
    """What was told in these fields of the command, kept under the complaint's own subject."""
    told = {name: getattr(command, name) for name in names if getattr(command, name)}
    return Personal.committed(str(complaint), told)
