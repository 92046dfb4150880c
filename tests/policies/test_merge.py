"""merge: what a merged unit had goes on at its successor, and nobody acts for it any more."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from events.assigning import HandOverDeclined, RecordMoved
from events.event import Acting, PartyRef, today
from services.actions import hand_over as h
from services.actions import merging as m
from services.actions import parties as p
from services.actions import people
from services.actions.refused import NotAllowed, Refused
from services.platform import Platform
from tests.database import Dsns
from tests.opening import open_platform
from tests.people import ADMIN, SECURITY
from tests.policies.test_vacate import a_case, an_officer

pytestmark = pytest.mark.postgres
WHY = "机构改革，职责划入该局"


@pytest.fixture
async def platform(database: Dsns) -> AsyncIterator[Platform]:
    """A platform whose worker runs when the test says so."""
    async with open_platform(database.owner, database.app, working=False) as opened:
        yield opened


async def a_regulator(platform: Platform, division: str, name: str) -> PartyRef:
    enters = p.EstablishRegulator(by=ADMIN, name=name, level="county", division=division)
    await platform.perform(p.establish_regulator, enters)
    return enters.ref


async def test_its_work_its_people_and_its_place_go_to_the_successor(platform: Platform) -> None:
    a = await a_regulator(platform, "350102", "鼓楼区市场监督管理局")
    b = await a_regulator(platform, "350111", "晋安区市场监督管理局")
    wu = await an_officer(platform, "wu.fang", "武芳", b)
    li = await an_officer(platform, "li.qiang", "李强", a)
    cases = [await a_case(platform, wu, kind) for kind in ("complaint", "follow-up")]
    alis = await a_case(platform, li, "complaint")
    offered: dict[str, Any] = {"kind": "complaint", "record": alis, "reason": WHY}
    await platform.perform(h.offer_hand_over, h.OfferHandOver(by=li, to=b, **offered))
    await platform.catch_up()
    directory, held = platform.views.directory, platform.views.roles_held
    assert await directory.roles(wu.person)

    merges = m.MergeUnit(by=ADMIN, party=UUID(b.id), into=a, reason=WHY)
    await platform.perform(m.merge_unit, merges)
    await platform.catch_up()
    for id in cases:
        last = (await platform.log.load(id))[-1].event
        assert isinstance(last, RecordMoved)
        assert "由系统转入“鼓楼区市场监督管理局”待领" in last.said().zh
    assert isinstance((await platform.log.load(alis))[-1].event, HandOverDeclined)
    pool = await platform.views.complaints.handled_by(a.id, officer="pool")
    assert [row["id"] for row in pool.rows] == [cases[0]]
    assert await directory.roles(wu.person) == [], "nobody signs in for it"
    assert {row["id"] for row in await directory.regulators()} == {a.id}
    assert (await directory.regulator_for("350111") or {})["id"] == a.id
    await nobody_chooses_it(platform, a, b, li, wu, alis)
    entries = await platform.views.trail.of_record(str(cases[0]))
    assert any("晋安区市场监督管理局 武芳 承办投诉" in row["zh"] for row in entries)
    now = await held.on(today(), party=b.id)
    assert now.total == 0
    rows = await held.of_person(wu.person)
    assert [(row["party_name"], row["current"]) for row in rows] == [(b.name, False)]


async def nobody_chooses_it(
    platform: Platform, a: PartyRef, b: PartyRef, li: Acting, wu: Acting, case: UUID
) -> None:
    """Neither for a case nor for a person, nor to be merged into."""
    offered: dict[str, Any] = {"kind": "complaint", "record": case, "reason": WHY}
    for step in (
        h.OfferHandOver(by=li, to=b, **offered),
        m.MergeUnit(by=ADMIN, party=UUID(a.id), into=b, reason=WHY),
    ):
        action: Any = h.offer_hand_over if isinstance(step, h.OfferHandOver) else m.merge_unit
        with pytest.raises(Refused, match="已经合并"):
            await platform.perform(action, step)
    with pytest.raises(Refused, match="已经合并"):
        await an_officer(platform, "he.ping", "何平", b)
    takes = h.AcceptHandOver(by=wu, kind="complaint", record=case)
    with pytest.raises(NotAllowed):
        await platform.perform(h.accept_hand_over, takes)


async def test_who_held_which_role_on_a_day_under_the_name_of_that_day(platform: Platform) -> None:
    a = await a_regulator(platform, "350102", "鼓楼区市场监督管理局")
    day = date(2025, 3, 1)
    enrols = people.EnrolPerson(
        by=SECURITY, occurred_on=day, name="武芳", sign_in="wu.fang", role="clerk", party=a
    )
    await platform.perform(people.enrol_person, enrols)
    renames = p.RenameParty(
        by=ADMIN, party=UUID(a.id), name="鼓楼市场监管局", reason="统一名称使用"
    )
    await platform.perform(p.rename_party, renames)
    gone = people.WithdrawRole(
        by=SECURITY,
        occurred_on=date(2025, 9, 1),
        person=enrols.person,
        party=a,
        reason="调往外地工作",
    )
    await platform.perform(people.withdraw_role, gone)
    await platform.catch_up()
    held = platform.views.roles_held
    for on, total in ((day - timedelta(days=1), 0), (day, 1), (date(2025, 8, 31), 1),
                      (date(2025, 9, 1), 0)):  # fmt: skip
        assert (await held.on(on, party=a.id, role="clerk")).total == total, on
    (row,) = (await held.on(day)).rows
    assert (row["person_name"], row["party_name"], row["why"]) == (
        "武芳", "鼓楼区市场监督管理局", "调往外地工作",
    )  # fmt: skip
    assert (await platform.views.directory.party(a.id) or {})["name"] == "鼓楼市场监管局"
