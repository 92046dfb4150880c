"""Enterprise archives: enrolled once, one director at a time, visits with what they found."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from events.archives import (
    Attendance,
    CheckMade,
    DirectorAppointed,
    DirectorLeft,
    EnterpriseEnrolled,
    OfficerAppointed,
    OfficerLeft,
    ProblemFound,
    TrainingHeld,
)
from events.event import Acting
from events.ids import derived_id, new_id
from services.actions.archives import (
    AppointDirector,
    AppointOfficer,
    Archive,
    DirectorLeaves,
    EnrolEnterprise,
    MakeCheck,
    OfficerLeaves,
)
from services.actions.trainings import HoldTraining, TrainingSession
from tests.given import given
from tests.people import CHEN, CONTACT, JINAN, LI, MINHAI, OTHER_ENTERPRISE, WU, ZHAO, acting

POST, OTHER_POST = new_id(), new_id()


def enrols(by: Acting = LI, **changes: Any) -> EnrolEnterprise:
    told: dict[str, Any] = {
        "enterprise": MINHAI, "unit_kind": "producer", "product_class": "2", "size": "small",
        "division": "350102", "division_name": "福州市鼓楼区",
    }  # fmt: skip
    return EnrolEnterprise(by=by, **(told | changes))


ENROLLED = (Archive.enrol, enrols())
APPOINTED = (
    Archive.appoint_director,
    AppointDirector(
        by=LI, enterprise=MINHAI, post=POST, name="林月", occurred_on=date(2025, 3, 1)
    ),
)  # fmt: skip


def test_a_unit_is_enrolled() -> None:
    given(Archive).when(Archive.enrol, enrols()).then(
        EnterpriseEnrolled, enterprise=MINHAI, unit_kind="producer", division="350102"
    )


@pytest.mark.parametrize("by", [ZHAO, CHEN, CONTACT])
def test_only_regulators_enrol(by: Acting) -> None:
    given(Archive).when(Archive.enrol, enrols(by)).refused("不能")


def test_a_unit_kind_that_is_not_in_the_list_is_no_command() -> None:
    with pytest.raises(ValueError, match="不在可选项中"):
        enrols(unit_kind="bank")


@pytest.mark.parametrize("by", [LI, WU, CONTACT])
def test_a_director_is_appointed(by: Acting) -> None:
    command = AppointDirector(by=by, enterprise=MINHAI, post=POST, name="林月")
    given(Archive, ENROLLED).when(Archive.appoint_director, command).then(DirectorAppointed)


def test_another_enterprise_does_not_write_in_this_archive() -> None:
    other = acting("郑和", OTHER_ENTERPRISE, "contact", n=120)
    command = AppointOfficer(by=other, enterprise=MINHAI, name="林月")
    given(Archive, ENROLLED).when(Archive.appoint_officer, command).refused("不能")


def test_there_is_one_director_at_a_time() -> None:
    command = AppointDirector(by=LI, enterprise=MINHAI, name="陈阳")
    given(Archive, ENROLLED, APPOINTED).when(Archive.appoint_director, command).refused(
        "已有质量安全总监 林月", field="name"
    )


def test_a_successor_follows_when_the_director_has_left() -> None:
    left = DirectorLeaves(by=LI, enterprise=MINHAI, post=POST, reason="本人辞职，已交接")
    history = (ENROLLED, APPOINTED)
    given(Archive, *history).when(Archive.director_leaves, left).then(
        DirectorLeft, reason="本人辞职，已交接"
    )
    command = AppointDirector(by=LI, enterprise=MINHAI, name="陈阳")
    given(Archive, *history, (Archive.director_leaves, left)).when(
        Archive.appoint_director, command
    ).then(DirectorAppointed)


def test_nobody_leaves_a_post_twice_or_before_coming() -> None:
    left = DirectorLeaves(by=LI, enterprise=MINHAI, post=POST, reason="本人辞职，已交接")
    gone = (Archive.director_leaves, left)
    given(Archive, ENROLLED, APPOINTED, gone).when(Archive.director_leaves, left).refused(
        "已经不在任", field="post"
    )
    early = left.model_copy(update={"occurred_on": date(2025, 2, 1)})
    given(Archive, ENROLLED, APPOINTED).when(Archive.director_leaves, early).refused(
        "不能早于任职日期 2025年3月1日", field="occurred_on"
    )


def test_a_director_is_not_an_officer() -> None:
    left = OfficerLeaves(by=LI, enterprise=MINHAI, post=POST, reason="本人辞职，已交接")
    given(Archive, ENROLLED, APPOINTED).when(Archive.officer_leaves, left).refused("已经不在任")


def test_a_unit_may_have_several_officers() -> None:
    first = AppointOfficer(by=LI, enterprise=MINHAI, post=POST, name="林月")
    second = AppointOfficer(by=CONTACT, enterprise=MINHAI, post=OTHER_POST, name="陈阳")
    history = (ENROLLED, (Archive.appoint_officer, first))
    given(Archive, *history).when(Archive.appoint_officer, second).then(OfficerAppointed)
    left = OfficerLeaves(by=CONTACT, enterprise=MINHAI, post=POST, reason="岗位调整，另有人接任")
    both = (*history, (Archive.appoint_officer, second))
    given(Archive, *both).when(Archive.officer_leaves, left).then(OfficerLeft)


def test_a_visit_without_problems() -> None:
    visit = MakeCheck(by=LI, enterprise=MINHAI, note="查看出厂检验记录")
    given(Archive, ENROLLED).when(Archive.make_check, visit).then(CheckMade, problems=0)


def test_each_line_is_a_problem_of_its_own() -> None:
    visit = MakeCheck(by=LI, enterprise=MINHAI, found="没有进货查验记录\n\n  标识不全 \n")
    record = given(Archive, ENROLLED).when(Archive.make_check, visit).record
    assert [type(event) for event in record.new] == [CheckMade, ProblemFound, ProblemFound]
    made, first, second = record.new
    assert "发现问题 2 个" in made.said().zh
    assert isinstance(first, ProblemFound)
    assert isinstance(second, ProblemFound)
    assert (first.what, second.what) == ("没有进货查验记录", "标识不全")
    assert first.problem == str(derived_id(visit.check_id, "problem 1"))
    assert first.check == str(visit.check_id)


def test_acts_of_the_past_may_be_written_down_later() -> None:
    visit = MakeCheck(by=LI, enterprise=MINHAI, occurred_on=date(2023, 6, 1))
    given(Archive, ENROLLED, APPOINTED).when(Archive.make_check, visit).then(
        CheckMade, occurred_on=date(2023, 6, 1)
    )


def test_the_enterprise_does_not_check_itself() -> None:
    visit = MakeCheck(by=CONTACT, enterprise=MINHAI)
    given(Archive, ENROLLED).when(Archive.make_check, visit).refused("不能")


def trains(by: Acting = LI, people: int = 3) -> HoldTraining:
    came = [Attendance(enterprise=MINHAI, people=people)] if people else []
    return HoldTraining(
        by=by, title="日管控实务", division="350100", division_name="福州市", attended=came
    )


def test_a_training_is_held() -> None:
    held = given(TrainingSession).when(TrainingSession.hold, trains())
    held.then(TrainingHeld, title="日管控实务")
    assert "1 家单位 3 人次" in held.record.new[0].said().zh


def test_a_training_without_people_is_none() -> None:
    given(TrainingSession).when(TrainingSession.hold, trains(people=0)).refused("人次")


@pytest.mark.parametrize("by", [ZHAO, CONTACT, acting("王磊", JINAN, "auditor")])
def test_only_regulators_hold_trainings(by: Acting) -> None:
    given(TrainingSession).when(TrainingSession.hold, trains(by)).refused("不能")


@pytest.mark.parametrize("step", ["director", "officer", "director_leaves", "officer_leaves"])
def test_the_enterprise_itself_fills_and_empties_its_posts(step: str) -> None:
    of_its_own = {"by": CONTACT, "enterprise": MINHAI}
    officer = AppointOfficer(**of_its_own, post=OTHER_POST, name="陈阳")
    history: dict[str, tuple[Any, ...]] = {
        "director_leaves": (APPOINTED,), "officer_leaves": ((Archive.appoint_officer, officer),),
    }  # fmt: skip
    gone = {"reason": "本人辞职，已交接"}
    rule, command, event = {
        "director": (Archive.appoint_director, AppointDirector(**of_its_own, name="林月"),
                     DirectorAppointed),
        "officer": (Archive.appoint_officer, officer, OfficerAppointed),
        "director_leaves": (Archive.director_leaves,
                            DirectorLeaves(**of_its_own, post=POST, **gone), DirectorLeft),
        "officer_leaves": (Archive.officer_leaves,
                           OfficerLeaves(**of_its_own, post=OTHER_POST, **gone), OfficerLeft),
    }[step]  # fmt: skip
    before = (ENROLLED, *history.get(step, ()))
    given(Archive, *before).when(rule, command).then(event, enterprise=MINHAI)
    stranger = acting("郑和", OTHER_ENTERPRISE, "contact", n=120)
    for other in (stranger, CHEN, ZHAO):
        asked = command.model_copy(update={"by": other})
        given(Archive, *before).when(rule, asked).refused("不能")
