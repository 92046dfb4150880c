"""Audience: who could see a case on a day, who did, why, and who let them; for auditors (R13, R17).

What the case is about stands nowhere on this page: rights and reads, not content.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from aiohttp import web

from events.event import Acting, Recorded, today
from events.sharing import VISIBILITIES, SharingEvent
from events.terms import PARTY_KINDS, READ_REASONS, READS, ROLES
from events.words import Words
from portals.admin.doors import HOME, auditors, audits_all, sees_all
from portals.asking import day, page_number, text
from portals.pages import nav_of
from portals.web import PLATFORM, acting, page
from services import numbers, records
from services.actions.assigned import Assigned
from services.actions.kinds import KINDS
from services.actions.member_pledges import MemberPledge
from services.audience import RELATIONS, Period, as_it_stood, by_kind, periods

Row = dict[str, Any]
HERE = "/admin/audience"
_NOT_FOUND = Words(
    "没有找到这个编号的案件。请核对编号，例如 GZ-2026-000123-C。",
    "There is no case of this number. Check it; it looks like GZ-2026-000123-C.",
)


async def shown(request: web.Request) -> web.StreamResponse:
    """The question and, once a case and a day are named, the answer."""
    asked, on = text(request, "record"), day(request, "day") or today()
    number = numbers.tidy(asked) if asked else ""
    found = await _cases(request, number, text(request, "id")) if number else []
    by = acting(request)
    return await page(
        request,
        "admin/audience.html",
        title=Words("谁能看到一件案件", "Who could see a case"),
        breadcrumbs=HOME if sees_all(by) else [],
        number=number,
        day=on,
        unknown=_NOT_FOUND if number and not found else None,
        several=[_one_of(*case) for case in found],
        answer=await _answer(request, *found[0], on) if len(found) == 1 else None,
        nav=nav_of(request.app, by),
    )


Case = tuple[str, UUID, list[Recorded]]


async def _cases(request: web.Request, number: str, id: str) -> list[Case]:
    """The cases of this number; members' pledges under one pledge share it."""
    platform, by = request.app[PLATFORM], acting(request)
    found = []
    for stream in await platform.views.trail.streams_of(number):
        history = await platform.log.load(UUID(stream))
        kind = records.kind_of(UUID(stream), history)
        if kind and id in ("", stream) and (audits_all(by) or _sees(by, kind, stream, history)):
            found.append((kind, UUID(stream), history))
    return found


def _one_of(kind: str, id: UUID, history: list[Recorded]) -> Row:
    """One of several cases of a number: whose it is, since when."""
    record = KINDS[kind](id)
    record.replay(history)
    signed = record.signed if isinstance(record, MemberPledge) else None
    whose = signed.enterprise.name if signed else ""
    return {"id": str(id), "kind": KINDS[kind].WORD, "whose": whose, "on": history[0].on}


def _sees(by: Any, kind: str, stream: str, history: list[Recorded]) -> bool:
    """A party's auditor is answered of cases that her party sees."""
    record = KINDS[kind](UUID(stream))
    record.replay(history)
    return records.may_see(by, record)


async def _answer(
    request: web.Request, kind: str, id: UUID, history: list[Recorded], on: date
) -> Row:
    record = as_it_stood(kind, id, history, on)
    platform, now = request.app[PLATFORM], as_it_stood(kind, id, history, today())
    merged = await records.mergers(platform.log, now) if isinstance(now, Assigned) else []
    return {
        "kind": KINDS[kind].WORD,
        "visibility": VISIBILITIES[record.visibility],
        "restricted": record.restricted,
        "could": [_period(e) for e in periods(kind, id, history, merged) if e.on(on)],
        "by_kind": [_kinds(right) for right in by_kind(record)] if record.version else [],
        "did": await platform.views.reads.on_day(str(id), on, page_number(request)),
        "what": READS,
        "why": READ_REASONS,
        "held": ROLES,
    }


def _period(each: Period) -> Row:
    return {
        "party": each.party,
        "relation": RELATIONS[each.relation],
        "since": _step(each.since),
        "let_by": _actor(each.let_by) if each.let_by else None,
        "until": _step(each.until) if each.until else None,
    }


def _step(recorded: Recorded) -> Row:
    """What let them, or ended it; of the case's own course only who acted and when."""
    event = recorded.event
    said = event.said() if isinstance(event, SharingEvent) else _COURSE.fill(by=_actor(event.by))
    return {"on": recorded.on, "said": said, "position": recorded.position}


def _actor(by: Acting) -> Words:
    return Words(by.said("zh"), by.said("en"))


def _kinds(right: Any) -> Words:
    kinds = [PARTY_KINDS[kind] for kind in right.kinds]
    roles = [ROLES[role] for role in right.roles]
    return Words(
        f"{'、'.join(k.zh for k in kinds)}（{'、'.join(r.zh for r in roles)}）",
        f"{', '.join(k.en for k in kinds)} ({', '.join(r.en for r in roles)})",
    )


_COURSE = Words("由{by}记录的环节", "a step recorded by {by}")
ROUTES = [web.get(HERE, auditors(shown))]
