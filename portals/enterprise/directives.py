"""A regulator's directive to the enterprise: what it demands, until when, and the answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from aiohttp import web

from events.event import Acting
from events.terms import DIRECTIVES
from events.words import Words
from portals.asking import found, record_id
from portals.attaching import act_with_files, chosen, uploads
from portals.enterprise.home import CRUMB, HOME, WITHHELD, address
from portals.evidence_pages import evidence_of
from portals.evidence_place import address as evidence_address
from portals.owed import card, history
from portals.rectification import choices, items
from portals.seeing import the_case
from portals.web import PLATFORM, FormState, act, acting, form_page, page, reshown, staff
from services import access
from services.actions.change import load
from services.actions.command import Command
from services.actions.enforcement import (
    STATES,
    AnswerDirective,
    FollowUp,
    HandInItem,
    ReplaceItem,
    answer_directive,
    hand_in_item,
    replace_item,
)

Row = dict[str, Any]
CRUMBS = [CRUMB]


async def the_directive(request: web.Request) -> Row:
    """The follow-up with a directive that reached this enterprise, or 404."""
    await the_case(request, "follow-up", "subject")
    return found(await request.app[PLATFORM].views.followups.one(record_id(request)))


async def directive(request: web.Request) -> web.StreamResponse:
    row, views = await the_directive(request), request.app[PLATFORM].views
    id = str(row["id"])
    owed = [card(each, address) for each in await views.obligations.of_record(id)]
    by, record = acting(request), await the_record(request, row)
    return await page(
        request,
        "enterprise/directive.html",
        title=Words(f"文书 {row['number']}", f"Directive {row['number']}"),
        breadcrumbs=CRUMBS,
        row=row,
        state=STATES[row["state"]],
        directive=DIRECTIVES[row["directive"]],
        owed=[each for each in owed if each["open"]],
        acts=[
            {"url": f"{address_of(id)}/{slug}", "words": kind.SAYS}
            for slug, kind, _ in _acts(by, row, record)
        ],
        items=items(record, inside=False),
        evidence=await evidence_of(request, "follow-up", id),
        evidence_url=evidence_address("follow-up", id),
        entries=history(await views.trail.of_record(id), WITHHELD),
        show=request.query.get("show", "all"),
    )


def address_of(id: str) -> str:
    return f"{HOME}/directives/{id}"


async def the_record(request: web.Request, row: Row) -> FollowUp:
    """The follow-up with its rules."""
    return await load(request.app[PLATFORM].log, FollowUp, UUID(str(row["id"])))


def _acts(by: Acting, row: Row, record: FollowUp) -> Iterator[tuple[str, type[Command], Any]]:
    """What the enterprise can do now, the main thing first."""
    for slug, kind, action in ACTS:
        possible = access.may(by, kind.__name__, "subject", row["state"], record.visibility)
        if possible and (kind is not ReplaceItem or record.review.items):
            yield slug, kind, action


async def item_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """One item of evidence, or what takes the place of one."""
    row, kind = await the_directive(request), _item_act(request)[0]
    by, record = acting(request), await the_record(request, row)
    access.check_kind(by, kind, record.relation(by))
    here = (address_of(str(row["id"])), Words(row["number"], row["number"]))
    demands = Words(f"要求：{row['demands']}", f"Demanded: {row['demands']}")
    form = form_page(kind, state, seen=row["version"], intro=demands, **choices(kind, by, record))
    return await page(request, "form.html", breadcrumbs=[*CRUMBS, here], **form)


@reshown
async def item(request: web.Request) -> web.StreamResponse:
    row, (kind, action) = await the_directive(request), _item_act(request)
    to = address_of(str(row["id"]))
    return await act(request, action, kind, to, again=item_form, follow_up=row["id"])


def _item_act(request: web.Request) -> tuple[type[Command], Any]:
    """Which of the two acts on items the address means."""
    slug = request.path.rpartition("/")[2]
    return next((kind, action) for name, kind, action in ACTS if name == slug)


async def answer_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """The answer; how it came is not asked, because it comes here."""
    row = await the_directive(request)
    demands = Words(f"要求：{row['demands']}", f"Demanded: {row['demands']}")
    form = form_page(AnswerDirective, state, seen=row["version"], intro=demands, leave_out=("way",))
    here = (address_of(str(row["id"])), Words(row["number"], row["number"]))
    files = await chosen(request, form["form"].key)
    return await page(request, "form.html", breadcrumbs=[*CRUMBS, here], files=files, **form)


@uploads
@reshown
async def answer(request: web.Request) -> web.StreamResponse:
    row = await the_directive(request)
    return await act_with_files(
        request, answer_directive, AnswerDirective, address_of(str(row["id"])), again=answer_form,
        subject=str(row["id"]), follow_up=row["id"], way="",
    )  # fmt: skip


ACTS: tuple[tuple[str, type[Command], Any], ...] = (
    ("answer", AnswerDirective, answer_directive),
    ("item", HandInItem, hand_in_item),
    ("replace", ReplaceItem, replace_item),
)

ROUTES = [
    web.get("/enterprise/directives/{id}", staff(directive, "enterprise")),
    web.get("/enterprise/directives/{id}/answer", staff(answer_form, "enterprise")),
    web.post("/enterprise/directives/{id}/answer", staff(answer, "enterprise")),
    web.get("/enterprise/directives/{id}/item", staff(item_form, "enterprise")),
    web.post("/enterprise/directives/{id}/item", staff(item, "enterprise")),
    web.get("/enterprise/directives/{id}/replace", staff(item_form, "enterprise")),
    web.post("/enterprise/directives/{id}/replace", staff(item, "enterprise")),
]
