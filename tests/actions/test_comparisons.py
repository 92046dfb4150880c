"""Comparative tests: every state against every command, who may, what results can be read."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from events import instruments as e
from events.event import Acting, today
from services.actions import instruments as i
from services.actions.command import Command
from services.actions.instruments import comparisons, samples
from tests.given import Given, given
from tests.people import CHEN, CONTACT, COUNCIL, LI, MA, MINHAI, QIAN, WANG, ZHAO

ID = "01900000-0000-7000-8000-0000000000ab"
WHY = "样品的型号写错了"
DETAILS = e.ComparisonDetails(
    goods="充电器", method="GB 4943.1", tested_by="省检验院", tested_on=date(2026, 11, 1),
    bought="网上匿名购买",
)  # fmt: skip
ABOUT: dict[str, Any] = {"number": "BJ-2026-000001-7", "council": COUNCIL, "title": "充电器比较"}
FIRST = {**ABOUT, "edition": 1}
SECOND = {**ABOUT, "edition": 2}
SAMPLE = e.Sample(
    n=1, brand="闽海 A1", enterprise=MINHAI, findings=[e.Finding(what="标志", met=True)]
)
NAMELESS = e.Sample(n=1, brand="无名", findings=[e.Finding(what="温度", value="68", unit="°C")])
DRAFTED = e.ComparisonDrafted(by=ZHAO, **FIRST, details=DETAILS)
ADDED = e.SampleAdded(by=ZHAO, **FIRST, sample=SAMPLE)
ENDED = date(2020, 1, 2)
DRAFT = [DRAFTED, ADDED]
SHOWN = [*DRAFT, e.ComparisonShown(by=ZHAO, **FIRST, enterprise=MINHAI, until=ENDED)]
PUBLISHED = [*SHOWN, e.ComparisonPublished(by=MA, **FIRST, samples=1)]
CORRECTING = [
    *PUBLISHED,
    e.ComparisonCorrected(by=ZHAO, **SECOND, details=DETAILS, samples=[SAMPLE], reason=WHY),
]
RECHECKED = [*CORRECTING, e.ComparisonShown(by=ZHAO, **SECOND, enterprise=MINHAI, until=ENDED)]
HISTORIES: dict[str, list[Any]] = {
    "draft": DRAFT, "shown": SHOWN, "published": PUBLISHED, "correcting": CORRECTING,
    "rechecked": RECHECKED,
    "withdrawn": [*PUBLISHED, e.ComparisonWithdrawn(by=MA, **FIRST, reason=WHY)],
}  # fmt: skip
LATER = date(today().year + 1, 1, 1)
SAYS = {
    "title": "充电器比较", "goods": "充电器", "method": "GB 4943.1", "tested_by": "省检验院",
    "tested_on": date(2026, 11, 1), "bought": "商场购买",
}  # fmt: skip
ROW = {"brand": "闽海 A2", "results": "最高温度 = 68 °C\n标志：不符合"}
#: Rule, command, by whom, what happened, in which states.
ACTS: list[tuple[Any, type[Command], Acting, dict[str, Any], type, str]] = [
    (comparisons.rewrite, i.RewriteComparison, ZHAO, SAYS, e.ComparisonRewritten,
     "draft correcting"),
    (samples.add, i.AddSample, ZHAO, ROW, e.SampleAdded, "draft correcting"),
    (samples.drop, i.DropSample, ZHAO, {"sample": 1}, e.SampleDropped, "draft correcting"),
    (samples.show, i.ShowComparison, ZHAO, {"until": LATER}, e.ComparisonShown,
     "draft correcting"),
    (samples.comment, i.CommentOnComparison, CONTACT, {"comment": "样品不是本企业生产"},
     e.ComparisonCommented, "shown rechecked"),
    (comparisons.publish, i.PublishComparison, MA, {}, e.ComparisonPublished, "shown rechecked"),
    (comparisons.correct, i.CorrectComparison, ZHAO, {"reason": WHY}, e.ComparisonCorrected,
     "shown published rechecked"),
    (comparisons.withdraw, i.WithdrawComparison, MA, {"reason": WHY}, e.ComparisonWithdrawn,
     "published correcting rechecked"),
]  # fmt: skip
CASES = [(act, state) for act in ACTS for state in HISTORIES]
#: Where the sentence is another than that somebody was quicker.
OTHERWISE = {
    ("PublishComparison", "draft"): "先把结果发给",
    ("PublishComparison", "correcting"): "先把结果发给",
    ("CommentOnComparison", "draft"): "不能",
    ("CommentOnComparison", "correcting"): "不能",
}


def tried(act: Any, history: list[Any], by: Acting | None = None) -> Given[Any]:
    rule, command, who, fields, _, _ = act
    made = command(by=by or who, comparison=ID, **fields)
    return given(i.Comparison, *history).when(rule, made)


@pytest.mark.parametrize(("act", "state"), CASES, ids=lambda v: v if isinstance(v, str) else "")
def test_every_command_in_every_state(act: Any, state: str) -> None:
    found = tried(act, HISTORIES[state])
    if state in act[5].split():
        found.then(act[4], title="充电器比较", number="BJ-2026-000001-7")
    else:
        found.refused(OTHERWISE.get((act[1].__name__, state), "最近一步"))


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act[1].__name__)
@pytest.mark.parametrize("by", [QIAN, WANG, LI, CHEN])
def test_no_other_party_acts_on_it(act: Any, by: Acting) -> None:
    tried(act, HISTORIES[act[5].split()[0]], by).refused("不能")


def test_a_clerk_drafts_and_the_head_publishes() -> None:
    for act in (ACTS[5], ACTS[7]):
        tried(act, HISTORIES[act[5].split()[0]], ZHAO).refused("不能")


def test_it_waits_for_the_term_or_for_every_comment() -> None:
    asked = e.ComparisonShown(by=ZHAO, **FIRST, enterprise=MINHAI, until=LATER)
    said = e.ComparisonCommented(by=CONTACT, **FIRST, enterprise=MINHAI, comment="已经改进")
    tried(ACTS[5], [*DRAFT, asked]).refused(f"{LATER.year}年1月1日")
    tried(ACTS[5], [*DRAFT, asked, said]).then(e.ComparisonPublished, samples=1, edition=1)


def test_who_is_named_comments_once() -> None:
    said = e.ComparisonCommented(by=CONTACT, **FIRST, enterprise=MINHAI, comment="已经改进")
    tried(ACTS[4], [*SHOWN, said]).refused("只能说明一次")


def test_where_no_enterprise_is_named_it_is_published_at_once() -> None:
    unnamed = [DRAFTED, e.SampleAdded(by=ZHAO, **FIRST, sample=NAMELESS)]
    tried(ACTS[3], unnamed).refused("可以直接发布")
    tried(ACTS[5], unnamed).then(e.ComparisonPublished, samples=1)
    tried(ACTS[5], [DRAFTED]).refused("还没有登记样品")


def test_a_correction_is_a_new_edition_only_where_one_was_published() -> None:
    tried(ACTS[6], SHOWN).then(e.ComparisonCorrected, edition=1, samples=[SAMPLE])
    tried(ACTS[6], PUBLISHED).then(e.ComparisonCorrected, edition=2, samples=[SAMPLE])
    tried(ACTS[6], RECHECKED).then(e.ComparisonCorrected, edition=2)


def test_a_number_is_given_once() -> None:
    dropped = e.SampleDropped(by=ZHAO, **FIRST, n=1)
    record = tried(ACTS[1], [*DRAFT, dropped]).record
    assert record.new[0].sample.n == 2
    tried(ACTS[2], [*DRAFT, dropped]).refused("没有第 1 号样品")


def test_the_term_ends_after_today() -> None:
    soon = i.ShowComparison(by=ZHAO, comparison=ID, until=today())
    given(i.Comparison, *DRAFT).when(samples.show, soon).refused("今天以后", field="until")


def test_testing_is_over_when_it_is_told() -> None:
    with pytest.raises(ValidationError, match="不能在将来"):
        i.DraftComparison(by=ZHAO, **SAYS | {"tested_on": LATER})


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("最高温度 = 68 °C", e.Finding(what="最高温度", value="68", unit="°C")),
        ("待机功耗：≤0.1W", e.Finding(what="待机功耗", value="≤0.1", unit="W")),
        ("标志＝符合", e.Finding(what="标志", met=True)),
        ("mark = Not met", e.Finding(what="mark", met=False)),
        ("误差 = -0.5 %", e.Finding(what="误差", value="-0.5", unit="%")),
        ("个数=3", e.Finding(what="个数", value="3")),
    ],
)
def test_a_result_is_a_value_with_its_unit_or_whether_it_was_met(
    line: str, found: e.Finding
) -> None:
    assert list(samples.findings(f"\n{line}\n")) == [found]


@pytest.mark.parametrize(
    ("results", "said"),
    [("很好", "看不懂"), ("外观 = 很好", "看不懂"), ("= 3", "看不懂"), ("", "at least 1"),
     ("温度 = 3\n温度 = 4", "写了两次"),
     ("\n".join(f"第{n}项 = {n}" for n in range(21)), "最多 20 项")],
)  # fmt: skip
def test_what_cannot_be_read_is_named(results: str, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        i.AddSample(by=ZHAO, comparison=ID, brand="闽海", results=results)
