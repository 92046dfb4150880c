"""Splits: a report or an enquiry found in a complaint is handled by itself; a mistake is undone."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from events.submissions import MATTERS
from events.words import Words, both
from portals.asking import found, record_id
from portals.complaint_office import about, the_complaint
from portals.forms import FormState
from portals.regulator.complaints import COMPLAINTS
from portals.web import PLATFORM, act, acting, form_page, page, reshown, staff
from services.actions.refused import AlreadyDecided
from services.actions.submissions import SplitSubmission, UndoSplit, split_submission, undo_split

Row = dict[str, Any]
ADDRESS = {"report": "/regulator/reports", "enquiry": "/regulator/enquiries"}


async def form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """What was split off before, and the form to split off more."""
    row = await the_complaint(request)
    submissions = request.app[PLATFORM].views.submissions
    parts = await submissions.split_from(str(row["id"]), acting(request).party.id)
    made = form_page(SplitSubmission, state, intro=about(row), dated=True)
    return await page(
        request, "regulator/split.html", breadcrumbs=COMPLAINTS.crumbs_to(row), **made,
        parts=[
            {**each, "kind": MATTERS[k], "url": f"{ADDRESS[k]}/{each['record']}"}
            for each in parts if (k := each["kind"])
        ],
    )  # fmt: skip


@reshown
async def split(request: web.Request) -> web.StreamResponse:
    """Split it off, and back to the list of what was."""
    row = await the_complaint(request)
    here = COMPLAINTS.address(row["id"]) + "/split"
    return await act(
        request, split_submission, SplitSubmission, here, again=form, complaint=row["id"]
    )


async def the_split(request: web.Request) -> Row:
    """What was split off, by this office; else 404."""
    submissions = request.app[PLATFORM].views.submissions
    return found(await submissions.one(record_id(request), acting(request).party.id))


async def undo_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """Undo one, with the reason."""
    row = await the_split(request)
    if state is None and row["undone"]:
        raise AlreadyDecided(_UNDONE.fill(number=row["number"]))
    made = form_page(UndoSplit, state, intro=both(row["number"]))
    here = (COMPLAINTS.address(row["source"]) + "/split", _TITLE)
    return await page(request, "form.html", breadcrumbs=[*COMPLAINTS.crumbs, here], **made)


@reshown
async def undo(request: web.Request) -> web.StreamResponse:
    row = await the_split(request)
    then = COMPLAINTS.address(row["source"]) + "/split"
    return await act(request, undo_split, UndoSplit, then, again=undo_form, submission=row["id"])


_TITLE = Words("分别处理", "Handled apart")
_UNDONE = Words("{number} 已经撤销。", "{number} was undone already.")
_SPLIT = COMPLAINTS.address("{id}") + "/split"
ROUTES = [
    # Before the acts of the complaint itself, whose addresses look the same.
    web.get(_SPLIT, COMPLAINTS.page(form)),
    web.post(_SPLIT, COMPLAINTS.page(split)),
    web.get("/regulator/splits/{id}", staff(undo_form, "regulator")),
    web.post("/regulator/splits/{id}", staff(undo, "regulator")),
]
