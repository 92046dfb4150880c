"""Her letters: what the body in charge wrote to the consumer; opening one proves its delivery."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from aiohttp import web

from events.event import Acting
from events.letters import FORMS
from events.words import Words
from portals.letters import given_out
from portals.public.mine import HERE, my_complaint
from portals.web import PLATFORM, FormState, act, page, reshown
from services import records
from services.actions import complaints as c
from services.actions.lettered import HasLetters, Letter
from services.actions.letters import OpenLetter, open_letter
from services.actions.refused import NotFound

Row = dict[str, Any]
LETTERS = HERE + "/letters"
_TITLE = Words("文书", "Letters")


async def _hers(request: web.Request) -> tuple[HasLetters, Acting]:
    """The complaint this browser has proved to know, with its letters."""
    id = UUID(str((await my_complaint(request))["id"]))
    by = c.complainant(id)
    return cast(HasLetters, await records.seen_by(_log(request), by, "complaint", id)), by


def _log(request: web.Request) -> Any:
    return request.app[PLATFORM].log


async def show(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """The letters for her, the newest first."""
    record, by = await _hers(request)
    made = [each for each in record.letters.values() if record.may_see_letter(by, each.id)]
    crumb = (HERE, Words(f"投诉 {record.case_number}", f"Complaint {record.case_number}"))
    return await page(
        request, "public/letters.html", title=_TITLE, breadcrumbs=[crumb],
        made=[_row(each) for each in reversed(made)],
    )  # fmt: skip


def _row(letter: Letter) -> Row:
    return {
        "form": FORMS[letter.form], "number": letter.letter_number, "made_on": letter.made_on,
        "opened_on": letter.effective, "open": f"{LETTERS}/{letter.id}/open",
        "url": f"{LETTERS}/{letter.id}.pdf",
    }  # fmt: skip


@reshown
async def open_it(request: web.Request) -> web.StreamResponse:
    """She opens it for the first time: that it reached her is recorded, with the date."""
    (record, by), letter = await _hers(request), request.match_info["letter"]
    found = _letter(record, by, letter)
    there = f"{LETTERS}/{letter}.pdf"
    if found.effective is not None:
        raise web.HTTPSeeOther(there)
    return await act(
        request, open_letter, OpenLetter, there, again=show, by=by, kind="complaint",
        record=str(record.id), letter=letter,
    )  # fmt: skip


async def read(request: web.Request) -> web.StreamResponse:
    """The letter itself, once it counts as delivered."""
    record, by = await _hers(request)
    letter = _letter(record, by, request.match_info["letter"])
    if letter.effective is None:
        raise web.HTTPSeeOther(LETTERS)
    return await given_out(request, record, letter, by, "complaint")


def _letter(record: HasLetters, by: Acting, id: str) -> Letter:
    if not record.may_see_letter(by, id):
        raise NotFound(Words("没有找到这份文书", "There is no such letter"))
    return record.letters[id]


ROUTES = [
    web.get(LETTERS, show),
    web.get(LETTERS + "/{letter}.pdf", read),
    web.post(LETTERS + "/{letter}/open", open_it),
]
