"""Every policy, one line each."""

from __future__ import annotations

from events.log import Log
from services.policies.comments import commenting
from services.policies.escalate import escalating
from services.policies.flag_breach import flagging
from services.policies.letters import delivering
from services.policies.merge import merging
from services.policies.policy import Policy
from services.policies.tell import telling
from services.policies.vacate import vacating
from services.views.all import Views


def all_policies(views: Views, log: Log) -> list[Policy]:
    """The policies in the order in which they act."""
    cases = [
        ("complaint", views.complaints), ("report", views.reports), ("follow-up", views.followups),
        ("enquiry", views.enquiries),
    ]  # fmt: skip
    return [
        flagging(views.pledges, views.relations),
        vacating(cases),
        merging(cases, views),
        escalating(log, views.notices),
        telling(views.directory, views.relations),
        commenting(log),
        delivering(log),
    ]
