"""Unmaskings: who opened who a reporter is, on which basis and why; for those who audit."""

from __future__ import annotations

from dataclasses import replace

from aiohttp import web

from events.report_terms import UNMASK_GROUNDS
from events.terms import ROLES
from events.words import Words
from portals.admin.doors import HOME, auditors, audits_all, sees_all
from portals.asking import page_number
from portals.pages import nav_of
from portals.web import PLATFORM, acting, page


async def listed(request: web.Request) -> web.StreamResponse:
    """All for the operator's auditor and auditing bodies; for another party's, its own."""
    by = acting(request)
    handler = "" if audits_all(by) else by.party.id
    rows = await request.app[PLATFORM].views.reports.unmaskings(handler, page_number(request))
    shown = [
        {**row, "ground": UNMASK_GROUNDS[row["ground"]], "role": ROLES[row["role"]]}
        for row in rows.rows
    ]
    return await page(
        request,
        "admin/unmaskings.html",
        title=Words("举报人身份查看记录", "Reporters unmasked"),
        breadcrumbs=HOME if sees_all(by) else [],
        rows=replace(rows, rows=shown),
        nav=nav_of(request.app, by),
    )


ROUTES = [web.get("/admin/unmaskings", auditors(listed))]
