"""Merging units, and parties that handle no case."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from pydantic import ValidationError

from events import parties as party_events
from events.event import Acting
from events.ids import new_id
from events.parties import (
    AuditingBodyEstablished,
    PartyRenamed,
    RegulatorEstablished,
    UnitMerged,
)
from services.actions import merging as m
from services.actions import outside_parties as o
from services.actions.establish import EstablishAuditingBody, EstablishTestingBody
from services.actions.parties import Party, RenameParty
from services.actions.people import EnrolPerson, Person
from tests.given import given
from tests.people import ADMIN, COUNCIL, GULOU, JINAN, LI, PROVINCE, SECURITY, party

ENTERED = RegulatorEstablished(
    by=ADMIN, name=GULOU.name, level="county", division="350102", division_name="福州市鼓楼区"
)
MERGED = UnitMerged(by=ADMIN, unit=GULOU, into=JINAN, reason="机构改革，职责划入")


def merges(by: Acting = ADMIN, **fields: Any) -> Any:
    return m.MergeUnit(by=by, party=new_id(), **{"reason": "机构改革，职责划入", **fields})


def test_a_unit_is_merged_into_another_of_its_kind() -> None:
    done = given(Party, ENTERED).when(m.merge, merges(into=JINAN))
    done.then(UnitMerged, into=JINAN)
    assert done.record.state == "merged"
    said = "将“福州市鼓楼区市场监督管理局”并入“福州市晋安区市场监督管理局”"
    assert said in done.record.new[0].said().zh


def test_where_it_cannot_go() -> None:
    given(Party, ENTERED).when(m.merge, merges(into=COUNCIL)).refused("只有同一系统", "into")
    with pytest.raises(ValidationError, match="请选择并入的单位"):
        merges()
    given(Party, ENTERED).when(m.merge, merges(LI, into=JINAN)).refused("不能对这条记录")
    given(Party, ENTERED, MERGED).when(m.merge, merges(into=PROVINCE)).refused("现在不能")


def test_what_was_merged_is_not_renamed() -> None:
    late = RenameParty(by=ADMIN, party=new_id(), name="鼓楼监管局", reason="统一名称使用")
    given(Party, ENTERED, MERGED).when(Party.rename, late).refused("现在不能")
    given(Party, ENTERED).when(Party.rename, late).then(PartyRenamed)


def test_testing_and_auditing_bodies_are_entered_by_the_operator() -> None:
    testing = EstablishTestingBody(by=ADMIN, name="福建省检验中心", division="350000")
    given(Party).when(o.testing, testing).then(party_events.TestingBodyEstablished)
    auditing = EstablishAuditingBody(by=ADMIN, name="平台审计组")
    given(Party).when(o.auditing, auditing).then(AuditingBodyEstablished)
    by_li = EstablishTestingBody(by=LI, name="福建省检验中心")
    given(Party).when(o.testing, by_li).refused("不能对这条记录")


def test_their_people_have_their_own_roles() -> None:
    audit, lab = party("平台审计组", "auditor", 41), party("检验中心", "testing", 42)
    for where, role in ((audit, "auditor"), (audit, "admin"), (lab, "clerk"), (lab, "admin")):
        enrols = EnrolPerson(by=SECURITY, name="孙悦", sign_in="sun.yue", party=where, role=role)
        assert not given(Person).when(Person.enrol, enrols).refusal
    wrong = EnrolPerson(by=SECURITY, name="孙悦", sign_in="sun.yue", party=audit, role="clerk")
    given(Person).when(Person.enrol, wrong).refused("没有“经办人”")
    assert UUID(audit.id)
