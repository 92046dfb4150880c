"""Recounting: an open deadline is counted again by the one function, and both dates are told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from events.clocks import Cause, DeadlineRecomputed, ExtensionSpan, PauseSpan
from events.event import CHINA, PartyRef, Recorded, system
from events.ids import derived_id
from services.clocks.calendar import Calendar
from services.clocks.deadline import Deadline, Facts
from services.clocks.facts import facts_of
from services.clocks.rules import by_profile
from services.clocks.schedule import BREACH, following, schedule
from services.timekeeping.index import counted
from services.views.view import Row

BY = system("clock")


class Recount(NamedTuple):
    """What counting again led to, under the id that its cause gives it."""

    stream: UUID
    event: DeadlineRecomputed
    changes: bool


def recounts(row: Row, calendar: Calendar, moment: datetime) -> Recount:
    """The clock of a row by this calendar, and by the facts that now stand in the row."""
    made = counted(row, calendar)
    cause: Cause = row.get("cause", "calendar")
    event = DeadlineRecomputed(
        **about_clock(row), cause=cause, before=row["until"], safe=made.safe, latest=made.latest,
        paused=made.paused, provisional=made.provisional, next_at=_next(row, made, moment),
        pauses=msgspec.json.decode(row["pauses"], type=list[PauseSpan]),
        extensions=msgspec.json.decode(row["extensions"], type=list[ExtensionSpan]),
    )  # fmt: skip
    stream = derived_id(UUID(row["record"]), f"recount/{row['id']}/{row['recounts']}")
    old = row["until"], row["latest"], row["provisional"]
    return Recount(stream, event, old != (made.safe, made.latest, made.provisional))


def with_facts(row: Row, history: Iterable[Recorded]) -> Row:
    """The row with the pauses and extensions that the events of its record tell."""
    rule = by_profile(row["rule"], row["profile"])
    known = facts_of(history, rule, row["since"], row["set_for"]) or Facts(row["since"])
    term = rule.at(row["since"])
    kinds = term.pauses if term else ()
    pauses = [PauseSpan(kind=p.kind, since=p.since, until=p.until)
              for p in known.pauses if p.kind in kinds]  # fmt: skip
    longer = [ExtensionSpan(on=e.on, length=e.length, by=e.by) for e in known.extended]
    found = {"pauses": _json(pauses), "extensions": _json(longer)}
    cause = "extension" if found["extensions"] != row["extensions"] else "pause"
    return row | found | {"cause": cause}


def _json(spans: list[Any]) -> str:
    return msgspec.json.encode(spans).decode()


def _next(row: Row, made: Deadline, moment: datetime) -> datetime | None:
    """When it speaks next: once late, only to the superior; moved, anew but not of what is past."""
    if row["stage"] == "superior":
        return None
    same = made.safe == row["until"]
    entered = row["entered"] if same else max(row["entered"], moment.astimezone(CHINA).date())
    stage = row["stage"] if same or row["stage"] == BREACH else ""
    alarm = following(schedule(made, entered), stage)
    return alarm.at if alarm else None


def about_clock(row: Row) -> dict[str, Any]:
    """What every event about a clock says."""
    debtor = PartyRef(id=row["debtor"], name=row["debtor_name"], kind=row["debtor_kind"])
    return {
        "by": BY, "clock": row["id"], "record": row["record"], "number": row["number"],
        "rule": row["rule"], "what_zh": row["what_zh"], "what_en": row["what_en"],
        "debtor": debtor, "correlation": row["record"],
    }  # fmt: skip
