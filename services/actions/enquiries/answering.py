"""Answering an enquiry."""

from __future__ import annotations

from events.enquiries import EnquiryAnswered
from events.event import Personal
from events.log import Appended
from events.words import Words
from services.actions.change import Log, change
from services.actions.command import Given, ask
from services.actions.enquiries.enquiry import Enquiry, Hour, OnEnquiry


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
