"""The enterprise's quality-safety director and officers: who is in post, appointed, left."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from events.event import PartyRef
from events.terms import PRODUCT_CLASSES, SIZES, UNIT_KINDS
from events.words import Words, both
from portals.asking import record_id
from portals.enterprise.home import CRUMB, PEOPLE
from portals.enterprise.pledges import Act
from portals.post_erasure import PAGES, with_data
from portals.web import PLATFORM, FormState, act, acting, form_page, page, reshown, staff
from services import access
from services.actions import archives as a
from services.actions.refused import NotFound, Refused

Row = dict[str, Any]
CRUMBS = [CRUMB, (PEOPLE, Words("质量安全人员", "Safety staff"))]
POSTS = {
    "director": Words("质量安全总监", "Quality-safety director"),
    "officer": Words("质量安全员", "Quality-safety officers"),
}
APPOINT = {
    "director": Act("director", a.AppointDirector, a.appoint_director),
    "officer": Act("officer", a.AppointOfficer, a.appoint_officer),
}
LEAVE = {
    "director": Act("leave", a.DirectorLeaves, a.director_leaves),
    "officer": Act("leave", a.OfficerLeaves, a.officer_leaves),
}
#: What the enterprise is to its own archive.
_RELATION = "subject"


async def people(request: web.Request) -> web.StreamResponse:
    """Who is and was in post; without an archive: whom to ask for one."""
    views, me = request.app[PLATFORM].views, acting(request).party
    unit = await views.archives.unit(me.id) or {"enrolled_on": None, "division": ""}
    posts = await views.archives.posts_of(me.id)
    regulator = await views.directory.regulator_for(unit["division"])
    return await page(
        request,
        "enterprise/people.html",
        title=Words("质量安全人员", "Safety staff"),
        unit=_shown(unit) if unit["enrolled_on"] else None,
        regulator=regulator["name"] if regulator else "",
        posts=[(words, _holders(request, posts, code)) for code, words in POSTS.items()],
        acts=_appointments(request, posts),
    )


def _shown(unit: Row) -> Row:
    return {
        **unit,
        "unit_kind": UNIT_KINDS[unit["unit_kind"]],
        "product_class": PRODUCT_CLASSES[unit["product_class"]],
        "size": SIZES[unit["size"]] if unit["size"] else "—",
    }


def _holders(request: web.Request, posts: list[Row], code: str) -> list[Row]:
    """Who holds or held the post, each in post with the way to record that she left."""
    may = access.may(acting(request), LEAVE[code].kind.__name__, _RELATION)
    return [
        {
            **with_data(row, ours=True),
            "leave": f"{PEOPLE}/{row['id']}/leave" if may and row["until"] is None else "",
        }
        for row in posts
        if row["post"] == code
    ]


def _appointments(request: web.Request, posts: list[Row]) -> list[Row]:
    """Who can be appointed now: one director at a time, any number of officers."""
    directed = any(row["post"] == "director" and row["until"] is None for row in posts)
    return [
        {"url": f"{PEOPLE}/{each.slug}", "words": each.kind.SAYS}
        for code, each in APPOINT.items()
        if access.may(acting(request), each.kind.__name__, _RELATION)
        and not (code == "director" and directed)
    ]


# -- appointed ---------------------------------------------------------------------------


async def _the_act(request: web.Request) -> Act:
    """What is asked. Raises `Refused` where there is no archive to write in."""
    asked = APPOINT.get(request.match_info["post"])
    if asked is None:
        raise NotFound(Words("没有这个操作", "There is no such act"))
    unit = await request.app[PLATFORM].views.archives.unit(acting(request).party.id)
    if unit is None or unit["enrolled_on"] is None:
        raise Refused(_NO_ARCHIVE)
    return asked


async def appoint_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """Who was appointed and when; the regulator sees it."""
    asked = await _the_act(request)
    form = form_page(asked.kind, state, intro=_SEEN, dated=True)
    return await page(request, "form.html", breadcrumbs=CRUMBS, **form)


@reshown
async def appoint(request: web.Request) -> web.StreamResponse:
    asked = await _the_act(request)
    return await act(
        request, asked.action, asked.kind, PEOPLE, again=appoint_form, enterprise=_me(request)
    )


def _me(request: web.Request) -> PartyRef:
    return acting(request).party


# -- left --------------------------------------------------------------------------------


async def _the_post(request: web.Request) -> tuple[Row, Act]:
    """The holder of a post of this enterprise, or 404."""
    post, views = record_id(request, "post"), request.app[PLATFORM].views
    for row in await views.archives.posts_of(_me(request).id):
        if row["id"] == post:
            return row, LEAVE[row["post"]]
    raise NotFound(Words("没有找到这个任职记录", "There is no such holder of a post"))


async def leave_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """Why and when the person left."""
    row, asked = await _the_post(request)
    form = form_page(asked.kind, state, intro=both(row["name"]), dated=True)
    return await page(request, "form.html", breadcrumbs=CRUMBS, **form)


@reshown
async def leave(request: web.Request) -> web.StreamResponse:
    row, asked = await _the_post(request)
    return await act(
        request, asked.action, asked.kind, PEOPLE, again=leave_form,
        enterprise=_me(request), post=row["id"],
    )  # fmt: skip


_SEEN = Words(
    "记入贵单位的质量安全档案，市场监管部门看得到。",
    "It goes into your quality-safety archive, which the market regulators read.",
)
_NO_ARCHIVE = Words(
    "贵单位还没有质量安全档案，不能记录任命。请先联系所在地市场监管局建立档案。",
    "Your enterprise has no quality-safety archive, so no appointment can be recorded. "
    "Ask your local market regulator to open one first.",
)

ROUTES = [
    web.get(PEOPLE, staff(people, "enterprise")),
    web.get(PEOPLE + "/{post}", staff(appoint_form, "enterprise")),
    web.post(PEOPLE + "/{post}", staff(appoint, "enterprise")),
    web.get(PEOPLE + "/{post}/leave", staff(leave_form, "enterprise")),
    web.post(PEOPLE + "/{post}/leave", staff(leave, "enterprise")),
    *PAGES.routes(PEOPLE + "/{post}/personal", lambda page: staff(page, "enterprise")),
]
