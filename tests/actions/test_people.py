"""People: one sign-in name, one role in a party, and who looks after whom."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from pydantic import ValidationError

from events.event import Acting, PartyRef, Personal
from events.parties import (
    PasswordReplaced,
    PersonDisabled,
    PersonEnrolled,
    RoleGranted,
    RoleWithdrawn,
)
from services.actions import people as p
from services.actions.people import ROLES_OF, Person, person_id, roles_for
from tests.given import given
from tests.people import AUDITOR, COUNCIL, GULOU, MINHAI, OTHER_COUNCIL, SECURITY, ZHAO, acting

WHO = Personal(subject="p", fields={"name": "赵敏", "sign_in": "zhao.min"})
COUNCIL_ADMIN = acting("郑洁", COUNCIL, "admin", n=201)
OTHER_ADMIN = acting("何平", OTHER_COUNCIL, "admin", n=202)
ENROLLED = PersonEnrolled(by=SECURITY, who=WHO)
CLERK = RoleGranted(by=SECURITY, who=WHO, party=COUNCIL, role="clerk")
ELSEWHERE = RoleGranted(by=SECURITY, who=WHO, party=OTHER_COUNCIL, role="clerk")
DISABLED = PersonDisabled(by=SECURITY, who=WHO, reason="已经调离")
ANY = UUID(int=1)


def enrol(by: Acting = SECURITY, **fields: Any) -> p.EnrolPerson:
    return p.EnrolPerson(by=by, **{"name": "赵敏", "sign_in": "zhao.min", **fields})


def grant(by: Acting = SECURITY, party: PartyRef = COUNCIL, role: str = "clerk") -> p.GrantRole:
    return p.GrantRole(by=by, person=ANY, party=party, role=role)


def withdraw(by: Acting = SECURITY, party: PartyRef = COUNCIL) -> p.WithdrawRole:
    return p.WithdrawRole(by=by, person=ANY, party=party, reason="已经调离本岗")


def disable(by: Acting = SECURITY) -> p.DisablePerson:
    return p.DisablePerson(by=by, person=ANY, reason="已经调离本岗")


def replace(by: Acting = SECURITY) -> p.ReplacePassword:
    return p.ReplacePassword(by=by, person=ANY)


@pytest.mark.parametrize("by", [SECURITY, COUNCIL_ADMIN])
def test_an_administrator_enters_a_person(by: Acting) -> None:
    given(Person).when(Person.enrol, enrol(by)).then(PersonEnrolled)


def test_her_name_stands_in_an_envelope_of_its_own() -> None:
    record = given(Person).when(Person.enrol, enrol())
    assert record.record.new[0].who.subject == str(record.record.id)  # type: ignore[attr-defined]
    assert record.record.sign_in == "zhao.min"


@pytest.mark.parametrize("by", [ZHAO, AUDITOR])
def test_others_enter_nobody(by: Acting) -> None:
    given(Person).when(Person.enrol, enrol(by)).refused("不能")


def test_a_person_can_be_entered_with_her_role() -> None:
    record = given(Person).when(Person.enrol, enrol(COUNCIL_ADMIN, party=COUNCIL, role="clerk"))
    assert [type(event) for event in record.record.new] == [PersonEnrolled, RoleGranted]
    assert record.record.roles == {COUNCIL.id: "clerk"}


def test_nobody_is_entered_for_another_party() -> None:
    given(Person).when(
        Person.enrol, enrol(COUNCIL_ADMIN, party=OTHER_COUNCIL, role="clerk")
    ).refused("只能管理本单位")


def test_an_unfit_role_enters_nobody() -> None:
    given(Person).when(Person.enrol, enrol(party=MINHAI, role="head")).refused("可以选", "role")
    given(Person).when(Person.enrol, enrol(party=MINHAI)).refused("可以选", "role")


def test_one_sign_in_name_is_one_person() -> None:
    assert enrol(sign_in=" Zhao.Min ").person == enrol().person == person_id("zhao.min")
    assert enrol(sign_in="zhao.min2").person != enrol().person


@pytest.mark.parametrize("name", ["ab", "赵敏", "a b c", "-abc", "a" * 41])
def test_a_sign_in_name_can_be_typed(name: str) -> None:
    with pytest.raises(ValidationError):
        enrol(sign_in=name)


@pytest.mark.parametrize("by", [SECURITY, COUNCIL_ADMIN])
def test_a_role_is_given(by: Acting) -> None:
    entered = PersonEnrolled(by=COUNCIL_ADMIN, who=WHO)
    given(Person, entered).when(Person.grant, grant(by)).then(RoleGranted, role="clerk")


@pytest.mark.parametrize(
    ("party", "role"), [(COUNCIL, "secretary"), (GULOU, "contact"), (MINHAI, "admin")]
)
def test_a_role_fits_the_kind_of_party(party: PartyRef, role: str) -> None:
    given(Person, ENROLLED).when(Person.grant, grant(party=party, role=role)).refused(
        "可以选", "role"
    )


def test_one_role_in_a_party() -> None:
    given(Person, ENROLLED, CLERK).when(Person.grant, grant(role="head")).refused(
        "请先撤销", "role"
    )


def test_nobody_gives_roles_in_another_party() -> None:
    given(Person, ENROLLED, CLERK).when(Person.grant, grant(COUNCIL_ADMIN, OTHER_COUNCIL)).refused(
        "只能管理本单位"
    )


def test_a_stranger_gets_no_role() -> None:
    given(Person, ENROLLED, ELSEWHERE).when(Person.grant, grant(COUNCIL_ADMIN)).refused("不能")


@pytest.mark.parametrize("by", [SECURITY, COUNCIL_ADMIN])
def test_a_role_is_withdrawn_with_a_reason(by: Acting) -> None:
    given(Person, ENROLLED, CLERK, ELSEWHERE).when(Person.withdraw, withdraw(by)).then(
        RoleWithdrawn, role="clerk", reason="已经调离本岗"
    )


def test_a_role_that_is_not_held_is_not_withdrawn() -> None:
    given(Person, ENROLLED, ELSEWHERE).when(Person.withdraw, withdraw()).refused("没有角色")
    given(Person, ENROLLED, CLERK, ELSEWHERE).when(
        Person.withdraw, withdraw(COUNCIL_ADMIN, OTHER_COUNCIL)
    ).refused("只能管理本单位")


@pytest.mark.parametrize("by", [SECURITY, COUNCIL_ADMIN])
def test_a_person_is_disabled(by: Acting) -> None:
    given(Person, ENROLLED, CLERK).when(Person.disable, disable(by)).then(PersonDisabled)


def test_a_disabled_person_stays_so() -> None:
    for rule, command in (
        (Person.disable, disable()),
        (Person.grant, grant()),
        (Person.replace_password, replace()),
    ):
        given(Person, ENROLLED, DISABLED).when(rule, command).refused("停用了")


@pytest.mark.parametrize("by", [SECURITY, COUNCIL_ADMIN])
def test_a_password_is_replaced(by: Acting) -> None:
    given(Person, ENROLLED, CLERK).when(Person.replace_password, replace(by)).then(PasswordReplaced)


@pytest.mark.parametrize("by", [COUNCIL_ADMIN, OTHER_ADMIN])
def test_who_works_for_several_is_looked_after_by_the_operator(by: Acting) -> None:
    both = (ENROLLED, CLERK, ELSEWHERE)
    given(Person, *both).when(Person.replace_password, replace(by)).refused("不能")
    given(Person, *both).when(Person.disable, disable(by)).refused("不能")
    given(Person, *both).when(Person.disable, disable()).then(PersonDisabled)


def test_another_partys_people_are_out_of_reach() -> None:
    given(Person, ENROLLED, CLERK).when(Person.disable, disable(OTHER_ADMIN)).refused("不能")
    given(Person, ENROLLED, CLERK).when(Person.replace_password, replace(OTHER_ADMIN)).refused(
        "不能"
    )


def test_nobody_disables_herself_but_she_may_take_a_new_password() -> None:
    record = given(Person, ENROLLED, CLERK)
    herself = acting("郑洁", COUNCIL, "admin")
    herself = Acting(person=str(record.record.id), name="郑洁", party=herself.party, role="admin")
    record.when(Person.disable, disable(herself)).refused("不能")
    record.refusal = None
    record.when(Person.withdraw, withdraw(herself)).refused("不能")
    record.refusal = None
    record.when(Person.replace_password, replace(herself)).then(PasswordReplaced)


def test_the_choice_of_roles_is_that_of_the_kind() -> None:
    assert list(dict(roles_for("association"))) == list(ROLES_OF["association"])
    assert list(roles_for("consumer")) == []
