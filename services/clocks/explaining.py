"""Explaining: a deadline in words: start, days, pauses, holidays, extensions, article, version."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from events.words import Words, in_words
from services.clocks.calendar import Span
from services.clocks.deadline import Deadline, Paused, between
from services.clocks.rules.rule import PAUSES

UNITS = {
    "wd": Words("个工作日", " working days"), "cd": Words("日", " days"),
    "month": Words("个月", " months"), "hour": Words("小时", " hours"),
}  # fmt: skip


def explanation(made: Deadline, on: date | None = None) -> list[Words]:
    """Every step of the reckoning as one sentence; `on` = also how far it is on that day."""
    return [*_standing(made, on), *_steps(made)]


def amount(length: int, unit: str) -> Words:
    """So many days of the unit: 7个工作日, 7 working days."""
    said = UNITS.get(unit, UNITS["cd"])
    return Words(f"{length}{said.zh}", f"{length}{said.en if length != 1 else said.en[:-1]}")


# -- where it stands ---------------------------------------------------------------------


def used(made: Deadline, on: date) -> int:
    """Days that counted, after the start up to and with the day."""
    on = max(on, made.facts.start)
    spent = between(made.unit, made.facts.start, on, made.calendar)
    return spent - sum(not_counted(made, pause, on) for pause in made.pauses)


def not_counted(made: Deadline, pause: Paused, on: date | None = None) -> int:
    """Days of the pause, up to a day; of one that goes on without a day: none yet."""
    end = min(each for each in (pause.until, on) if each) if pause.until or on else pause.since
    return max(0, between(made.unit, pause.since, end, made.calendar))


def _standing(made: Deadline, on: date | None) -> Iterator[Words]:
    """60日：已用7日，扣除检测14日."""
    if on is None or made.length is None or made.unit not in ("wd", "cd"):
        return
    spent = min(used(made, on), made.length)
    said = _USED.fill(all=amount(made.length, made.unit), used=amount(spent, made.unit))
    off: dict[str, int] = {}
    for pause in made.pauses:
        off[pause.kind] = off.get(pause.kind, 0) + not_counted(made, pause, on)
    for kind, days in off.items():
        less = _LESS.fill(why=PAUSES[kind].short, days=amount(days, made.unit))
        said = Words(said.zh + less.zh, said.en + less.en)
    left = _LEFT.fill(left=amount(max(0, made.length - spent), made.unit))
    yield said if off else Words(said.zh + left.zh, said.en + left.en)


# -- step by step ------------------------------------------------------------------------


def _steps(made: Deadline) -> Iterator[Words]:
    facts, term = made.facts, made.term
    if facts.set_for is not None:
        yield _STARTED_PLAIN.fill(day=facts.start, what=made.rule.starts)
        yield _NAMED.fill(day=facts.set_for)
    elif term is None:
        yield _STARTED_PLAIN.fill(day=facts.start, what=made.rule.starts)
        yield _BEFORE_ALL.fill(since=made.rule.terms[0].since)
    elif term.length is None:
        yield _STARTED_PLAIN.fill(day=facts.start, what=made.rule.starts)
        yield _NOT_NAMED if term.unit == "date" else _NO_NUMBER
    elif made.moments is not None:
        yield from _by_the_hour(made)
    elif made.nominal is None and not made.paused:
        yield _FAR.fill(day=facts.start)
    else:
        yield from _counted(made)
    if term is not None and term.note is not None:
        yield term.note
    yield from _law(made)


def _counted(made: Deadline) -> Iterator[Words]:
    assert made.term is not None
    assert made.term.length is not None
    first = _STARTED_PLAIN if made.term.first_day == "same" else _STARTED
    yield first.fill(day=made.facts.start, what=made.rule.starts)
    for allowed, more in made.extensions:
        yield _EXTENDED.fill(by=allowed.by, more=amount(more, made.unit))
    if late := too_late(made):
        yield _TOO_LATE.fill(on=late)
    for pause in made.pauses:
        yield _pause(made, pause)
    if made.nominal is not None:
        yield from _ended(made, made.nominal)


def too_late(made: Deadline) -> date | None:
    """When an extension was granted although the time was over; it is not counted."""
    asked = sorted(each.on for each in made.facts.extended)[len(made.extensions) :]
    return asked[0] if asked and made.latest is not None and asked[0] > made.latest else None


def _ended(made: Deadline, nominal: date) -> Iterator[Words]:
    length = amount(made.length or 0, made.unit)
    if made.rule.sort == "before":
        yield _BACKWARDS.fill(n=length, end=nominal)
    elif made.length:
        yield _RUNS.fill(n=length, end=nominal)
    if made.unit == "wd":
        yield from _skipped(made, nominal)
    if made.earliest is not None:
        yield _WINDOW.fill(first=made.earliest, last=nominal)
    if made.rule.sort == "block":
        yield from _blocked(made, nominal)
    elif made.safe != nominal or made.latest != nominal:
        yield from _rolled(made, nominal)
    if made.provisional:
        yield _DOUBT.fill(end=made.latest)


def _skipped(made: Deadline, nominal: date) -> Iterator[Words]:
    """Holidays by name and make-up days by date, between start and end."""
    start, end = sorted((made.facts.start, nominal))
    if spans := made.calendar.holidays(start, end):
        yield _SKIPPED.fill(days=_listed([_break(span) for span in spans]))
    if makeups := made.calendar.makeups(start, end):
        yield _WORKED.fill(days=_listed([_short(day) for day in makeups]))


def _rolled(made: Deadline, nominal: date) -> Iterator[Words]:
    why = _day_off(made, nominal)
    said = _NONE_WORKED if made.safe == nominal else _DAY_OFF
    yield said.fill(end=nominal, why=why, until=made.safe, latest=made.latest)
    statutory = made.calendar.after_statutory(nominal)
    if statutory not in (nominal, made.latest):
        yield _STATUTORY.fill(day=statutory)


def _blocked(made: Deadline, nominal: date) -> Iterator[Words]:
    yield _BLOCKED.fill(end=nominal)
    if made.safe != nominal:
        yield _WAIT.fill(end=nominal, why=_day_off(made, nominal), until=made.safe)


def _day_off(made: Deadline, day: date) -> Words:
    """What the day off is for."""
    mark = made.calendar.marked(day)
    return mark.name if mark and mark.off else Words("周末", "a weekend")


def _pause(made: Deadline, pause: Paused) -> Words:
    why = PAUSES[pause.kind].why
    if pause.until is None:
        left = (made.length or 0) - used(made, pause.since)
        return _PAUSED_NOW.fill(since=pause.since, why=why, left=amount(left, made.unit))
    days = amount(not_counted(made, pause), made.unit)
    return _PAUSED.fill(since=pause.since, until=pause.until, why=why, days=days)


def _by_the_hour(made: Deadline) -> Iterator[Words]:
    assert made.moments is not None
    safe, latest = made.moments
    yield _STARTED_PLAIN.fill(day=made.facts.start, what=made.rule.starts)
    said = _HOURS if made.facts.at else _NO_HOUR
    yield said.fill(n=made.length, safe=_minute(safe), latest=_minute(latest))


def _minute(at: datetime) -> Words:
    day = in_words(at.date())
    return Words(f"{day.zh} {at:%H:%M}", f"{day.en} {at:%H:%M}")


def _law(made: Deadline) -> Iterator[Words]:
    if made.term is not None and made.term.since.year > 1:
        yield _VERSION.fill(start=made.facts.start, since=made.term.since)
    if made.nominal is not None and made.unit in ("wd", "cd", "month"):
        first, last = sorted((made.facts.start.year, (made.latest or made.nominal).year))
        years = [made.calendar.years[y] for y in range(first, last + 1) if y in made.calendar.years]
        if years:
            yield _CALENDAR.fill(years=_listed([year.said for year in years]))


def _listed(parts: list[Words]) -> Words:
    return Words("、".join(p.zh for p in parts), ", ".join(p.en for p in parts))


def _break(span: Span) -> Words:
    first, last = _short(span.first), _short(span.last)
    if span.first == span.last:
        return Words(f"{span.name.zh}（{first.zh}）", f"{span.name.en} ({first.en})")
    return Words(
        f"{span.name.zh}（{first.zh}至{last.zh}）", f"{span.name.en} ({first.en} to {last.en})"
    )


def _short(day: date) -> Words:
    """Without the year: 10月10日, 10 October."""
    return Words(f"{day.month}月{day.day}日", in_words(day).en.rpartition(" ")[0])


_USED = Words("{all}：已用{used}", "{all}: {used} used")
_LESS = Words("，扣除{why}{days}", ", {days} not counted ({why})")
_LEFT = Words("，还剩{left}", ", {left} left")
_STARTED = Words("{day}：{what}，当天不计", "{day}: {what}; this day is not counted")
_STARTED_PLAIN = Words("{day}：{what}", "{day}: {what}")
_NO_NUMBER = Words(
    "没有规定具体天数，所以不会显示逾期",
    "No number of days is laid down, so it is never shown as overdue",
)
_NOT_NAMED = Words(
    "期限是记录中写明的日期；没有写明的，不会显示逾期",
    "It ends on the date that the record itself names; without one it is never shown as overdue",
)
_BEFORE_ALL = Words(
    "这一天早于本平台保存的规定（最早的自{since}起施行），所以不计算期限",
    "This day is before the first text kept here (in force from {since}); nothing is counted",
)
_FAR = Words(
    "从{day}起超出可以计算的日期", "From {day} it lies outside the days that can be counted"
)
_NAMED = Words("期限是记录中写明的 {day}", "The record itself names {day}")
_RUNS = Words("从次日起数{n}，最后一天是 {end}", "{n} from the next day; the last day is {end}")
_BACKWARDS = Words("倒着数{n}，最迟在 {end} 通知", "Counted backwards {n}: to be told by {end}")
_SKIPPED = Words("周末不计；放假不计：{days}", "Weekends are not counted, nor holidays: {days}")
_WORKED = Words("调休上班，照常计算：{days}", "Make-up days are counted: {days}")
_WINDOW = Words("不早于 {first}，不晚于 {last}", "Not before {first}, not after {last}")
_BLOCKED = Words("到 {end} 为止（含当日）不得进行", "Not allowed up to and with {end}")
_WAIT = Words(
    "{end}是{why}休息日：稳妥的是过了 {until} 再进行",
    "{end} is a day off ({why}): to be safe, wait until {until} is over",
)
_DAY_OFF = Words(
    "{end}是{why}休息日：稳妥的最后一天是 {until}，最迟不超过 {latest}",
    "{end} is a day off ({why}): the safe last day is {until}, the latest is {latest}",
)
_NONE_WORKED = Words(
    "{end}是{why}休息日，从起算日到这一天没有工作日：最迟不超过 {latest}",
    "{end} is a day off ({why}), and no day is worked from the start to it: the latest is {latest}",
)
_STATUTORY = Words(
    "如果只按法定节假日顺延，是 {day}", "If only statutory holidays are rolled over, it is {day}"
)
_PAUSED = Words(
    "{since}至{until}：{why}，{days}不计", "{since} to {until}: {why}, {days} not counted"
)
_PAUSED_NOW = Words(
    "{since}起：{why}，期限暂停，还剩{left}；结束后才能算出最后一天",
    "From {since}: {why}; the clock stands still with {left} left. "
    "The last day is known when it ends",
)
_EXTENDED = Words("{by}，延长{more}", "Extended by {more}: {by}")
_TOO_LATE = Words(
    "{on}批准的延长晚于期限届满，不计入", "Extended on {on}, after its end: that is not counted"
)
_HOURS = Words(
    "满{n}小时是 {safe}；不计开始的那一小时，最迟 {latest}（北京时间）",
    "{n} hours end at {safe}; without the hour in which it began, at {latest} (China)",
)
_NO_HOUR = Words(
    "没有写明几点：满{n}小时最早是 {safe}，最迟 {latest}（北京时间）",
    "The time of day is not given: {n} hours end at {safe} at the earliest, at {latest} at the "
    "latest (China)",
)
_VERSION = Words(
    "适用{start}时有效的规定（{since}起施行）",
    "By the law in force on {start} (since {since})",
)
_CALENDAR = Words("日历：{years}", "Calendar: {years}")
_DOUBT = Words(
    "{end}前后的放假安排尚未公布，只按法定节假日和周末计算，这个日期是暂定的",
    "The arrangement around {end} is not published yet: counted by weekends and statutory "
    "holidays alone, this date is provisional",
)
