"""Naive: the same figures, counted by plain loops over raw events, sharing nothing with ours.

It knows weekends, New Year's Day and Spring Festival of 2027, and none of our engine.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from events.event import Recorded

GROUPS = (
    "intake", "decision", "enterprise_desk", "mediation", "outcome", "kept", "satisfaction",
)  # fmt: skip


def count(events: list[Recorded], first: date, end: date, as_at: date) -> dict[str, Any]:
    """body id -> (received, group -> class -> how many)."""
    cases: dict[Any, list[Any]] = {}
    late, entered = set(), {}
    for each in events:
        if each.event.TOPIC == "clock-breached":
            late.add(each.event.number)  # type: ignore[attr-defined]
            continue
        cases.setdefault(each.stream, []).append(each.event)
        entered[id(each.event)] = each.recorded_at.date()
    result: dict[str, Any] = {}
    told: list[Any] = []
    for body in {case[0].handler.id for case in cases.values()}:
        mine = [
            case for case in cases.values()
            if case[0].handler.id == body and first <= case[0].occurred_on < end
            and not any(e.TOPIC == "complaint-import-reversed" for e in case)
        ]  # fmt: skip
        secret = [case for case in mine if any(e.TOPIC == "case-restricted" for e in case)]
        if len(secret) < 5:
            mine = [case for case in mine if case not in secret]
        told += mine
        if mine:
            result[body] = (len(mine), _groups(mine, as_at, late, entered))
    for case in told:
        _referred(case, result)
    return result


def _referred(case: list[Any], result: dict[str, Any]) -> None:
    """What a council told a regulator counts for the regulator, whose text names no days."""
    when = {event.TOPIC: event for event in case}
    if clue := when.get("clue-referred"):
        groups = result.setdefault(clue.to.id, (0, {}))[1]
        counts = groups.setdefault("regulator_council", {})
        how = _how(when.get("referral-returned"), None, date.min)
        counts[how] = counts.get(how, 0) + 1


def _groups(
    mine: list[Any], as_at: date, late: set[str], entered: dict[int, date]
) -> dict[str, dict[str, int]]:
    groups: dict[str, Counter[str]] = {name: Counter() for name in GROUPS}
    for case in mine:
        when = {event.TOPIC: event for event in case}
        regulator = case[0].handler.kind == "regulator"
        accepted = when.get("complaint-accepted")
        decided = accepted or when.get("complaint-refused")
        withdrawn = when.get("complaint-withdrawn")
        if decided or not withdrawn:
            last = _after_working(case[0].occurred_on, 7) if regulator else None
            how = _how(decided, last, as_at)
            if last and how == "in_time" and case[0].number in late and entered[id(decided)] > last:
                how = "afterwards"
            groups["decision"][how] += 1
        intake = (
            "accepted" if accepted else "refused" if decided
            else "withdrawn" if withdrawn else "undecided"
        )  # fmt: skip
        groups["intake"][intake] += 1
        offered, reported = (when.get(f"direct-settlement-{x}") for x in ("offered", "reported"))
        if offered and (reported or not withdrawn):
            last = _after_working(offered.occurred_on, 10)
            groups["enterprise_desk"][_how(reported, last, as_at)] += 1
        agreed, over = when.get("agreement-reached"), when.get("mediation-terminated")
        if accepted and not withdrawn:
            last = _sixty(accepted.occurred_on, case) if regulator else None
            groups["mediation"][_how(agreed or over, last, as_at)] += 1
        outcome = (
            "agreed" if agreed else over.ground if over else "withdrawn" if withdrawn
            else "refused" if when.get("complaint-refused") else "none"
        )  # fmt: skip
        groups["outcome"][outcome] += 1
        _said_after(groups, when, agreed, over)
    return {name: dict(counts) for name, counts in groups.items() if counts}


def _said_after(groups: dict[str, Counter[str]], when: Any, agreed: Any, over: Any) -> None:
    """Whether an agreement was kept, and what the consumer said of how it was handled."""
    if agreed:
        kept = "agreement-performed" in when
        groups["kept"][
            "kept" if kept else "defaulted" if "default-reported" in when else "not_said"
        ] += 1
    if agreed or over:
        said = when.get("satisfaction-stated")
        groups["satisfaction"][
            "silent" if said is None else "satisfied" if said.satisfied else "unsatisfied"
        ] += 1


def _how(done: Any, last: date | None, as_at: date) -> str:
    if last is None:
        return "no_limit" if done else "open"
    if (done.occurred_on if done else as_at) > last:
        return "late"
    return "in_time" if done else "open"


def _worked(day: date) -> bool:
    festival = [date(2027, 2, n) for n in range(5, 9)]
    return day.weekday() < 5 and day not in (date(2027, 1, 1), *festival)


def _after_working(day: date, left: int) -> date:
    while left:
        day += timedelta(days=1)
        left -= _worked(day)
    return day


def _sixty(day: date, case: list[Any]) -> date | None:
    """Sixty days without those of a test; none can be told while it goes on."""
    begun = [e.occurred_on for e in case if e.TOPIC == "testing-started"]
    ended = [e.occurred_on for e in case if e.TOPIC == "testing-ended"]
    left = 60
    while left:
        if begun and not ended and day >= begun[0]:
            return None
        day += timedelta(days=1)
        left -= not (begun and ended and begun[0] < day <= ended[0])
    while not _worked(day):
        day += timedelta(days=1)
    return day
