"""The record of an enquiry: asked and answered, asked on and answered again."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from events.enquiries import (
    AnswerImportReversed,
    EnquiryAnswered,
    EnquiryAskedOn,
    EnquiryEvent,
    EnquiryImportReversed,
    EnquiryMoved,
    EnquiryReceived,
    EnquiryTakenBack,
)
from events.erasure import KEPT_STANDS
from events.event import Acting, Event, PartyRef
from events.words import Code, Words
from services.actions.assigned import Assigned
from services.actions.command import Command, RecordId
from services.actions.erasure import Data

STATES = Code(
    "enquiry_state",
    {
        "asked": Words("待答复", "to be answered"),
        "answered": Words("已答复", "answered"),
        "undone": Words("已撤销", "taken back"),
        "reversed": Words("导入已撤销", "import reversed"),
    },
)
_STATE_AFTER: dict[type[Event], str] = {
    EnquiryReceived: "asked",
    EnquiryAnswered: "answered",
    EnquiryAskedOn: "asked",
    EnquiryTakenBack: "undone",
    EnquiryImportReversed: "reversed",
    AnswerImportReversed: "asked",
}
#: The time of day a register gives, as hours and minutes.
Hour = Annotated[str, Field(pattern=r"^(\d\d:\d\d)?$")]


class Enquiry(Assigned):
    """One enquiry as its events have made it: somebody is in charge, and nobody else has a part."""

    WORD: ClassVar[Words] = Words("咨询", "enquiry")
    CASE: ClassVar[str] = "enquiry"
    OWNER: ClassVar[str] = "handler"
    UNITS: ClassVar[tuple[str, ...]] = ("council", "regulator")
    OFFERED_TO: ClassVar[tuple[str, ...]] = ()

    def __init__(self, id: UUID) -> None:
        super().__init__(id)
        self.number = ""
        #: The batches that brought it, and its last answer.
        self.batch = self.answer_batch = ""
        self.asked_on = False
        #: When she last asked or was answered.
        self.said_on: date | None = None
        self.data = Data()

    @property
    def case_number(self) -> str:
        return self.number

    def own_relation(self, by: Acting) -> str:
        if self.unit is None:
            return "new"
        if by.party.kind == "consumer":
            return "asker" if by.party.id == str(self.id) else "none"
        return "handler" if by.party.id == self.unit.id else super().own_relation(by)

    def say(self, kind: type[EnquiryEvent], command: Command, **fields: object) -> None:
        """Record a further event of this enquiry."""
        self.record(kind, command, number=self.number, handler=self.unit, **fields)

    def _see(self, event: Event, on: date) -> None:
        super()._see(event, on)
        if isinstance(event, EnquiryReceived | EnquiryAnswered | EnquiryAskedOn):
            self.said_on = on

    def when(self, event: Event) -> None:
        super().when(event)
        self.state = _STATE_AFTER.get(type(event), self.state)
        self.data.see(event, KEPT_STANDS)
        match event:
            case EnquiryReceived():
                self.number, self.unit = event.number, event.handler
                self.batch = _batch(event)
            case EnquiryAnswered():
                self.answer_batch = _batch(event)
            case EnquiryAskedOn():
                self.asked_on = True
            case EnquiryMoved(to=to):
                self._go_to(to, None)


def asker(enquiry: UUID) -> Acting:
    """Who asked, once number and telephone have proved it: a party to this one enquiry only."""
    party = PartyRef(id=str(enquiry), name="消费者", kind="consumer")
    return Acting(person="", name="消费者", party=party, role="consumer")


def _batch(event: Event) -> str:
    return event.correlation if event.by.channel == "import" else ""


class OnEnquiry(Command):
    """A command on one enquiry."""

    enquiry: RecordId
