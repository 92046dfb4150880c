"""Owed: obligations and histories as the pages of every portal show them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from aiohttp import web

from events.event import today
from events.words import Words
from portals.asking import page_number
from portals.assigned_lists import POOL
from portals.pages import PLATFORM
from portals.people import acting
from services.actions.notices import DANGER
from services.clocks.calendar import Calendar, in_force
from services.clocks.deadline import Deadline, Facts, deadline
from services.clocks.due import clock_line
from services.clocks.rules import by_profile
from services.timekeeping.index import counted
from services.views.obligations import COUNTED
from services.views.view import Page

Row = dict[str, Any]
#: From an obligation to the page of its record, "" where there is none.
Address = Callable[[Row], str]

GROUPS = {
    "yours": Words("等待你处理", "Waiting for you"),
    "others": Words("等别人", "Waiting for others"),
    "week": Words("本周到期", "Due within a week"),
    "overdue": Words("已逾期", "Overdue"),
}
EMPTY = {
    "yours": Words(
        "现在没有等待你处理的事。别人交来的事会出现在这里。",
        "Nothing is waiting for you. What others hand to you appears here.",
    ),
    "others": Words("现在没有在等别人答复的事。", "You are not waiting for anybody's answer now."),
    "week": Words("一周内没有到期的事。", "Nothing falls due within a week."),
    "overdue": Words("没有逾期的事。", "Nothing is overdue."),
}
_NEXT = {
    "decision": Words(
        "承办单位受理、不予受理或者转交", "The body accepts, refuses or transfers it"
    ),
    "mediation": Words("达成协议或者终止调解", "An agreement, or the end of mediation"),
    "identity": Words("消费者提供材料，承办单位核验", "The consumer proves it, the body checks"),
    "settle": Words("经营者报告和解或者说明不成", "The business reports a settlement, or none"),
    "confirm": Words("消费者确认是否和解", "The consumer says whether it is settled"),
    "entrusted": Words("受托单位调解，交回结果", "Who is entrusted mediates and reports"),
    "recusal": Words("负责人决定是否回避", "The head decides"),
    "proposal": Words("接受或者不接受方案", "Accept the proposal, or not"),
    "notice": Words("告知双方终止调解", "Tell both sides"),
    "performance": Words("经营者履行，双方都可以报告", "The business keeps it; both report"),
    "default": Words("承办单位了解情况", "The body looks into it"),
    "callback": Words(
        "承办单位回访，任何一方报告履行情况", "The body calls back, or a side reports"
    ),
    "kept": Words("承办单位回访", "The body calls back"),
    "message": Words("答复消息", "Answer the message"),
    "reply": Words(
        "来信还没有答复：回复，或者标明无需答复", "Answer it, or say that it needs no answer"
    ),
    "session": Words(
        "调解后记录经过；没有开成的，另定时间", "Record how it went, or find another time"
    ),
    "attendance": Words("参加或者说明什么时候可以", "Come, or say when you could"),
    "another-time": Words("承办单位另定时间", "The body finds another time"),
    "clue": Words("监管部门核查，涉嫌违法的立项", "The regulator verifies, and follows up"),
    "answer": Words(
        "监管部门立项处理并告知结果，或者退回线索", "The regulator acts and reports, or returns it"
    ),
    "result": Words("监管部门告知处理结果", "The regulator reports the result"),
    "verification": Words("核查后由负责人决定是否立案", "Verified, the head decides on filing"),
    "delivery": Words("监管部门送达文书", "The regulator delivers the directive"),
    "directive": Words("企业答复，监管部门复查", "The enterprise answers, the regulator re-checks"),
    "recheck": Words("监管部门复查整改情况", "The regulator re-checks"),
    "evidence": Words(
        "会员提交证明材料，协会认定", "The member submits evidence, the association judges"
    ),
    "judgement": Words("协会认定是否履行", "The association judges"),
    "explanation": Words("会员答复协会的询问", "The member answers the association"),
    "proposed": Words("答复消委会，答复公开", "Answer the council; the answer is public"),
    "promise": Words("企业做到承诺，消委会核实", "The enterprise does it, the council verifies"),
    "enquiry": Words("承办单位答复，没有法定期限", "The body answers; no statutory time"),
}
#: What is known to everybody in the record; the rest is between the bodies.
_PUBLIC = (
    "complaint-",
    "mediation-",
    "agreement-",
    "result-sent",
    "pledge-published",
    "pledge-signed",
    "pledge-met",
    "pledge-not-met",
    "pledge-withdrawn",
    "pledge-spot-checked",
)


def card(row: Row, address: Address | None = None, on: date | None = None) -> Row:
    """An obligation for `obligation` and `owed_list`: who owes whom what, until when and why."""
    made = counted(row, in_force())
    url = address(row) if address else ""
    return {
        **row,
        "debtor_id": row["debtor"],
        "debtor": row["debtor_name"],
        "creditor": row["creditor_name"],
        "what": Words(row["what_zh"], row["what_en"]),
        "clock": _clock(row, made, on or today()),
        "basis": made.basis,
        "next": _NEXT[row["what"]],
        "url": url or None,
    }


def _clock(row: Row, made: Deadline, on: date) -> Row:
    """The clock with what was said of it: an earlier date, that it was missed, and why."""
    line = _line(made.rule.id, row["profile"], made.facts, made.calendar, on, row["done_on"])
    return line | said_of(row)


def said_of(row: Row) -> Row:
    """What was said of a clock: an earlier date, that it was missed, and why."""
    return {name: row[name] for name in ("was", "breached", "explained", "explained_by")}


@lru_cache(maxsize=10_000)
def _line(
    rule: str, profile: str, facts: Facts, calendar: Calendar, on: date, done_on: date | None
) -> Row:
    """Of many rows of a list, those that began on one day say the same."""
    made = deadline(by_profile(rule, profile), facts, calendar)
    return clock_line(made, on, done_on, profile)


def cards(page: Page, address: Address | None = None) -> Page:
    """A page of obligations, ready to be shown."""
    return replace(page, rows=[card(row, address) for row in page.rows])


async def desk(request: web.Request, address: Address) -> Row:
    """The four groups of the acting party with their counts, and the rows of the chosen one."""
    party, views = acting(request).party.id, request.app[PLATFORM].views
    group = request.query.get("group", "yours")
    group = group if group in GROUPS else "yours"
    rows = cards(
        await views.obligations.of_party(party, group, today(), page_number(request)), address
    )
    counts = await views.obligations.counts(party, today())
    groups = [
        {"code": g, "words": w, "count": counts[g], "most": COUNTED} for g, w in GROUPS.items()
    ]
    return {
        "notices": await views.notices.unseen(party),
        "group": group, "groups": groups, "empty": EMPTY[group],
        "rows": replace(rows, rows=await _whose(request, party, rows.rows)),
        "offered": await views.relations.offered(party),
        "asked_to_take": await _asked_to_take(request, party),
        "urgent": await _urgent(request, party),
    }  # fmt: skip


#: Kind of obligation -> the list that knows who is in charge of the record.
_CHARGED = {
    "complaints": "complaints", "enforcement": "followups", "reports": "reports",
    "enquiries": "enquiries",
}  # fmt: skip


async def _whose(request: web.Request, party: str, rows: Iterable[Row]) -> list[Row]:
    """The rows with whose turn it is: ours, then by whom of us; one question for each kind."""
    made = [row | {"ours": row["debtor_id"] == party, "officer": None, "urgent": False}
            for row in rows]  # fmt: skip
    # An enterprise or an association has nobody in charge of what it owes on another's case.
    known_here = _CHARGED if acting(request).party.kind in _TAKES else {}
    for kind, view in known_here.items():
        if ids := [row["record"] for row in made if row["kind"] == kind and row["ours"]]:
            known = await getattr(request.app[PLATFORM].views, view).charged(ids)
            for row in made:
                if row["ours"] and row["record"] in known:
                    found = known[row["record"]]
                    row |= {"officer": found["officer"] or POOL, "urgent": found["urgent"]}
    return made


async def _urgent(request: web.Request, party: str) -> list[Row]:
    """Complaints and reports of people in danger that nobody has decided on, with their lists."""
    views, kind, found = request.app[PLATFORM].views, acting(request).party.kind, []
    if kind in _TAKES:
        hurt = await views.complaints.handled_by(party, state="received", urgent=True)
        found.append((hurt.total, _HURT, f"/{kind}/complaints?urgent=1&state=received"))
    if kind == "regulator":
        danger = await views.reports.handled_by(party, state="received", danger=True)
        found.append((danger.total, _DANGER, "/regulator/reports?danger=1&state=received"))
        found.append((await views.notices.unseen(party, DANGER), _ELSEWHERE, "/notices"))
    return [{"count": count, "words": words, "url": url} for count, words, url in found if count]


_HURT = Words(
    "件投诉有人受伤或有危险，还没有决定是否受理",
    "to be decided on: complaints of people hurt or in danger",
)
_DANGER = Words("件举报有危险，还没有开始核查", "to be verified: reports of danger")
_ELSEWHERE = Words(
    "件由消委会处理的投诉有人受伤或有危险，通知还没有阅",
    "to be acknowledged: people hurt or in danger in complaints that a council handles",
)


async def _asked_to_take(request: web.Request, party: str) -> int:
    """How many cases the unit is asked to take over, where its portal has that list."""
    views, kinds = request.app[PLATFORM].views, _TAKES.get(acting(request).party.kind, ())
    return sum([await getattr(views, each).offers_to(party) for each in kinds])


_TAKES = {"council": ("complaints", "enquiries"), "regulator": tuple(_CHARGED.values())}


def history(rows: Iterable[Row], without: tuple[str, ...] = ()) -> list[Row]:
    """Rows of the trail as entries of a timeline; `without` = topics this party does not see."""
    return [entry(row) for row in rows if row["topic"] not in without]


def entry(row: Row) -> Row:
    """One row of the trail as an entry of a timeline."""
    if row["party_kind"] == "system":
        audience = "system"
    else:
        audience = "public" if row["topic"].startswith(_PUBLIC) else "internal"
    return {
        "kind": row["party_kind"],
        "said": Words(row["zh"], row["en"]),
        "on": row["took_place"],
        "recorded_at": row["recorded_at"],
        "position": row["position"],
        "audience": audience,
    }
