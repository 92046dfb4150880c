"""The register: every clock in both languages, by the law of its time; unsound ones are refused."""

from __future__ import annotations

from datetime import date

import pytest

from events.words import both
from services.clocks.rules import RULES, Rule, Term, UnknownRule, by_profile, ruled
from services.clocks.rules.laws import O121
from services.clocks.rules.rule import BadRules, checked


@pytest.mark.parametrize("number", range(1, 41))
def test_every_number_of_the_register_is_there(number: int) -> None:
    assert any(id.rstrip("abcdefgh") == f"C{number}" for id in RULES)


@pytest.mark.parametrize("each", RULES.values(), ids=lambda r: r.id)
def test_every_rule_is_said_in_both_languages(each: Rule) -> None:
    for words in (each.what, each.starts, *(term.basis for term in each.terms)):
        assert words.zh
        assert words.en


def test_articles_are_cited_as_in_the_law() -> None:
    assert O121.article(22, 23).zh == "《市场监督管理投诉举报处理办法》第二十二条、第二十三条"
    assert O121.article(10).zh.endswith("第十条")
    assert O121.article(40).en == "SAMR Order 121, Article 40"


@pytest.mark.parametrize(
    ("start", "length", "unit"),
    [
        ("2024-06-30", 45, "wd"),
        ("2024-07-01", 60, "cd"),
        ("2026-04-14", 60, "cd"),
        ("2026-04-15", 60, "cd"),
    ],
)
def test_the_law_in_force_at_the_start_applies(start: str, length: int, unit: str) -> None:
    term = RULES["C2"].at(date.fromisoformat(start))
    assert term is not None
    assert (term.length, term.unit) == (length, unit)


def test_order_778_stands_above_order_20() -> None:
    before, after = RULES["C2"].at(date(2026, 4, 14)), RULES["C2"].at(date(2026, 4, 15))
    assert before is not None
    assert after is not None
    assert "778" in before.basis.en
    assert "121" in after.basis.en


def test_before_the_first_text_there_is_none() -> None:
    assert RULES["C34"].at(date(2026, 11, 30)) is None
    assert RULES["C34"].at(date(2026, 12, 1)) is not None


def _rule(*spans: tuple[date, date | None]) -> Rule:
    terms = tuple(Term("wd", 7, both("x"), since, until) for since, until in spans)
    return Rule("X", both("act"), both("start"), terms)


@pytest.mark.parametrize(
    ("first_ends", "second_begins", "said"),
    [
        (date(2025, 5, 30), date(2025, 6, 1), "没有任何版本"),
        (date(2025, 6, 1), date(2025, 6, 1), "重叠"),
        (None, date(2025, 6, 1), "重叠"),
    ],
)
def test_a_gap_or_an_overlap_is_refused(
    first_ends: date | None, second_begins: date, said: str
) -> None:
    with pytest.raises(BadRules, match=said):
        checked((_rule((date(2020, 1, 1), first_ends), (second_begins, None)),))


def test_a_rule_that_stands_twice_or_has_no_period_is_refused() -> None:
    sound = _rule((date(2020, 1, 1), None))
    with pytest.raises(BadRules, match="两次"):
        checked((sound, sound))
    with pytest.raises(BadRules, match="没有期限"):
        checked((_rule_without_terms(),))


def _rule_without_terms() -> Rule:
    rule = _rule((date(2020, 1, 1), None))
    object.__setattr__(rule, "terms", ())
    return rule


def test_a_rule_is_found_as_people_type_it() -> None:
    assert ruled(" c1 ").id == "C1"
    assert ruled("c25B").id == "C25b"
    with pytest.raises(UnknownRule, match="C25a"):
        ruled("C25")
    with pytest.raises(UnknownRule, match="C41"):
        ruled("C41")


def test_councils_have_the_days_of_their_province() -> None:
    on = date(2026, 9, 1)
    zhejiang, shanghai = by_profile("C9", "zhejiang").at(on), by_profile("C9", "shanghai").at(on)
    fujian, by_law = by_profile("C9", "fujian").at(on), by_profile("C9").at(on)
    assert zhejiang is not None
    assert shanghai is not None
    assert fujian is not None
    assert (zhejiang.length, zhejiang.unit) == (10, "wd")
    assert (shanghai.length, shanghai.unit) == (60, "cd")
    assert fujian.length is None
    assert fujian.basis.zh.endswith("福建：无法定天数，按档案")
    assert by_law == RULES["C9"].at(on)
    assert by_profile("C1", "zhejiang") is RULES["C1"]


def test_before_a_province_had_a_number_the_national_law_holds() -> None:
    term = by_profile("C9", "zhejiang").at(date(2016, 1, 1))
    assert term is not None
    assert term.length is None
