"""A regulator's directive to the enterprise: what it demands, until when, and the answer."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from events.terms import DIRECTIVES
from events.words import Words
from portals.asking import found, record_id
from portals.enterprise.home import CRUMB, HOME, WITHHELD, address
from portals.owed import card, history
from portals.web import PLATFORM, FormState, act, acting, form_page, page, reshown, staff
from services import access
from services.actions.enforcement import STATES, AnswerDirective, answer_directive
from services.actions.refused import NotFound

Row = dict[str, Any]
CRUMBS = [CRUMB]


async def the_directive(request: web.Request) -> Row:
    """The follow-up with a directive that reached this enterprise, or 404."""
    row: Row = found(await request.app[PLATFORM].views.followups.one(record_id(request)))
    if row["enterprise"] != acting(request).party.id or not _has_reached(row):
        raise NotFound(Words("没有找到这份文书", "There is no such directive"))
    return row


def _has_reached(row: Row) -> bool:
    return bool(row["delivered_on"]) or row["directives"] > 1


async def directive(request: web.Request) -> web.StreamResponse:
    row, views = await the_directive(request), request.app[PLATFORM].views
    id = str(row["id"])
    owed = [card(each, address) for each in await views.obligations.of_record(id)]
    by = acting(request)
    may_answer = access.may(by, "AnswerDirective", "subject", row["state"])
    return await page(
        request,
        "enterprise/directive.html",
        title=Words(f"文书 {row['number']}", f"Directive {row['number']}"),
        breadcrumbs=CRUMBS,
        row=row,
        state=STATES[row["state"]],
        directive=DIRECTIVES[row["directive"]],
        owed=[each for each in owed if each["open"]],
        acts=[{"url": f"{address_of(id)}/answer", "words": AnswerDirective.SAYS}]
        if may_answer
        else [],
        entries=history(await views.trail.of_record(id), WITHHELD),
        show=request.query.get("show", "all"),
    )


def address_of(id: str) -> str:
    return f"{HOME}/directives/{id}"


async def answer_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """The answer; how it came is not asked, because it comes here."""
    row = await the_directive(request)
    demands = Words(f"要求：{row['demands']}", f"Demanded: {row['demands']}")
    form = form_page(AnswerDirective, state, seen=row["version"], intro=demands, leave_out=("way",))
    here = (address_of(str(row["id"])), Words(row["number"], row["number"]))
    return await page(request, "form.html", breadcrumbs=[*CRUMBS, here], **form)


@reshown
async def answer(request: web.Request) -> web.StreamResponse:
    row = await the_directive(request)
    return await act(
        request, answer_directive, AnswerDirective, address_of(str(row["id"])), again=answer_form,
        follow_up=row["id"], way="",
    )  # fmt: skip


ROUTES = [
    web.get("/enterprise/directives/{id}", staff(directive, "enterprise")),
    web.get("/enterprise/directives/{id}/answer", staff(answer_form, "enterprise")),
    web.post("/enterprise/directives/{id}/answer", staff(answer, "enterprise")),
]
