"""Rights on people, their roles, passwords and invitations."""

from __future__ import annotations

from services.access import Right
from services.rights.roles import ADMIN, SECURITY, WITH_ADMIN

#: Who checks and who approves are two people; the rule asks.
_FORGETS = (
    "RequestInvitationErasure", "CheckInvitationErasure", "RefuseInvitationErasure",
    "EraseInvitationData",
)  # fmt: skip

#: Rights of reading, named like those to see a case.
_WATCHING = (
    Right("SeeSecurity", ("operator",), ("security", "auditor")),
    Right("SeeSecurity", ("auditor",), ("auditor",)),
    Right("SeeOutbox", ("operator",), ("system",)),
)

PEOPLE = (
    *_WATCHING,
    # At the server itself: whoever has it has everything, and it is recorded as that.
    *(
        Right(name, ("system",), ("rule",))
        for name in ("EnrolPerson", "GrantRole", "DisablePerson", "ReplacePassword",
                     "UnlockSignIn", "ResetFactors")
    ),
    Right("EnrolPerson", ("operator",), SECURITY, ("new",)),
    Right("EnrolPerson", WITH_ADMIN, ADMIN, ("new",)),
    Right("UseProvider", ("operator",), SECURITY),
    Right("UseProvider", WITH_ADMIN, ADMIN, ("own",)),
    Right("EndProvider", ("operator",), SECURITY),
    Right("EndProvider", WITH_ADMIN, ADMIN, ("own",)),
    Right("LimitInvitations", ("operator",), SECURITY),
    Right("LimitInvitations", WITH_ADMIN, ADMIN, ("own",)),
    Right("InvitePerson", ("operator",), SECURITY, ("new",)),
    Right("InvitePerson", WITH_ADMIN, ADMIN, ("new",)),
    Right("RenewInvitation", ("operator",), SECURITY, (), ("open",)),
    Right("RenewInvitation", WITH_ADMIN, ADMIN, ("ours",), ("open",)),
    Right("RevokeInvitation", ("operator",), SECURITY, (), ("open",)),
    Right("RevokeInvitation", WITH_ADMIN, ADMIN, ("ours",), ("open",)),
    *(Right(name, ("operator",), SECURITY) for name in _FORGETS),
    *(Right(name, WITH_ADMIN, ADMIN, ("ours",)) for name in _FORGETS),
    Right("AcceptInvitation", ("system",), ("rule",), (), ("open",)),
    Right("GrantRole", ("operator",), SECURITY, (), ("active",)),
    Right("GrantRole", WITH_ADMIN, ADMIN, ("self", "ours", "shared"), ("active",)),
    Right("WithdrawRole", ("operator",), SECURITY, ("ours", "shared", "none")),
    Right("WithdrawRole", WITH_ADMIN, ADMIN, ("ours", "shared")),
    Right("DisablePerson", ("operator",), SECURITY, ("ours", "shared", "none"), ("active",)),
    Right("DisablePerson", WITH_ADMIN, ADMIN, ("ours",), ("active",)),
    Right("ReplacePassword", ("operator",), SECURITY, (), ("active",)),
    Right("ReplacePassword", WITH_ADMIN, ADMIN, ("self", "ours"), ("active",)),
    Right(
        "AskPasswordReset", ("operator",), ("system", "security"), ("ours", "shared", "none"),
        ("active",),
    ),
    Right("AskPasswordReset", WITH_ADMIN, ("admin", "head"), ("ours", "shared"), ("active",)),
    Right("UnlockSignIn", ("operator",), SECURITY, ("ours", "shared", "none"), ("active",)),
    Right("UnlockSignIn", WITH_ADMIN, ADMIN, ("ours",), ("active",)),
    Right("ResetFactors", ("operator",), SECURITY, ("ours", "shared", "none"), ("active",)),
    Right("ResetFactors", WITH_ADMIN, ADMIN, ("ours",), ("active",)),
)  # fmt: skip
