"""Rights on parts in a case and on its restriction, and the rights to see each kind of case.

Who sees a restricted case sees it by a part in it, never by what kind of party it is.
"""

from __future__ import annotations

from services.access import Right
from services.actions.assigned import ASKED, FORMER, SUCCESSOR
from services.rights.roles import BODIES, BODY, CASEWORK, IN_BODIES, SECRETARIAT, STAFF

#: Who is in charge of a case: kinds of party, roles, relation.
_OWNERS = (
    (BODY, STAFF, ("handler",)),
    (("regulator",), STAFF, ("regulator",)),
    (("association",), SECRETARIAT, ("association",)),
)
_BY_PART = ("contributor", "reader")

SHARING = (
    *(
        Right(name, *owner)
        for owner in _OWNERS
        for name in ("OfferRelation", "ChangeLevel", "WithdrawRelation", "RestrictCase")
    ),
    # What lifts a restriction is seen by many at once: for who answers for the body.
    *(Right("LiftRestriction", kinds, ("head",), relation) for kinds, _, relation in _OWNERS),
    *(
        Right(name, BODIES, CASEWORK, ("offered", *_BY_PART))
        for name in ("AcceptRelation", "DeclineRelation")
    ),
    Right("GiveUpRelation", BODIES, CASEWORK, _BY_PART),
    Right("AddEvidence", BODIES, CASEWORK, ("contributor",)),
    Right("WithdrawFile", BODIES, CASEWORK, ("contributor",)),
    Right("PrescribeRelation", ("system",), ("rule",)),
    Right("MoveRelation", ("system",), ("rule",)),
)  # fmt: skip

SEEING = (
    Right("SeeComplaint", BODY, IN_BODIES, ("handler",)),
    Right("SeeComplaint", ("regulator",), IN_BODIES, ("referred",)),
    Right("SeeComplaint", BODY, IN_BODIES, ("mediator",)),
    # Once the body has turned to the business with it; the page asks.
    Right("SeeComplaint", ("enterprise",), ("contact",), ("respondent",), (), ("normal",)),
    Right("SeeComplaint", ("consumer",), ("consumer",), ("complainant",)),
    Right("SeeFollowUp", ("regulator",), IN_BODIES, ("regulator",)),
    # Who is asked to take a case over reads what it is; who had it reads on, if all may know of it.
    Right("SeeComplaint", BODY, IN_BODIES, (ASKED,)),
    Right("SeeComplaint", BODY, IN_BODIES, (FORMER,), (), ("normal",)),
    Right("SeeFollowUp", ("regulator",), IN_BODIES, (ASKED,)),
    # A merged unit keeps what it had closed; its successor reads it, restricted or not.
    Right("SeeComplaint", BODY, IN_BODIES, (SUCCESSOR,)),
    Right("SeeFollowUp", ("regulator",), IN_BODIES, (SUCCESSOR,)),
    # Regulators read each other's follow-ups; an enterprise what has reached it.
    Right("SeeFollowUp", ("regulator",), IN_BODIES, (), (), ("normal",)),
    Right("SeeFollowUp", ("enterprise",), ("contact",), ("subject",), (), ("normal",)),
    # Nobody but regulators may know that there is a report (121 §37); who had it reads no more.
    Right("SeeReport", ("regulator",), IN_BODIES, ("handler", ASKED, *_BY_PART)),
    # An enquiry is between who asked and the body that answers; who had it reads no more.
    Right("SeeEnquiry", BODY, IN_BODIES, ("handler", ASKED)),
    Right("SeeReport", ("consumer",), ("consumer",), ("reporter",)),
    Right("SeeMemberPledge", ("association",), IN_BODIES, ("association",)),
    # The member is no outsider to what it signed itself.
    Right("SeeMemberPledge", ("enterprise",), ("contact",), ("member",)),
    # What members pledge is public, and supervised.
    Right("SeeMemberPledge", BODY, IN_BODIES, (), (), ("normal",)),
    *(
        Right(name, BODIES, IN_BODIES, _BY_PART)
        for name in ("SeeComplaint", "SeeFollowUp", "SeeMemberPledge")
    ),
)  # fmt: skip
