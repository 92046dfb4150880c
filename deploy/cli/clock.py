"""`gongzhi clock`: what the engine says of one clock, asked from the shell, without a database."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, NoReturn

import typer

from deploy.cli.said import fail, language, out, t
from events.event import CHINA
from events.words import Words
from services.clocks.calendar import china
from services.clocks.deadline import Deadline, Extended, Facts, Paused, deadline
from services.clocks.explaining import explanation
from services.clocks.rules import PROFILES, Rule, UnknownRule, by_profile, ruled
from services.clocks.rules.rule import PAUSES

_EXAMPLE = "2026-09-24"
RuleId = Annotated[str, typer.Argument(help=t("规则编号，如 C1、C25b", "Rule, such as C1, C25b"))]
Start = Annotated[
    str, typer.Argument(help=t(f"起算日，如 {_EXAMPLE}", f"The day it starts, as {_EXAMPLE}"))
]
Only = Annotated[
    bool, typer.Option("--date-only", help=t("只写最后一天", "The nominal date alone"))
]
Pauses = Annotated[
    list[str] | None,
    typer.Option(
        "--pause",
        help=t("不计入的时间：检测 2026-07-20..2026-08-03", "Not counted: testing:FROM..UNTIL"),
    ),
]
Extensions = Annotated[
    list[int] | None,
    typer.Option("--extend", help=t("批准延长的天数，可重复", "Days of an extension; repeatable")),
]
AsOf = Annotated[str, typer.Option("--as-of", help=t("看到这一天为止", "As it stands on a day"))]
Province = Annotated[
    str, typer.Option("--profile", help=t("省级档案：", "Profile: ") + ", ".join(PROFILES))
]


def clock(
    rule: RuleId, start: Start, date_only: Only = False, pause: Pauses = None,
    extend: Extensions = None, as_of: AsOf = "", profile: Province = "",
) -> None:  # fmt: skip
    known = _rule(rule, profile)
    begun, at = _moment(start)
    term = known.at(begun)
    kinds = term.pauses if term else ()
    facts = Facts(
        begun,
        at,
        tuple(_pause(known, each, kinds) for each in pause or ()),
        tuple(Extended(begun, days) for days in extend or ()),
    )
    made = deadline(known, facts, china())
    _refuse_more(made, len(facts.extended))
    if date_only:
        out.print(_nominal(made), markup=False)
        return
    for line in _lines(made, _day(as_of) if as_of else None):
        out.print(line.say(language()), markup=False)


def _lines(made: Deadline, on: date | None) -> list[Words]:
    rule = made.rule
    head = Words(f"{rule.id} {rule.what.zh}", f"{rule.id} {rule.what.en}")
    dates = [] if made.safe is None else [_ENDS.fill(
        safe=made.safe, nominal=made.nominal, latest=made.latest,
        mark=_PROVISIONAL if made.provisional else "",
    )]  # fmt: skip
    basis = Words(f"依据：{made.basis.zh}", f"Basis: {made.basis.en}")
    return [head, *dates, *explanation(made, on), basis]


_ENDS = Words(
    "稳妥 {safe}，名义 {nominal}，最迟 {latest}{mark}",
    "Safe {safe}, nominal {nominal}, latest {latest}{mark}",
)
_PROVISIONAL = Words("（暂定）", " (provisional)")


# -- what was typed ----------------------------------------------------------------------


def _rule(id: str, profile: str) -> Rule:
    if profile and profile not in PROFILES:
        names = ", ".join(PROFILES)
        _wrong(f"没有档案“{profile}”；现有：{names}", f"No profile {profile!r}; there are: {names}")
    try:
        return by_profile(ruled(id).id, profile)
    except UnknownRule as unknown:
        _wrong(unknown.words.zh, unknown.words.en)


def _moment(text: str) -> tuple[date, datetime | None]:
    """A day, or a day with a time of day in China."""
    if len(text) <= 10:
        return _day(text), None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        _bad_date(text)
    at = at if at.tzinfo else at.replace(tzinfo=CHINA)
    return _day(at.astimezone(CHINA).date().isoformat()), at


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        _bad_date(text)
    if not 1992 <= day.year <= 2098:
        _wrong(f"只能计算 1992 至 2098 年，不能计算 {text}", f"Only 1992 to 2098, not {text}")
    return day


def _pause(rule: Rule, text: str, kinds: tuple[str, ...]) -> Paused:
    """`testing:2026-07-20..2026-08-03`, without an end while it goes on."""
    kind, colon, span = text.partition(":")
    since, dots, until = span.partition("..")
    names = {name: name for name in PAUSES} | {p.short.zh: name for name, p in PAUSES.items()}
    if not colon or not dots or kind not in names:
        _wrong(
            f"暂停“{text}”看不懂，请写成 testing:2026-07-20..2026-08-03",
            f"Pause {text!r} is not understood; write testing:2026-07-20..2026-08-03",
        )
    if names[kind] not in kinds:
        _wrong(
            f"{rule.id} 的期限不因此暂停（{PAUSES[names[kind]].why.zh}）",
            f"{rule.id} is not paused by {PAUSES[names[kind]].why.en}",
        )
    made = Paused(names[kind], _day(since), _day(until) if until else None)
    if made.until is not None and made.until < made.since:
        _wrong(f"暂停“{text}”先结束后开始", f"Pause {text!r} ends before it begins")
    return made


def _refuse_more(made: Deadline, asked: int) -> None:
    """What the law has no room for is not silently left out here."""
    if asked > len(made.extensions):
        times = len(made.extensions)
        _wrong(
            f"{made.rule.id} 依法最多延长 {times} 次",
            f"{made.rule.id} can be extended {times} times",
        )
    for wish, (_, more) in zip(made.facts.extended, made.extensions, strict=True):
        if wish.length is not None and wish.length > more:
            _wrong(
                f"{made.rule.id} 这一次最多延长 {more}，不是 {wish.length}",
                f"{made.rule.id} can be extended by {more} at most, not {wish.length}",
            )


def _nominal(made: Deadline) -> str:
    if made.nominal is None:
        said = _why_none(made)
        _wrong(f"{made.rule.id} 没有日期：{said.zh}", f"{made.rule.id} has no date: {said.en}")
    return made.nominal.isoformat()


def _why_none(made: Deadline) -> Words:
    """Without a number, paused, or beyond what can be counted."""
    return explanation(made)[1] if len(explanation(made)) > 1 else made.basis


def _bad_date(text: str) -> NoReturn:
    _wrong(f"“{text}”不是日期，请写成 {_EXAMPLE}", f"{text!r} is no date; write it as {_EXAMPLE}")


def _wrong(zh: str, en: str) -> NoReturn:
    fail(zh, en, 2)
