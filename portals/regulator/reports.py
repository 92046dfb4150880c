"""Reports (举报): the register of the regulator that handles them, and the page of one.

Who made it shows as a number. The deadline is counted from the report's own events.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from unicodedata import normalize

from aiohttp import web

from events.event import Acting, today
from events.report_terms import NOT_FILED_GROUNDS, REWARD_LEVELS
from events.reports import reporter_number
from events.submissions import MATTERS
from events.terms import CATEGORIES
from events.words import Words, both
from portals.asking import found, page_number, record_id, text
from portals.assigned_lists import POOL, WHOSE, officer_of
from portals.assigning import Charge, charge_routes
from portals.complaint_office import CHANNELS
from portals.evidence_pages import evidence_of
from portals.evidence_place import address as evidence_address
from portals.internal_notes import notes_for
from portals.letters import Letters, letter_routes
from portals.many import picking
from portals.narrowing import narrowed, nothing
from portals.owed import history, said_of
from portals.places import places
from portals.remembered import remembered
from portals.report_code import shown_code
from portals.saved_filters import saved_for
from portals.web import PLATFORM, acting, page, signed_in, staff
from services import access, numbers, presence
from services.actions import reports as r
from services.actions.erasure import STANDING
from services.clocks.calendar import in_force
from services.clocks.deadline import deadline
from services.clocks.due import clock_line
from services.clocks.facts import facts_of
from services.clocks.rules import RULES
from services.records import seen_by
from services.told_reports import facts_told

Row = dict[str, Any]
LIST = "/regulator/reports"
CRUMBS = [
    ("/regulator", Words("工作台", "Desk")),
    (LIST, Words("举报", "Reports")),
]
#: How a state looks in a list: whose turn it is from the regulator's side.
COLOURS = {
    "received": "yours", "verifying": "yours", "paused": "waiting", "filed": "yours",
    "not_filed": "yours", "result_notified": "yours", "reward_review": "yours",
}  # fmt: skip
ACTS: dict[str, type[r.OnReport]] = {
    "verify": r.StartVerification,
    "file": r.DecideFiling,
    "not-file": r.DecideNotFiling,
    "resume": r.EndTesting,
    "pause": r.PauseForTesting,
    "extend": r.ExtendVerification,
    "reward": r.ProposeReward,
    "decide-reward": r.DecideReward,
    "notify": r.NotifyResult,
    "close": r.CloseReport,
    "merge": r.MergeWithNewFacts,
    "duplicate": r.MarkDuplicate,
    "no-power": r.TellNoPower,
    "add": r.SupplementReport,
    "withdraw": r.WithdrawReport,
}


CHARGE = Charge("report", LIST, CRUMBS)


@remembered
async def register(request: web.Request) -> web.StreamResponse:
    """The reports this office handles, by state, urgency, who is in charge and words."""
    asked = {name: text(request, name) for name in ("whose", "state", "danger", "q")}
    narrow = narrowed(request)
    rows = await request.app[PLATFORM].views.reports.handled_by(
        acting(request).party.id, state=asked["state"], danger=asked["danger"] == "1",
        officer=officer_of(request, asked["whose"]), narrow=narrow.narrow,
        text=_words(asked["q"]), number=page_number(request),
    )  # fmt: skip
    chips = [{"key": k, "label": _label(k, v)} for k, v in asked.items() if v] + narrow.chips
    shown, many = picking(
        request, "report", replace(rows, rows=[_shown(each) for each in rows.rows])
    )
    return await page(
        request,
        "regulator/reports.html",
        title=Words("举报", "Reports"),
        rows=shown,
        many=many,
        asked=asked,
        active=chips,
        nothing=nothing(chips, Words("举报", "report")),
        narrow=narrow,
        places=places(),
        states=list(r.STATES),
        whose=list(WHOSE),
        saved=await saved_for(request),
    )


def _words(typed: str) -> str:
    plain = normalize("NFKC", typed).strip()
    number = numbers.tidy(plain)
    return number if numbers.is_number(number) else plain


def _label(key: str, value: str) -> Words:
    if key == "danger":
        return Words("紧急", "Urgent")
    if key == "whose":
        return WHOSE[value]
    return r.STATES[value] if key == "state" else both(value)


def _shown(row: Row) -> Row:
    return {
        **row,
        "url": f"{LIST}/{row['id']}",
        "state": r.STATES[row["state"]],
        "state_colour": COLOURS.get(row["state"], "done"),
        "category": CATEGORIES[row["category"]],
        "informant": reporter_number(row["informant_number"]),
        "urgent": Words("紧急", "urgent") if row["danger"] else "",
        "officer": row["officer_name"] or POOL,
    }


async def counted(request: web.Request) -> list[tuple[str, Words, int]]:
    """How many reports the office has in each state, for its desk."""
    counts = await request.app[PLATFORM].views.reports.states_of(acting(request).party.id)
    return [(code, words, counts[code]) for code, words in r.STATES if counts.get(code)]


async def the_report(request: web.Request) -> Row:
    """The report the address names, if this office handles it; else 404."""
    reports = request.app[PLATFORM].views.reports
    return found(await reports.one(record_id(request), acting(request).party.id))


async def record(request: web.Request) -> web.StreamResponse:
    """One report: what was told, whose turn, until when and why, what can be done."""
    platform, by = request.app[PLATFORM], acting(request)
    row = found(await platform.views.reports.readable(record_id(request), by.party.id))
    id, ours = str(row["id"]), row["handler"] == by.party.id
    filed = await seen_by(platform.log, by, "report", row["id"])
    assert isinstance(filed, r.Report)
    if row["personal"] != "erased":
        platform.reads.note(by, "report", id, row["number"], "handling")
    clock = await _clock(request, row)
    tracked = await platform.views.report_tracking.one(id)
    return await page(
        request,
        "regulator/report.html",
        title=Words(f"举报 {row['number']}", f"Report {row['number']}"),
        breadcrumbs=CRUMBS,
        row={**row, **await facts_told(platform.log, id)},
        state=r.STATES[row["state"]],
        colour=COLOURS.get(row["state"], "done"),
        category=CATEGORIES[row["category"]],
        channel=CHANNELS.get(row["channel"], both(row["channel"])),
        informant=reporter_number(row["informant_number"]),
        standing=STANDING[row["personal"]],
        ground=NOT_FILED_GROUNDS[row["code"]] if row["code"] else None,
        level=REWARD_LEVELS[row["level"]] if row["level"] else None,
        clock=clock,
        turn=_turn(row),
        together=await _together(request, row),
        code=shown_code(request, tracked),
        acts=(_acts(by, row) if ours else []) + CHARGE.acts(by, filed),
        ours=ours,
        evidence=await evidence_of(request, "report", id) if ours else None,
        evidence_url=evidence_address("report", id),
        notes=await notes_for(request, "report", filed),
        present=await presence.opened(platform.pool, by, id),
        entries=history(await platform.views.trail.of_record(id)),
        show=request.query.get("show", "all"),
    )  # fmt: skip


async def _clock(request: web.Request, row: Row) -> Row | None:
    """The time to verify, with its pauses and extension, from the events themselves.

    And what was said of it since: that it was missed, and why.
    """
    events = await request.app[PLATFORM].log.load(row["id"])
    facts = facts_of(events, RULES["C5"], since=row["since"])
    if facts is None:
        return None
    line = clock_line(deadline(RULES["C5"], facts, in_force()), today(), row["decided_on"])
    owed = await request.app[PLATFORM].views.obligations.of_record(str(row["id"]))
    runs = sorted((each["since"], each["id"], each) for each in owed if each["rule"] == "C5")
    return line | (said_of(runs[-1][-1]) if runs else {})


async def _together(request: web.Request, row: Row) -> list[Row]:
    """The records that were told with it."""
    if not row["submission"]:
        return []
    submissions = request.app[PLATFORM].views.submissions
    told = await submissions.together(row["submission"], acting(request).party.id)
    return [
        {**each, "kind": MATTERS[each["kind"]]} for each in told if each["record"] != str(row["id"])
    ]


def _turn(row: Row) -> Row:
    """Whose turn it is: always this office's, until the file is closed."""
    if row["state"] == "closed":
        return {"who": None, "why": None}
    return {
        "who": {"kind": "regulator", "name": row["handler_name"]},
        "why": _WHY.get(row["state"], _WHY["filed"]),
    }


_WHY = {
    "received": Words(
        "决定开始核查、合并，或者告知无权处理",
        "Verify it, merge it, or tell: no power here",
    ),
    "verifying": Words("核查并由负责人决定是否立案", "Verify; the head decides whether to file"),
    "paused": Words("等检验检测结果", "The result of testing is awaited"),
    "reward_review": Words("由负责人决定奖励", "The head decides on the reward"),
    "filed": Words("法律规定的，告知结果；然后办结", "Tell the result where a law says so; close"),
}


def _acts(by: Acting, row: Row) -> list[Row]:
    """The acts that are possible now, the main one first."""
    return [
        {"url": f"{LIST}/{row['id']}/{slug}", "words": kind.SAYS}
        for slug, kind in ACTS.items()
        if access.may(by, kind.__name__, "handler", row["state"]) and makes_sense(kind, row)
    ]


def makes_sense(kind: type[r.OnReport], row: Row) -> bool:
    """What the rules would refuse anyway is not offered."""
    if kind is r.ExtendVerification:
        return not row["extended"]
    if kind is r.WithdrawReport:
        return row["withdrawn_on"] is None
    if kind is r.ProposeReward:
        return bool(row["follow_up"]) and not row["anonymous"]
    if kind is r.DecideReward:
        return row["granted"] is None
    return (
        kind is not r.CloseReport or row["state"] != "reward_review" or row["granted"] is not None
    )


ROUTES = [
    web.get(LIST, staff(register, "regulator")),
    web.get(f"{LIST}/{{id}}", staff(record, "regulator")),
    *charge_routes(CHARGE, signed_in("regulator")),
    *letter_routes(Letters("report", LIST, CRUMBS), signed_in("regulator")),
]
