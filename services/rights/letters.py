"""Rights on letters: who carries the case makes and delivers, whom it is for opens."""

from __future__ import annotations

from services.access import Right
from services.actions.assigned import FORMER
from services.rights import reports
from services.rights.complaints import KEPT
from services.rights.roles import BODY, STAFF

LETTERS = (
    *(
        Right(name, BODY, STAFF, ("handler",), KEPT)
        for name in ("MakeLetter", "DeliverLetter", "ReturnLetter")
    ),
    *(
        Right(name, ("regulator",), STAFF, ("handler",), reports.ANY)
        for name in ("MakeLetter", "DeliverLetter", "ReturnLetter")
    ),
    # The desk that forwarded it, its notice of forwarding (`Complaint.may_make_letter`).
    *(
        Right(name, ("regulator",), STAFF, (FORMER,), KEPT)
        for name in ("MakeLetter", "DeliverLetter", "ReturnLetter")
    ),
    Right("OpenLetter", ("consumer",), ("consumer",), ("complainant",), KEPT),
    Right("OpenLetter", ("consumer",), ("consumer",), ("reporter",), reports.ANY),
    Right("OpenLetter", ("enterprise",), ("contact",), ("respondent", "subject"), KEPT),
)
