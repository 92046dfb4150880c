"""Rights on acts on several cases at once; each case asks the rights of its own act besides."""

from __future__ import annotations

from services.access import Right
from services.rights.roles import BODY, STAFF

MANY = (
    Right("ActOnMany", BODY, STAFF, ("new", "own")),
    Right("UndoMany", BODY, STAFF, ("own",), ("acted",)),
)
