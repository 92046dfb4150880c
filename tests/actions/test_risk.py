"""The rules of risk (S10): matrix, alignment with a reason, confirmation by another person."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from events.event import Acting
from events.risk import (
    RiskAssessed,
    RiskDeskNamed,
    RiskLevelConfirmed,
    RiskLevelDecided,
    RiskLevelKept,
)
from services.actions import enforcement as e
from services.actions.enforcement import FollowUp, risk
from services.actions.refused import OwnWork
from services.actions.risk_desk import NameRiskDesk, RiskDesk, name
from services.risk_matrix import level_of, matrix
from tests.actions.test_enforcement import HISTORIES, on
from tests.given import Given, given
from tests.people import ADMIN, CHEN, CONTACT, COUNCIL, LI, PROVINCE, SUN, WANG, WU

SCENARIO = {"scenario": "充电时过热起火，室内人员烧伤", "strength": "strong"}


def assessed(by: Acting = LI, severity: str = "4", probability: str = "5", **more: Any) -> Any:
    said = {**SCENARIO, "severity": severity, "probability": probability, **more}
    return risk.assess, on(e.AssessRisk, by=by, **said)


def aligned(yes: bool = True, by: Acting = LI, reason: str = "") -> Any:
    return risk.align, on(e.AlignLevel, by=by, align=yes, reason=reason)


def set_to(level: str, by: Acting = LI) -> Any:
    return risk.set_to, on(e.SetLevel, by=by, level=level, reason="根据最新的检验报告")


def confirmed(by: Acting) -> Any:
    return risk.confirm, on(e.ConfirmLevel, by=by, reason="检验报告与现场相符")


def when(step: Any, *history: Any, state: str = "opened") -> Given[FollowUp]:
    return given(FollowUp, *HISTORIES[state], *history).when(*step)


def test_the_matrix_has_a_level_for_each_pair_and_never_falls() -> None:
    rank = ["low", "medium", "high", "serious"]
    table = matrix()
    assert len(table) == 32
    for severity in "123":
        for probability in "1234567":
            here = rank.index(table[severity, probability])
            assert rank.index(table[str(int(severity) + 1), probability]) >= here
            assert rank.index(table[severity, str(int(probability) + 1)]) >= here


@pytest.mark.parametrize(
    ("severity", "probability", "strength", "level"),
    [("4", "5", "strong", "serious"), ("4", "3", "moderate", "high"),
     ("1", "8", "strong", "high"), ("2", "4", "strong", "medium"), ("3", "2", "strong", "low"),
     ("4", "8", "weak", "inconclusive")],
)  # fmt: skip
def test_the_level_by_matrix_and_evidence(
    severity: str, probability: str, strength: str, level: str
) -> None:
    assert level_of(severity, probability, strength) == level


@pytest.mark.parametrize("state", [s for s in HISTORIES if s != "closed"])
def test_an_assessment_in_every_open_state_leaves_the_level_as_it_is(state: str) -> None:
    done = when(assessed(), state=state)
    done.then(RiskAssessed, level="serious", matrix="(EU) 2019/417")
    assert done.record.risk.level == "inconclusive"
    assert done.record.risk.differs
    assert done.record.state == state


def test_it_may_be_older_than_the_case() -> None:
    step = risk.assess, on(e.AssessRisk, date(2026, 4, 3), occurred_on=date(2026, 4, 3),
                           severity="4", probability="5", **SCENARIO)  # fmt: skip
    when(step).then(RiskAssessed, occurred_on=date(2026, 4, 3))


@pytest.mark.parametrize("step", [assessed(), aligned(), set_to("low"), confirmed(WU)],
                         ids=["assess", "align", "set", "confirm"])  # fmt: skip
def test_a_closed_case_keeps_its_level(step: Any) -> None:
    when(step, state="closed").refused("不能")


@pytest.mark.parametrize("by", [WANG, CHEN, CONTACT, ADMIN], ids=lambda by: by.name)
def test_only_the_regulator_in_charge(by: Acting) -> None:
    for rule, command in (assessed(), aligned(), set_to("low"), confirmed(WU)):
        when((rule, command.model_copy(update={"by": by}))).refused("不能")


# -- alignment ---------------------------------------------------------------------------


def test_yes_sets_the_level_as_assessed() -> None:
    when(aligned(), assessed()).then(RiskLevelDecided, level="serious", was="inconclusive")


def test_no_needs_its_reason_and_keeps_the_level() -> None:
    when(aligned(False), assessed()).refused("请说明保留", field="reason")
    done = when(aligned(False, reason="样品不是这家企业的"), assessed())
    done.then(RiskLevelKept, level="inconclusive", assessed="serious")
    assert not done.record.risk.differs


def test_it_is_asked_once_and_only_where_they_differ() -> None:
    when(aligned(), assessed(), aligned()).refused("已经答复过")
    when(aligned()).refused("一致")
    when(aligned(), set_to("serious"), assessed()).refused("一致")


# -- setting and confirming --------------------------------------------------------------


def test_the_same_level_is_no_change() -> None:
    when(set_to("inconclusive")).refused("没有变化", field="level")


def test_who_set_it_does_not_confirm_it() -> None:
    asked = when(confirmed(LI), set_to("high"))
    asked.refused("该风险等级由您评定，不能由您复核")
    assert isinstance(asked.refusal, OwnWork)
    when(confirmed(WU), set_to("high")).then(RiskLevelConfirmed, level="high")


def test_nor_does_who_assessed_it() -> None:
    when(confirmed(SUN), assessed(by=SUN), aligned(by=LI)).refused("由您评定")
    when(confirmed(WU), assessed(by=SUN), aligned(by=LI)).then(RiskLevelConfirmed, level="serious")


def test_only_grave_levels_are_confirmed_and_once() -> None:
    when(confirmed(WU), set_to("low")).refused("没有待复核")
    when(confirmed(WU)).refused("没有待复核")
    when(confirmed(WU), set_to("high"), confirmed(WU)).refused("没有待复核")


# -- the desk ----------------------------------------------------------------------------


def test_the_operator_names_the_desk() -> None:
    named = NameRiskDesk(by=ADMIN, party=PROVINCE)
    given(RiskDesk).when(name, named).then(RiskDeskNamed, party=PROVINCE)
    given(RiskDesk, (name, named)).when(name, named).refused("没有变化", field="party")
    given(RiskDesk).when(name, NameRiskDesk(by=ADMIN, party=COUNCIL)).refused("市场监管部门")
    given(RiskDesk).when(name, NameRiskDesk(by=LI, party=PROVINCE)).refused("不能")
