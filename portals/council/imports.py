"""Imports of a council: its batches, one batch with the complaints it brought, its reversal."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from aiohttp import web

from events.terms import CATEGORIES
from events.words import Words, both
from portals.asking import found, page_number, record_id
from portals.complaint_office import COLOURS
from portals.council.complaints import COMPLAINTS
from portals.owed import history
from portals.web import PLATFORM, FormState, act, acting, form_page, page, reshown, staff
from services import access
from services.actions.complaints import STATES as COMPLAINT_STATES
from services.actions.imports import STATES, ReverseImport
from services.actions.refused import AlreadyDecided, NotFound
from services.reversal import Reversal

Row = dict[str, Any]
BATCHES = "/council/imports"
CRUMBS = [("/council", Words("工作台", "Desk")), (BATCHES, Words("导入", "Imports"))]
_COLOURS = {"begun": "waiting", "finished": "done"}


async def batches(request: web.Request) -> web.StreamResponse:
    """What this council read in from files, newest first."""
    rows = await request.app[PLATFORM].views.imports.of_party(
        acting(request).party.id, page_number(request)
    )
    return await page(
        request,
        "council/imports.html",
        title=Words("导入", "Imports"),
        rows=replace(rows, rows=[_shown(row) for row in rows.rows]),
    )


async def the_batch(request: web.Request) -> Row:
    """The batch the address names, if this council brought it; else 404."""
    row = found(await request.app[PLATFORM].views.imports.one(record_id(request)))
    if row["party"] != acting(request).party.id:
        raise NotFound(Words("没有找到这条记录", "There is no such record"))
    return row


async def batch(request: web.Request) -> web.StreamResponse:
    """One batch: its counts, what it brought, and whether it can be taken back."""
    row, views = await the_batch(request), request.app[PLATFORM].views
    by, number = acting(request), page_number(request)
    rows = await views.complaints.brought_by(str(row["id"]), number, me=by.party.id)
    return await page(
        request,
        "council/import.html",
        title=Words(f"导入批次 {row['number']}", f"Import {row['number']}"),
        breadcrumbs=CRUMBS,
        row=_shown(row),
        may_reverse=access.may(by, "ReverseImport", "importer", row["state"]),
        rows=replace(rows, rows=[_complaint(each, by.party.id) for each in rows.rows]),
        entries=history(await views.trail.of_record(str(row["id"]))),
        show=request.query.get("show", "all"),
    )


def _shown(row: Row) -> Row:
    return {
        **row,
        "url": f"{BATCHES}/{row['id']}",
        "state_code": row["state"],
        "state": STATES[row["state"]],
        "state_colour": _COLOURS.get(row["state"], "none"),
    }


def _complaint(row: Row, council: str) -> Row:
    """A complaint that was brought; one that went to another body is named, not opened."""
    return {
        **row,
        "url": COMPLAINTS.address(row["id"]) if row["handler"] == council else "",
        "respondent": row["respondent"] or Words("未提供", "not given"),
        "category": CATEGORIES[row["category"]],
        "state_colour": "none" if row["state"] == "reversed" else COLOURS.get(row["state"], "done"),
        "state": COMPLAINT_STATES[row["state"]],
    }


async def reverse_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """The form that takes a batch back; says first what will count no longer."""
    row = await the_batch(request)
    if state is None and not access.may(acting(request), "ReverseImport", "importer", row["state"]):
        raise AlreadyDecided(_NOT_NOW.fill(number=row["number"], state=STATES[row["state"]]))
    brought = await request.app[PLATFORM].views.complaints.size_of(str(row["id"]))
    intro = _WHAT_IT_MEANS.fill(number=row["number"], file=row["file"], n=brought)
    form = form_page(ReverseImport, state, seen=row["version"], intro=intro)
    here = (f"{BATCHES}/{row['id']}", both(row["number"]))
    return await page(request, "form.html", breadcrumbs=[*CRUMBS, here], **form)


@reshown
async def reverse(request: web.Request) -> web.StreamResponse:
    """Take it back as a whole, or say which complaint stands in the way."""
    row = await the_batch(request)
    undo = Reversal(request.app[PLATFORM]).reverse
    then = f"{BATCHES}/{row['id']}"
    return await act(request, undo, ReverseImport, then, again=reverse_form, batch=row["id"])


_NOT_NOW = Words(
    "导入批次 {number} 现在是“{state}”，不能撤销。请回到这个批次查看经过。",
    "Import {number} is now {state}; it cannot be reversed. Its page shows what happened.",
)
_WHAT_IT_MEANS = Words(
    "批次 {number} 从文件“{file}”带来 {n} 件投诉。撤销后它们都不再计入登记簿和统计，"
    "但记录和经过都保留；同一文件可以重新导入。有一件不能撤销，就整批都不撤销。",
    "Import {number} brought {n} complaints from {file}. Once reversed they count no longer, "
    "but the records and their history stay, and the file can be imported again. "
    "If one of them cannot be reversed, none is.",
)

ROUTES = [
    web.get(BATCHES, staff(batches, "council")),
    web.get(BATCHES + "/{id}", staff(batch, "council")),
    web.get(BATCHES + "/{id}/reverse", staff(reverse_form, "council")),
    web.post(BATCHES + "/{id}/reverse", staff(reverse, "council")),
]
