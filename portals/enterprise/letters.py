"""Letters for the business from the body in charge; opening one proves its delivery."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from events.letters import FORMS
from events.words import Words, both
from portals.enterprise.complaints import our_complaint
from portals.enterprise.home import CRUMB, HOME, address_of_complaint
from portals.letters import given_out
from portals.web import FormState, act, acting, page, reshown, staff
from services.actions import complaints as c
from services.actions.lettered import Letter
from services.actions.letters import OpenLetter, open_letter
from services.actions.refused import NotFound

Row = dict[str, Any]
_HERE = f"{HOME}/complaints/{{id}}/letters"
_TITLE = Words("文书", "Letters")
_OPENING = Words(
    "承办单位写给贵单位的文书。打开文书，就算送达，打开的日期会记入投诉记录。",
    "What the body in charge wrote to you. Opening a letter counts as its delivery; the date is "
    "recorded with the complaint.",
)
_NONE_YET = Words(
    "还没有给贵单位的文书。调解通知、终止调解决定和调解书会出现在这里。",
    "There is no letter for you yet. Invitations, decisions and agreements will appear here.",
)
_UNKNOWN = Words("没有找到这份文书", "There is no such letter")


async def show(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """The letters for it, the newest first."""
    _, record = await our_complaint(request)
    by, there = acting(request), address_of_complaint(record.id)
    made = [each for each in record.letters.values() if record.may_see_letter(by, each.id)]
    return await page(
        request, "public/letters.html", title=_TITLE, opening=_OPENING, none_yet=_NONE_YET,
        breadcrumbs=[CRUMB, (there, both(record.number))],
        made=[_row(each, f"{there}/letters") for each in reversed(made)],
    )  # fmt: skip


def _row(letter: Letter, here: str) -> Row:
    return {
        "form": FORMS[letter.form], "number": letter.letter_number, "made_on": letter.made_on,
        "opened_on": letter.effective, "open": f"{here}/{letter.id}/open",
        "url": f"{here}/{letter.id}.pdf",
    }  # fmt: skip


async def _one(request: web.Request) -> tuple[c.Complaint, Letter]:
    _, record = await our_complaint(request)
    id = request.match_info["letter"]
    if not record.may_see_letter(acting(request), id):
        raise NotFound(_UNKNOWN)
    return record, record.letters[id]


@reshown
async def open_it(request: web.Request) -> web.StreamResponse:
    """Opened for the first time: that it arrived is recorded, with the date."""
    record, letter = await _one(request)
    there = f"{address_of_complaint(record.id)}/letters/{letter.id}.pdf"
    if letter.effective is not None:
        raise web.HTTPSeeOther(there)
    return await act(
        request, open_letter, OpenLetter, there, again=show, kind="complaint",
        record=str(record.id), letter=letter.id,
    )  # fmt: skip


async def read(request: web.Request) -> web.StreamResponse:
    """The letter itself, once it counts as delivered."""
    record, letter = await _one(request)
    if letter.effective is None:
        raise web.HTTPSeeOther(f"{address_of_complaint(record.id)}/letters")
    return await given_out(request, record, letter, acting(request), "complaint")


ROUTES = [
    web.get(_HERE, staff(show, "enterprise")),
    web.get(_HERE + "/{letter}.pdf", staff(read, "enterprise")),
    web.post(_HERE + "/{letter}/open", staff(open_it, "enterprise")),
]
