"""Security events, for the security administrator and those who audit."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

from aiohttp import web

from events.event import today
from events.words import Words, both
from portals.admin.doors import HOME, Row, sees_all, watchers
from portals.asking import day, page_number, text
from portals.pages import nav_of
from portals.web import PLATFORM, acting, page
from services.actions.refused import Refused
from services.views.security import KINDS

LIST = "/admin/security"
_ID = re.compile(r"[0-9a-f-]{36}")


async def listed(request: web.Request) -> web.StreamResponse:
    """By kind, person and day; who it was is said by name."""
    by, views, asked = acting(request), request.app[PLATFORM].views, _asked(request)
    on, wrong = _day(request)
    meant = await _meant(request, asked["person"])
    rows = await views.security.listed(
        kind=asked["kind"], people=meant, day=on, number=page_number(request)
    )
    people = await views.directory.names_of({*(r["person"] for r in rows.rows), *(meant or ())})
    return await page(
        request,
        "admin/security.html",
        422 if wrong else 200,
        title=Words("安全事件", "Security events"),
        breadcrumbs=HOME if sees_all(by) else [],
        rows=replace(rows, rows=[_shown(row, people) for row in rows.rows]),
        asked=asked | {"day": text(request, "day")},
        wrong=wrong,
        today=today(),
        kinds=list(KINDS),
        named=people.get(asked["person"], asked["person"]),
        active=_active(asked, on, people),
        nav=nav_of(request.app, by),
    )


def _asked(request: web.Request) -> dict[str, str]:
    kind = text(request, "kind")
    return {"kind": kind if kind in KINDS.terms else "", "person": text(request, "person")}


async def _meant(request: web.Request, person: str) -> list[str] | None:
    """Whom the filter means: the one of this id, or all of this name; None where it is off."""
    if not person:
        return None
    if _ID.fullmatch(person):
        return [person]
    return await request.app[PLATFORM].views.directory.called(person)


def _day(request: web.Request) -> tuple[date | None, Words | None]:
    """The day that is asked for, or why it is none: then all days are shown."""
    try:
        return day(request, "day"), None
    except Refused as refused:
        return None, refused.words


def _shown(row: Row, people: dict[str, str]) -> Row:
    return {
        **row,
        "kind_words": KINDS[row["kind"]],
        "said": Words(row["zh"], row["en"]),
        "name": people.get(row["person"], ""),
        "why": _WHY.get(row["why"], row["why"]),
    }


def _active(asked: dict[str, str], on: date | None, people: dict[str, str]) -> list[Row]:
    """The filters that are on, each of which can be taken away."""
    found: list[tuple[str, Any]] = []
    if asked["kind"]:
        found.append(("kind", KINDS[asked["kind"]]))
    if asked["person"]:
        found.append(("person", both(people.get(asked["person"], asked["person"]))))
    if on:
        found.append(("day", both("{day}").fill(day=on)))
    return [{"key": key, "label": words} for key, words in found]


#: What the security log says in a code; of others it is a name or a number.
_WHY = {
    "password": Words("口令", "password"),
    "second": Words("第二重验证", "second proof"),
    "set-up": Words("设置第二重验证", "setting up the second proof"),
    "trail": Words("审计轨迹", "audit trail"),
    "log": Words("日志", "the log"),
}
ROUTES = [web.get(LIST, watchers(listed))]
