"""Rights on submissions and enquiries."""

from __future__ import annotations

from services.access import Right
from services.rights.roles import BODY, STAFF

_REGULATOR = ("regulator",)

SUBMISSIONS = (
    Right("MakeSubmission", ("consumer",), ("consumer",), ("new",)),
    Right("SplitSubmission", _REGULATOR, STAFF, ("new",)),
    Right("UndoSplit", _REGULATOR, STAFF, ("handler",), ("split", "undone")),
    Right("RecordEnquiry", BODY, STAFF, ("new",)),
    Right("AnswerEnquiry", BODY, STAFF, ("handler",), ("asked",)),
    Right("TakeBackEnquiry", _REGULATOR, STAFF, ("handler",), ("asked",)),
    Right("MoveEnquiry", ("system",), ("rule",), (), ("asked",)),
    Right("ReverseEnquiryImport", BODY, STAFF, ("handler",), ("asked", "answered")),
    Right("ReverseEnquiryImport", ("operator",), ("system",), (), ("asked", "answered")),
)
