"""Sharing facts: what of a case is shown to who has a part in it, kind by kind.

Of a complaint what the consumer says about the matter, never who she is: nobody but the body that
handles it needs that (PIPL §6).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from events.evidence import StatementAdded
from events.terms import CATEGORIES, DIRECTIVES
from events.words import Words, both
from portals.due_dates import answer_due
from portals.web import PLATFORM, acting
from services.actions import complaints, enforcement, member_pledges
from services.actions.shared import Shared
from services.told import told

Row = dict[str, Any]
Facts = list[tuple[Words, object]]


async def facts(request: web.Request, record: Shared) -> Facts:
    """What it is about, as far as the acting party may know."""
    shown = await _OF[record.CASE](request, record)
    return [(words, value) for words, value in shown if value not in ("", None)]


async def statements(request: web.Request, record: Shared) -> list[Row]:
    """What parties stated in it, in their own words, oldest first."""
    history = await request.app[PLATFORM].log.load(record.id, opened=True)
    return [
        {"by": each.event.by, "on": each.on, "text": each.event.text.shown("text")}
        for each in history
        if isinstance(each.event, StatementAdded)
    ]


async def _complaint(request: web.Request, record: Shared) -> Facts:
    platform = request.app[PLATFORM]
    row = await platform.views.complaints.one(str(record.id)) or {}
    said: Row = {}
    if row.get("personal", "erased") not in ("erased", "restricted"):
        platform.reads.note(acting(request), "complaint", record.id, row["number"], "shared")
        said = await told(platform.log, record.id)
    return [
        (Words("状态", "State"), complaints.STATES[record.state]),
        (Words("承办单位", "Handled by"), both(row.get("handler_name", ""))),
        (Words("被投诉人", "Business"), row.get("respondent", "")),
        (Words("商品或服务", "Goods or service"), row.get("product", "")),
        (Words("性质", "Nature"), CATEGORIES[row.get("category", "other")]),
        (Words("收到", "Received"), row.get("received_on")),
        (Words("发生了什么", "What happened"), said.get("facts", "")),
        (Words("要求", "Request"), said.get("request", "")),
    ]


async def _follow_up(request: web.Request, record: Shared) -> Facts:
    row = await request.app[PLATFORM].views.followups.one(str(record.id)) or {}
    directive = row.get("directive", "")
    return [
        (Words("状态", "State"), enforcement.STATES[record.state]),
        (Words("承办单位", "Regulator"), row.get("regulator_name", "")),
        (Words("企业", "Enterprise"), row.get("enterprise_name", "")),
        (Words("事项", "Matter"), row.get("matter", "")),
        (Words("立项日期", "Opened"), row.get("opened_on")),
        (Words("文书", "Directive"), DIRECTIVES[directive] if directive else ""),
        (Words("要求", "Demands"), row.get("demands", "")),
        (Words("答复期限", "Answer due"), answer_due(row) if row.get("due") else ""),
        (Words("企业答复", "Answer"), row.get("answer", "")),
        (Words("复查", "Re-check"), row.get("finding", "")),
    ]


async def _member_pledge(request: web.Request, record: Shared) -> Facts:
    row = await request.app[PLATFORM].views.pledges.member_pledge(str(record.id)) or {}
    return [
        (Words("状态", "State"), member_pledges.STATES[record.state]),
        (Words("协会", "Association"), row.get("association_name", "")),
        (Words("会员", "Member"), row.get("enterprise_name", "")),
        (Words("承诺", "Pledge"), row.get("title", "")),
        (Words("签署日期", "Signed"), row.get("signed_on")),
        (Words("期间到", "Period ends"), row.get("period_to")),
        (Words("认定理由", "Judgement"), row.get("reason", "")),
    ]


async def _state_only(request: web.Request, record: Shared) -> Facts:
    return [(Words("编号", "Number"), both(record.case_number))]


class _Kinds(dict[str, Callable[[web.Request, Shared], Awaitable[Facts]]]):
    """A kind of case without facts of its own here is shown by its number and history."""

    def __missing__(self, kind: str) -> Callable[[web.Request, Shared], Awaitable[Facts]]:
        return _state_only


_OF = _Kinds({"complaint": _complaint, "follow-up": _follow_up, "member-pledge": _member_pledge})
