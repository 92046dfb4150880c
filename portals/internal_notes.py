"""Internal notes (内部备注): what a unit writes down for itself in a case, on pages of its own.

They look like nothing else on a page: own colour, a lock, their name in words. Pages of everybody
else never ask for them; here only the acting unit's are read.
"""

from __future__ import annotations

from typing import Any

from aiohttp import web

from events.words import Words, both
from portals.asking import record_id
from portals.evidence_place import PAGES
from portals.personal import RESTRICTED
from portals.seeing import the_case
from portals.web import PLATFORM, FormState, act, acting, form_page, page, reshown, staff
from services import access
from services.actions.assigned import FORMER
from services.actions.notes import AddInternalNote, add_internal_note
from services.actions.refused import NotFound
from services.actions.shared import Shared
from services.notes import notes_of

Row = dict[str, Any]
#: Whose pages record that they are read already, in words that she may be told.
_TOLD = ("complaint", "report")


async def notes_for(request: web.Request, kind: str, record: Shared) -> Row:
    """For `notes_part` on the page of a case: the unit's own notes, and where one is written."""
    platform, by = request.app[PLATFORM], acting(request)
    rows = await notes_of(platform.log, record.id, by.party.id)
    if getattr(record, "personal", "") == "restricted":
        rows = [row | {"text": RESTRICTED} for row in rows]
    elif rows and kind not in _TOLD:
        platform.reads.note(by, "note", record.id, record.case_number, "handling")
    here = f"/{by.party.kind}/notes/{kind}/{record.id}"
    return {"rows": rows, "url": here if _may_write(request, record) else ""}


def _may_write(request: web.Request, record: Shared) -> bool:
    by = acting(request)
    return access.may(by, "AddInternalNote", record.relation(by), record.state, record.visibility)


async def show(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """All notes of the unit in this case, and the form for another."""
    kind, record = request.match_info["kind"], await _case(request)
    notes = await notes_for(request, kind, record)
    if notes["rows"] and kind in _TOLD:
        reads, by = request.app[PLATFORM].reads, acting(request)
        reads.note(by, kind, record.id, record.case_number, "handling")
    form = form_page(AddInternalNote, state) if notes["url"] else {"form": None}
    number, back = record.case_number, _back(request, kind, record)
    return await page(
        request, "internal_notes.html",
        **form | {"title": Words(f"内部备注：{number}", f"Internal notes: {number}")},
        breadcrumbs=[(back, both(number))], notes=notes, back=back,
    )  # fmt: skip


@reshown
async def add(request: web.Request) -> web.StreamResponse:
    """Write one more."""
    kind, record = request.match_info["kind"], await _case(request)
    return await act(
        request, add_internal_note, AddInternalNote, request.path, again=show,
        kind=kind, record=record.id,
    )  # fmt: skip


async def _case(request: web.Request) -> Shared:
    """The case, for a unit that may write in it or once could; else 404."""
    record, by = await the_case(request, request.match_info["kind"]), acting(request)
    relation = record.relation(by)
    kinds = [right for right in access.rights() if right.command == "AddInternalNote"]
    if relation != FORMER and not any(
        by.party.kind in each.kinds and relation in each.relations for each in kinds
    ):
        raise NotFound(access.NOT_THERE)
    return record


def _back(request: web.Request, kind: str, record: Shared) -> str:
    """The page on which this unit reads the case."""
    portal = acting(request).party.kind
    if record.relation(acting(request)) == "referred":
        return f"/regulator/referrals/{record.id}"
    shared = f"/{portal}/shared/{kind}/{{id}}"
    is_part = record.relation(acting(request)) == "contributor"
    found = shared if is_part else PAGES.get((kind, portal), shared)
    return found.replace("{id}", record_id(request))


def note_routes(portal: str) -> list[web.RouteDef]:
    """The pages of notes in one portal."""
    one = f"/{portal}/notes/{{kind}}/{{id}}"
    return [web.get(one, staff(show, portal)), web.post(one, staff(add, portal))]
