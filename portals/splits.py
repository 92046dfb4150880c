"""Splits: a report or an enquiry found in a complaint is handled by itself; a mistake is undone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from aiohttp import web

from events.event import Acting
from events.ids import derived_id
from events.keyring import INFORMANTS
from events.submissions import MATTERS
from events.words import Code, Words, both
from portals.asking import found, record_id
from portals.complaint_office import Office, about, office, the_complaint
from portals.evidence_pages import evidence_of
from portals.forms import FormErrors, FormState, typed
from portals.pages import viewer
from portals.web import PLATFORM, act, acting, form_page, page, read, reshown
from services import access
from services.actions.refused import AlreadyDecided, Refused
from services.actions.submissions import (
    SPLITS,
    SplitSubmission,
    UndoSplit,
    split_submission,
    undo_split,
)
from services.files.along import may_go_along, taken_along

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
    rows = await _files(request, row)
    if rows:  # what she calls her files is hers
        by, reads = acting(request), request.app[PLATFORM].reads
        reads.note(by, "complaint", row["id"], row["number"], "handling")
    files = Code("files", {each["id"]: _named(each) for each in rows})
    made = form_page(
        SplitSubmission, state, intro=about(row), dated=True,
        options={"kind": _KINDS[here.kind], "along": files},
        leave_out=() if files.terms else ("along",),
    )  # fmt: skip
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
    known: Row = {"complaint": row["id"]}
    try:
        known |= await _with_files(request, row)
    except Refused as refused:
        viewer(request).status = 422
        values = typed(await request.post())
        return await form(request, FormState(values=values, errors={"along": refused.words}))
    return await act(request, split_submission, SplitSubmission, here, again=form, **known)


async def _files(request: web.Request, row: Row) -> list[Row]:
    """The files of the complaint that can go along: to reports, which regulators handle."""
    if office(request).kind != "regulator" or row["personal"] == "restricted":
        return []
    return may_go_along(await evidence_of(request, "complaint", row["id"]))


def _named(file: Row) -> Words:
    return Words("{name}（{mark}）", "{name} ({mark})").fill(name=file["name"], mark=file["mark"])


async def _with_files(request: web.Request, row: Row) -> Row:
    """The report takes its id from the form, and its files under a key made before it is there.

    Nothing of this where the form is not right, or asks for no files.
    """
    if viewer(request).stale:
        return {}
    try:
        asked = await read(request, SplitSubmission, complaint=row["id"])
        record = derived_id(UUID(asked.key), "split")
    except (FormErrors, ValueError):
        return {}
    if asked.kind != "report" or not asked.along:
        return {}
    rows = [each for each in await _files(request, row) if each["id"] in asked.along]
    store = request.app[PLATFORM].files
    return {"record": record, "files": await taken_along(store, rows, record, INFORMANTS)}


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
