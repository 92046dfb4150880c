"""The regulator's portal: what waits for it, follow-ups, clues, who owes whom, the audit trail."""

from __future__ import annotations

from events.words import Words
from portals.regulator import complaints, followups, home, obligations, referrals, trail

ROUTES = [
    *home.ROUTES,
    *followups.ROUTES,
    *referrals.ROUTES,
    *complaints.ROUTES,
    *obligations.ROUTES,
    *trail.ROUTES,
]
NAV = [
    ("/regulator", Words("工作台", "Desk")),
    ("/regulator/followups", Words("跟进", "Follow-ups")),
    ("/regulator/referrals", Words("收到的线索", "Clues received")),
    ("/regulator/complaints", Words("投诉", "Complaints")),
    ("/regulator/obligations", Words("谁该答复谁", "Who owes whom")),
    ("/regulator/trail", Words("审计轨迹", "Audit trail")),
]
