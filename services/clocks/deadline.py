"""Deadline: until when something must be done, by one pure function, and why.

*Nominal* is the day the counting ends on; *safe* the last working day that is in time under every
reading of the law, which staff should keep; *latest* the day of the most generous reading: only
after it is a breach asserted. A period of calendar days rolls over a day off at its end; texts
differ on whether that means statutory holidays, whole breaks or weekends too. Of what may not be
done before a day, the later reading is the safe one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from events.event import CHINA
from events.words import Words
from services.clocks.calendar import EARLIEST, FAREST, Calendar
from services.clocks.rules.rule import Extension, Rule, Term

_NO_TEXT = Words("本平台没有保存当时的规定", "the law of that time is not kept here")
_HOUR = timedelta(hours=1)
_MARGIN = timedelta(days=370)


@dataclass(frozen=True, slots=True)
class Paused:
    """Days that are not counted: after `since` up to and with `until`; None = it goes on."""

    kind: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Extended:
    """A period was lengthened on a day, by so much; None = as much as the rule says."""

    on: date
    length: int | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a clock needs to know of a case. `set_for` = the date the record itself names."""

    start: date
    at: datetime | None = None
    pauses: tuple[Paused, ...] = ()
    extended: tuple[Extended, ...] = ()
    set_for: date | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """The end of a clock. Without a number, or while it is paused, there is no date."""

    rule: Rule
    term: Term | None
    facts: Facts
    calendar: Calendar
    length: int | None = None
    nominal: date | None = None
    safe: date | None = None
    latest: date | None = None
    earliest: date | None = None
    #: Of a period of hours: the safe end, and the latest, by the minute.
    moments: tuple[datetime, datetime] | None = None
    provisional: bool = False
    paused: bool = False
    #: What is not counted, in order, without overlaps; and the extensions that the law allows.
    pauses: tuple[Paused, ...] = field(default=())
    extensions: tuple[tuple[Extension, int], ...] = field(default=())

    @property
    def basis(self) -> Words:
        """The article."""
        return self.term.basis if self.term else _NO_TEXT

    @property
    def unit(self) -> str:
        if self.facts.set_for is not None:
            return "date"
        return self.term.unit if self.term else "none"


def deadline(rule: Rule, facts: Facts, calendar: Calendar) -> Deadline:
    """Until when, by the law in force on the day the clock started and this calendar."""
    term = rule.at(facts.start)
    if facts.set_for is not None:
        day = facts.set_for
        return Deadline(rule, term, facts, calendar, None, day, day, day)
    if term is None or term.length is None or not countable(facts.start):
        return Deadline(rule, term, facts, calendar)
    if term.unit == "hour":
        return _hours(rule, term, facts, calendar)
    pauses = tuple(_merged(term, facts)) if facts.pauses else ()
    granted = _granted(rule, term, facts, pauses, calendar) if facts.extended else ()
    length = term.length + sum(more for _, more in granted)
    nominal = _end(rule, term, facts.start, length, pauses, calendar)
    if nominal is None or not countable(nominal):
        stopped = nominal is None
        return Deadline(rule, term, facts, calendar, length, paused=stopped, pauses=pauses,
                        extensions=granted)  # fmt: skip
    # What began when the time was over took nothing from it.
    pauses = tuple(each for each in pauses if each.since < nominal)
    safe, latest = _around(rule, term, facts.start, nominal, calendar)
    return Deadline(
        rule, term, facts, calendar, length, nominal, safe, latest,
        earliest=_earliest(term, facts.start),
        provisional=_rests_on_calendar(term) and not calendar.is_settled(max(latest, facts.start)),
        pauses=pauses, extensions=granted,
    )  # fmt: skip


def countable(day: date) -> bool:
    """Whether the day and those around it are in every calendar."""
    return EARLIEST + _MARGIN <= day <= FAREST - _MARGIN


# -- the end of the counting -------------------------------------------------------------


def _end(
    rule: Rule, term: Term, start: date, length: int, pauses: tuple[Paused, ...], days: Calendar
) -> date | None:
    """The last day; None while a pause goes on."""
    if rule.sort == "before":
        return days.before(start, length)
    if term.unit == "month":
        return months_after(start, length)
    if not pauses:
        return counted(term.unit, start, length, days)
    for pause in pauses:
        if pause.since > start:
            if (run := between(term.unit, start, pause.since, days)) >= length:
                break
            length -= run
        if pause.until is None:
            return None
        start = max(start, pause.until)
    return counted(term.unit, start, length, days)


def counted(unit: str, start: date, length: int, calendar: Calendar) -> date | None:
    """The day so many working or calendar days after `start`."""
    if unit == "wd":
        return calendar.after(start, length)
    return start + timedelta(days=length)


def between(unit: str, start: date, end: date, calendar: Calendar) -> int:
    """How many days of the unit there are after `start` up to and with `end`."""
    return calendar.worked(start, end) if unit == "wd" else (end - start).days


def months_after(start: date, months: int) -> date:
    """The same day of a later month; where it has none, the month's last day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=start.day - 1),
               following - timedelta(days=1))  # fmt: skip


def _around(
    rule: Rule, term: Term, start: date, nominal: date, days: Calendar
) -> tuple[date, date]:
    """The safe and the latest day, where the nominal one may be a day off.

    Who may not act before it waits for the later one; where no day is worked from the start to
    the nominal day, that day itself is what every reading leaves.
    """
    if not term.rolls:
        return nominal, nominal
    latest, worked = days.next_worked(nominal), days.last_worked(nominal)
    if rule.sort == "block":
        return latest, latest
    return (worked if worked > start else nominal), latest


def _rests_on_calendar(term: Term) -> bool:
    return term.unit == "wd" or term.rolls


def _earliest(term: Term, start: date) -> date | None:
    if term.earliest is None:
        return None
    if term.unit == "month":
        return months_after(start, term.earliest)
    return start + timedelta(days=term.earliest)


def _hours(rule: Rule, term: Term, facts: Facts, calendar: Calendar) -> Deadline:
    """By the minute in China; the latest end leaves out the hour, or the day, in which it began."""
    midnight = datetime.combine(facts.start, datetime.min.time(), CHINA)
    began = facts.at.astimezone(CHINA) if facts.at else midnight
    hours = _HOUR * (term.length or 0)
    full = began.replace(minute=0, second=0, microsecond=0)
    upto = full if full == began else full + _HOUR
    if facts.at is None:
        upto = midnight + timedelta(days=1)
    safe, latest = began + hours, upto + hours
    return Deadline(
        rule, term, facts, calendar, term.length, safe.date(), safe.date(), latest.date(),
        moments=(safe, latest),
    )  # fmt: skip


# -- what the facts may change -----------------------------------------------------------


def _merged(term: Term, facts: Facts) -> Iterator[Paused]:
    """The pauses the law knows, in order, none overlapping another or before the start."""
    known = [each for each in facts.pauses if each.kind in term.pauses and _is_span(each)]
    last: Paused | None = None
    for each in sorted(known, key=lambda pause: pause.since):
        since = max(each.since, facts.start)
        if each.until is not None and each.until <= since:
            continue
        if last is None or (last.until is not None and since > last.until):
            if last is not None:
                yield last
            last = Paused(each.kind, since, each.until)
        elif last.until is not None and (each.until is None or each.until > last.until):
            yield last
            last = Paused(each.kind, last.until, each.until)
    if last is not None:
        yield last


def _is_span(pause: Paused) -> bool:
    return pause.until is None or pause.until > pause.since


def _granted(
    rule: Rule, term: Term, facts: Facts, pauses: tuple[Paused, ...], calendar: Calendar
) -> tuple[tuple[Extension, int], ...]:
    """The extensions in order, as far as the law has room for them: one more is not counted.

    Nor is one that came when the time was over: what is late stays late.
    """
    found: list[tuple[Extension, int]] = []
    length = term.length or 0
    room = [each for each in term.extensions for _ in range(each.times)]
    for asked, allowed in zip(sorted(facts.extended, key=lambda each: each.on), room, strict=False):
        if _over(_end(rule, term, facts.start, length, pauses, calendar), asked.on, term, calendar):
            break
        most = allowed.length
        given = asked.length if asked.length is not None else most or 0
        found.append((allowed, max(0, given if most is None else min(given, most))))
        length += found[-1][1]
    return tuple(found)


def _over(nominal: date | None, on: date, term: Term, calendar: Calendar) -> bool:
    """Whether a period with this last day was over before the day."""
    if nominal is None or not countable(nominal):
        return False
    return on > (calendar.next_worked(nominal) if term.rolls else nominal)
