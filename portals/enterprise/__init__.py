"""The enterprise's portal: what it owes, its directives and questions, its own history."""

from __future__ import annotations

from events.words import Words
from portals.enterprise import directives, home, pledges

ROUTES = [*home.ROUTES, *directives.ROUTES, *pledges.ROUTES]
NAV = [
    ("/enterprise", Words("工作台", "Desk")),
    ("/enterprise/timeline", Words("本企业的经过", "Our history")),
]
