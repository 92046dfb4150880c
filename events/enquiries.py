"""Enquiries (咨询): a question asked of a body, and its answer; no case, no clock of the law."""

from __future__ import annotations

from events.event import Event, PartyRef, Personal
from events.words import Words


class EnquiryEvent(Event, frozen=True, kw_only=True):
    """What all events of an enquiry say: its number, and who answers it."""

    number: str
    handler: PartyRef


class EnquiryReceived(EnquiryEvent, frozen=True, kw_only=True):
    """Somebody asked something (121 §44: no complaint and no report)."""

    TOPIC = "enquiry-received"
    SAYS = Words(
        "{by} 登记了咨询 {number}，由{handler}答复", "{by} recorded enquiry {number} for {handler}"
    )

    told: Personal
    submission: str = ""


class EnquiryAnswered(EnquiryEvent, frozen=True, kw_only=True):
    """It was answered."""

    TOPIC = "enquiry-answered"
    SAYS = Words("{by} 答复了咨询 {number}", "{by} answered enquiry {number}")

    answer: str


class EnquiryTakenBack(EnquiryEvent, frozen=True, kw_only=True):
    """It was none: the split it came from was undone."""

    TOPIC = "enquiry-taken-back"
    SAYS = Words("{by} 撤销了咨询 {number}：{reason}", "{by} took back enquiry {number}: {reason}")
