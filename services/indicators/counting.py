"""Counting: the figures of the complaints received in a month, one pure function of their events.

What is counted is a cohort: the complaints received in the month, with all that the log said of
them up to a position, the cut-off. The same events give the same figures, whenever it is asked.
What is owed is taken from the same sentences as the board of who owes whom an answer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple

import msgspec

from events.clocks import ClockBreached
from events.complaints import ComplaintRegistered
from events.event import CHINA, PartyRef, Recorded
from services.clocks.calendar import Calendar
from services.clocks.deadline import deadline
from services.clocks.facts import facts_of
from services.clocks.rules import Rule, by_profile
from services.indicators.course import Course
from services.indicators.suppressing import LEAST
from services.views.obligations.obligations import owed
from services.views.view import Change, Put, Row

#: Raised with every change of what is counted; figures of two versions are never compared.
#: 2: classes under five are kept back within a group; what was accepted.
#: 3: what was noted as late stays so, also where it is entered as done in time afterwards.
METHOD = 3
#: Obligations by what they are counted as.
_OWED = {
    "decision": "decision", "mediation": "mediation", "answer": "regulator_council",
    "result": "regulator_council", "entrusted": "council_regulator", "settle": "enterprise_desk",
}  # fmt: skip


class Figures(msgspec.Struct, frozen=True):
    """The figures of one body: how many were received, and for each question how many of which."""

    body: PartyRef
    received: int
    groups: dict[str, dict[str, int]]


class Setting(NamedTuple):
    """What deadlines need besides the case: the day of the cut-off, calendar, provinces."""

    as_at: date
    calendar: Calendar
    profile: Callable[[str], str]


def counted(events: Iterable[Recorded], first: date, end: date, on: Setting) -> list[Figures]:
    """The figures of each body, of what was received from `first` until before `end`."""
    known = sorted(events, key=lambda each: each.position)
    streams: dict[str, list[Recorded]] = defaultdict(list)
    for each in known:
        streams[str(each.stream)].append(each)
    courses = [Course.of(each) for each in streams.values() if _received(each, first, end)]
    tallied = _Tally()
    for course in _told(course for course in courses if not course.reversed):
        tallied.course(course)
    told = {course.id for course in tallied.courses}
    noted = {e.event.clock: e.position for e in known if isinstance(e.event, ClockBreached)}
    for row in debts(known):
        if _complaint_of(row, streams) in told and row["done_by"] not in _NOT_ASKED:
            row["noted"] = noted.get(str(row["id"]))
            tallied.debt(row, _ended(row, streams[row["record"]], on))
    return sorted(tallied.figures(), key=lambda each: (each.body.kind, each.body.name))


#: What was withdrawn, taken back, or is handled with another, nobody answered: it counts nowhere.
_NOT_ASKED = ("complaint-merged", "complaint-import-reversed", "complaint-withdrawn")


def _received(stream: list[Recorded], first: date, end: date) -> bool:
    begun = stream[0]
    return isinstance(begun.event, ComplaintRegistered) and first <= begun.on < end


def _told(courses: Iterable[Course]) -> Iterator[Course]:
    """Without restricted cases where a body has so few of them that counting would show them."""
    by_body: dict[str, list[Course]] = defaultdict(list)
    for course in courses:
        by_body[course.body.id].append(course)
    for each in by_body.values():
        few = sum(course.restricted for course in each) < LEAST
        yield from (course for course in each if not (few and course.restricted))


class _Tally:
    """Counts, body by body."""

    def __init__(self) -> None:
        self.courses: list[Course] = []
        self.bodies: dict[str, PartyRef] = {}
        self.groups: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))

    def course(self, course: Course) -> None:
        """One complaint: what came of it, whether it was kept, what she said."""
        self.courses.append(course)
        self.bodies[course.body.id] = course.body
        groups = self.groups[course.body.id]
        groups["intake"][course.intake] += 1
        groups["outcome"][course.outcome] += 1
        if course.outcome == "agreed":
            groups["kept"][course.kept] += 1
        if course.mediated:
            groups["satisfaction"][course.satisfaction] += 1

    def debt(self, row: Row, how: str) -> None:
        """One answer that was owed, for the body that owes it, else for the body that waits."""
        side = "creditor" if row["debtor_kind"] in ("enterprise", "consumer") else "debtor"
        id, name, kind = row[side], row[f"{side}_name"], row[f"{side}_kind"]
        self.bodies.setdefault(id, PartyRef(id=id, name=name, kind=kind))
        self.groups[id][_OWED[row["what"]]][how] += 1

    def figures(self) -> Iterator[Figures]:
        received = Counter(course.body.id for course in self.courses)
        for id, body in self.bodies.items():
            groups = {name: dict(sorted(n.items())) for name, n in self.groups[id].items()}
            yield Figures(body, received[id], dict(sorted(groups.items())))


# -- what was owed -----------------------------------------------------------------------


def debts(known: Iterable[Recorded]) -> Iterator[Row]:
    """Every obligation that these events open, as the last of them left it, and when that was."""
    rows: dict[str, dict[str, Row]] = defaultdict(dict)
    for each in known:
        for write in owed(each):
            if isinstance(write, Put):
                row = {"done_on": None, "done_by": "", **write.columns}
                rows[row["record"]][row["id"]] = row
            elif isinstance(write, Change):
                for row in rows[write.where["record"]].values():
                    if all(row[name] == value for name, value in write.where.items()):
                        row |= write.columns
                        if "done_on" in write.columns:
                            row["entered_on"] = _day(each)
    yield from (row for of in rows.values() for row in of.values() if row["what"] in _OWED)


def _day(each: Recorded) -> date:
    """On which day it was entered, whatever day it says."""
    return each.recorded_at.astimezone(CHINA).date()


def _complaint_of(row: Row, streams: dict[str, list[Recorded]]) -> str:
    """The complaint itself, or the one a follow-up was made of."""
    return getattr(streams[row["record"]][0].event, "complaint", "") or row["record"]


def _ended(row: Row, stream: list[Recorded], on: Setting) -> str:
    """In time, late (also what is open after its latest day), open, or without a limit.

    What the log had noted as late before it was entered as done in time is a class of its own: it
    is judged by what it then knew, whatever pauses and extensions were entered since. Only a
    calendar that was loaded since moves that day, since nobody owes it.
    """
    rule = by_profile(row["rule"], on.profile(row["debtor"]))
    facts = facts_of(stream, rule, row["since"], row["set_for"])
    assert facts is not None
    latest = deadline(rule, facts, on.calendar).latest
    if latest is None:
        return "open" if row["open"] else "no_limit"
    done = on.as_at if row["open"] else row["done_on"]
    if done > latest:
        return "late"
    if row["open"]:
        return "open"
    return "afterwards" if _was_late(row, rule, stream, on) else "in_time"


def _was_late(row: Row, rule: Rule, stream: list[Recorded], on: Setting) -> bool:
    """Whether it was entered after the latest day that was known when it was noted as late."""
    if row["noted"] is None:
        return False
    then = [each for each in stream if each.position < row["noted"]]
    facts = facts_of(then, rule, row["since"], row["set_for"])
    latest = deadline(rule, facts, on.calendar).latest if facts else None
    return latest is not None and bool(row["entered_on"] > latest)
