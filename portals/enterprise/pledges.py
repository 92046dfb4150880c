"""A pledge the enterprise signed: what it still owes its association, and how it went."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from events.words import Words
from portals.asking import record_id
from portals.enterprise.home import WITHHELD, address
from portals.owed import card, history
from portals.web import PLATFORM, FormState, act, acting, form_page, page, reshown, staff
from services.actions.member_questions import AnswerQuestion, answer_question
from services.actions.refused import NotFound

Row = dict[str, Any]
CRUMBS = [("/enterprise", Words("工作台", "Desk"))]


async def the_history(request: web.Request) -> list[Row]:
    """The history of a pledge of this enterprise, or 404."""
    rows = await request.app[PLATFORM].views.trail.of_record(record_id(request))
    mine = [row for row in rows if row["enterprise"] == acting(request).party.id]
    if not mine or mine[0]["subject"] != "pledges":
        raise NotFound(Words("没有找到这份承诺", "There is no such pledge"))
    return mine


async def pledge(request: web.Request) -> web.StreamResponse:
    rows = await the_history(request)
    board = request.app[PLATFORM].views.obligations
    id, number = record_id(request), rows[0]["number"]
    owed = [card(each, address) for each in await board.of_record(id) if each["open"]]
    asked = any(each["rule"] == "C40a" for each in owed)
    return await page(
        request,
        "enterprise/pledge.html",
        title=Words(f"自律承诺 {number}", f"Pledge {number}"),
        breadcrumbs=CRUMBS,
        owed=owed,
        acts=[{"url": f"{address_of(id)}/answer", "words": AnswerQuestion.SAYS}] if asked else [],
        entries=history(rows, WITHHELD),
        show=request.query.get("show", "all"),
    )


def address_of(id: str) -> str:
    return f"/enterprise/pledges/{id}"


async def answer_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """The answer to what the association asked last."""
    rows = await the_history(request)
    asked = [Words(row["zh"], row["en"]) for row in rows if row["topic"] == "member-questioned"]
    intro = asked[-1] if asked else None
    form = form_page(AnswerQuestion, state, intro=intro, leave_out=("way",))
    here = (address_of(record_id(request)), Words(rows[0]["number"], rows[0]["number"]))
    return await page(request, "form.html", breadcrumbs=[*CRUMBS, here], **form)


@reshown
async def answer(request: web.Request) -> web.StreamResponse:
    await the_history(request)
    id = record_id(request)
    return await act(
        request, answer_question, AnswerQuestion, address_of(id), again=answer_form,
        member_pledge=id, way="",
    )  # fmt: skip


ROUTES = [
    web.get("/enterprise/pledges/{id}", staff(pledge, "enterprise")),
    web.get("/enterprise/pledges/{id}/answer", staff(answer_form, "enterprise")),
    web.post("/enterprise/pledges/{id}/answer", staff(answer, "enterprise")),
]
