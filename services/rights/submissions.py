"""Rights on submissions and enquiries."""

from __future__ import annotations

from services.access import Right
from services.rights.roles import BODY, STAFF

SUBMISSIONS = (
    Right("MakeSubmission", ("consumer",), ("consumer",), ("new",)),
    Right("SplitSubmission", BODY, STAFF, ("new",)),
    Right("UndoSplit", BODY, STAFF, ("handler",), ("split", "undone")),
    Right("RecordEnquiry", BODY, STAFF, ("new",)),
    Right("SubmitEnquiry", ("consumer",), ("consumer",), ("new",)),
    Right("AnswerEnquiry", BODY, STAFF, ("handler",), ("asked",)),
    Right("TakeBackEnquiry", BODY, STAFF, ("handler",), ("asked",)),
    Right("AskOn", ("consumer",), ("consumer",), ("asker",), ("answered",)),
    Right("ReverseEnquiryImport", BODY, STAFF, ("handler",), ("asked", "answered")),
    Right("ReverseEnquiryImport", ("operator",), ("system",), (), ("asked", "answered")),
)
