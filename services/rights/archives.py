"""Rights on archives of enterprises."""

from __future__ import annotations

from services.access import Right
from services.rights.roles import STAFF

_KEEPERS = ("EnrolEnterprise", "MakeCheck")
_POSTS = ("AppointDirector", "AppointOfficer", "DirectorLeaves", "OfficerLeaves")

ARCHIVES = (
    *(Right(name, ("regulator",), STAFF, ("supervisor",)) for name in _KEEPERS + _POSTS),
    *(Right(name, ("enterprise",), ("contact",), ("subject",)) for name in _POSTS),
    Right("HoldTraining", ("regulator",), STAFF),
)
