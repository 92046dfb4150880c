"""Reads: who looked at personal data, when and for what; for those who audit."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from events.terms import READ_REASONS, READS, ROLES
from events.words import Words
from portals.admin.doors import HOME, auditors, audits_all, sees_all
from portals.asking import page_number, text
from portals.pages import nav_of
from portals.web import PLATFORM, acting, page
from services import numbers

LIST = "/admin/reads"


async def listed(request: web.Request) -> web.StreamResponse:
    """Every look for the operator's auditor; for another party's, those of its own people."""
    by, asked = acting(request), _asked(request)
    party = asked["party"] if audits_all(by) else by.party.id
    rows = await request.app[PLATFORM].views.reads.all(
        record=asked["record"], person=asked["person"], party=party, number=page_number(request)
    )
    return await page(
        request,
        "admin/reads.html",
        title=Words("查阅记录", "Reads"),
        breadcrumbs=HOME if sees_all(by) else [],
        rows=rows,
        asked=asked,
        active=[{"key": k, "label": _label(k, v, rows.rows)} for k, v in asked.items() if v],
        what=READS,
        why=READ_REASONS,
        held=ROLES,
        nav=nav_of(request.app, by),
    )


def _asked(request: web.Request) -> dict[str, str]:
    record = text(request, "record")
    return {
        "record": numbers.tidy(record) if record else "",
        "person": text(request, "person"),
        "party": text(request, "party"),
    }


def _label(key: str, value: str, rows: Any) -> Words:
    """People and parties are meant by id and said by name, where there is a row to say it."""
    named = next((row[f"{key}_name"] for row in rows), value) if key != "record" else value
    name = _FILTERS[key]
    return Words(f"{name.zh}：{named}", f"{name.en}: {named}")


_FILTERS = {
    "record": Words("编号", "Record"),
    "person": Words("人员", "Person"),
    "party": Words("单位", "Party"),
}
ROUTES = [web.get(LIST, auditors(listed))]
