"""Enquiries (咨询): a question asked of a body, and its answer; no case, no clock of the law."""

from __future__ import annotations

from typing import Any, ClassVar

from events.event import Event, PartyRef, Personal, as_it_was
from events.words import Words


class EnquiryEvent(Event, frozen=True, kw_only=True):
    """What all events of an enquiry say: its number, and who answers it."""

    number: str
    handler: PartyRef


class EnquiryReceived(EnquiryEvent, frozen=True, kw_only=True):
    """Somebody asked something (121 §44: no complaint and no report)."""

    TOPIC = "enquiry-received"
    VERSION = 2
    UPCASTS: ClassVar = {1: as_it_was}
    SAYS = Words(
        "{by} 登记了咨询 {number}，由{handler}答复", "{by} recorded enquiry {number} for {handler}"
    )

    told: Personal
    submission: str = ""
    #: Its number in the register it comes from, and the time of day there.
    reference: str = ""
    hour: str = ""


#: Under whose key nothing stands.
_NOBODY = "00000000-0000-0000-0000-000000000000"


def _sealed_since(state: dict[str, Any]) -> dict[str, Any]:
    """What was answered in clear before stays so; who it was for was not said."""
    return state | {"answer": {"subject": _NOBODY, "fields": {"answer": state["answer"]}}}


class EnquiryAnswered(EnquiryEvent, frozen=True, kw_only=True):
    """It was answered. Answers speak to a person by name, so they are sealed as her question is."""

    TOPIC = "enquiry-answered"
    VERSION = 2
    UPCASTS: ClassVar = {1: _sealed_since}
    SAYS = Words("{by} 答复了咨询 {number}", "{by} answered enquiry {number}")

    answer: Personal
    hour: str = ""


class EnquiryAskedOn(EnquiryEvent, frozen=True, kw_only=True):
    """Who asked was answered, and asks on."""

    TOPIC = "enquiry-asked-on"
    SAYS = Words("{by} 就咨询 {number} 追问", "{by} asked on in enquiry {number}")

    told: Personal


class EnquiryTakenBack(EnquiryEvent, frozen=True, kw_only=True):
    """It was none: the split it came from was undone."""

    TOPIC = "enquiry-taken-back"
    SAYS = Words("{by} 撤销了咨询 {number}：{reason}", "{by} took back enquiry {number}: {reason}")


class EnquiryMoved(EnquiryEvent, frozen=True, kw_only=True):
    """The unit that was to answer it was merged; its successor answers."""

    TOPIC = "enquiry-moved"
    SAYS = Words(
        "单位合并，咨询 {number} 改由{to}答复", "After a merger {to} answers enquiry {number}"
    )

    to: PartyRef


class EnquiryImportReversed(EnquiryEvent, frozen=True, kw_only=True):
    """It was imported by mistake and counts no longer."""

    TOPIC = "enquiry-import-reversed"
    SAYS = Words(
        "{by} 撤销了咨询 {number} 的导入：{reason}",
        "{by} reversed the import of enquiry {number}: {reason}",
    )


class AnswerImportReversed(EnquiryEvent, frozen=True, kw_only=True):
    """An answer that an import added to it was a mistake; it waits for one again."""

    TOPIC = "answer-import-reversed"
    SAYS = Words(
        "{by} 撤销了导入给咨询 {number} 的答复：{reason}",
        "{by} reversed the imported answer to enquiry {number}: {reason}",
    )
