"""The records behind the figures: holders of posts, checks, problems, training sessions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from aiohttp import web

from events.words import Words, both
from portals.asking import found, page_number, record_id, text
from portals.regulator.as_at import AsAt, as_at, place_of
from portals.web import PLATFORM, page, staff
from services.actions.refused import NotFound
from services.views.view import Page

Row = dict[str, Any]
UNITS = "/regulator/enterprises"
PROVINCE = ("/regulator/province", Words("监管概况", "At a glance"))
CRUMBS = [("/regulator", Words("工作台", "Desk")), PROVINCE]
POSTS = {
    "director": Words("质量安全总监", "Quality-safety directors"),
    "officer": Words("质量安全员", "Quality-safety officers"),
}


def of_unit(row: Row) -> Row:
    """A row with its enterprise as a list shows it, leading to the enterprise's page."""
    return {
        **row,
        "unit": row["enterprise_name"],
        "url": f"{UNITS}/{row['enterprise']}",
        "place": place_of(row) if "division_name" in row else "",
    }


def problem(row: Row) -> Row:
    """A problem with what followed: the follow-up it led to, or the way to open one."""
    opened = bool(row["follow_up"])
    return {
        **of_unit(row),
        "followed": f"/regulator/followups/{row['follow_up']}" if opened else "",
        "open": f"/regulator/followups/open?problem={row['id']}",
    }


async def posts(request: web.Request) -> web.StreamResponse:
    """Who was in post on the day."""
    post, asked = request.match_info["post"], await as_at(request)
    if post not in POSTS:
        raise NotFound(Words("没有这种岗位", "There is no such post"))
    rows = await request.app[PLATFORM].views.archives.posts(
        post, as_of=asked.on, division=asked.division, number=page_number(request)
    )
    return await _list(request, "posts", POSTS[post], asked, rows, f"/regulator/posts/{post}")


async def checks(request: web.Request) -> web.StreamResponse:
    """Visits to units, each with the regulator that made it."""
    asked = await as_at(request)
    rows = await request.app[PLATFORM].views.archives.checks(
        as_of=asked.on, division=asked.division, number=page_number(request)
    )
    return await _list(request, "checks", Words("检查", "Checks"), asked, rows, "/regulator/checks")


async def problems(request: web.Request) -> web.StreamResponse:
    """Problems found in checks, each with the order that followed or none."""
    asked, ordered = await as_at(request), text(request, "ordered")
    rows = await request.app[PLATFORM].views.archives.problems(
        as_of=asked.on, division=asked.division, number=page_number(request),
        ordered={"yes": True, "no": False}.get(ordered),
    )  # fmt: skip
    rows = replace(rows, rows=[problem(row) for row in rows.rows])
    title = Words("检查发现的问题", "Problems found")
    return await page(
        request, "regulator/problems.html", title=title, breadcrumbs=CRUMBS, asked=asked,
        rows=rows, ordered=ordered, active=asked.chips,
    )  # fmt: skip


async def sessions(request: web.Request) -> web.StreamResponse:
    """Training sessions, newest first."""
    asked = await as_at(request)
    rows = await request.app[PLATFORM].views.archives.sessions(
        as_of=asked.on, division=asked.division, number=page_number(request)
    )
    rows = replace(rows, rows=[{**r, "url": f"/regulator/sessions/{r['id']}"} for r in rows.rows])
    return await page(
        request, "regulator/sessions.html", title=Words("培训", "Training sessions"),
        breadcrumbs=CRUMBS, asked=asked, rows=rows, active=asked.chips,
    )  # fmt: skip


async def session(request: web.Request) -> web.StreamResponse:
    """One training session and who came."""
    archives, id = request.app[PLATFORM].views.archives, record_id(request)
    row = found(await archives.session(id))
    came = await archives.attended(id, page_number(request))
    return await page(
        request, "regulator/session.html", title=both(str(row["title"])),
        breadcrumbs=[*CRUMBS, ("/regulator/sessions", Words("培训", "Training sessions"))],
        row=row, rows=replace(came, rows=[of_unit(each) for each in came.rows]),
    )  # fmt: skip


async def _list(
    request: web.Request, name: str, title: Words, asked: AsAt, rows: Page, here: str
) -> web.StreamResponse:
    return await page(
        request, f"regulator/{name}.html", title=title, breadcrumbs=CRUMBS, asked=asked,
        rows=replace(rows, rows=[of_unit(row) for row in rows.rows]), address=here,
        active=asked.chips,
    )  # fmt: skip


ROUTES = [
    web.get("/regulator/posts/{post}", staff(posts, "regulator")),
    web.get("/regulator/checks", staff(checks, "regulator")),
    web.get("/regulator/problems", staff(problems, "regulator")),
    web.get("/regulator/sessions", staff(sessions, "regulator")),
    web.get(r"/regulator/sessions/{id:[0-9a-f-]{36}}", staff(session, "regulator")),
]
