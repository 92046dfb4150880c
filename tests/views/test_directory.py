"""The directory: parties, members, people and roles as they are called now."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from events.event import PartyRef
from services.actions import parties as p
from services.actions import people
from services.platform import Platform
from services.views.health import health
from tests.caught_up import caught_up
from tests.people import ADMIN, OPERATOR, SECURITY

pytestmark = pytest.mark.postgres
CODE = "91350100M000100Y43"


async def body(
    platform: Platform, kind: str, division: str, level: str, superior: PartyRef | None = None
) -> PartyRef:
    fields: dict[str, Any] = {"division": division, "level": level, "superior": superior}
    if kind == "regulator":
        regulator = p.EstablishRegulator(by=ADMIN, name=f"{division}市场监督管理局", **fields)
        await platform.perform(p.establish_regulator, regulator)
        return regulator.ref
    council = p.EstablishCouncil(by=ADMIN, name=f"{division}消委会", **fields)
    await platform.perform(p.establish_council, council)
    return council.ref


async def association(platform: Platform) -> PartyRef:
    command = p.EstablishAssociation(by=ADMIN, name="福建省电动自行车行业协会", trade="电动自行车")
    await platform.perform(p.establish_association, command)
    return command.ref


async def enterprise(platform: Platform, **fields: Any) -> PartyRef:
    told = {"name": "闽海充电器有限公司", "credit_code": CODE, "division": "350102", **fields}
    command = p.RegisterEnterprise(by=ADMIN, **told)
    await platform.perform(p.register_enterprise, command)
    return command.ref


async def enrolled(platform: Platform, name: str, sign_in: str, **fields: Any) -> str:
    command = people.EnrolPerson(by=SECURITY, name=name, sign_in=sign_in, **fields)
    await platform.perform(people.enrol_person, command)
    return str(command.person)


async def test_a_party_is_found_by_id_code_and_words(platform: Platform) -> None:
    ref = await enterprise(platform)
    await caught_up(platform)
    directory = platform.views.directory
    row = await directory.party(ref.id)
    assert row is not None
    assert (row["kind"], row["division_name"]) == ("enterprise", "福州市鼓楼区")
    assert await directory.by_credit_code(f" {CODE.lower()} ") == row
    assert await directory.by_credit_code("") is None
    assert await directory.named("闽海充电器有限公司") == row
    assert await directory.ref(ref.id) == ref
    assert await directory.ref("no such id") is None
    assert await directory.named("闽海") is None
    for text in ("闽海", CODE, "鼓楼"):
        assert (await directory.parties("enterprise", text)).total == 1
    assert (await directory.parties("enterprise", "100%_")).total == 0
    assert (await directory.parties("council")).total == 0
    assert await directory.kinds() == {"enterprise": 1}


async def test_a_new_name_is_shown_everywhere(platform: Platform) -> None:
    club, firm = await association(platform), await enterprise(platform)
    province = await body(platform, "regulator", "350000", "province")
    await body(platform, "regulator", "350100", "city", province)
    await platform.perform(p.admit_member, p.AdmitMember(by=ADMIN, party=club.id, enterprise=firm))
    person = await enrolled(platform, "陈静", "chen.jing", party=club, role="secretary")
    for ref, name in ((club, "新协会"), (firm, "新企业"), (province, "新省局")):
        rename = p.RenameParty(by=ADMIN, party=ref.id, name=name, reason="变更登记更名")
        await platform.perform(p.rename_party, rename)
    await caught_up(platform)
    directory = platform.views.directory
    (member,) = (await directory.members(club.id)).rows
    assert (member["association_name"], member["enterprise_name"]) == ("新协会", "新企业")
    assert (await directory.roles(person))[0]["party_name"] == "新协会"
    assert (await directory.under(province.id)).rows[0]["superior_name"] == "新省局"
    told = [row["zh"] for row in await platform.views.trail.of_record(firm.id)]
    assert "“闽海充电器有限公司”" in told[0]


async def test_the_body_of_the_county_else_of_the_city_else_of_the_province(
    platform: Platform,
) -> None:
    province = await body(platform, "regulator", "350000", "province")
    city = await body(platform, "regulator", "350100", "city", province)
    county = await body(platform, "regulator", "350102", "county", city)
    council = await body(platform, "council", "350000", "province")
    await caught_up(platform)
    directory = platform.views.directory
    for division, expected in (
        ("350102", county), ("350102001", county), ("350103", city), ("350203", province),
        ("35", province),
    ):  # fmt: skip
        found = await directory.regulator_for(division)
        assert found is not None
        assert found["id"] == expected.id
    found = await directory.council_for("350102")
    assert found is not None
    assert found["id"] == council.id
    assert await directory.regulator_for("110101") is None
    assert await directory.regulator_for("") is None
    assert [row["division"] for row in await directory.regulators()] == [
        "350000", "350100", "350102",
    ]  # fmt: skip
    assert [row["kind"] for row in await directory.councils()] == ["council"]


async def test_members_come_go_and_come_back(platform: Platform) -> None:
    club, firm = await association(platform), await enterprise(platform)
    directory = platform.views.directory

    async def admit(on: date) -> None:
        command = p.AdmitMember(by=ADMIN, party=club.id, enterprise=firm, occurred_on=on)
        await platform.perform(p.admit_member, command)

    await admit(date(2019, 5, 1))
    await caught_up(platform)
    assert await directory.is_member(club.id, firm.id)
    leave = p.MemberLeaves(
        by=ADMIN,
        party=club.id,
        enterprise=firm,
        reason="企业申请退会",
        occurred_on=date(2021, 1, 1),
    )
    await platform.perform(p.member_leaves, leave)
    await caught_up(platform)
    assert not await directory.is_member(club.id, firm.id)
    assert (await directory.members(club.id)).total == 0
    await admit(date(2023, 1, 1))
    await caught_up(platform)
    assert (await directory.members(club.id)).total == 1
    assert [(row["since"], row["until"]) for row in await directory.memberships_of(firm.id)] == [
        (date(2023, 1, 1), None),
        (date(2019, 5, 1), date(2021, 1, 1)),
    ]


async def test_people_and_the_roles_they_may_act_in(platform: Platform) -> None:
    club = await association(platform)
    chen = await enrolled(platform, "陈静", "chen.jing", party=club, role="secretary")
    idle = await enrolled(platform, "吴一", "wu.yi")
    await caught_up(platform)
    directory = platform.views.directory
    assert await directory.roles(chen) == [
        {
            "person": chen, "name": "陈静", "party": club.id, "party_name": club.name,
            "party_kind": "association", "role": "secretary", "terms": 0,
        }
    ]  # fmt: skip
    row = await directory.by_sign_in(" Chen.Jing ")
    assert row is not None
    assert [held["role"] for held in row["held"]] == ["secretary"]
    assert await directory.person(chen) == row
    assert (await directory.people()).total == 2
    assert [each["id"] for each in (await directory.people(club.id)).rows] == [chen]
    assert [each["id"] for each in (await directory.people(OPERATOR.id)).rows] == [idle]
    assert (await directory.people(text="chen")).total == 1

    withdraw = people.WithdrawRole(by=SECURITY, person=chen, party=club, reason="任期已经届满")
    await platform.perform(people.withdraw_role, withdraw)
    await caught_up(platform)
    assert await directory.roles(chen) == []


async def test_a_disabled_person_may_act_in_no_role(platform: Platform) -> None:
    club = await association(platform)
    chen = await enrolled(platform, "陈静", "chen.jing", party=club, role="secretary")
    disable = people.DisablePerson(by=SECURITY, person=chen, reason="已经离职了")
    await platform.perform(people.disable_person, disable)
    await caught_up(platform)
    row = await platform.views.directory.person(chen)
    assert row is not None
    assert (row["state"], len(row["held"])) == ("disabled", 1)
    assert await platform.views.directory.roles(chen) == []


async def test_rebuilt_from_the_log_it_is_the_same(platform: Platform) -> None:
    club, firm = await association(platform), await enterprise(platform)
    await platform.perform(p.admit_member, p.AdmitMember(by=ADMIN, party=club.id, enterprise=firm))
    await enrolled(platform, "陈静", "chen.jing", party=club, role="secretary")
    await caught_up(platform)
    (builder,) = [each for each in platform.builders if each.view is platform.views.directory]
    before = await builder.digest()
    await builder.rebuild()
    await platform.catch_up()
    assert await builder.digest() == before


async def test_the_health_of_views_says_where_one_stopped(platform: Platform) -> None:
    await enterprise(platform)
    await caught_up(platform)
    rows = await health(platform.pool, platform.views)
    assert {row["name"] for row in rows} == {view.name for view in platform.views}
    assert {row["lag"] for row in rows} == {0}
    async with platform.pool.connection() as connection:
        await connection.execute(
            "update views.tracking set failed_at = 1, failure = 'KeyError()' where name = 'trail'"
        )
    first = (await health(platform.pool, platform.views))[0]
    assert (first["name"], first["failed_at"], first["failure"]) == ("trail", 1, "KeyError()")
