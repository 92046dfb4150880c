"""Kinds of case: what holds the rules of each. A new kind stands here, and is shared like all.

Enquiries are no cases: nobody else has a part in one, but somebody of a unit is in charge.
"""

from __future__ import annotations

from services.actions.assigned import Assigned
from services.actions.complaints.complaint import Complaint
from services.actions.enforcement.follow_up import FollowUp
from services.actions.enquiries.enquiry import Enquiry
from services.actions.member_pledges import MemberPledge
from services.actions.reports.report import Report
from services.actions.shared import Shared

#: Kind of case -> what holds its rules.
KINDS: dict[str, type[Shared]] = {
    kind.CASE: kind for kind in (Complaint, Report, FollowUp, MemberPledge)
}
#: Kind -> what holds its rules, of all that a unit and its people are in charge of.
CHARGED: dict[str, type[Assigned]] = {
    kind.CASE: kind for kind in (Complaint, Report, FollowUp, Enquiry)
}
