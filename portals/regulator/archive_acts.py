"""Acts on archives: enter an enterprise, enrol it, fill and leave its posts, record a check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aiohttp import web

from events.event import Acting, PartyRef
from events.words import Code, Words, both
from portals.asking import found, record_id
from portals.post_erasure import PAGES, with_data
from portals.regulator.records import UNITS
from portals.web import PLATFORM, FormState, act, acting, form_page, page, reshown, staff
from services import access
from services.actions import archives as a
from services.actions.command import Command
from services.actions.parties import RegisterEnterprise, register_enterprise
from services.actions.refused import NotFound

Row = dict[str, Any]
CRUMBS = [("/regulator", Words("工作台", "Desk")), (UNITS, Words("企业", "Enterprises"))]


@dataclass(frozen=True)
class Act:
    """One act on an archive: its address, what is asked, what is done."""

    slug: str
    kind: type[Command]
    action: Any


ENROL = Act("enrol", a.EnrolEnterprise, a.enrol_enterprise)
DIRECTOR = Act("director", a.AppointDirector, a.appoint_director)
ACTS = (
    Act("check", a.MakeCheck, a.make_check),
    DIRECTOR,
    Act("officer", a.AppointOfficer, a.appoint_officer),
)
#: How the holder of each post leaves it.
LEAVES = {
    "director": Act("leave", a.DirectorLeaves, a.director_leaves),
    "officer": Act("leave", a.OfficerLeaves, a.officer_leaves),
}
#: What every regulator is to an archive.
_RELATION = "supervisor"


def acts_on(row: Row, posts: list[Row], by: Acting) -> list[Row]:
    """What can be done now: without an archive only to open one; one director at a time."""
    directed = any(p["post"] == "director" and p["until"] is None for p in posts)
    possible = [ENROL] if row["enrolled_on"] is None else list(ACTS)
    acts = [
        {"url": f"{UNITS}/{row['id']}/{each.slug}", "words": each.kind.SAYS}
        for each in possible
        if access.may(by, each.kind.__name__, _RELATION) and not (each is DIRECTOR and directed)
    ]
    if access.may(by, "OpenFollowUp"):
        opened = f"/regulator/followups/open?enterprise={row['id']}"
        acts.append({"url": opened, "words": Words("立项跟进", "Open a follow-up")})
    return acts


def leaving(post: Row, by: Acting) -> Row:
    """The holder of a post, with the way to record that the person left."""
    kind = LEAVES[post["post"]].kind
    may = post["until"] is None and access.may(by, kind.__name__, _RELATION)
    leave = f"{UNITS}/{post['enterprise']}/posts/{post['id']}/leave" if may else ""
    return {**with_data(post, ours=False), "leave": leave}


# -- on the archive of one enterprise ----------------------------------------------------


async def _the_unit(request: web.Request) -> tuple[Row, PartyRef]:
    row = found(await request.app[PLATFORM].views.archives.unit(record_id(request)))
    return row, PartyRef(id=str(row["id"]), name=str(row["name"]), kind="enterprise")


def _asked(request: web.Request) -> Act:
    for each in (ENROL, *ACTS):
        if each.slug == request.match_info["act"]:
            return each
    raise NotFound(Words("没有这个操作", "There is no such act"))


async def act_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """The form of one act."""
    (row, unit), asked = await _the_unit(request), _asked(request)
    form = form_page(asked.kind, state, intro=both(unit.name), dated=True)
    return await page(request, "form.html", breadcrumbs=_crumbs(row), **form)


@reshown
async def do(request: web.Request) -> web.StreamResponse:
    """Do it, and back to the enterprise."""
    (row, unit), asked = await _the_unit(request), _asked(request)
    known: Row = {"enterprise": unit}
    if asked is ENROL:
        known |= await _place(request, row)
    return await act(
        request, asked.action, asked.kind, f"{UNITS}/{unit.id}", again=act_form, **known
    )


async def _place(request: web.Request, row: Row) -> dict[str, str]:
    """Where the unit is supervised: where it lies, else where the regulator that enrols it is."""
    if not row["division"]:
        row = found(await request.app[PLATFORM].views.directory.party(acting(request).party.id))
    return {"division": str(row["division"]), "division_name": str(row["division_name"])}


def _crumbs(row: Row) -> list[tuple[str, Words]]:
    return [*CRUMBS, (f"{UNITS}/{row['id']}", both(str(row["name"])))]


async def _the_post(request: web.Request) -> tuple[Row, Act]:
    post = record_id(request, "post")
    for row in await request.app[PLATFORM].views.archives.posts_of(record_id(request)):
        if row["id"] == post:
            return row, LEAVES[row["post"]]
    raise NotFound(Words("没有找到这个任职记录", "There is no such holder of a post"))


async def leave_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """The form that records who left."""
    (row, _), (post, leaves) = await _the_unit(request), await _the_post(request)
    form = form_page(leaves.kind, state, intro=both(post["name"]), dated=True)
    return await page(request, "form.html", breadcrumbs=_crumbs(row), **form)


@reshown
async def leave(request: web.Request) -> web.StreamResponse:
    """Record that the person left, and back to the enterprise."""
    (_, unit), (post, leaves) = await _the_unit(request), await _the_post(request)
    return await act(
        request, leaves.action, leaves.kind, f"{UNITS}/{unit.id}", again=leave_form,
        enterprise=unit, post=post["id"],
    )  # fmt: skip


# -- entering an enterprise --------------------------------------------------------------


async def register_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """The form that enters an enterprise under its credit code."""
    rows = await request.app[PLATFORM].views.directory.regulators()
    options = {
        "division": Code("division", {r["division"]: both(r["division_name"]) for r in rows})
    }
    form = form_page(RegisterEnterprise, state, options=options, leave_out=("division_name",))
    return await page(request, "form.html", breadcrumbs=CRUMBS, **form)


@reshown
async def register(request: web.Request) -> web.StreamResponse:
    """Enter it, and on to its page."""
    return await act(
        request, register_enterprise, RegisterEnterprise,
        lambda _, command: f"{UNITS}/{command.id}", again=register_form,
    )  # fmt: skip


_ONE = UNITS + r"/{id:[0-9a-f-]{36}}"

ROUTES = [
    web.get(UNITS + "/register", staff(register_form, "regulator")),
    web.post(UNITS + "/register", staff(register, "regulator")),
    web.get(_ONE + "/{act}", staff(act_form, "regulator")),
    web.post(_ONE + "/{act}", staff(do, "regulator")),
    web.get(_ONE + "/posts/{post}/leave", staff(leave_form, "regulator")),
    web.post(_ONE + "/posts/{post}/leave", staff(leave, "regulator")),
    *PAGES.routes(_ONE + "/posts/{post}/personal", lambda page: staff(page, "regulator")),
]
