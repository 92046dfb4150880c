"""Follow-ups: the board, the page of one, and every act on it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from aiohttp import web

from events.event import Acting
from events.terms import DIRECTIVES, SOURCES
from events.words import Code, Words, both
from portals.asking import found, page_number, text
from portals.assigned_lists import POOL, WHOSE, officer_of
from portals.assigning import Charge, charge_routes
from portals.evidence_pages import evidence_of
from portals.evidence_place import address as evidence_address
from portals.internal_notes import notes_for
from portals.many import picking
from portals.narrowing import narrowed, nothing
from portals.owed import card, history
from portals.places import places
from portals.rectification import ballots, items
from portals.regulator.complaints import COMPLAINTS
from portals.regulator.followup_acts import (
    BOARD,
    CRUMBS,
    FOR_THE_ENTERPRISE,
    acts,
    own_work,
    the_follow_up,
    the_record,
)
from portals.regulator.home import address
from portals.regulator.subject import by_subject, subject_form
from portals.remembered import remembered
from portals.risk import shown as shown_risk
from portals.saved_filters import saved_for
from portals.web import PLATFORM, FormState, acting, form_page, page, reshown, signed_in, staff
from services import duties, presence
from services.actions import enforcement as e

Row = dict[str, Any]

#: How a state looks in a list: whose turn it is from the regulator's side.
COLOURS = {
    "opened": "yours",
    "issued": "yours",
    "delivered": "waiting",
    "answered": "yours",
    "passed": "done",
    "failed": "yours",
    "closed": "done",
}


@remembered
async def board(request: web.Request) -> web.StreamResponse:
    """The regulator's own follow-ups, or everybody's."""
    by = acting(request)
    asked = {name: text(request, name) for name in ("whose", "state", "source", "q")}
    narrow = narrowed(request)
    rows = await request.app[PLATFORM].views.followups.board(
        regulator="" if asked["whose"] == "all" else by.party.id,
        me=by.party.id,
        state=asked["state"],
        source=asked["source"],
        officer=officer_of(request, asked["whose"]),
        narrow=narrow.narrow,
        text=asked["q"],
        number=page_number(request),
    )
    rows, many = replace(rows, rows=[shown(row) for row in rows.rows]), None
    if asked["whose"] != "all":
        rows, many = picking(request, "follow-up", rows)
    title = Words("跟进", "Follow-ups")
    chips = _chips(asked) + narrow.chips
    return await page(
        request,
        "regulator/followups.html",
        title=title,
        rows=rows,
        asked=asked,
        active=chips,
        nothing=nothing(chips, Words("跟进", "follow-up")),
        narrow=narrow,
        places=places(),
        states=list(e.STATES),
        sources=list(SOURCES),
        many=many,
        saved=await saved_for(request),
    )


def _chips(asked: dict[str, str]) -> list[Row]:
    """The filters that are on; a code that is none filters nothing."""
    known = {
        "whose": {"all": _ALL, **WHOSE.terms},
        "state": e.STATES.terms,
        "source": SOURCES.terms,
    }
    return [
        {"key": key, "label": known[key].get(value) if key in known else both(f"“{value}”")}
        for key, value in asked.items()
        if value and (key not in known or value in known[key])
    ]


def shown(row: Row) -> Row:
    """A follow-up as a list shows it."""
    return {
        **row,
        "url": f"{BOARD}/{row['id']}",
        "state": e.STATES[row["state"]],
        "state_colour": COLOURS[row["state"]],
        "source": SOURCES[row["source"]],
        "enterprise": row["enterprise_name"],
        "enterprise_kind": "enterprise",
        "officer_name": row["officer_name"] or POOL,
        "regulator": row["regulator_name"],
        "regulator_kind": "regulator",
    }


CHARGE = Charge("follow-up", BOARD, CRUMBS)


async def record(request: web.Request) -> web.StreamResponse:
    """The page of one follow-up: facts, history, whose turn, what can be done."""
    row, views = await the_follow_up(request), request.app[PLATFORM].views
    owed = [card(each, address) for each in await views.obligations.of_record(str(row["id"]))]
    by, follow_up = acting(request), await the_record(request, row)
    own = own_work(by, row, follow_up)
    return await page(
        request,
        "regulator/followup.html",
        title=Words(f"跟进 {row['number']}", f"Follow-up {row['number']}"),
        breadcrumbs=CRUMBS,
        row=row,
        state=e.STATES[row["state"]],
        colour=COLOURS[row["state"]],
        source=SOURCES[row["source"]],
        source_url=await _source(request, row),
        directive=DIRECTIVES[row["directive"]] if row["directive"] else None,
        turn=turn(row, owed),
        owed=owed,
        acts=CHARGE.around(by, follow_up, _acts(by, row, follow_up)),
        evidence=await _evidence(request, row),
        evidence_url=evidence_address("follow-up", row["id"]),
        withheld=[duties.said(code) for code in dict.fromkeys(own.values())],
        items=items(follow_up),
        ballots=ballots(follow_up.review),
        risk=shown_risk(follow_up.risk),
        notes=await notes_for(request, "follow-up", follow_up),
        present=await presence.opened(request.app[PLATFORM].pool, by, row["id"]),
        entries=history(await views.trail.of_record(str(row["id"]))),
        show=request.query.get("show", "all"),
    )


def _acts(by: Acting, row: Row, record: e.FollowUp) -> list[Row]:
    """The acts that are possible now; what is handed in for the enterprise comes last."""
    found = sorted(acts(by, row, record), key=lambda each: each.slug in FOR_THE_ENTERPRISE)
    return [{"url": f"{BOARD}/{row['id']}/{a.slug}", "words": a.kind.SAYS} for a in found]


async def _evidence(request: web.Request, row: Row) -> list[Row] | None:
    """The files of the office's own follow-up; None for another's."""
    if row["regulator"] != acting(request).party.id:
        return None
    return await evidence_of(request, "follow-up", row["id"])


async def _source(request: web.Request, row: Row) -> str:
    """Where its source is read: a complaint of this office's own on its page, else the trail."""
    id, views = row["complaint"], request.app[PLATFORM].views
    complaint = await views.complaints.one(id) if id else None
    if complaint and complaint["handler"] == acting(request).party.id:
        return COMPLAINTS.address(id)
    return f"/regulator/trail?record={row['source_number']}"


def turn(row: Row, owed: list[Row]) -> Row:
    """Whose turn it is, until when, and why: the open obligation, else the regulator's choice."""
    for each in owed:
        if each["open"]:
            who = {"kind": each["debtor_kind"], "name": each["debtor"]}
            return {"who": who, "until": each["clock"], "why": each["what"]}
    regulator = {"kind": "regulator", "name": row["regulator_name"]}
    if (
        row["raised_by_kind"] == "council"
        and row["result_sent_on"] is None
        and row["state"] in _OVER
    ):
        return {"who": regulator, "until": None, "why": _TELL}
    if row["state"] == "closed":
        return {"who": None, "until": None, "why": None}
    return {"who": regulator, "until": None, "why": _WHY[row["state"]]}


async def open_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """Open a follow-up of the regulator's own, on the enterprise in the address or by its code."""
    problem = await _problem(request)
    form = form_page(
        e.OpenFollowUp, state, options={"source": _OWN}, leave_out=("source",) if problem else (),
        source="own", matter=f"检查发现：{problem['what']}" if problem else "",
    )  # fmt: skip
    return await subject_form(request, form, state, CRUMBS, known=_on(request, problem))


@reshown
async def open_one(request: web.Request) -> web.StreamResponse:
    """Open it, and on to its page."""
    problem = await _problem(request)
    found_in = {"source": "check", "problem": problem["id"]} if problem else {}
    return await by_subject(request, open_form, known=_on(request, problem), **found_in)


async def _problem(request: web.Request) -> Row | None:
    """The problem in the address, found in a check; the follow-up and its orders belong to it."""
    asked = text(request, "problem")
    return found(await request.app[PLATFORM].views.archives.problem(asked)) if asked else None


def _on(request: web.Request, problem: Row | None) -> str:
    """The id of the enterprise that is known from the address, else ""."""
    return str(problem["enterprise"]) if problem else text(request, "enterprise")


#: What a regulator can open by itself; referrals are opened from the list of clues.
_OWN = Code("source", {code: words for code, words in SOURCES if code != "referral"})
_ALL = Words("全部监管部门", "All regulators")
_OVER = ("passed", "failed", "closed")
_TELL = Words("把结果告知提出线索的消委会", "Tell the council that raised it the result")
_WHY = {
    "opened": Words(
        "决定发出文书，或者说明理由后办结", "Issue a directive, or close with a reason"
    ),
    "issued": Words("送达文书", "Deliver the directive"),
    "delivered": Words("等企业答复", "The enterprise's answer"),
    "answered": Words("复查整改情况", "Re-check"),
    "passed": Words("整改已合格，可以办结", "All is put right; it can be closed"),
    "failed": Words(
        "再发一份文书，或者说明理由后办结", "Issue another directive, or close with a reason"
    ),
}

ROUTES = [
    web.get(BOARD, staff(board, "regulator")),
    web.get(BOARD + "/open", staff(open_form, "regulator")),
    web.post(BOARD + "/open", staff(open_one, "regulator")),
    web.get(BOARD + "/{id}", staff(record, "regulator")),
    *charge_routes(CHARGE, signed_in("regulator")),
]
