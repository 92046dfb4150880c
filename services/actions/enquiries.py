"""Enquiries: a small record, asked and answered."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from pydantic import Field

from events.enquiries import EnquiryAnswered, EnquiryReceived, EnquiryTakenBack
from events.event import Acting, Event, PartyRef, Personal
from events.ids import new_id
from events.log import Appended
from events.words import Code, Words
from services import numbers
from services.actions.aggregate import Aggregate
from services.actions.change import Log, begin, change
from services.actions.command import Command, Phone, Reason, RecordId, Text, ask

STATES = Code(
    "enquiry_state",
    {
        "asked": Words("待答复", "to be answered"),
        "answered": Words("已答复", "answered"),
        "undone": Words("已撤销", "taken back"),
    },
)
_STATE_AFTER: dict[type[Event], str] = {
    EnquiryReceived: "asked",
    EnquiryAnswered: "answered",
    EnquiryTakenBack: "undone",
}


class Enquiry(Aggregate):
    """One enquiry as its events have made it."""

    WORD: ClassVar[Words] = Words("咨询", "enquiry")

    def __init__(self, id: UUID) -> None:
        super().__init__(id)
        self.number = ""
        self.handler: PartyRef | None = None

    def relation(self, by: Acting) -> str:
        if self.handler is None:
            return "new"
        return "handler" if by.party.id == self.handler.id else "none"

    def when(self, event: Event) -> None:
        self.state = _STATE_AFTER.get(type(event), self.state)
        if isinstance(event, EnquiryReceived):
            self.number, self.handler = event.number, event.handler


class RecordEnquiry(Command):
    """Record what somebody asks; the acting body answers it."""

    SAYS = Words("登记咨询", "Record the enquiry")

    enquiry: UUID = Field(default_factory=new_id)
    number: str = ""
    handler: PartyRef
    submission: Text = ""
    question: Reason = ask("咨询什么？", "What is asked?", widget="area")
    name: Text = ask("咨询人", "Who asks", default="")
    phone: Phone = ask("电话", "Telephone number", default="")


async def record_enquiry(log: Log, command: RecordEnquiry) -> Appended:
    """Give it its number and record it."""
    if not command.number:
        number = await numbers.next_number(log, numbers.ENQUIRY, command.on)
        command = command.model_copy(update={"number": number})
    return await begin(log, Enquiry, command.enquiry, command, receive)


def receive(enquiry: Enquiry, command: RecordEnquiry) -> None:
    told = {name: getattr(command, name) for name in ("question", "name", "phone")}
    enquiry.record(
        EnquiryReceived,
        command,
        number=command.number,
        handler=command.handler,
        told=Personal.committed(str(command.enquiry), {k: v for k, v in told.items() if v}),
        submission=command.submission,
    )


class OnEnquiry(Command):
    """A command on one enquiry."""

    enquiry: RecordId


class AnswerEnquiry(OnEnquiry):
    """Answer it."""

    SAYS = Words("答复", "Answer")

    answer: Reason = ask("怎样答复的？", "What was answered?", widget="area")


async def answer_enquiry(log: Log, command: AnswerEnquiry) -> Appended:
    return await change(log, Enquiry, command.enquiry, command, answer)


def answer(enquiry: Enquiry, command: AnswerEnquiry) -> None:
    enquiry.record(
        EnquiryAnswered, command, number=enquiry.number, handler=enquiry.handler,
        answer=command.answer,
    )  # fmt: skip


class TakeBackEnquiry(OnEnquiry):
    """It was split off by mistake."""

    SAYS = Words("撤销分出的咨询", "Take back the enquiry that was split off")

    reason: Reason = ask("为什么撤销？", "Why is it taken back?", widget="area")


def take_back(enquiry: Enquiry, command: TakeBackEnquiry) -> None:
    enquiry.record(
        EnquiryTakenBack, command, number=enquiry.number, handler=enquiry.handler,
        reason=command.reason,
    )  # fmt: skip
