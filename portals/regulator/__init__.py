"""The regulator's portal: what waits for it, clues, complaints, follow-ups, enterprises, trail."""

from __future__ import annotations

from events.words import Words
from portals.assigned_lists import HAND_OVERS, hand_over_routes
from portals.enquiry_pages import TITLE as ENQUIRIES
from portals.enquiry_pages import enquiry_routes
from portals.figures import NAV as FIGURES
from portals.figures import figures_routes
from portals.firm_figures import firm_figures_routes
from portals.import_pages import TITLE as IMPORTS
from portals.import_pages import import_routes
from portals.internal_notes import note_routes
from portals.many import many_routes
from portals.pledge_pages import NAV as PLEDGES
from portals.pledge_pages import pledge_routes
from portals.proposals import TITLE as PROPOSALS
from portals.proposals import proposal_routes
from portals.regulator import (
    archive_acts,
    complaints,
    enterprises,
    followup_acts,
    followups,
    home,
    obligations,
    province,
    records,
    referrals,
    report_acts,
    report_intake,
    report_person,
    reports,
    trail,
    trainings,
)
from portals.sharing_routes import sharing_nav, sharing_routes
from portals.splits import split_routes

ROUTES = [
    *home.ROUTES,
    *followups.ROUTES,
    *followup_acts.ROUTES,
    *referrals.ROUTES,
    *split_routes(complaints.COMPLAINTS),
    *complaints.ROUTES,
    *obligations.ROUTES,
    *report_intake.ROUTES,
    *reports.ROUTES,
    *report_person.ROUTES,
    *report_acts.ROUTES,
    *enquiry_routes("regulator"),
    *import_routes(complaints.COMPLAINTS),
    *trail.ROUTES,
    *province.ROUTES,
    *enterprises.ROUTES,
    *archive_acts.ROUTES,
    *trainings.ROUTES,
    *records.ROUTES,
    *hand_over_routes("regulator", "complaints", "reports", "followups", "enquiries"),
    *pledge_routes("regulator"),
    *figures_routes("regulator"),
    *firm_figures_routes("regulator"),
    *many_routes("regulator"),
    *proposal_routes("regulator"),
    *note_routes("regulator"),
    *sharing_routes("regulator"),
]
NAV = [
    ("/regulator", Words("工作台", "Desk")),
    ("/regulator/followups", Words("跟进", "Follow-ups")),
    *complaints.COMPLAINTS.nav,
    ("/regulator/reports", Words("举报", "Reports")),
    ("/regulator/enquiries", ENQUIRIES),
    ("/regulator/referrals", Words("线索", "Clues")),
    (f"/regulator/{HAND_OVERS[0]}", HAND_OVERS[1]),
    ("/regulator/obligations", Words("谁该答复谁", "Who owes whom")),
    ("/regulator/proposals", PROPOSALS),
    ("/regulator/province", Words("监管概况", "At a glance")),
    ("/regulator/pledges", PLEDGES),
    ("/regulator/figures", FIGURES),
    ("/regulator/enterprises", Words("企业", "Enterprises")),
    ("/regulator/imports", IMPORTS),
    ("/regulator/trail", Words("审计轨迹", "Audit trail")),
    *sharing_nav("regulator"),
]
