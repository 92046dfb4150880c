"""Parties: entered once, by whom it may be; members come and go in the association's record."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from pydantic import ValidationError

from events.event import Acting, system
from events.parties import (
    AssociationEstablished,
    CouncilEstablished,
    EnterpriseRegistered,
    MemberAdmitted,
    MemberLeft,
    OperatorEstablished,
    PartyRenamed,
    RegulatorEstablished,
)
from services.actions import parties as p
from services.actions.parties import Party, body_id, enterprise_id, placed
from tests.given import Given, given
from tests.people import (
    ADMIN,
    ASSOCIATION,
    CHEN,
    COUNCIL,
    LI,
    LIN_HEAD,
    MINHAI,
    OTHER_ENTERPRISE,
    PROVINCE,
    ZHAO,
    acting,
)

CODE = "91350100M000100Y43"
ENTERED = AssociationEstablished(by=ADMIN, name=ASSOCIATION.name, trade="电动自行车")
ADMITTED = MemberAdmitted(
    by=ADMIN, enterprise=MINHAI, association=ASSOCIATION, occurred_on=date(2026, 3, 1)
)
GULOU_LIKE: dict[str, Any] = {
    "name": "福州市鼓楼区市场监督管理局", "level": "county", "division": "350102",
}  # fmt: skip


def regulator(by: Acting = ADMIN, **fields: Any) -> p.EstablishRegulator:
    return p.EstablishRegulator(by=by, **{**GULOU_LIKE, **fields})


def enterprise(by: Acting = ADMIN, **fields: Any) -> p.RegisterEnterprise:
    return p.RegisterEnterprise(by=by, **{"name": MINHAI.name, "credit_code": CODE, **fields})


def association(*history: Any) -> Given[Party]:
    """An association, whose secretary is asked for below."""
    return given(Party, ENTERED, *history)


def secretary(record: Given[Party]) -> Acting:
    own = ASSOCIATION.__class__(id=str(record.record.id), name=ASSOCIATION.name, kind="association")
    return acting("陈静", own, "secretary")


def test_the_operator_enters_a_regulator_under_its_superior() -> None:
    command = placed(regulator(superior=PROVINCE))
    given(Party).when(Party.establish_regulator, command).then(
        RegulatorEstablished, division="350102", division_name="福州市鼓楼区", superior=PROVINCE
    )


def test_a_given_name_of_the_division_is_kept() -> None:
    assert placed(regulator(division_name="鼓楼")).division_name == "鼓楼"


def test_a_council_is_not_the_superior_of_a_regulator() -> None:
    given(Party).when(Party.establish_regulator, regulator(superior=COUNCIL)).refused(
        "不能作为上级", "superior"
    )


@pytest.mark.parametrize("by", [LI, ZHAO, CHEN])
def test_only_the_operator_enters_bodies(by: Acting) -> None:
    given(Party).when(Party.establish_regulator, regulator(by)).refused("不能")


def test_a_council_is_entered() -> None:
    command = p.EstablishCouncil(by=ADMIN, name=COUNCIL.name, level="city", division="350100")
    given(Party).when(Party.establish_council, command).then(CouncilEstablished, level="city")


def test_an_association_is_entered_with_its_trade() -> None:
    command = p.EstablishAssociation(by=ADMIN, name=ASSOCIATION.name, trade="电动自行车")
    given(Party).when(Party.establish_association, command).then(
        AssociationEstablished, trade="电动自行车"
    )


def test_the_system_alone_enters_the_operator() -> None:
    command = p.EstablishOperator(by=system("set-up"), name="平台运营方")
    given(Party).when(Party.establish_operator, command).then(OperatorEstablished)
    command = p.EstablishOperator(by=ADMIN, name="平台运营方")
    given(Party).when(Party.establish_operator, command).refused("不能")


@pytest.mark.parametrize("by", [ADMIN, LI, CHEN])
def test_an_enterprise_is_entered_under_its_code(by: Acting) -> None:
    command = enterprise(by)
    given(Party).when(Party.register_enterprise, command).then(
        EnterpriseRegistered, credit_code=CODE, enterprise=command.ref
    )
    assert command.ref.id == str(enterprise_id(CODE))


@pytest.mark.parametrize("by", [ZHAO, LIN_HEAD])
def test_others_do_not_enter_enterprises(by: Acting) -> None:
    given(Party).when(Party.register_enterprise, enterprise(by)).refused("不能")


@pytest.mark.parametrize(
    "code", ["", "91350100M000100Y44", "91350100M000100Y4", "9135O100M000100Y43"]
)
def test_a_wrong_credit_code_does_not_get_as_far(code: str) -> None:
    with pytest.raises(ValidationError):
        enterprise(credit_code=code)


def test_one_code_is_one_enterprise_however_it_is_typed() -> None:
    assert enterprise(credit_code=f" {CODE.lower()} ").id == enterprise().id
    wide = "".join(chr(ord(each) + 0xFEE0) for each in CODE)
    assert enterprise(credit_code=f"{wide[:8]}　{wide[8:]}").id == enterprise().id
    assert isinstance(enterprise_id(CODE), UUID)


def test_one_division_has_one_body_of_a_kind() -> None:
    assert regulator().id == regulator(name="另一个名称").id == body_id("regulator", "350102")
    assert body_id("regulator", "3501") == body_id("regulator", "350100")
    assert body_id("regulator", "350102") != body_id("council", "350102")


@pytest.mark.parametrize("division", ["3501", "abc102", "３５０１０２"])
def test_a_division_code_has_six_digits(division: str) -> None:
    with pytest.raises(ValidationError):
        regulator(division=division)


def test_a_party_is_renamed_with_a_reason() -> None:
    record = association()
    rename = p.RenameParty(
        by=ADMIN, party=record.record.id, name="福建省电动车行业协会", reason="章程修改后更名"
    )
    record.when(Party.rename, rename).then(
        PartyRenamed, old=ASSOCIATION.name, new="福建省电动车行业协会", enterprise=None
    )
    assert record.record.name == "福建省电动车行业协会"


def test_a_renamed_enterprise_is_named_in_the_event() -> None:
    record = given(Party, (Party.register_enterprise, enterprise()))
    rename = p.RenameParty(by=ADMIN, party=record.record.id, name="新名称", reason="变更登记更名")
    record.when(Party.rename, rename)
    assert record.record.new[0].enterprise.name == MINHAI.name  # type: ignore[attr-defined]


def test_the_same_name_is_no_new_name() -> None:
    rename = p.RenameParty(by=ADMIN, party=UUID(int=1), name=ASSOCIATION.name, reason="没有变化的")
    association().when(Party.rename, rename).refused("不需要更名", "name")


def test_a_party_does_not_rename_itself() -> None:
    record = association()
    rename = p.RenameParty(
        by=secretary(record), party=record.record.id, name="新名称", reason="章程修改后更名"
    )
    record.when(Party.rename, rename).refused("不能")


def test_the_secretary_admits_a_member_as_of_an_earlier_day() -> None:
    record = association(ADMITTED)
    command = p.AdmitMember(
        by=secretary(record), party=record.record.id, enterprise=OTHER_ENTERPRISE,
        occurred_on=date(2019, 5, 1),
    )  # fmt: skip
    record.when(Party.admit, command).then(MemberAdmitted, enterprise=OTHER_ENTERPRISE)
    assert record.record.new[0].association.id == str(record.record.id)  # type: ignore[attr-defined]


def test_another_association_does_not_admit_for_it() -> None:
    command = p.AdmitMember(by=CHEN, party=UUID(int=6), enterprise=MINHAI)
    association().when(Party.admit, command).refused("不能")


def test_nobody_is_admitted_twice() -> None:
    command = p.AdmitMember(by=ADMIN, party=UUID(int=6), enterprise=MINHAI)
    association(ADMITTED).when(Party.admit, command).refused("已经是会员", "enterprise")


def test_only_enterprises_become_members_and_only_of_associations() -> None:
    command = p.AdmitMember(by=ADMIN, party=UUID(int=6), enterprise=COUNCIL)
    association().when(Party.admit, command).refused("不是企业", "enterprise")
    command = p.AdmitMember(by=ADMIN, party=UUID(int=6), enterprise=MINHAI)
    council = CouncilEstablished(
        by=ADMIN, name=COUNCIL.name, level="city", division="350100", division_name="福州市"
    )
    given(Party, council).when(Party.admit, command).refused("不是行业协会")


def leaves(by: Acting = ADMIN, on: date = date(2026, 4, 1)) -> p.MemberLeaves:
    return p.MemberLeaves(
        by=by, party=UUID(int=6), enterprise=MINHAI, reason="企业申请退会", occurred_on=on
    )


def test_a_member_leaves_with_a_reason() -> None:
    association(ADMITTED).when(Party.let_go, leaves()).then(MemberLeft, reason="企业申请退会")


def test_a_member_leaves_once_and_may_come_back() -> None:
    history = (ADMITTED, (Party.let_go, leaves()))
    association(*history).when(Party.let_go, leaves()).refused("不是会员", "enterprise")
    again = p.AdmitMember(by=ADMIN, party=UUID(int=6), enterprise=MINHAI)
    association(*history).when(Party.admit, again).then(MemberAdmitted)


def test_a_member_does_not_leave_before_it_was_admitted() -> None:
    association(ADMITTED).when(Party.let_go, leaves(on=date(2026, 2, 1))).refused(
        "早于入会日期", "occurred_on"
    )
