"""The register: every clock in both languages, by the law of its time; unsound ones are refused."""

from __future__ import annotations

from datetime import date

import pytest

from events.words import both
from services.clocks.rules import RULES, Rule, Term, UnknownRule, by_profile, ruled
from services.clocks.rules.laws import APL, EIP, O2, O18, O19, O45, O107, O110, O121, R778
from services.clocks.rules.rule import BadRules, checked


@pytest.mark.parametrize("number", range(1, 41))
def test_every_number_of_the_register_is_there(number: int) -> None:
    assert any(id.rstrip("abcdefgh") == f"C{number}" for id in RULES)


@pytest.mark.parametrize("each", RULES.values(), ids=lambda r: r.id)
def test_every_rule_is_said_in_both_languages(each: Rule) -> None:
    for words in (each.what, each.starts, *(term.basis for term in each.terms)):
        assert words.zh
        assert words.en


#: The register as the specification has it (§9.1), written again by hand for September 2026:
#: length, unit, by how much the head can lengthen it (None: as decided), articles.
REGISTER = {
    "C1": (7, "wd", [], "121 15, 778 46"), "C2": (60, "cd", [], "121 22 23, 778 46"),
    "C3": (7, "wd", [], "121 23"), "C4": (15, "wd", [15], "121 27, 2 18"),
    "C5": (15, "wd", [15], "2 18, 121 35"), "C6a": (7, "wd", [], "121 33, 2 13"),
    "C6b": (7, "wd", [], "2 16"), "C7": (10, "wd", [], ""),
    "C11": (90, "cd", [30, None], "2 64"), "C12": (7, "wd", [], "2 35"),
    "C13": (30, "cd", [30], "2 38"), "C14": (24, "hour", [], "2 33 36"),
    "C15": (10, "wd", [None], "2 55"), "C16": (5, "wd", [], "2 57, APL 64 85"),
    "C17": (7, "wd", [], "APL 64 85"), "C18a": (7, "wd", [], "2 81"),
    "C18b": (30, "cd", [], "2 82"), "C19": (15, "cd", [None], "2 72 74 75"),
    "C20a": (10, "wd", [], "2 76"), "C20b": (3, "month", [], "2 76"),
    "C21": (15, "wd", [], "2 77"), "C22a": (20, "wd", [], "45 9"),
    "C22b": (10, "wd", [], "45 10"), "C22c": (10, "wd", [], "45 10"),
    "C23": (3, "wd", [], "45 11, 2 63"), "C24a": (3, "month", [], "107 7"),
    "C24b": (12, "month", [], "107 9"), "C24c": (36, "month", [], "107 8"),
    "C25a": (2, "wd", [], "107 14"), "C25b": (7, "wd", [10], "107 16"),
    "C25c": (3, "wd", [], "107 17"), "C26": (15, "cd", [], "18 36"),
    "C27": (7, "cd", [], "18 38"), "C28": (10, "cd", [], "18 39"),
    "C29": (60, "cd", [], "18 46"), "C30": (75, "cd", [], "18 47"),
    "C31": (90, "cd", [], "18 48"), "C32": (6, "month", [], "18 8"),
    "C34": (5, "wd", [], "110 15"), "C35": (5, "wd", [], "110 17"),
    "C36a": (2, "wd", [], "19 8"), "C36b": (2, "wd", [], "19 8"),
    "C36c": (3, "wd", [], "19 9"), "C36d": (10, "wd", [], "19 13"),
    "C36e": (10, "wd", [], "19 17"), "C36f": (3, "wd", [], "19 19"),
    "C36g": (3, "month", [], "19 21"), "C36h": (15, "wd", [], "19 21"),
    "C37": (20, "wd", [], "EIP 13"), "C38a": (24, "month", [], "APL 36"),
    "C38b": (60, "month", [], "APL 36"), "C39": (36, "month", [], "121 16"),
    "C40a": (10, "wd", [], ""), "C40b": (30, "cd", [], ""), "C40c": (15, "wd", [], ""),
}  # fmt: skip
_LAWS = {"778": R778, "APL": APL, "EIP": EIP, "121": O121, "2": O2, "45": O45, "107": O107,
         "18": O18, "19": O19, "110": O110}  # fmt: skip


@pytest.mark.parametrize("id", REGISTER)
def test_each_number_is_that_of_the_register(id: str) -> None:
    length, unit, more, cited = REGISTER[id]
    term = RULES[id].terms[-1]
    assert (term.length, term.unit) == (length, unit)
    assert [each.length for each in term.extensions] == more
    assert term.first_day == "next"
    for each in filter(None, cited.split(", ")):
        law, *articles = each.split()
        assert _LAWS[law].article(*map(int, articles)).zh in term.basis.zh


def test_every_rule_with_a_number_stands_in_that_table() -> None:
    counted = {id for id, rule in RULES.items() if rule.terms[-1].length is not None}
    assert counted == {*REGISTER, "C33a", "C33b", "C33c"}


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
