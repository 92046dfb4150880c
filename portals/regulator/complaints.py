"""Complaints of a regulator: the pages all who handle complaints share, and its own follow-up.

A regulator refers no clue to itself: what points to a violation, it follows up. Where a council
referred the clue before the complaint came here, the follow-up is opened from that clue, so
that the council is told the result.
"""

from __future__ import annotations

from typing import Any

from aiohttp import web

from events.event import Acting
from events.words import Words
from portals.complaint_office import Office, about, the_complaint
from portals.complaint_routes import complaint_routes
from portals.personal import with_told
from portals.regulator.subject import by_subject, follow_up_of, subject_form
from portals.splits import split_act
from portals.web import PLATFORM, FormState, acting, form_page, reshown
from services import access
from services.actions.enforcement import OpenFollowUp
from services.actions.refused import AlreadyDecided

Row = dict[str, Any]


def _further(by: Acting, row: Row, made: list[Row]) -> list[Row]:
    """A follow-up, and splitting off what is a report or an enquiry (121 §9)."""
    return [*_follow_up(by, row, made), *split_act(by, row, COMPLAINTS.address(row["id"]))]


def _follow_up(by: Acting, row: Row, made: list[Row]) -> list[Row]:
    """A follow-up, unless this regulator has opened one already."""
    possible = access.may(by, "OpenFollowUp", "new") and row["state"] != "reversed"
    if not possible or _own(made, by):
        return []
    clue = row["referred_to"] == by.party.id
    start = f"/regulator/referrals/{row['id']}" if clue else COMPLAINTS.address(row["id"])
    return [{"url": f"{start}/open", "words": OpenFollowUp.SAYS}]


def _own(made: list[Row], by: Acting) -> list[Row]:
    return [each for each in made if each["regulator"] == by.party.id]


COMPLAINTS = Office("regulator", _further, follow_ups="/regulator/followups")


async def open_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """Open a follow-up from a complaint of its own."""
    row, by = await _to_follow_up(request), acting(request)
    made = await request.app[PLATFORM].views.followups.of_complaint(str(row["id"]), me=by.party.id)
    if state is None and (own := _own(made, by)):
        raise AlreadyDecided(_OPENED.fill(number=row["number"], follow_up=own[-1]["number"]))
    row = await with_told(request, row, why="follow_up")
    form = form_page(OpenFollowUp, state, leave_out=("source",), intro=_told(row))
    crumbs = COMPLAINTS.crumbs_to(row)
    return await subject_form(
        request, form, state, crumbs, known=row["enterprise"], hint=row["respondent"]
    )


@reshown
async def open_one(request: web.Request) -> web.StreamResponse:
    """Open it; nobody but the consumer waits for what comes of it."""
    row = await _to_follow_up(request)
    return await by_subject(
        request,
        open_form,
        known=row["enterprise"],
        follow_up=follow_up_of(row, acting(request)),
        source="complaint",
        source_number=row["number"],
        complaint=str(row["id"]),
    )


def _told(row: Row) -> Words:
    said = about(row)
    return _SAYS.fill(about=said, facts=row["facts"]) if row["facts"] else said


async def _to_follow_up(request: web.Request) -> Row:
    """The complaint, if a follow-up is opened from it and not from a clue that came before it."""
    row = await the_complaint(request)
    if row["referred_to"] == acting(request).party.id:
        raise AlreadyDecided(_FROM_THE_CLUE.fill(number=row["number"]))
    if row["state"] == "reversed":
        raise AlreadyDecided(_REVERSED.fill(number=row["number"]))
    return row


_SAYS = Words("{about} · 消费者反映：{facts}", "{about} · the consumer says: {facts}")
_OPENED = Words(
    "本单位已经就投诉 {number} 立项跟进（{follow_up}），不用再次立项。请在“跟进”里继续办理。",
    "Your office has opened follow-up {follow_up} from complaint {number} already. "
    "Go on with it under Follow-ups.",
)
_FROM_THE_CLUE = Words(
    "投诉 {number} 的线索已经由消委会移送给本单位。请在“收到的线索”里立项，结果才会告知消委会。",
    "A council referred the clue of complaint {number} to your office. Open the follow-up under "
    "Clues received, so that the council is told the result.",
)
_REVERSED = Words(
    "投诉 {number} 的导入已经撤销，不能从它立项。需要的话，请在“跟进”里另行立项。",
    "The import of complaint {number} was reversed, so no follow-up can start from it. "
    "You can open one of your own under Follow-ups.",
)

_OPEN = COMPLAINTS.address("{id}") + "/open"
ROUTES = [
    # Before the acts of the complaint itself, whose addresses look the same.
    web.get(_OPEN, COMPLAINTS.page(open_form)),
    web.post(_OPEN, COMPLAINTS.page(open_one)),
    *complaint_routes(COMPLAINTS),
]
