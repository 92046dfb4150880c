"""The council's portal: what waits for it, complaints, their acts, enquiries, imports."""

from __future__ import annotations

from events.words import Words
from portals.assigned_lists import HAND_OVERS, hand_over_routes
from portals.board import board_nav, board_routes
from portals.council import complaints, entrusted, home, instruments
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
from portals.sharing_routes import sharing_nav, sharing_routes
from portals.splits import split_routes

ROUTES = [
    *home.ROUTES,
    *split_routes(complaints.COMPLAINTS),
    *complaints.ROUTES,
    *instruments.ROUTES,
    *entrusted.ROUTES,
    *enquiry_routes("council"),
    *import_routes(complaints.COMPLAINTS),
    *hand_over_routes("council", "complaints", "enquiries"),
    *pledge_routes("council"),
    *figures_routes("council"),
    *firm_figures_routes("council"),
    *many_routes("council"),
    *note_routes("council"),
    *sharing_routes("council"),
    *board_routes("council", home.address),
]
NAV = [
    ("/council", Words("工作台", "Desk")),
    *complaints.COMPLAINTS.nav,
    (entrusted.HERE, entrusted.TITLE),
    ("/council/enquiries", ENQUIRIES),
    (instruments.LIST, instruments.NAV),
    (f"/council/{HAND_OVERS[0]}", HAND_OVERS[1]),
    board_nav("council"),
    ("/council/pledges", PLEDGES),
    ("/council/figures", FIGURES),
    ("/council/imports", IMPORTS),
    *sharing_nav("council"),
]
