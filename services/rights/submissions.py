"""Rights on submissions and enquiries."""

from __future__ import annotations

from services.access import Right
from services.rights.roles import BODY, STAFF

#: In every state she may have it forgotten.
_EVER = ("asked", "answered", "undone", "reversed")

SUBMISSIONS = (
    Right("MakeSubmission", ("consumer",), ("consumer",), ("new",)),
    Right("SplitSubmission", BODY, STAFF, ("new",)),
    Right("UndoSplit", BODY, STAFF, ("handler",), ("split", "undone")),
    Right("RecordEnquiry", BODY, STAFF, ("new",)),
    Right("SubmitEnquiry", ("consumer",), ("consumer",), ("new",)),
    Right("AnswerEnquiry", BODY, STAFF, ("handler",), ("asked",)),
    Right("TakeBackEnquiry", BODY, STAFF, ("handler",), ("asked",)),
    Right("AskOn", ("consumer",), ("consumer",), ("asker",), ("answered",)),
    Right("RequestAskerErasure", ("consumer",), ("consumer",), ("asker",), _EVER),
    *(
        Right(name, BODY, STAFF, ("handler",), _EVER)
        for name in ("RequestAskerErasure", "CheckAskerErasure", "RefuseAskerErasure")
    ),
    Right("EraseAsker", BODY, ("head",), ("handler",), _EVER),
    Right("ReverseEnquiryImport", BODY, STAFF, ("handler",), ("asked", "answered")),
    Right("ReverseEnquiryImport", ("operator",), ("system",), (), ("asked", "answered")),
)
