"""The enterprise's portal: what it owes, what it can sign and submit, its people, its record."""

from __future__ import annotations

from events.words import Words
from portals.board import board_nav, board_routes
from portals.enterprise import (
    comparisons,
    complaints,
    directives,
    home,
    interviews,
    letters,
    people,
    pledges,
    published,
    record,
)
from portals.firm_figures import firm_figures_routes
from portals.firm_figures_read import ENTERPRISE_ROUTES
from portals.firm_figures_read import NAV as NAV_FIGURES

ROUTES = [
    *home.ROUTES,
    *directives.ROUTES,
    *letters.ROUTES,
    *complaints.ROUTES,
    *interviews.ROUTES,
    *comparisons.ROUTES,
    *published.ROUTES,
    *pledges.ROUTES,
    *people.ROUTES,
    *record.ROUTES,
    *ENTERPRISE_ROUTES,
    *firm_figures_routes("enterprise"),
    *board_routes("enterprise", home.address),
]
NAV = [
    ("/enterprise", Words("工作台", "Desk")),
    board_nav("enterprise"),
    ("/enterprise/published", Words("协会的承诺", "Pledges to sign")),
    ("/enterprise/pledges", Words("本企业的承诺", "Our pledges")),
    ("/enterprise/firm-figures", NAV_FIGURES),
    ("/enterprise/people", Words("质量安全人员", "Safety staff")),
    ("/enterprise/timeline", Words("本企业的记录", "Our record")),
]
