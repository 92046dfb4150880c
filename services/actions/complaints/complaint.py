"""What a complaint is: its states, who is what to it, and how each event changes it.

The rules stand beside their commands, by the stage of the procedure; here is what they share.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from events.assigning import HandOverAccepted
from events.complaints import (
    ClueMoved,
    ClueReferred,
    ComplaintEvent,
    ComplaintForwarded,
    ComplaintMerged,
    ComplaintRegistered,
    ComplaintReturnedToDesk,
    ComplaintTransferred,
    DirectSettlementOffered,
    ReferralReturned,
    RestitutionRecorded,
)
from events.complaints.states import state_after
from events.erasure import STANDS
from events.event import Acting, Event, PartyRef, Personal
from events.words import Words
from services.actions.command import Command, RecordId
from services.actions.complaints.stages import (
    Binding,
    Consents,
    Ending,
    Intake,
    Mediation,
)
from services.actions.complaints.waiting import Talks
from services.actions.erasure import Data
from services.actions.lettered import HasLetters


class OnComplaint(Command):
    """A command on one complaint."""

    complaint: RecordId


class Complaint(Intake, Consents, Mediation, Talks, Binding, Ending, HasLetters):
    """One complaint as its events have made it."""

    WORD: ClassVar[Words] = Words("投诉", "complaint")
    CASE: ClassVar[str] = "complaint"
    OWNER: ClassVar[str] = "handler"
    UNITS: ClassVar[tuple[str, ...]] = ("council", "regulator")
    UNDECIDED: ClassVar[tuple[str, ...]] = ("received", "accepted")

    number = ""
    enterprise: PartyRef | None = None
    referred_to = ""
    referred_to_name = ""
    referred_by: PartyRef | None = None
    imported = False
    #: What others complain of that she would complain of jointly.
    joins = ""
    restituted = False
    ended_on: date | None = None

    def __init__(self, id: UUID) -> None:
        super().__init__(id)
        self.data = Data()

    @property
    def personal(self) -> str:
        """Where what is said about the consumer stands."""
        return self.data.standing

    @property
    def handler(self) -> str:
        """The id of the body that handles it."""
        return self.unit.id if self.unit else ""

    @property
    def told_the_business(self) -> bool:
        """Whether the body has turned to the business with it."""
        return self.enterprise is not None and bool(self.accepted or self.before_offer)

    @property
    def case_number(self) -> str:
        return self.number

    @property
    def case_about(self) -> PartyRef | None:
        return self.enterprise

    def own_relation(self, by: Acting) -> str:
        if not self.handler:
            return "new"
        if by.party.id == self.handler:
            return "handler"
        if self.mediator is not None and by.party.id == self.mediator.id:
            return "mediator"
        if by.party.id == self.referred_to:
            return "referred"
        if by.party.kind == "consumer":
            return self._of_consumer(by)
        if self.enterprise is not None and by.party.id == self.enterprise.id:
            return "respondent"
        return super().own_relation(by)

    def may_make_letter(self, by: Acting, form: str) -> bool:
        """The desk that forwarded it makes the notice of that, the handler all others."""
        if form == "form-3":
            return self.desk is not None and by.party.id == self.desk.id
        return super().may_make_letter(by, form)

    def _of_consumer(self, by: Acting) -> str:
        if by.party.id == str(self.id):
            return "complainant"
        if by.party.id in self.taken_in:
            return "represented"
        return super().own_relation(by)

    def say(self, kind: type[ComplaintEvent], command: Command, **fields: object) -> None:
        """Record a further event of this complaint, under its number and enterprise."""
        self.record(kind, command, number=self.number, enterprise=self.enterprise, **fields)

    def when(self, event: Event) -> None:
        self._keep_before(event)
        super().when(event)
        self.state = state_after(event, self.state)
        match event:
            case ComplaintRegistered():
                self.number = event.number
                self.enterprise, self.joins = event.enterprise, event.joins
                self.unit = event.handler
                self.imported = event.by.channel == "import"
                self.consents = _agreed_at_first(event)
            case ClueReferred():
                self.referred_to, self.referred_to_name = event.to.id, event.to.name
                self.referred_by = event.by.party
            case ClueMoved():
                self.referred_to, self.referred_to_name = event.to.id, event.to.name
            case ReferralReturned():
                self.referred_to = ""
            case RestitutionRecorded():
                self.restituted = True
        self._goes_elsewhere(event)
        self._coming_in(event)
        self._consenting(event)
        self._mediation(event)
        self._talking(event)
        self._binding(event)
        self._ending(event)
        self.data.see(event, STANDS)

    def _goes_elsewhere(self, event: Event) -> None:
        match event:
            case ComplaintTransferred():
                self.unit, self.officer, self.offer = event.to, None, None
            case ComplaintForwarded():
                self._go_to(event.to, None)
            case ComplaintReturnedToDesk():
                self._go_to(event.desk, None)
            case HandOverAccepted(anew=True):
                self.state = "received"

    def _keep_before(self, event: Event) -> None:
        """To where it goes back when what interrupts it is over."""
        if isinstance(event, DirectSettlementOffered):
            self.before_offer = self.state
        if isinstance(event, ComplaintMerged):
            self.before_merge = self.state

    def _see(self, event: Event, on: date) -> None:
        super()._see(event, on)
        if state_after(event, ""):
            self.ended_on = on


def _agreed_at_first(event: ComplaintRegistered) -> frozenset[tuple[str, str]]:
    """What the consumer agreed to when she lodged it (form 1)."""
    agreed = {"entrust": event.may_mediate, "publish": event.may_publish}
    return frozenset(("consumer", what) for what, agrees in agreed.items() if agrees)


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
