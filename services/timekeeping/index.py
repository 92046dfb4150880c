"""Clock index: the open clocks by when they next speak; rows of the view of obligations.

Each obligation with a date has one row while it is open; so has what somebody may do until a day,
which nobody owes. Dates are counted by the calendar as it
was known where the clock started; when it is paused, lengthened or the calendar changes, the
clock process counts again and its event brings the new dates.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from events.clocks import (
    ClockBreached,
    ClockEvent,
    ClockWarned,
    DeadlineRecomputed,
    ExtensionSpan,
    OverdueExplained,
    PauseSpan,
)
from events.event import CHINA, Recorded
from services.clocks.calendar import Calendar
from services.clocks.deadline import Deadline, Extended, Facts, Paused, deadline
from services.clocks.rules import RULES, by_profile
from services.clocks.rules.rule import PAUSES
from services.clocks.schedule import BREACH, following, schedule
from services.timekeeping.times import Times
from services.views.view import Change, Drop, Put, Row, Write

CLOCKS = """
    id text, record text not null, what text not null, number text not null, rule text not null,
    profile text not null, what_zh text not null, what_en text not null,
    debtor text not null, debtor_name text not null, debtor_kind text not null,
    since date not null, set_for date, until date, latest date, provisional boolean not null,
    pauses text not null, extensions text not null, entered date not null,
    stage text not null, next_at timestamptz, stale boolean not null, recounts int not null,
    resting boolean not null default false"""
INDEXES = ("(next_at) where next_at is not null and not resting", "(id) where stale")
#: What an obligation says of its clock besides its dates.
ON_ROWS = """
    profile text not null default '', pauses text not null default '[]',
    extensions text not null default '[]', paused boolean not null default false,
    was date, breached date, explained text not null default '',
    explained_by text not null default ''"""
#: By what a settling event may narrow down which clock it means.
_NARROWED = ("what", "debtor", "debtor_kind")
_SHARED = ("record", "what", "number", "rule", "what_zh", "what_en", "debtor", "debtor_name",
           "debtor_kind", "since", "set_for")  # fmt: skip


def timed(write: Write, recorded: Recorded, times: Times) -> Iterator[Write]:
    """A write to the obligations with the dates of its clock, and what it does to the index."""
    if isinstance(write, Put) and write.columns.get("open"):
        row = write.columns
        entered = recorded.recorded_at.astimezone(CHINA).date()
        profile = times.profile(row["debtor"])
        calendar = times.at(recorded.position)
        begun = _begun(row["rule"], profile, row["since"], row["set_for"], entered, calendar)
        row |= {"profile": profile, **begun.dates, **begun.basis}
        if RULES[row["rule"]].sort != "window":
            yield write
        if begun.dates["until"] is not None:
            shared = {name: row[name] for name in _SHARED}
            yield Put("clocks", {"id": row["id"], "profile": profile, **shared, **begun.clock})
        return
    yield write
    if isinstance(write, Change) and "open" in write.columns:
        yield _ended(write)
    elif isinstance(write, Change) and "debtor" in write.columns:
        whose = {name: write.columns[name] for name in ("debtor", "debtor_name", "debtor_kind")}
        yield Change("clocks", _of_clocks(write), whose)


def _ended(write: Change) -> Write:
    """What is settled has no clock any more; all of a record that rests go on when it does."""
    where = _of_clocks(write)
    if "what" in where:
        return Drop("clocks", where)
    return Change("clocks", where, {"resting": not write.columns["open"]})


def _of_clocks(write: Change) -> Row:
    """Which clocks a change of obligations means."""
    return {name: to for name, to in write.where.items() if name in ("record", *_NARROWED)}


class Begun(NamedTuple):
    """What the start of a clock fills in: of the obligation, and of the index."""

    dates: Row
    basis: Row
    clock: Row


@lru_cache(maxsize=10_000)
def _begun(
    rule: str, profile: str, since: date, set_for: date | None, entered: date, calendar: Calendar
) -> Begun:
    """Many obligations of one day end on one day; counting it again is half a rebuild's work."""
    made = deadline(by_profile(rule, profile), Facts(since, set_for=set_for), calendar)
    first = following(schedule(made, entered), "")
    dates = {"until": made.safe, "latest": made.latest, "provisional": made.provisional}
    clock = {
        **dates, "pauses": "[]", "extensions": "[]", "entered": entered, "stage": "",
        "next_at": first.at if first else None, "stale": False, "recounts": 0,
    }  # fmt: skip
    return Begun(dates, {"basis_zh": made.basis.zh, "basis_en": made.basis.en}, clock)


# -- what the clock process and others say of a clock ---------------------------------------


def heard(recorded: Recorded) -> Iterator[Write]:
    """What an event changes of clocks that run: warned, late, counted again, or to be counted."""
    event = recorded.event
    if isinstance(event, ClockEvent):
        yield from _said(event, recorded.position)
    elif rules := _MOVED.get(event.TOPIC):
        for rule in rules:
            yield Change("clocks", {"record": str(recorded.stream), "rule": rule}, {"stale": True})


def _said(event: ClockEvent, position: int) -> Iterator[Write]:
    clock = {"record": event.record, "id": event.clock}
    match event:
        case ClockWarned():
            yield Change("clocks", clock, {"stage": event.stage, "next_at": event.next_at})
        case ClockBreached():
            yield Change("clocks", clock, {"stage": BREACH, "next_at": event.next_at})
            yield Change("rows", clock, {"breached": event.latest, "position": position})
        case OverdueExplained():
            said = {"explained": event.reason, "explained_by": event.by.name}
            yield Change("rows", clock, {**said, "position": position})
        case DeadlineRecomputed():
            dates = {
                "until": event.safe, "latest": event.latest, "provisional": event.provisional,
                "pauses": _json(event.pauses), "extensions": _json(event.extensions),
            }  # fmt: skip
            alarm: Row = {"next_at": event.next_at, "stale": False}
            yield Change("clocks", clock, {**dates, **alarm}, {"recounts": 1})
            also: Row = {"paused": event.paused, "was": event.before, "position": position}
            yield Change("rows", clock, {**dates, **also})


def _json(spans: list[Any]) -> str:
    return msgspec.json.encode(spans).decode()


def _moved() -> dict[str, list[str]]:
    """Which rules an event of this topic may move."""
    found: dict[str, list[str]] = {}
    for rule in RULES.values():
        kinds = {kind for term in rule.terms for kind in term.pauses}
        topics = {t for kind in kinds for t in (*PAUSES[kind].begun_by, *PAUSES[kind].ended_by)}
        for topic in (*topics, *rule.extended_by):
            found.setdefault(topic, []).append(rule.id)
    for rule_id in ("C9",):  # provinces have a number, and then testing is not counted
        for topic in (*PAUSES["testing"].begun_by, *PAUSES["testing"].ended_by):
            found.setdefault(topic, []).append(rule_id)
    return found


_MOVED = _moved()


# -- from a row back to the engine ------------------------------------------------------------


def counted(row: Row, calendar: Calendar) -> Deadline:
    """The deadline of a row, of obligations or of the index, by the one function."""
    return deadline(by_profile(row["rule"], row["profile"]), facts(row), calendar)


def facts(row: Row) -> Facts:
    """What stands in the row of its case."""
    return Facts(
        row["since"],
        pauses=tuple(Paused(p.kind, p.since, p.until) for p in _pauses(row["pauses"])),
        extended=tuple(Extended(e.on, e.length, e.by) for e in _extensions(row["extensions"])),
        set_for=row["set_for"],
    )


def _pauses(text: str) -> list[PauseSpan]:
    return [] if text == "[]" else msgspec.json.decode(text, type=list[PauseSpan])


def _extensions(text: str) -> list[ExtensionSpan]:
    return [] if text == "[]" else msgspec.json.decode(text, type=list[ExtensionSpan])
