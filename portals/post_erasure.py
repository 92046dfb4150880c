"""Erasure pages of who held a duty post: of regulators, and of the enterprise itself."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from events.event import PartyRef, today
from events.words import Words, both
from portals.asking import found, record_id
from portals.erasure_pages import PERSONAL, Erasure, Kept
from portals.web import PLATFORM, acting
from services.actions.archives import archive_id
from services.actions.erasure import STANDING
from services.actions.post_erasure import STEPS, holds, post_erasure_step
from services.actions.refused import NotFound
from services.told import kept

Row = dict[str, Any]
UNITS, PEOPLE = "/regulator/enterprises", "/enterprise/people"
_POSTS = {
    "director": Words("质量安全总监", "quality-safety director"),
    "officer": Words("质量安全员", "quality-safety officer"),
}


async def _find(request: web.Request) -> Kept:
    """The holder of a post, of the acting enterprise or of the one the address names; else 404."""
    unit, platform = await _unit(request), request.app[PLATFORM]
    row, ours = await _holder(request, unit), acting(request).party.kind == "enterprise"
    return Kept(
        title=_TITLE,
        caption=_WHO.fill(post=_POSTS[row["post"]], name=row["name"], unit=unit.name),
        crumbs=_crumbs(unit, ours),
        here=_here(unit, row, ours),
        standing=row["personal"],
        since=row["personal_on"],
        holds=holds(row["until"], today()),
        relation="subject" if ours else "supervisor",
        state="current",
        known={"enterprise": unit, "post": row["id"]},
        envelopes=await kept(platform.log, archive_id(unit), row["id"]),
    )


def _crumbs(unit: PartyRef, ours: bool) -> list[tuple[str, Words]]:
    """The way to the page where she stands."""
    desk = Words("工作台", "Desk")
    if ours:
        return [("/enterprise", desk), (PEOPLE, _STAFF)]
    units = (UNITS, Words("企业", "Enterprises"))
    return [("/regulator", desk), units, (f"{UNITS}/{unit.id}", both(unit.name))]


async def _unit(request: web.Request) -> PartyRef:
    by = acting(request)
    if by.party.kind == "enterprise":
        return by.party
    row = found(await request.app[PLATFORM].views.archives.unit(record_id(request)))
    return PartyRef(id=str(row["id"]), name=str(row["name"]), kind="enterprise")


async def _holder(request: web.Request, unit: PartyRef) -> Row:
    post = record_id(request, "post")
    for row in await request.app[PLATFORM].views.archives.posts_of(unit.id):
        if row["id"] == post:
            return row
    raise NotFound(Words("没有找到这个任职记录", "There is no such holder of a post"))


def _here(unit: PartyRef, row: Row, ours: bool) -> str:
    start = f"{PEOPLE}/{row['id']}" if ours else f"{UNITS}/{unit.id}/posts/{row['id']}"
    return f"{start}/personal"


def with_data(row: Row, *, ours: bool) -> Row:
    """A holder of a post as lists show her: where her data is looked after, and how it stands."""
    unit = PartyRef(id=row["enterprise"], name=row["enterprise_name"], kind="enterprise")
    standing = STANDING[row["personal"]] if row["personal"] else None
    return {**row, "data": _here(unit, row, ours), "standing": standing, "data_words": PERSONAL}


_TITLE = Words("任职人员的个人信息", "Personal data of the holder of a post")
_WHO = Words("{post} {name} · {unit}", "{name}, {post} · {unit}")
_STAFF = Words("质量安全人员", "Safety staff")
PAGES = Erasure(STEPS, post_erasure_step, _find)
