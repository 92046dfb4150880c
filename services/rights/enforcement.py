"""Rights on follow-ups and directives."""

from __future__ import annotations

from services.access import Right
from services.rights.roles import BODIES, CASEWORK, STAFF, SYSTEM

_OPEN = ("opened", "issued", "delivered", "answered", "passed", "failed")

FOLLOW_UPS = (
    Right("OpenFollowUp", ("regulator",), STAFF, ("new",)),
    Right("IssueDirective", ("regulator",), STAFF, ("regulator",), ("opened", "failed")),
    Right("DeliverDirective", ("regulator",), STAFF, ("regulator",), ("issued",)),
    # While it is restricted the enterprise answers on paper, and the regulator records it.
    Right(
        "AnswerDirective", ("enterprise",), ("contact",), ("subject",), ("delivered",),
        ("normal",),
    ),
    Right("AnswerDirective", ("regulator",), STAFF, ("regulator",), ("delivered",)),
    Right(
        "HandInItem", ("enterprise",), ("contact",), ("subject",), ("delivered", "answered"),
        ("normal",),
    ),
    Right("HandInItem", ("regulator",), STAFF, ("regulator",), ("delivered", "answered")),
    Right(
        "ReplaceItem", ("enterprise",), ("contact",), ("subject",), ("delivered", "answered"),
        ("normal",),
    ),
    Right("ReplaceItem", ("regulator",), STAFF, ("regulator",), ("delivered", "answered")),
    *(
        Right(name, ("regulator",), STAFF, ("regulator",), ("answered",))
        for name in ("VoteOnItems", "ConcludeJointly", "ConfirmConclusion")
    ),
    Right("RecheckPasses", ("regulator",), STAFF, ("regulator",), ("answered",)),
    # A directive left unanswered after its date has failed as well.
    Right("RecheckFails", ("regulator",), STAFF, ("regulator",), ("answered", "delivered")),
    *(
        Right(name, ("regulator",), STAFF, ("regulator",), _OPEN)
        for name in ("AssessRisk", "AlignLevel", "SetLevel", "ConfirmLevel")
    ),
    Right("NameRiskDesk", ("operator",), SYSTEM),
    Right("TellParty", ("system",), ("rule",), ("new",)),
    Right("AcknowledgeNotice", BODIES, CASEWORK, ("told",), ("open",)),
    Right("AcknowledgeNotice", ("enterprise",), ("contact",), ("told",), ("open",)),
    # Asked in every open state, so that the rule can say what is still missing.
    Right(
        "CloseFollowUp", ("regulator",), STAFF, ("regulator",),
        _OPEN,
    ),
    Right("SendResult", ("regulator",), STAFF, ("regulator",), ("passed", "failed", "closed")),
)  # fmt: skip
