"""The association's pledges: the list, the draft, the page of one with its progress."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from aiohttp import web

from events.event import today
from events.words import Words
from portals.asking import found, page_number, record_id, text
from portals.association import shown
from portals.association.home import HOME
from portals.owed import history
from portals.web import PLATFORM, FormState, act, acting, form_page, page, reshown, staff
from services import access
from services.actions import member_pledges
from services.actions.command import Command
from services.actions.member_pledges import SignPledge
from services.actions.pledges import (
    STATES,
    TEXT,
    DraftPledge,
    PublishPledge,
    RedraftPledge,
    draft_pledge,
    publish_pledge,
    redraft_pledge,
)
from services.actions.refused import NotFound

Row = dict[str, Any]
LIST = f"{HOME}/pledges"
CRUMBS = [(HOME, Words("工作台", "Desk")), (LIST, Words("自律承诺", "Pledges"))]


async def pledges(request: web.Request) -> web.StreamResponse:
    board, state = request.app[PLATFORM].views.pledges, text(request, "state")
    rows = await board.pledges(acting(request).party.id, state, page_number(request))
    return await page(
        request,
        "association/pledges.html",
        title=Words("自律承诺", "Pledges"),
        rows=replace(rows, rows=[shown.pledge(row) for row in rows.rows]),
        states=list(STATES),
        state=state,
    )


async def the_pledge(request: web.Request) -> Row:
    """The association's own pledge of this address, or 404."""
    row = found(await request.app[PLATFORM].views.pledges.pledge(record_id(request)))
    if row["association"] != acting(request).party.id:
        raise NotFound(Words("没有找到这份承诺", "There is no such pledge"))
    return row


def crumbs(row: Row) -> list[tuple[str, Words]]:
    """The way to a page below one pledge."""
    return [*CRUMBS, (f"{LIST}/{row['id']}", Words(row["number"], row["number"]))]


async def pledge(request: web.Request) -> web.StreamResponse:
    """One pledge: its words, who signed, how far it has come, what was done."""
    row, views = await the_pledge(request), request.app[PLATFORM].views
    id = str(row["id"])
    signatories = await views.pledges.signatories(id, page_number(request))
    return await page(
        request,
        "association/pledge.html",
        title=Words(row["title"], row["title"]),
        breadcrumbs=CRUMBS,
        row=row,
        state=STATES[row["state"]],
        colour=shown.COLOURS[row["state"]],
        wordings=await views.pledges.wordings(id),
        signatories=replace(
            signatories, rows=[shown.member_pledge(each) for each in signatories.rows]
        ),
        coverage=_coverage(row),
        outcomes=_outcomes(row),
        acts=list(_acts(request, row)),
        entries=history(await views.trail.of_record(id)),
        show=request.query.get("show", "all"),
    )


def _coverage(row: Row) -> list[Row]:
    """How many of the present members have signed, as bars."""
    rest = row["roster"] - row["covered"]
    return [
        {"label": Words("已签署的会员", "Members that signed"), "value": row["covered"]},
        {"label": Words("还没有签署的会员", "Members that have not"), "value": rest},
    ]


def _outcomes(row: Row) -> list[Row]:
    """How the signatures stand, as bars; evidence that nobody has judged is not counted as met."""
    counted = {**row, "evidence": row["waiting"]}
    return [{"label": words, "value": counted[code]} for code, words in member_pledges.STATES]


def _acts(request: web.Request, row: Row) -> Iterator[Row]:
    """What can be done now, the main thing first."""
    by, here = acting(request), f"{LIST}/{row['id']}"
    slugs: dict[str, type[Command]] = {
        "sign": SignPledge,
        "publish": PublishPledge,
        "redraft": RedraftPledge,
    }
    for slug, kind in slugs.items():
        if slug == "sign" and (row["state"] != "published" or row["period_to"] < today()):
            continue
        state = "withdrawn" if slug == "sign" else row["state"]
        if access.may(by, kind.__name__, "association", state):
            words = Words("为会员签署", "Sign for members") if slug == "sign" else kind.SAYS
            yield {"url": f"{here}/{slug}", "words": words}


async def draft_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    form = form_page(DraftPledge, state)
    return await page(request, "form.html", breadcrumbs=CRUMBS, **form)


@reshown
async def draft(request: web.Request) -> web.StreamResponse:
    return await act(
        request, draft_pledge, DraftPledge, lambda _, command: f"{LIST}/{command.pledge}",
        again=draft_form,
    )  # fmt: skip


async def redraft_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    row = await the_pledge(request)
    words = {name: row[name] for name in TEXT}
    form = form_page(RedraftPledge, state, seen=row["version"], **words)
    return await page(request, "form.html", breadcrumbs=crumbs(row), **form)


@reshown
async def redraft(request: web.Request) -> web.StreamResponse:
    row = await the_pledge(request)
    return await act(
        request, redraft_pledge, RedraftPledge, f"{LIST}/{row['id']}", again=redraft_form,
        pledge=row["id"],
    )  # fmt: skip


async def publish_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    row = await the_pledge(request)
    title = Words(f"发布《{row['title']}》", f"Publish {row['title']}")
    form = form_page(PublishPledge, state, title=title, seen=row["version"], intro=_FREEZES)
    return await page(request, "form.html", breadcrumbs=crumbs(row), **form)


@reshown
async def publish(request: web.Request) -> web.StreamResponse:
    row = await the_pledge(request)
    return await act(
        request, publish_pledge, PublishPledge, f"{LIST}/{row['id']}", again=publish_form,
        pledge=row["id"],
    )  # fmt: skip


_SLUGS: dict[str, type[Command]] = {
    "sign": SignPledge,
    "publish": PublishPledge,
    "redraft": RedraftPledge,
}
_FREEZES = Words(
    "发布后文字不能再改，会员可以签署。以后要改文字，需要另行起草，会员重新签署。",
    "Once published, the words cannot be changed and members can sign. Other words later are a "
    "new pledge, which members sign anew.",
)

ROUTES = [
    web.get(LIST, staff(pledges, "association")),
    web.get(LIST + "/draft", staff(draft_form, "association")),
    web.post(LIST + "/draft", staff(draft, "association")),
    web.get(LIST + "/{id}", staff(pledge, "association")),
    web.get(LIST + "/{id}/redraft", staff(redraft_form, "association")),
    web.post(LIST + "/{id}/redraft", staff(redraft, "association")),
    web.get(LIST + "/{id}/publish", staff(publish_form, "association")),
    web.post(LIST + "/{id}/publish", staff(publish, "association")),
]
