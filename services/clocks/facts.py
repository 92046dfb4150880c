"""Facts: what a clock needs, taken from the events of a case, in whatever order they were recorded.

Events are known by their topic: a rule names what starts it, what pauses it and what lengthens
it, so that any record that says so has its clock paused. What occurred is what counts, not when
it was entered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from events.event import Recorded
from services.clocks.deadline import Extended, Facts, Paused
from services.clocks.rules.rule import PAUSES, Rule


def _moves() -> dict[str, list[tuple[str, bool]]]:
    found: dict[str, list[tuple[str, bool]]] = {}
    for kind, pause in PAUSES.items():
        for topic in pause.begun_by:
            found.setdefault(topic, []).append((kind, True))
        for topic in pause.ended_by:
            found.setdefault(topic, []).append((kind, False))
    return found


#: Which pauses an event begins (True) or ends, by its topic.
MOVES = _moves()


def facts_of(
    events: Iterable[Recorded], rule: Rule, since: date | None = None, set_for: date | None = None
) -> Facts | None:
    """The facts of the rule's clock; None where nothing started it.

    `since` = where the clock is known to have started; else the last event that starts it.
    """
    known = sorted(events, key=lambda each: (each.on, each.position))
    begun = [each for each in known if each.event.TOPIC in rule.begun_by]
    started = begun[-1] if begun else None
    start = since or (_begins(started) if started else None)
    if start is None:
        return None
    return Facts(
        start,
        started.at if started and started.event.occurred_on is None else None,
        tuple(_pauses(known)),
        tuple(_extensions(known, rule, start)),
        set_for,
    )


def _begins(started: Recorded) -> date:
    """The day the event itself names, such as that of the last report merged; else its own."""
    named = getattr(started.event, "since", None)
    return named if isinstance(named, date) else started.on


def _pauses(known: list[Recorded]) -> Iterator[Paused]:
    begun: dict[str, date] = {}
    for each in known:
        for kind, begins in MOVES.get(each.event.TOPIC, ()):
            if begins:
                begun.setdefault(kind, each.on)
            elif kind in begun:
                yield Paused(kind, begun.pop(kind), each.on)
    for kind, since in begun.items():
        yield Paused(kind, since)


def _extensions(known: list[Recorded], rule: Rule, start: date) -> Iterator[Extended]:
    for each in known:
        if each.event.TOPIC in rule.extended_by and each.on >= start:
            days = getattr(each.event, "days", None)
            yield Extended(each.on, days if isinstance(days, int) else None, each.event.by.name)
