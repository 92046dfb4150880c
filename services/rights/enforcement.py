"""Rights on follow-ups and directives."""

from __future__ import annotations

from services.access import Right
from services.rights.roles import STAFF

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
    Right("RecheckPasses", ("regulator",), STAFF, ("regulator",), ("answered",)),
    # A directive left unanswered after its date has failed as well.
    Right("RecheckFails", ("regulator",), STAFF, ("regulator",), ("answered", "delivered")),
    # Asked in every open state, so that the rule can say what is still missing.
    Right(
        "CloseFollowUp", ("regulator",), STAFF, ("regulator",),
        ("opened", "issued", "delivered", "answered", "passed", "failed"),
    ),
    Right("SendResult", ("regulator",), STAFF, ("regulator",), ("passed", "failed", "closed")),
)  # fmt: skip
