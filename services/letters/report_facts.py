"""What the events of a report say that a letter prints. Pure; who reported stays a number.

Her name, address and identity stand in another stream under other keys (121 §37): a letter that
others may come to see says them nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable

from events.event import Event, Recorded
from events.reports import (
    ReportRegistered,
    ReportResultNotified,
    ReportSupplemented,
    reporter_number,
)
from events.terms import CATEGORIES
from services.letters.facts import Facts, day, entered


def of_report(history: Iterable[Recorded]) -> Facts:
    """What a report's own events say, the latest word on each thing; opened by the vault."""
    found: Facts = {"matter": "举报"}
    for recorded in history:
        found |= _said(recorded.event, recorded, str(found.get("facts", "")))
    return found


def _said(event: Event, recorded: Recorded, facts: str) -> Facts:
    match event:
        case ReportRegistered():
            return _registered(event, recorded)
        case ReportSupplemented():
            more = event.told.get("facts")
            return {"facts": f"{facts}\n{day(recorded.on)}补充：{more}"} if more else {}
        case ReportResultNotified():
            return {"law": event.law, "result": event.result}
    return {}


def _registered(event: ReportRegistered, recorded: Recorded) -> Facts:
    about = event.product or CATEGORIES[event.category].zh
    kept = "" if event.anonymous else "（另存，查看须写明依据）"
    return {
        "record": event.number, "received": day(recorded.on), **entered(recorded, "C5"),
        "name": "匿名举报人" if event.anonymous else reporter_number(event.informant_number).zh,
        "phone": kept, "address": kept, "identity": kept,
        "facts": event.told.get("facts"),
        "respondent": event.respondent, "respondent_address": event.respondent_address,
        "about": f"{event.respondent}（{about}）",
        "signed": "非现场方式提起，无须签字" if event.by.channel == "portal" else "",
    }  # fmt: skip
