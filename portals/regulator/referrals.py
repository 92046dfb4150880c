"""Clues that councils referred to this regulator: follow them up, or give them back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from aiohttp import web

from events.event import PartyRef
from events.terms import CATEGORIES
from events.words import Words
from portals.asking import found, page_number, record_id
from portals.evidence_pages import evidence_of
from portals.evidence_place import address as evidence_address
from portals.internal_notes import notes_for
from portals.owed import card, history
from portals.personal import with_told
from portals.regulator.home import address
from portals.regulator.subject import by_subject, follow_up_of, subject_form
from portals.seeing import the_case
from portals.web import PLATFORM, FormState, act, acting, form_page, page, reshown, staff
from services import access
from services.actions.complaints import Complaint, ReturnReferral, return_referral
from services.actions.enforcement import STATES, OpenFollowUp
from services.actions.refused import NotFound, Refused

Row = dict[str, Any]
LIST = "/regulator/referrals"
CRUMBS = [("/regulator", Words("工作台", "Desk")), (LIST, Words("收到的线索", "Clues received"))]
WAITING = Words("还没有处理", "Not dealt with yet")


async def clues(request: web.Request) -> web.StreamResponse:
    """Clues referred to the acting regulator, each with what became of it."""
    views = request.app[PLATFORM].views
    rows = await views.complaints.referred_to(acting(request).party.id, page_number(request))
    ids = [str(row["id"]) for row in rows.rows]
    made = await views.followups.of_complaints(ids, me=acting(request).party.id)
    rows = replace(rows, rows=[_shown(row, made.get(str(row["id"]))) for row in rows.rows])
    title = Words("收到的线索", "Clues received")
    return await page(request, "regulator/referrals.html", title=title, rows=rows)


def _shown(row: Row, follow_up: Row | None) -> Row:
    done = follow_up is not None and follow_up["result_sent_on"] is not None
    state = STATES[follow_up["state"]] if follow_up else WAITING
    return {
        **row,
        "url": f"{LIST}/{row['id']}",
        "state": Words("已告知结果", "Result sent") if done else state,
        "state_colour": "done" if done else "waiting" if follow_up else "yours",
        "category": CATEGORIES[row["category"]],
        "council": row["handler_name"],
        "council_kind": row["handler_kind"],
    }


async def the_clue(request: web.Request) -> Row:
    """The complaint whose clue was referred to the acting regulator, or 404."""
    clue = await the_case(request, "complaint", why="referral")
    if not isinstance(clue, Complaint) or clue.referred_to != acting(request).party.id:
        raise NotFound(access.NOT_THERE)
    row = found(await request.app[PLATFORM].views.complaints.one(record_id(request)))
    return {**row, "record": clue}


async def clue(request: web.Request) -> web.StreamResponse:
    """One clue: what the council says, what the consumer told, what can be done."""
    row = await with_told(request, await the_clue(request), "clue", "referral")
    views, id = request.app[PLATFORM].views, str(row["id"])
    owed = [
        card(o, address) for o in await views.obligations.of_record(id) if o["what"] == "answer"
    ]
    trail = [each for each in await views.trail.of_record(id) if each["topic"] in _TOPICS]
    made = await views.followups.of_complaint(id, me=acting(request).party.id)
    return await page(
        request,
        "regulator/referral.html",
        title=Words(f"线索 {row['number']}", f"Clue {row['number']}"),
        breadcrumbs=CRUMBS,
        row=row,
        owed=owed,
        made=[{**each, "state": STATES[each["state"]]} for each in made],
        category=CATEGORIES[row["category"]],
        acts=[] if made else _acts(id),
        evidence=await evidence_of(request, "complaint", id),
        evidence_url=evidence_address("complaint", id),
        notes=await notes_for(request, "complaint", row["record"]),
        entries=history(trail),
    )


def _acts(id: str) -> list[Row]:
    return [
        {"url": f"{LIST}/{id}/open", "words": OpenFollowUp.SAYS},
        {"url": f"{LIST}/{id}/return", "words": ReturnReferral.SAYS},
    ]


async def open_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """Open a follow-up from the clue."""
    row = await the_clue(request)
    form = form_page(OpenFollowUp, state, leave_out=("source",), intro=await _said(request))
    return await subject_form(
        request, form, state, _crumbs(row), known=row["enterprise"], hint=row["respondent"]
    )


@reshown
async def open_one(request: web.Request) -> web.StreamResponse:
    """Open it; the council that referred the clue is owed the result."""
    row = await the_clue(request)
    return await by_subject(
        request,
        open_form,
        known=row["enterprise"],
        follow_up=follow_up_of(row, acting(request)),
        source="referral",
        source_number=row["number"],
        complaint=str(row["id"]),
        raised_by=await _council(request, row),
    )


async def _council(request: web.Request, row: Row) -> PartyRef:
    """Who waits for the answer: the council that referred the clue."""
    for owed in await request.app[PLATFORM].views.obligations.of_record(str(row["id"])):
        if owed["what"] == "answer" and owed["open"]:
            return PartyRef(
                id=owed["creditor"], name=owed["creditor_name"], kind=owed["creditor_kind"]
            )
    raise Refused(
        Words(
            "这条线索已经答复，不需要再立项。可以从“跟进”里另行立项。",
            "This clue is answered already. You can open a follow-up of your own instead.",
        )
    )


async def return_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """Give the clue back, with the reason."""
    row = await the_clue(request)
    form = form_page(ReturnReferral, state, seen=row["version"])
    return await page(request, "form.html", breadcrumbs=_crumbs(row), **form)


@reshown
async def return_one(request: web.Request) -> web.StreamResponse:
    """Give it back; not once a follow-up has been opened from it."""
    row = await the_clue(request)
    views, me = request.app[PLATFORM].views, acting(request).party.id
    if await views.followups.of_complaint(str(row["id"]), me=me):
        raise Refused(
            Words(
                "这条线索已经立项跟进，不能退回。请在跟进中告知消委会结果。",
                "A follow-up was opened from this clue; send the council its result instead.",
            )
        )
    return await act(
        request, return_referral, ReturnReferral, LIST, again=return_form, complaint=row["id"]
    )


async def _said(request: web.Request) -> Words | None:
    """What the council said when it referred the clue."""
    rows = await request.app[PLATFORM].views.trail.of_record(record_id(request))
    said = [Words(row["zh"], row["en"]) for row in rows if row["topic"] == "clue-referred"]
    return said[-1] if said else None


def _crumbs(row: Row) -> list[tuple[str, Words]]:
    return [*CRUMBS, (f"{LIST}/{row['id']}", Words(row["number"], row["number"]))]


#: What of the complaint's history concerns the clue.
_TOPICS = ("clue-referred", "clue-moved", "referral-returned", "complaint-registered")

ROUTES = [
    web.get(LIST, staff(clues, "regulator")),
    web.get(LIST + "/{id}", staff(clue, "regulator")),
    web.get(LIST + "/{id}/open", staff(open_form, "regulator")),
    web.post(LIST + "/{id}/open", staff(open_one, "regulator")),
    web.get(LIST + "/{id}/return", staff(return_form, "regulator")),
    web.post(LIST + "/{id}/return", staff(return_one, "regulator")),
]
