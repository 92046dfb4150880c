"""Rights on internal notes: of whoever acts in a case, for her own unit."""

from __future__ import annotations

from services.access import Right
from services.rights.roles import BODIES, BODY, CASEWORK, SECRETARIAT, STAFF

NOTES = (
    Right("AddInternalNote", BODY, STAFF, ("handler", "mediator")),
    Right("AddInternalNote", ("regulator",), STAFF, ("regulator", "referred")),
    Right("AddInternalNote", ("association",), SECRETARIAT, ("association",)),
    Right("AddInternalNote", BODIES, CASEWORK, ("contributor",)),
)
