"""The administrators' portal: parties, people and their roles, and how far the views are built."""

from __future__ import annotations

from events.words import Words
from portals.admin import (
    accounts,
    allow_lists,
    audience,
    calendars,
    contact,
    establish,
    home,
    integrity,
    invitation_erasure,
    invitations,
    merging,
    outbox,
    parties,
    people,
    providers,
    reads,
    risk_desk,
    role_history,
    roles,
    security,
    unmaskings,
)

ROUTES = [
    *home.ROUTES,
    *integrity.ROUTES,
    *calendars.ROUTES,
    *reads.ROUTES,
    *unmaskings.ROUTES,
    *security.ROUTES,
    *outbox.ROUTES,
    *audience.ROUTES,
    *establish.ROUTES,
    *parties.ROUTES,
    *contact.ROUTES,
    *people.ROUTES,
    *accounts.ROUTES,
    *allow_lists.ROUTES,
    *invitation_erasure.ROUTES,
    *invitations.ROUTES,
    *providers.ROUTES,
    *roles.ROUTES,
    *merging.ROUTES,
    *role_history.ROUTES,
    *risk_desk.ROUTES,
]
_ALL = [
    ("/admin", Words("管理", "Administration")),
    ("/admin/parties", Words("单位", "Parties")),
    ("/admin/people", Words("人员", "People")),
    ("/admin/roles", Words("任职查询", "Roles on a day")),
]
_RUNNING = [
    ("/admin/integrity", Words("日志完整性", "Integrity of the log")),
    ("/admin/calendars", Words("放假安排", "Holidays")),
]
_SECURITY = ("/admin/security", Words("安全事件", "Security events"))
_OUTBOX = (outbox.LIST, Words("发件箱", "Outbox"))
#: What an auditor is asked, first of all.
_AUDITING = [
    ("/admin/audience", Words("谁能看到一件案件", "Who could see a case")),
    ("/admin/reads", Words("查阅记录", "Reads")),
    ("/admin/unmaskings", Words("查看举报人身份", "Reporters unmasked")),
    _SECURITY,
]
NAV = [*_ALL, *_RUNNING]
#: Roles whose navigation is another one.
NAV_OF = {
    "auditor": [_ALL[0], *_AUDITING, *_ALL[1:], *_RUNNING],
    "security": [*_ALL, _SECURITY, *_RUNNING],
    "system": [*_ALL, _OUTBOX, *_RUNNING],
}
