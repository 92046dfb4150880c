"""Rights on files and statements in records of every kind, and on masking them."""

from __future__ import annotations

from services.access import Right
from services.rights import reports
from services.rights.complaints import KEPT, OPEN
from services.rights.roles import BODIES, BODY, CASEWORK, SECRETARIAT, STAFF

_PARTIES = ("AddEvidence", "WithdrawFile")
_MASKS = ("RedactText", "RedactImageArea", "LiftRedaction")

EVIDENCE = (
    Right("ScanFile", ("system",), ("rule",)),
    # Who carries the case.
    *(Right(name, BODY, STAFF, ("handler",), KEPT) for name in _PARTIES + _MASKS),
    *(
        Right(name, ("regulator",), STAFF, ("handler",), reports.ANY)
        for name in (*_PARTIES, "RedactImageArea", "LiftRedaction")
    ),
    *(Right(name, ("regulator",), STAFF, ("regulator",)) for name in _PARTIES + _MASKS),
    *(Right(name, ("association",), SECRETARIAT, ("association",)) for name in _PARTIES + _MASKS),
    # Of the others each its own; the rule asks. A consumer as long as it is in work (R33).
    *(Right(name, BODIES, CASEWORK, ("mediator",), OPEN) for name in _PARTIES),
    *(Right(name, ("enterprise",), ("contact",), ("member",)) for name in _PARTIES),
    *(
        Right(name, ("enterprise",), ("contact",), ("subject",), (), ("normal",))
        for name in _PARTIES
    ),
    *(Right(name, ("consumer",), ("consumer",), ("complainant",), OPEN) for name in _PARTIES),
    *(Right(name, ("consumer",), ("consumer",), ("reporter",), reports.OPEN) for name in _PARTIES),
)
