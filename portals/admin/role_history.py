"""Who held which role on a day: for administrators, auditors and auditing bodies."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from aiohttp import web

from events.event import today
from events.terms import ROLES
from events.words import Words
from portals.admin.doors import HOME, Row, audits_all, overseers, sees_all
from portals.asking import page_number, text
from portals.web import PLATFORM, acting, page
from services.actions.people import ROLES_OF

LIST = "/admin/roles"


async def listed(request: web.Request) -> web.StreamResponse:
    """Everybody's for the operator and auditing bodies; for others their own party's."""
    by, wrong = acting(request), None
    asked = {name: text(request, name) for name in ("on", "party", "role")}
    try:
        day = date.fromisoformat(asked["on"]) if asked["on"] else today()
    except ValueError:
        day, wrong = today(), _NO_DATE.fill(day=asked["on"])
    views = request.app[PLATFORM].views
    party = by.party.id
    if audits_all(by):
        party = await _meant(request, asked["party"])
    rows = await views.roles_held.on(
        day, party=party, role=asked["role"], number=page_number(request)
    )
    return await page(
        request,
        "admin/role_history.html",
        422 if wrong else 200,
        title=Words("某一天谁担任什么角色", "Who held which role on a day"),
        breadcrumbs=HOME if sees_all(by) else [],
        rows=replace(rows, rows=[_shown(row) for row in rows.rows]),
        asked=asked,
        day=day,
        wrong=wrong,
        everything=audits_all(by),
        roles=[(code, ROLES[code]) for code in dict.fromkeys(sum(ROLES_OF.values(), ()))],
    )


async def _meant(request: web.Request, name: str) -> str:
    """The party of this name, as it is called now; "-" where there is none, "" for all."""
    row = await request.app[PLATFORM].views.directory.named(name) if name else None
    return str(row["id"]) if row else "-" if name else ""


def _shown(row: Row) -> Row:
    until = row["until"] or Words("至今", "now")
    return {**row, "party": row["party_name"], "role": ROLES[row["role"]], "until": until}


_NO_DATE = Words(
    "“{day}”不是日期，请写成 2026-11-23；下面是今天的情况",
    "“{day}” is not a date; write 2026-11-23. Below is today",
)
ROUTES = [web.get(LIST, overseers(listed))]
