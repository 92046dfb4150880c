"""Enquiries: a small record, asked and answered, asked on and answered again."""

from __future__ import annotations

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
from events.event import Acting, Event, PartyRef, Personal
from events.ids import new_id
from events.log import Appended
from events.words import Code, Words
from services import numbers
from services.actions.aggregate import Aggregate
from services.actions.change import Log, begin, change
from services.actions.command import Command, Given, Phone, Reason, RecordId, Text, ask
from services.actions.refused import Refused

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


class Enquiry(Aggregate):
    """One enquiry as its events have made it."""

    WORD: ClassVar[Words] = Words("咨询", "enquiry")

    def __init__(self, id: UUID) -> None:
        super().__init__(id)
        self.number = ""
        self.handler: PartyRef | None = None
        #: The batches that brought it, and its last answer.
        self.batch = self.answer_batch = ""
        self.asked_on = False

    def relation(self, by: Acting) -> str:
        if self.handler is None:
            return "new"
        if by.party.kind == "consumer":
            return "asker" if by.party.id == str(self.id) else "none"
        return "handler" if by.party.id == self.handler.id else "none"

    def say(self, kind: type[EnquiryEvent], command: Command, **fields: object) -> None:
        """Record a further event of this enquiry."""
        self.record(kind, command, number=self.number, handler=self.handler, **fields)

    def when(self, event: Event) -> None:
        self.state = _STATE_AFTER.get(type(event), self.state)
        match event:
            case EnquiryReceived():
                self.number, self.handler = event.number, event.handler
                self.batch = _batch(event)
            case EnquiryAnswered():
                self.answer_batch = _batch(event)
            case EnquiryAskedOn():
                self.asked_on = True
            case EnquiryMoved(to=to):
                self.handler = to


def asker(enquiry: UUID) -> Acting:
    """Who asked, once number and telephone have proved it: a party to this one enquiry only."""
    party = PartyRef(id=str(enquiry), name="消费者", kind="consumer")
    return Acting(person="", name="消费者", party=party, role="consumer")


def _batch(event: Event) -> str:
    return event.correlation if event.by.channel == "import" else ""


class RecordEnquiry(Command):
    """Record what somebody asks; the acting body answers it."""

    SAYS = Words("登记咨询", "Record the enquiry")

    enquiry: UUID = Field(default_factory=new_id)
    number: str = ""
    handler: PartyRef
    submission: Text = ""
    reference: Text = ""
    title: Text = ""
    hour: Hour = ""
    question: Given = ask("咨询什么？", "What is asked?", widget="area")
    name: Text = ask("咨询人", "Who asks", default="")
    phone: Phone = ask("电话", "Telephone number", default="")


async def record_enquiry(log: Log, command: RecordEnquiry) -> Appended:
    """Give it its number and record it."""
    if not command.number:
        number = await numbers.next_number(log, numbers.ENQUIRY, command.on)
        command = command.model_copy(update={"number": number})
    return await begin(log, Enquiry, command.enquiry, command, receive)


def receive(enquiry: Enquiry, command: RecordEnquiry) -> None:
    told = {name: getattr(command, name) for name in ("title", "question", "name", "phone")}
    enquiry.record(
        EnquiryReceived,
        command,
        **{name: getattr(command, name) for name in _AS_GIVEN},
        told=Personal.committed(str(command.enquiry), {k: v for k, v in told.items() if v}),
    )


_AS_GIVEN = ("number", "handler", "submission", "reference", "hour")


class OnEnquiry(Command):
    """A command on one enquiry."""

    enquiry: RecordId


class AnswerEnquiry(OnEnquiry):
    """Answer it."""

    SAYS = Words("答复", "Answer")

    hour: Hour = ""
    answer: Given = ask("怎样答复的？", "What was answered?", widget="area")


async def answer_enquiry(log: Log, command: AnswerEnquiry) -> Appended:
    return await change(log, Enquiry, command.enquiry, command, answer)


def answer(enquiry: Enquiry, command: AnswerEnquiry) -> None:
    said = Personal.committed(str(enquiry.id), {"answer": command.answer})
    enquiry.say(EnquiryAnswered, command, answer=said, hour=command.hour)


class AskOn(OnEnquiry):
    """Ask on: what was answered leaves something open."""

    SAYS = Words("追问", "Ask on")

    question: Given = ask("还想问什么？", "What else do you ask?", widget="area")


async def ask_on(log: Log, command: AskOn) -> Appended:
    return await change(log, Enquiry, command.enquiry, command, ask_further)


def ask_further(enquiry: Enquiry, command: AskOn) -> None:
    told = Personal.committed(str(enquiry.id), {"question": command.question})
    enquiry.say(EnquiryAskedOn, command, told=told)


class TakeBackEnquiry(OnEnquiry):
    """It was split off by mistake."""

    SAYS = Words("撤销分出的咨询", "Take back the enquiry that was split off")

    reason: Reason = ask("为什么撤销？", "Why is it taken back?", widget="area")


def take_back(enquiry: Enquiry, command: TakeBackEnquiry) -> None:
    if enquiry.asked_on:
        raise Refused(_ASKED_ON)
    enquiry.say(EnquiryTakenBack, command, reason=command.reason)


class MoveEnquiry(OnEnquiry):
    """Its unit was merged; the successor answers it."""

    SAYS = Words("改由合并后的单位答复", "Let the successor answer it")

    to: PartyRef


async def move_enquiry(log: Log, command: MoveEnquiry) -> Appended:
    return await change(log, Enquiry, command.enquiry, command, move)


def move(enquiry: Enquiry, command: MoveEnquiry) -> None:
    enquiry.say(EnquiryMoved, command, to=command.to)


class ReverseEnquiryImport(OnEnquiry):
    """Take back what a batch brought: the whole enquiry, or the answer it added."""

    SAYS = Words("撤销导入", "Reverse the import")

    batch: Given
    reason: Reason = ask("撤销的原因", "Why is it reversed?", widget="area")


async def reverse_enquiry_import(log: Log, command: ReverseEnquiryImport) -> Appended:
    return await change(log, Enquiry, command.enquiry, command, reverse_import)


def reverse_import(enquiry: Enquiry, command: ReverseEnquiryImport) -> None:
    if enquiry.asked_on:
        raise Refused(_ASKED_ON)
    if enquiry.batch == command.batch:
        enquiry.say(EnquiryImportReversed, command, reason=command.reason)
    elif enquiry.answer_batch == command.batch and enquiry.state == "answered":
        enquiry.say(AnswerImportReversed, command, reason=command.reason)
    else:
        raise Refused(_NOT_OF_THE_BATCH)


_ASKED_ON = Words(
    "咨询人此后又有追问，撤销会让她的话落空，不能撤销",
    "Who asked has asked on since; reversing would drop what she said, so it is not done",
)
_NOT_OF_THE_BATCH = Words(
    "这件咨询不是这个批次带来的，或者此后又有了新的答复，不能撤销",
    "This enquiry was not brought by this batch, or it was answered anew since; not reversed",
)
