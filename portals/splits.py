"""Splits: a report or an enquiry found in a complaint is handled by itself; a mistake is undone."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from events.event import Acting
from events.submissions import MATTERS
from events.words import Code, Words, both
from portals.asking import found, record_id
from portals.complaint_office import Office, about, office, the_complaint
from portals.forms import FormState
from portals.web import PLATFORM, act, acting, form_page, page, reshown
from services import access
from services.actions.refused import AlreadyDecided
from services.actions.submissions import (
    SPLITS,
    SplitSubmission,
    UndoSplit,
    split_submission,
    undo_split,
)

Row = dict[str, Any]
#: What each kind of body can handle by itself: the rest is told where it belongs.
_KINDS = {"council": Code("matter", {"enquiry": MATTERS["enquiry"]}), "regulator": SPLITS}


def split_act(by: Acting, row: Row, address: str) -> list[Row]:
    """Splitting off what is a report or an enquiry (121 §9), for the page of a complaint."""
    may = access.may(by, "SplitSubmission", "new") and row["state"] != "reversed"
    return [{"url": f"{address}/split", "words": SplitSubmission.SAYS}] if may else []


def _address(request: web.Request, kind: str, record: str) -> str:
    listed = {"report": "reports", "enquiry": "enquiries"}[kind]
    return f"/{office(request).kind}/{listed}/{record}"


async def form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """What was split off before, and the form to split off more."""
    row = await the_complaint(request)
    submissions = request.app[PLATFORM].views.submissions
    parts = await submissions.split_from(str(row["id"]), acting(request).party.id)
    here = office(request)
    options = {"kind": _KINDS[here.kind]}
    made = form_page(SplitSubmission, state, intro=about(row), dated=True, options=options)
    return await page(
        request, "complaint/split.html", breadcrumbs=here.crumbs_to(row), office=here, **made,
        parts=[
            {**each, "kind": MATTERS[k], "url": _address(request, k, each["record"])}
            for each in parts if (k := each["kind"])
        ],
    )  # fmt: skip


@reshown
async def split(request: web.Request) -> web.StreamResponse:
    """Split it off, and back to the list of what was."""
    row = await the_complaint(request)
    here = office(request).address(row["id"]) + "/split"
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
    here = (office(request).address(row["source"]) + "/split", _TITLE)
    crumbs = [*office(request).crumbs, here]
    return await page(request, "form.html", breadcrumbs=crumbs, **made)


@reshown
async def undo(request: web.Request) -> web.StreamResponse:
    row = await the_split(request)
    then = office(request).address(row["source"]) + "/split"
    return await act(request, undo_split, UndoSplit, then, again=undo_form, submission=row["id"])


_TITLE = Words("分别处理", "Handled apart")
_UNDONE = Words("{number} 已经撤销。", "{number} was undone already.")


def split_routes(here: Office) -> list[web.RouteDef]:
    """The pages of one kind of body; before the acts of a complaint, whose addresses look alike."""
    split_off, splits = here.address("{id}") + "/split", f"/{here.kind}/splits/{{id}}"
    return [
        web.get(split_off, here.page(form)),
        web.post(split_off, here.page(split)),
        web.get(splits, here.page(undo_form)),
        web.post(splits, here.page(undo)),
    ]
