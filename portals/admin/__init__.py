"""The administrators' portal: parties, people and their roles, and how far the views are built."""

from __future__ import annotations

from events.words import Words
from portals.admin import (
    accounts,
    allow_lists,
    audience,
    calendars,
    establish,
    home,
    integrity,
    invitations,
    merging,
    parties,
    people,
    providers,
    reads,
    risk_desk,
    role_history,
    roles,
    unmaskings,
)

ROUTES = [
    *home.ROUTES,
    *integrity.ROUTES,
    *calendars.ROUTES,
    *reads.ROUTES,
    *unmaskings.ROUTES,
    *audience.ROUTES,
    *establish.ROUTES,
    *parties.ROUTES,
    *people.ROUTES,
    *accounts.ROUTES,
    *allow_lists.ROUTES,
    *invitations.ROUTES,
    *providers.ROUTES,
    *roles.ROUTES,
    *merging.ROUTES,
    *role_history.ROUTES,
    *risk_desk.ROUTES,
]
NAV = [
    ("/admin", Words("管理", "Administration")),
    ("/admin/parties", Words("单位", "Parties")),
    ("/admin/people", Words("人员", "People")),
    ("/admin/roles", Words("任职查询", "Roles on a day")),
]
