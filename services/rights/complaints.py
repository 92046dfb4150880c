"""Rights on complaints, erasure in them and clues from them."""

from __future__ import annotations

from services.access import Right
from services.rights.roles import BODY, STAFF

#: Every state of a complaint but that of a reversed import.
KEPT = (
    "received", "accepted", "refused", "mediating", "agreed", "terminated", "withdrawn", "closed",
)  # fmt: skip

COMPLAINTS = (
    Right("RegisterComplaint", ("consumer",), ("consumer",)),
    Right("RegisterComplaint", BODY, STAFF),
    Right("AcceptComplaint", BODY, STAFF, ("handler",), ("received",)),
    Right("RefuseComplaint", BODY, STAFF, ("handler",), ("received",)),
    Right("StartMediation", BODY, STAFF, ("handler",), ("accepted",)),
    Right("RecordAgreement", BODY, STAFF, ("handler",), ("mediating",)),
    Right("TerminateMediation", BODY, STAFF, ("handler",), ("mediating",)),
    Right("RecordRestitution", BODY, STAFF, ("handler",), ("agreed", "terminated")),
    Right("StateSatisfaction", BODY, STAFF, ("handler",), ("agreed", "terminated", "closed")),
    Right(
        "StateSatisfaction", ("consumer",), ("consumer",), ("complainant",),
        ("agreed", "terminated", "closed"),
    ),
    Right(
        "CloseComplaint", BODY, STAFF, ("handler",),
        ("agreed", "terminated", "refused", "withdrawn"),
    ),
    Right("WithdrawComplaint", BODY, STAFF, ("handler",), ("received", "accepted", "mediating")),
    Right(
        "WithdrawComplaint", ("consumer",), ("consumer",), ("complainant",),
        ("received", "accepted", "mediating"),
    ),
    Right("RequestErasure", ("consumer",), ("consumer",), ("complainant",), KEPT),
    Right("RequestErasure", BODY, STAFF, ("handler",), KEPT),
    # Who checks and who approves are two people; the rule asks.
    Right("CheckErasure", BODY, STAFF, ("handler",), KEPT),
    Right("RefuseErasure", BODY, STAFF, ("handler",), KEPT),
    Right("ErasePersonalData", BODY, ("head",), ("handler",), KEPT),
    Right("RestrictProcessing", BODY, ("head",), ("handler",), KEPT),
    Right(
        "ReferClue", ("council",), STAFF, ("handler",),
        KEPT,
    ),
    # A regulator may meanwhile also handle the complaint itself.
    Right("ReturnReferral", ("regulator",), STAFF, ("referred", "handler")),
    Right(
        "ReverseComplaintImport", BODY, STAFF, ("handler",),
        KEPT,
    ),
)  # fmt: skip
