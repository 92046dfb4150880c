"""The table of rights, subject by subject; printed by `gongzhi access table`."""

from __future__ import annotations

from services.access import Right

_BODY = ("council", "regulator")
_STAFF = ("clerk", "head")

COMPLAINTS = (
    Right("RegisterComplaint", ("consumer",), ("consumer",)),
    Right("RegisterComplaint", _BODY, _STAFF),
    Right("AcceptComplaint", _BODY, _STAFF, ("handler",), ("received",)),
    Right("RefuseComplaint", _BODY, _STAFF, ("handler",), ("received",)),
    Right("TransferComplaint", _BODY, _STAFF, ("handler",), ("received", "accepted")),
    Right("StartMediation", _BODY, _STAFF, ("handler",), ("accepted",)),
    Right("RecordAgreement", _BODY, _STAFF, ("handler",), ("mediating",)),
    Right("TerminateMediation", _BODY, _STAFF, ("handler",), ("mediating",)),
    Right("RecordRestitution", _BODY, _STAFF, ("handler",), ("agreed", "terminated")),
    Right("StateSatisfaction", _BODY, _STAFF, ("handler",), ("agreed", "terminated", "closed")),
    Right("CloseComplaint", _BODY, _STAFF, ("handler",), ("agreed", "terminated", "refused", "withdrawn")),
    Right("WithdrawComplaint", _BODY, _STAFF, ("handler",), ("received", "accepted", "mediating")),
    Right(
        "ReferClue", ("council",), _STAFF, ("handler",),
        ("received", "accepted", "mediating", "agreed", "terminated", "refused", "withdrawn", "closed"),
    ),
    Right("ReturnReferral", ("regulator",), _STAFF, ("referred",)),
    Right(
        "ReverseComplaintImport", _BODY, _STAFF, ("handler",),
        ("received", "accepted", "refused", "mediating", "agreed", "terminated", "withdrawn", "closed"),
    ),
)  # fmt: skip

TABLE: tuple[Right, ...] = (*COMPLAINTS,)
