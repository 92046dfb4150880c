"""Undoing what was no enquiry: split off or imported by mistake."""

from __future__ import annotations

from events.enquiries import AnswerImportReversed, EnquiryImportReversed, EnquiryTakenBack
from events.log import Appended
from events.words import Words
from services.actions.change import Log, change
from services.actions.command import Given, Reason, ask
from services.actions.enquiries.enquiry import Enquiry, OnEnquiry
from services.actions.refused import Refused


class TakeBackEnquiry(OnEnquiry):
    """It was split off by mistake."""

    SAYS = Words("撤销分出的咨询", "Take back the enquiry that was split off")

    reason: Reason = ask("为什么撤销？", "Why is it taken back?", widget="area")


def take_back(enquiry: Enquiry, command: TakeBackEnquiry) -> None:
    if enquiry.asked_on:
        raise Refused(_ASKED_ON)
    enquiry.say(EnquiryTakenBack, command, reason=command.reason)


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
