"""Figures of enterprises to read: the enterprise its own, everybody what is public."""

from __future__ import annotations

from dataclasses import replace

from aiohttp import web

from events.words import Words, both
from portals.asking import page_number, text
from portals.figure_shown import shown_figures
from portals.firm_figures import TITLE, listed
from portals.web import PLATFORM, acting, page, staff
from services.indicators.published import read
from services.indicators.suppressing import LEAST

NAV = Words("投诉数据", "Complaint figures")
OURS = Words("本企业的投诉数据", "Our complaint figures")


async def ours(request: web.Request) -> web.StreamResponse:
    """What bodies told this enterprise, and what it can say of it."""
    rows = await request.app[PLATFORM].views.enterprise_figures.about(
        acting(request).party.id, page_number(request)
    )
    shown = [
        {**listed(row, for_body=False), "url": f"/enterprise/firm-figures/{row['id']}"}
        for row in rows.rows
    ]
    crumbs = [("/enterprise", Words("工作台", "Desk"))]
    return await page(
        request, "firm_figures/ours.html", title=OURS, rows=replace(rows, rows=shown),
        breadcrumbs=crumbs,
    )  # fmt: skip


async def published(request: web.Request) -> web.StreamResponse:
    """Everything published, found by the name of the enterprise."""
    asked = text(request, "q")
    found = await request.app[PLATFORM].views.enterprise_figures.published(
        text=asked, number=page_number(request)
    )
    rows = [
        {**listed(row),
         "shown": shown_figures(row["enterprise_name"], "enterprise", read(row["figures"]))}
        for row in found.rows
    ]  # fmt: skip
    return await page(
        request, "firm_figures/public.html", title=TITLE, found=found, rows=rows, asked=asked,
        active=[{"key": "q", "label": both(asked)}] if asked else [], least=LEAST,
        breadcrumbs=[("/figures", Words("投诉处理月报", "Figures of a month"))],
    )  # fmt: skip


ENTERPRISE_ROUTES = [web.get("/enterprise/firm-figures", staff(ours, "enterprise"))]
ROUTES = [web.get("/figures/enterprises", published)]
