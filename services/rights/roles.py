"""Kinds of party and roles that the tables of rights name together."""

from __future__ import annotations

#: Who handles complaints.
BODY = ("council", "regulator")
STAFF = ("clerk", "head")
SECRETARIAT = ("secretary", "head")
WITH_ADMIN = ("regulator", "council", "association", "testing", "auditor")
ADMIN = ("admin",)
#: Of the operator: who sets the platform up, and who looks after people and their rights.
SYSTEM, SECURITY = ("system",), ("security",)
#: Bodies whose people have an account here; who does casework in them, and who reads in them.
BODIES = ("regulator", "council", "association", "testing")
CASEWORK = ("clerk", "head", "secretary")
IN_BODIES = (*CASEWORK, "admin", "auditor")
