"""The council's portal: what waits for it, the register, one complaint, its acts, imports."""

from __future__ import annotations

from events.words import Words
from portals.council import complaints, home, imports

ROUTES = [
    *home.ROUTES,
    *complaints.ROUTES,
    *imports.ROUTES,
]
NAV = [
    ("/council", Words("工作台", "Desk")),
    *complaints.COMPLAINTS.nav,
    ("/council/imports", Words("导入", "Imports")),
]
