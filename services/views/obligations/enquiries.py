"""What is owed on an enquiry: an answer, by the body that was asked."""

from __future__ import annotations

from collections.abc import Iterator

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
from events.event import Recorded
from services.views.obligations.rows import CONSUMER, opened, settled
from services.views.view import Change, Row, Write

_SETTLED = (EnquiryAnswered, EnquiryTakenBack, EnquiryImportReversed)


def enquiry(recorded: Recorded, event: EnquiryEvent) -> Iterator[Write]:
    """Opened when it is asked, and asked on; settled by the answer."""
    if isinstance(event, _SETTLED):
        yield settled(recorded, "enquiry")
    match event:
        case EnquiryReceived(handler=handler) | EnquiryAskedOn(handler=handler):
            rule = "M9" if handler.kind == "regulator" else "M10"
            yield opened(recorded, event, "enquiry", rule, handler, CONSUMER)
        case AnswerImportReversed():
            where: Row = {"record": str(recorded.stream), "done_by": EnquiryAnswered.TOPIC}
            again: Row = {"done_on": None, "done_by": "", "position": recorded.position}
            yield Change("rows", where, {**again, "open": True})
        case EnquiryMoved(to=to):
            owes: Row = {"record": str(recorded.stream), "open": True, "debtor": event.handler.id}
            now: Row = {"debtor": to.id, "debtor_name": to.name, "debtor_kind": to.kind}
            yield Change("rows", owes, {**now, "position": recorded.position})
