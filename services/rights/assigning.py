"""Rights on who is in charge of a record: claiming, assigning, handing over."""

from __future__ import annotations

from services.access import Right
from services.actions.assigned import ASKED, FORMER
from services.rights.complaints import KEPT
from services.rights.roles import BODY, STAFF

#: What a unit that handles a record is to it, in each kind of case.
OURS = ("handler", "regulator")
#: States in which somebody is still in charge: of complaints, of follow-ups, of reports,
#: of enquiries (which can be asked on once they were answered).
OPEN = (
    *(state for state in KEPT if state != "closed"),
    "opened", "issued", "delivered", "answered", "passed", "failed",
    "verifying", "paused", "filed", "not_filed", "result_notified", "reward_review", "asked",
)  # fmt: skip
_RULE = (("system",), ("rule",))

ASSIGNING = (
    Right("ClaimRecord", BODY, STAFF, OURS, OPEN),
    Right("AssignRecord", BODY, ("head",), OURS, OPEN),
    Right("ReturnRecord", BODY, STAFF, OURS, OPEN),
    Right("OfferHandOver", BODY, STAFF, OURS, OPEN),
    Right("WithdrawHandOver", BODY, STAFF, OURS, OPEN),
    # Within one unit, and to a regulator that has the clue: the rule knows whom it was offered.
    Right("AcceptHandOver", BODY, STAFF, (ASKED, FORMER, "referred", *OURS), OPEN),
    Right("DeclineHandOver", BODY, STAFF, (ASKED, FORMER, "referred", *OURS), OPEN),
    Right("PoolRecord", *_RULE, (), OPEN),
    Right("LapseHandOver", *_RULE, (), OPEN),
    Right("MoveRecord", *_RULE, (), OPEN),
)
