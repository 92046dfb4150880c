"""The association's portal: its members, the pledges they sign, evidence, judgement, questions."""

from __future__ import annotations

from events.words import Words
from portals.association import home, members, pledges, signed, signing
from portals.board import board_nav, board_routes
from portals.internal_notes import note_routes
from portals.proposals import TITLE as PROPOSALS
from portals.proposals import proposal_routes
from portals.sharing_routes import sharing_nav, sharing_routes

ROUTES = [
    *home.ROUTES,
    *members.ROUTES,
    *pledges.ROUTES,
    *signing.ROUTES,
    *signed.ROUTES,
    *note_routes("association"),
    *proposal_routes("association"),
    *sharing_routes("association"),
    *board_routes("association", home.address),
]
NAV = [
    ("/association", Words("工作台", "Desk")),
    ("/association/pledges", Words("自律承诺", "Pledges")),
    ("/association/signed", Words("会员承诺", "Members' pledges")),
    ("/association/breaches", Words("疑似违反", "Possible breaches")),
    ("/association/members", Words("会员", "Members")),
    board_nav("association"),
    ("/association/proposals", PROPOSALS),
    *sharing_nav("association"),
]
