"""`gongzhi clock`: what the engine says of one clock, asked from the shell, without a database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from deploy.cli.calendar import paper_in
from deploy.cli.said import fail, language, out, t
from events.words import Words
from services.clocks.asked import Asked, BadQuestion, a_day, answer
from services.clocks.calendar import Calendar, Year, china
from services.clocks.deadline import Deadline
from services.clocks.explaining import explanation
from services.clocks.rules import PROFILES
from services.timekeeping.times import days_of

_EXAMPLE = "2026-09-24"
RuleId = Annotated[str, typer.Argument(help=t("规则编号，如 C1、C25b", "Rule, such as C1, C25b"))]
Start = Annotated[
    str, typer.Argument(help=t(f"起算日，如 {_EXAMPLE}", f"The day it starts, as {_EXAMPLE}"))
]
Only = Annotated[
    bool, typer.Option("--date-only", help=t("只写名义上的最后一天", "The nominal date alone"))
]
Pauses = Annotated[
    list[str] | None,
    typer.Option(
        "--pause",
        help=t("不计入的时间，如 检测:2026-07-20..2026-08-03", "Not counted: testing:FROM..UNTIL"),
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
Arrangements = Annotated[
    list[Path] | None,
    typer.Option(
        "--calendar",
        help=t("再用这一年的放假安排，如 2027.json；可重复",
               "An arrangement of holidays besides, as 2027.json; repeatable"),
    ),
]  # fmt: skip


def clock(
    rule: RuleId, start: Start, date_only: Only = False, pause: Pauses = None,
    extend: Extensions = None, as_of: AsOf = "", profile: Province = "",
    arranged: Arrangements = None,
) -> None:  # fmt: skip
    days = _calendar(arranged or ())
    try:
        longer = [str(days) for days in extend or ()]
        made = answer(Asked(rule, start, pause or (), longer, profile), days)
        on = a_day(as_of) if as_of else None
    except BadQuestion as bad:
        fail(bad.words.zh, bad.words.en, 2)
    if date_only:
        out.print(_nominal(made), markup=False)
        return
    for line in _lines(made, on):
        out.print(line.say(language()), markup=False)


def _calendar(files: Sequence[Path]) -> Calendar:
    """The shipped calendar with these arrangements; one that cannot be read is said."""
    found = china()
    for file in files:
        paper = paper_in(file)
        days = days_of(paper.days)
        version = 1 + (found.years[paper.year].version if found.known(paper.year) else 0)
        found = found.with_year(Year(paper.year, days, version, paper.source, paper.sha256))
    return found


def _lines(made: Deadline, on: date | None) -> list[Words]:
    rule = made.rule
    head = Words(f"{rule.id} {rule.what.zh}", f"{rule.id} {rule.what.en}")
    ends = _AFTER if rule.sort == "block" else _ENDS
    dates = [] if made.safe is None else [ends.fill(
        safe=made.safe, nominal=made.nominal, latest=made.latest,
        mark=_PROVISIONAL if made.provisional else "",
    )]  # fmt: skip
    basis = Words(f"依据：{made.basis.zh}", f"Basis: {made.basis.en}")
    return [head, *dates, *explanation(made, on), basis]


_ENDS = Words(
    "稳妥 {safe}，名义 {nominal}，最迟 {latest}{mark}",
    "Safe {safe}, nominal {nominal}, latest {latest}{mark}",
)
_AFTER = Words(
    "过了 {safe} 才可以进行（名义上到 {nominal}）{mark}",
    "Allowed only after {safe} (nominally after {nominal}){mark}",
)
_PROVISIONAL = Words("（暂定）", " (provisional)")


def _nominal(made: Deadline) -> str:
    if made.nominal is None:
        why = explanation(made)[1]
        fail(f"{made.rule.id} 没有日期：{why.zh}", f"{made.rule.id} has no date: {why.en}", 2)
    return made.nominal.isoformat()
