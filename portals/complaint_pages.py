"""Complaint pages: the register of the body that handles them, and the page of one complaint."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from unicodedata import normalize

from aiohttp import web

from events.event import Acting
from events.terms import CATEGORIES, REFUSAL_GROUNDS, REMEDIES, TERMINATION_GROUNDS
from events.words import Words, both
from portals.asking import page_number, text
from portals.assigned_lists import POOL as _POOL
from portals.assigned_lists import WHOSE, officer_of
from portals.assigning import Charge
from portals.comments import editions
from portals.complaint_facts import more_facts
from portals.complaint_office import (
    CHANNELS,
    COLOURS,
    IN_WORK,
    Office,
    office,
    seen_complaint,
    with_joined,
)
from portals.complaint_table import ACTS, possible, usual
from portals.evidence_pages import evidence_of
from portals.evidence_place import address
from portals.internal_notes import notes_for
from portals.many import picking
from portals.meetings import meeting_at_the_desk
from portals.narrowing import narrowed, nothing
from portals.outcomes import OUTCOMES
from portals.owed import card, history
from portals.personal import with_told
from portals.places import places
from portals.remembered import remembered
from portals.saved_filters import saved_for
from portals.talking import talks_at_the_desk
from portals.undelivered import undelivered
from portals.web import PLATFORM, acting, page
from services import numbers, presence
from services.actions import complaints as c
from services.actions.enforcement import STATES as FOLLOW_UP_STATES
from services.actions.erasure import STANDING
from services.clocks.rules import RULES
from services.rights.complaints import OPEN

Row = dict[str, Any]
#: What can be chosen and counted; a reversed import counts no longer.
_STATES = [(code, words) for code, words in c.STATES if code != "reversed"]


@remembered
async def register(request: web.Request) -> web.StreamResponse:
    """The complaints this body handles, by state and words; the filters stand in the address."""
    here = office(request)
    asked = {name: text(request, name) for name in ("whose", "state", "outcome", "urgent", "q")}
    narrow = narrowed(request)
    rows = await request.app[PLATFORM].views.complaints.handled_by(
        acting(request).party.id,
        state=asked["state"],
        officer=officer_of(request, asked["whose"]),
        urgent=asked["urgent"] == "1",
        outcome=asked["outcome"],
        narrow=narrow.narrow,
        text=_words(asked["q"]),
        number=page_number(request),
    )
    shown = replace(rows, rows=[_shown(row, here) for row in rows.rows])
    shown, many = picking(request, "complaint", shown)
    chips = [{"key": k, "label": _label(k, v)} for k, v in asked.items() if v] + narrow.chips
    return await page(
        request,
        "complaint/register.html",
        title=Words("投诉", "Complaints"),
        office=here,
        rows=shown,
        many=many,
        asked=asked,
        active=chips,
        nothing=nothing(chips, Words("投诉", "complaint")),
        narrow=narrow,
        places=places(),
        outcomes=list(OUTCOMES.items()),
        states=_STATES,
        whose=list(WHOSE),
        saved=await saved_for(request),
    )


def _words(typed: str) -> str:
    """Full-width and half-width mean the same; a number is forgiven its form."""
    plain = normalize("NFKC", typed).strip()
    number = numbers.tidy(plain)
    return number if numbers.is_number(number) else plain


def _label(key: str, value: str) -> Words:
    if key in ("whose", "urgent"):
        return WHOSE[value] if key == "whose" else _HURT
    if key == "outcome":
        return OUTCOMES.get(value, both(value))
    return c.STATES[value] if key == "state" else both(value)


_WRITTEN = Words("{state} · 来信未答复", "{state} · message waits")
_HURT = Words("有人受伤或有危险", "Hurt or in danger")


def _shown(row: Row, here: Office) -> Row:
    return {
        **row,
        "url": here.address(row["id"]),
        "respondent": row["respondent"] or Words("未提供", "not given"),
        **_state(row),
        "category": CATEGORIES[row["category"]],
        "officer_name": row["officer_name"] or _POOL,
    }


def _state(row: Row) -> Row:
    """Where it stands; a message that waits is marked, and makes it the body's turn."""
    state = c.STATES[row["state"]]
    if not (row["wrote_consumer"] or row["wrote_enterprise"]):
        return {"state": state, "state_colour": COLOURS.get(row["state"], "done")}
    return {"state": _WRITTEN.fill(state=state), "state_colour": "yours"}


async def counted(request: web.Request) -> list[tuple[str, Words, int]]:
    """How many complaints the acting body has in each state, for its desk."""
    counts = await request.app[PLATFORM].views.complaints.states_of(acting(request).party.id)
    return [(code, words, counts[code]) for code, words in _STATES if counts.get(code)]


async def record(request: web.Request) -> web.StreamResponse:
    """One complaint: facts, history, whose turn, what can be done, what regulators made of it."""
    row = await seen_complaint(request)
    charge, case = here_charge(office(request)), row["record"]
    row = await with_told(request, row)
    if row["relation"] not in IN_WORK:  # who only reads needs no telephone number
        row |= dict.fromkeys(_WHO, _FOR_HANDLERS) | {"agent": "", "agent_phone": ""}
    joined = await with_joined(request, row)
    views, here, id = request.app[PLATFORM].views, office(request), str(row["id"])
    owed = [card(each) for each in await views.obligations.of_record(id)]
    made = await views.followups.of_complaint(id, me=acting(request).party.id)
    acts, more = _acts(acting(request), row, made, here)
    return await page(
        request,
        "complaint/record.html",
        title=Words(f"投诉 {row['number']}", f"Complaint {row['number']}"),
        breadcrumbs=here.crumbs,
        row=row,
        **_said_of(row),
        editions=await editions(request, id),
        evidence=await evidence_of(request, "complaint", id),
        evidence_url=address("complaint", id),
        turn=_turn(row, owed),
        owed=owed,
        made=[_follow_up(each, here) for each in made],
        joined=joined,
        office=here,
        more_facts=more_facts(row),
        acts=charge.around(acting(request), case, acts),
        more=more,
        **await _between_people(request, row),
        present=await presence.opened(request.app[PLATFORM].pool, acting(request), id),
        entries=history(await views.trail.of_record(id)),
        show=request.query.get("show", "all"),
    )


def _said_of(row: Row) -> Row:
    """In words: where it stands, what it is about, how it came in and ended."""
    return {
        "state": c.STATES[row["state"]], "colour": COLOURS.get(row["state"], "done"),
        "urgent": row["injury"] and row["state"] in OPEN,
        "category": CATEGORIES[row["category"]],
        "channel": CHANNELS.get(row["channel"], both(row["channel"])),
        "outcome": outcome(row), "standing": STANDING[row["personal"]],
    }  # fmt: skip


async def _between_people(request: web.Request, row: Row) -> Row:
    """What people told each other of it, or could not be told."""
    works = row["relation"] in IN_WORK
    return {
        "undelivered": await undelivered(request, row),
        "meeting": await meeting_at_the_desk(request, row) if works else None,
        "talks": await talks_at_the_desk(request, row) if works else [],
        "notes": await notes_for(request, "complaint", row["record"]),
    }


def outcome(row: Row) -> Words | None:
    """How it ended, by its code."""
    if row["remedy"]:
        return REMEDIES[row["remedy"]]
    if not row["ground"]:
        return None
    refused = row["ground"] in REFUSAL_GROUNDS
    return REFUSAL_GROUNDS[row["ground"]] if refused else TERMINATION_GROUNDS[row["ground"]]


def _turn(row: Row, owed: list[Row]) -> Row:
    """Whose turn it is, until when, and why: the open obligation, else closing the file."""
    # What others are asked meanwhile comes before what the body owes at the end.
    for each in sorted(owed, key=lambda each: _later(row, each)):
        if each["open"]:
            who = {"kind": each["debtor_kind"], "name": each["debtor"]}
            return {"who": who, "until": _until(each, owed), "why": each["what"]}
    if row["state"] == "closed":
        return {"who": None, "until": None, "why": None}
    who = {"kind": row["handler_kind"], "name": row["handler_name"]}
    return {"who": who, "until": None, "why": _MERGED if row["state"] == "merged" else _CLOSE}


def _until(one: Row, owed: list[Row]) -> Row:
    """Its clock; who is entrusted has the time that whoever entrusted it has for the result."""
    whole = [each for each in owed if each["open"] and each["rule"] == "C2"]
    clock: Row = whole[0]["clock"] if one["rule"] == "M3" and whole else one["clock"]
    return clock


def _later(row: Row, owed: Row) -> tuple[bool, bool]:
    """What is owed at the end comes last; before it, what the body itself is asked."""
    return owed["what"].zh in _AT_THE_END, owed["debtor_id"] != row["handler"]


def _follow_up(row: Row, here: Office) -> Row:
    """What a regulator made of it; somebody may be waiting for its result."""
    told = row["result_sent_on"] is not None
    waiting = not told if row["raised_by"] else row["state"] != "closed"
    return {
        **row,
        "url": f"{here.follow_ups}/{row['id']}" if here.follow_ups else "",
        "state": FOLLOW_UP_STATES[row["state"]],
        "state_colour": "waiting" if waiting else "done",
    }


def here_charge(here: Office) -> Charge:
    """The pages about who is in charge of a complaint."""
    return Charge("complaint", here.register, here.crumbs)


_WHO = ("complainant", "phone", "email", "address")
_FOR_HANDLERS = Words("只有承办单位可以查看", "for the body in charge only")


def _acts(by: Acting, row: Row, made: list[Row], here: Office) -> tuple[list[Row], list[Row]]:
    """The acts that are possible now: the usual ones, and the rest that is folded away."""
    slugs = possible(by, row)
    of = {slug: {"url": f"{here.address(row['id'])}/{slug}", "words": ACTS[slug][0].SAYS}
          for slug in slugs}  # fmt: skip
    further = here.further(by, row, made) if row["relation"] == "handler" else []
    first = usual(row)
    return [of[s] for s in slugs if s in first] + further, [of[s] for s in slugs if s not in first]


_MERGED = Words("和并入的那一件一起办理", "Handled with the one it was merged into")
_CLOSE = Words("记录后续情况，然后办结", "Record what followed, then close the file")
#: What the body owes in the end, whoever it waits for meanwhile.
_AT_THE_END = tuple(RULES[each].what.zh for each in ("C1", "C2", "M8"))
