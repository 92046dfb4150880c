"""Rights on archives of enterprises."""

from __future__ import annotations

from services.access import Right
from services.rights.roles import STAFF

_KEEPERS = ("EnrolEnterprise", "MakeCheck")
#: Who checks and who approves are two people; the rule asks.
_FORGETS = ("RequestPostErasure", "CheckPostErasure", "RefusePostErasure")
_POSTS = ("AppointDirector", "AppointOfficer", "DirectorLeaves", "OfficerLeaves")

ARCHIVES = (
    *(Right(name, ("regulator",), STAFF, ("supervisor",)) for name in _KEEPERS + _POSTS),
    *(Right(name, ("enterprise",), ("contact",), ("subject",)) for name in _POSTS),
    *(Right(name, ("regulator",), STAFF, ("supervisor",)) for name in _FORGETS),
    Right("ErasePostData", ("regulator",), ("head",), ("supervisor",)),
    Right("RequestPostErasure", ("enterprise",), ("contact",), ("subject",)),
    Right("HoldTraining", ("regulator",), STAFF),
)
