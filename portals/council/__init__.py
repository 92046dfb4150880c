"""The council's portal: what waits for it, the register, one complaint, its acts, imports."""

from __future__ import annotations

from events.words import Words
from portals.council import acts, complaints, home, imports, intake

ROUTES = [
    *home.ROUTES,
    *intake.ROUTES,
    *complaints.ROUTES,
    *acts.ROUTES,
    *imports.ROUTES,
]
NAV = [
    ("/council", Words("工作台", "Desk")),
    ("/council/complaints", Words("投诉", "Complaints")),
    ("/council/new", Words("登记投诉", "Record a complaint")),
    ("/council/imports", Words("导入", "Imports")),
]
