"""The clock line says what is true: how long is left, when it was settled, and whether in time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from portals.pages import environment
from portals.saying import SCENE, FormToken, Scene
from services.clocks.due import clock_line, due
from services.clocks.rules import RULES

SINCE = date(2026, 11, 2)  # C1 ends on Wednesday 11 November


@pytest.fixture(params=["zh", "en"])
def lang(request: pytest.FixtureRequest) -> Iterator[str]:
    before = SCENE.set(Scene(request.param, FormToken(str), lambda **_: ""))
    yield request.param
    SCENE.reset(before)


def said(rule: str, today: date, done_on: date | None = None, since: date = SINCE) -> str:
    """The line of a clock, as plain text."""
    clock = environment().get_template("parts/kit.html").module.clock  # type: ignore[attr-defined]
    html = str(clock(clock_line(due(RULES[rule], since), today, done_on)))
    line = re.search(r'<p class="clock__line">(.*?)</p>', html, re.DOTALL)
    assert line is not None
    return " ".join(re.sub(r"<[^>]+>", "", line[1]).split())


@pytest.mark.parametrize(
    ("rule", "done_on", "zh", "en"),
    [
        ("C1", date(2026, 11, 10), "按期了结 · 2026年11月10日，期限 2026年11月11日",
         "Settled in time · 10 November 2026, due 11 November 2026"),
        ("C1", date(2026, 11, 12), "逾期了结 · 2026年11月12日，期限 2026年11月11日",
         "Settled late · 12 November 2026, due 11 November 2026"),
        ("C10", date(2026, 11, 12), "已了结 · 2026年11月12日", "Settled · 12 November 2026"),
    ],
)  # fmt: skip
def test_what_is_settled_says_when_and_whether_in_time(
    lang: str, rule: str, done_on: date, zh: str, en: str
) -> None:
    assert said(rule, date(2026, 11, 30), done_on) == (zh if lang == "zh" else en)


@pytest.mark.parametrize(
    ("today", "zh", "en"),
    [
        (date(2026, 11, 10), "还剩 1 个工作日", "1 working day left"),
        (date(2026, 11, 9), "还剩 2 个工作日", "2 working days left"),
        (date(2026, 11, 11), "今天截止", "Due today"),
        (date(2026, 11, 12), "已逾期 1 个工作日", "Overdue by 1 working day ·"),
        (date(2026, 11, 13), "已逾期 2 个工作日", "Overdue by 2 working days"),
    ],
)
def test_one_day_is_one_day(lang: str, today: date, zh: str, en: str) -> None:
    assert (zh if lang == "zh" else en) in said("C1", today)


@pytest.mark.parametrize(
    ("today", "zh", "en"),
    [
        (date(2026, 9, 30), "今天截止 · 2026年9月30日（周三）截止",
         "Due today · 30 September 2026"),
        (date(2026, 10, 3), "还剩 5 天 · 最迟 2026年10月8日（周四）截止",
         "5 days left · due 8 October 2026"),
        (date(2026, 10, 8), "今天截止 · 最迟 2026年10月8日（周四）截止",
         "Due today · 8 October 2026"),
        (date(2026, 10, 9), "已逾期 1 天 · 最迟 2026年10月8日（周四）截止",
         "Overdue by 1 day · 8 October 2026"),
    ],
)  # fmt: skip
def test_after_the_safe_day_the_latest_is_shown_to_which_is_counted(
    lang: str, today: date, zh: str, en: str
) -> None:
    """Accepted on 2 August: sixty days end on National Day, safe on 30 September."""
    assert said("C2", today, since=date(2026, 8, 2)) == (zh if lang == "zh" else en)
    settled = said("C2", today, date(2026, 10, 8), date(2026, 8, 2))
    assert settled.endswith("期限 2026年10月8日" if lang == "zh" else "due 8 October 2026")


@pytest.mark.parametrize(
    ("done", "told"), [(date(2026, 11, 10), True), (date(2026, 11, 16), False)]
)
def test_what_was_entered_as_done_in_time_after_it_was_late_is_told(
    lang: str, done: date, told: bool
) -> None:
    """Due on 11 November, noted as late, and then entered with an earlier date."""
    clock = environment().get_template("parts/kit.html").module.clock  # type: ignore[attr-defined]
    line = clock_line(due(RULES["C1"], SINCE), date(2026, 11, 30), done)
    html = str(clock(line | {"breached": date(2026, 11, 11), "explained": ""}))
    said = {"zh": "期限过后才补录为按期办理", "en": "was entered only afterwards"}
    assert (said[lang] in html) == told


def test_without_a_number_of_days_there_is_no_limit(lang: str) -> None:
    """What was waited for so long is said, and no more."""
    expected = {
        "zh": "没有期限 · 未答复 20 个工作日",
        "en": "No time limit · unanswered for 20 working days",
    }
    assert said("C10", date(2026, 11, 30)) == expected[lang]
