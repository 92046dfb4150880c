"""Asked: a clock as people type it, at the shell or in an address, and as it is asked again.

What cannot be meant is told in one sentence; what the law has no room for is not left out
silently.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from unicodedata import normalize
from urllib.parse import urlencode

from events.event import CHINA
from events.words import Words
from services.clocks.calendar import Calendar
from services.clocks.deadline import Deadline, Extended, Facts, Paused, deadline
from services.clocks.explaining import too_late
from services.clocks.rules import PROFILES, Rule, UnknownRule, by_profile, ruled
from services.clocks.rules.rule import PAUSES

_WRITTEN = re.compile(r"(\d{4})(?:[-/.年](\d\d?)[-/.月](\d\d?)日?|(\d\d)(\d\d))", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1992, 2098


class BadQuestion(Exception):
    """It cannot be answered; says why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.words = Words(zh, en)


class Asked(NamedTuple):
    """One clock, as it was typed."""

    rule: str
    start: str
    pauses: Sequence[str] = ()
    extensions: Sequence[str] = ()
    profile: str = ""
    set_for: str = ""


def answer(asked: Asked, calendar: Calendar) -> Deadline:
    """The deadline that was asked for; raises `BadQuestion`."""
    asked = _plain(asked)
    rule = the_rule(asked.rule, asked.profile)
    begun, at = a_moment(asked.start)
    term = rule.at(begun)
    kinds = term.pauses if term else ()
    facts = Facts(
        begun, at,
        tuple(_pause(rule, each, kinds) for each in asked.pauses),
        tuple(_extension(each, begun) for each in asked.extensions),
        a_day(asked.set_for) if asked.set_for else None,
    )  # fmt: skip
    made = deadline(rule, facts, calendar)
    if facts.set_for is None:
        _refuse_more(made)
    return made


def _plain(asked: Asked) -> Asked:
    """As it is typed on any keyboard: full-width letters, digits and colons are the same."""
    pauses, extensions = (
        [_one(each) for each in many] for many in (asked.pauses, asked.extensions)
    )
    return Asked(
        _one(asked.rule), _one(asked.start), pauses, extensions, asked.profile, _one(asked.set_for)
    )


def _one(text: str) -> str:
    return normalize("NFKC", text).strip()


def question(made: Deadline, profile: str = "") -> str:
    """The rest of the address that asks for this deadline: rule, start, pauses, extensions."""
    facts = made.facts
    asked: list[tuple[str, str]] = [("from", _begin(facts))]
    asked += [("pause", f"{p.kind}:{p.since}..{p.until or ''}") for p in made.pauses]
    asked += [
        ("extend", f"{e.on}:{e.length or ''}") for e in facts.extended[: len(made.extensions)]
    ]
    if facts.set_for:
        asked.append(("set", str(facts.set_for)))
    if profile:
        asked.append(("profile", profile))
    return f"{made.rule.id}?{urlencode(asked, safe=':')}"


def _begin(facts: Facts) -> str:
    if facts.at is None:
        return facts.start.isoformat()
    return facts.at.astimezone(CHINA).strftime("%Y-%m-%dT%H:%M")


# -- what was typed ------------------------------------------------------------------------


def the_rule(id: str, profile: str = "") -> Rule:
    """The rule of this id, as councils of the province have it, by its code or its name."""
    called = {name: code for code, p in PROFILES.items() for name in (code, p.name.zh, p.name.en)}
    profile = called.get(profile, profile)
    if profile and profile not in PROFILES:
        names = ", ".join(PROFILES)
        raise BadQuestion(
            f"没有档案“{profile}”；现有：{names}", f"No profile {profile!r}; there are: {names}"
        )
    try:
        return by_profile(ruled(id).id, profile)
    except UnknownRule as unknown:
        raise BadQuestion(*unknown.words) from None


def a_moment(text: str) -> tuple[date, datetime | None]:
    """A day, or a day with a time of day in China."""
    if "T" not in text and " " not in text:
        return a_day(text), None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise _bad_date(text) from None
    at = at if at.tzinfo else at.replace(tzinfo=CHINA)
    return a_day(at.astimezone(CHINA).date().isoformat()), at


def a_day(text: str) -> date:
    """A date as it is written everywhere here, or as people write it: 2026年9月24日, 2026/9/24."""
    written = _WRITTEN.fullmatch(_one(text))
    if written is None:
        raise _bad_date(text)
    try:
        day = date(*(int(part) for part in written.groups() if part))
    except ValueError:
        raise _bad_date(text) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadQuestion(
            f"只能计算 {FIRST_YEAR} 至 {LAST_YEAR} 年，不能计算 {text}",
            f"Only {FIRST_YEAR} to {LAST_YEAR} can be counted, not {text}",
        )
    return day


def _bad_date(text: str) -> BadQuestion:
    return BadQuestion(
        f"“{text}”不是日期，请写成 2026-09-24", f"{text!r} is no date; write it as 2026-09-24"
    )


def _pause(rule: Rule, text: str, kinds: tuple[str, ...]) -> Paused:
    """`testing:2026-07-20..2026-08-03`, without an end while it goes on."""
    kind, colon, span = text.partition(":")
    since, dots, until = span.partition("..")
    names = {name: name for name in PAUSES} | {p.short.zh: name for name, p in PAUSES.items()}
    if not colon or not dots or kind not in names:
        raise BadQuestion(
            f"暂停“{text}”看不懂，请写成 testing:2026-07-20..2026-08-03",
            f"Pause {text!r} is not understood; write testing:2026-07-20..2026-08-03",
        )
    if names[kind] not in kinds:
        why = PAUSES[names[kind]].why
        raise BadQuestion(
            f"{rule.id} 的期限不因此暂停（{why.zh}）", f"{rule.id} is not paused by {why.en}"
        )
    made = Paused(names[kind], a_day(since), a_day(until) if until else None)
    if made.until is not None and made.until < made.since:
        raise BadQuestion(f"暂停“{text}”先结束后开始", f"Pause {text!r} ends before it begins")
    return made


def _extension(text: str, begun: date) -> Extended:
    """`15`, or `2026-10-12:15`, or `2026-10-12:` for as many as the rule says."""
    day, colon, days = text.rpartition(":")
    if days and not (days.isascii() and days.isdigit() and len(days) <= 4):
        raise BadQuestion(
            f"延长“{text}”看不懂，请写天数，如 15", f"Extension {text!r}: write days, such as 15"
        )
    return Extended(a_day(day) if colon else begun, int(days) if days else None)


def _refuse_more(made: Deadline) -> None:
    if late := too_late(made):
        raise BadQuestion(
            f"{late} 时期限已经届满，不能再延长",
            f"On {late} the time was over; it cannot be extended",
        )
    if len(made.facts.extended) > (times := len(made.extensions)):
        raise BadQuestion(
            f"{made.rule.id} 依法最多延长 {times} 次",
            f"{made.rule.id} can be extended {times} times at most",
        )
    for wish, (_, more) in zip(made.facts.extended, made.extensions, strict=True):
        if wish.length is not None and wish.length > more:
            raise BadQuestion(
                f"{made.rule.id} 这一次最多延长 {more}，不是 {wish.length}",
                f"{made.rule.id} can be extended by {more} at most, not {wish.length}",
            )
