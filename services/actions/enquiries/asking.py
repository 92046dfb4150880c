"""Asking: an enquiry comes in, at a counter, out of a complaint, or from whoever asks online."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pydantic import Field

from events.enquiries import EnquiryAskedOn, EnquiryReceived
from events.event import PartyRef, Personal
from events.ids import new_id
from events.log import Appended
from events.words import Words
from services import numbers
from services.actions.change import Log, begin, change
from services.actions.command import Command, Given, Line, Mail, Phone, Text, ask
from services.actions.enquiries.enquiry import Enquiry, Hour, OnEnquiry
from services.actions.refused import Refused


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
    name: Line = ask("咨询人", "Who asks", default="")
    phone: Phone = ask("电话", "Telephone number", default="")
    email: Mail = ask("电子邮箱", "E-mail address", default="")
    #: In which language who asks is written to; "" = Chinese.
    language: Text = ""


async def record_enquiry(log: Log, command: RecordEnquiry) -> Appended:
    """Give it its number and record it."""

    async def under(number: str) -> Appended:
        numbered = command.model_copy(update={"number": number})
        return await begin(log, Enquiry, command.enquiry, numbered, receive)

    if command.number:
        return await under(command.number)
    return await numbers.numbered(log, numbers.ENQUIRY, command.on, under)


def receive(enquiry: Enquiry, command: RecordEnquiry) -> None:
    told = {name: getattr(command, name) for name in _TOLD}
    enquiry.record(
        EnquiryReceived,
        command,
        **{name: getattr(command, name) for name in _AS_GIVEN},
        told=Personal.committed(str(command.enquiry), {k: v for k, v in told.items() if v}),
    )


_TOLD = ("title", "question", "name", "phone", "email", "language")
_AS_GIVEN = ("number", "handler", "submission", "reference", "hour")


class SubmitEnquiry(RecordEnquiry):
    """Ask a body online, without an account; it is answered by telephone or e-mail, and here."""

    SAYS = Words("提交咨询", "Send the enquiry")

    question: Given = ask("您想问什么？", "What do you ask?", widget="area",
        hint=Words("不要写身份证号和银行卡号。要解决与商家的纠纷，请投诉。",
                   "Give no identity or bank card number. To settle a dispute, complain."),
    )  # fmt: skip
    name: Line = ask("怎样称呼您？", "How may you be called?", default="", autocomplete="name")
    phone: Phone = ask("您的电话", "Your telephone number", default="", autocomplete="tel",
        hint=Words("电话和电子邮箱至少填一项：有了答复，告诉您去看。",
                   "Give this or an e-mail address: you are told there once it is answered."),
    )  # fmt: skip
    email: Mail = ask("您的电子邮箱", "Your e-mail address", default="", autocomplete="email",
        hint=Words("有手机号码的，发短信；没有的，发到邮箱。",
                   "Who gives a mobile number gets a text message instead."),
    )  # fmt: skip


async def submit_enquiry(log: Log, command: SubmitEnquiry) -> Appended:
    """As one that is recorded, but that who asks must be reached."""
    for name, words in missing(vars(command)).items():
        raise Refused(words, field=name)
    return await record_enquiry(log, command)


def missing(told: Mapping[str, Any]) -> dict[str, Words]:
    """What whoever asks online has not told: field -> sentence."""
    given = {name for name in _TOLD if str(told.get(name) or "").strip()}
    found = {} if "question" in given else {"question": _NO_QUESTION}
    return found if given & {"phone", "email"} else {**found, "phone": _NO_WAY}


_NO_QUESTION = Words("请填写想问什么", "Say what you ask")
_NO_WAY = Words(
    "请填写电话或者电子邮箱，至少一项，有了答复才能告诉您",
    "Give a telephone number or an e-mail address, so that you can be told of the answer",
)


class AskOn(OnEnquiry):
    """Ask on: what was answered leaves something open."""

    SAYS = Words("追问", "Ask on")

    question: Given = ask("还想问什么？", "What else do you ask?", widget="area")


async def ask_on(log: Log, command: AskOn) -> Appended:
    return await change(log, Enquiry, command.enquiry, command, ask_further)


def ask_further(enquiry: Enquiry, command: AskOn) -> None:
    told = Personal.committed(str(enquiry.id), {"question": command.question})
    enquiry.say(EnquiryAskedOn, command, told=told)
