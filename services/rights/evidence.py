"""Rights on files and statements in records of every kind, and on masking them."""

from __future__ import annotations

from services.access import Right
from services.rights.complaints import KEPT
from services.rights.roles import BODY, SECRETARIAT, STAFF

#: As long as a consumer may add to her complaint (R33).
OPEN = ("received", "accepted", "mediating")
_PARTIES = ("AddEvidence", "WithdrawFile")
_MASKS = ("RedactText", "RedactImageArea", "LiftRedaction")

EVIDENCE = (
    Right("ScanFile", ("system",), ("rule",)),
    # Who carries the case.
    *(Right(name, BODY, STAFF, ("handler",), KEPT) for name in _PARTIES + _MASKS),
    *(Right(name, ("regulator",), STAFF, ("regulator",)) for name in _PARTIES + _MASKS),
    *(Right(name, ("association",), SECRETARIAT, ("association",)) for name in _PARTIES + _MASKS),
    # Of the others each its own; the rule asks.
    *(Right(name, ("enterprise",), ("contact",), ("member",)) for name in _PARTIES),
    *(
        Right(name, ("enterprise",), ("contact",), ("subject",), (), ("normal",))
        for name in _PARTIES
    ),
    *(Right(name, ("consumer",), ("consumer",), ("complainant",), OPEN) for name in _PARTIES),
)
