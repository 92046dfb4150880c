"""Rights on parties and memberships."""

from __future__ import annotations

from services.access import Right
from services.rights.roles import BODIES, SYSTEM

PARTIES = (
    Right("EstablishOperator", ("system",), ("rule",), ("new",)),
    Right("EstablishRegulator", ("operator",), SYSTEM, ("new",)),
    Right("EstablishCouncil", ("operator",), SYSTEM, ("new",)),
    Right("EstablishTestingBody", ("operator",), SYSTEM, ("new",)),
    Right("EstablishAuditingBody", ("operator",), SYSTEM, ("new",)),
    Right("EstablishAssociation", ("operator",), SYSTEM, ("new",)),
    Right("RegisterEnterprise", ("operator",), SYSTEM, ("new",)),
    Right("RegisterEnterprise", ("regulator",), ("clerk", "head", "admin"), ("new",)),
    Right("RegisterEnterprise", ("association",), ("secretary",), ("new",)),
    Right("RenameParty", ("operator",), SYSTEM, (), ("established",)),
    Right("StateContact", ("operator",), SYSTEM, (), ("established",)),
    Right("StateContact", BODIES, ("admin",), ("own",), ("established",)),
    Right("MergeUnit", ("operator",), SYSTEM, (), ("established",)),
    Right("AdmitMember", ("operator",), SYSTEM),
    Right("AdmitMember", ("association",), ("secretary",), ("own",)),
    Right("MemberLeaves", ("operator",), SYSTEM),
    Right("MemberLeaves", ("association",), ("secretary",), ("own",)),
)
