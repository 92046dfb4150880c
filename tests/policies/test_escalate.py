"""risk-desk: a grave case reaches the desk once, and whoever has a part is told once (S10)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import UUID

import pytest

from events.event import PartyRef
from events.ids import new_id
from events.notices import PartyTold
from events.sharing import RelationPrescribed
from services.actions import enforcement as e
from services.actions.change import load
from services.actions.notices import AcknowledgeNotice, acknowledge_notice
from services.actions.refused import AlreadyDecided, NotAllowed
from services.actions.risk_desk import NameRiskDesk, name_risk_desk
from services.actions.sharing import (
    AcceptRelation,
    OfferRelation,
    accept_relation,
    offer_relation,
)
from services.platform import Platform
from tests.database import Dsns
from tests.opening import open_platform
from tests.people import ADMIN, COUNCIL, DESK, GULOU, LI, MINHAI, PROVINCE, WANG, ZHAO

pytestmark = pytest.mark.postgres


@pytest.fixture
async def platform(database: Dsns) -> AsyncIterator[Platform]:
    """A platform whose worker runs when the test says so."""
    async with open_platform(database.owner, database.app, working=False) as opened:
        yield opened


async def a_case(platform: Platform, desk: bool = True) -> UUID:
    """A follow-up in which the council has accepted a part."""
    id = new_id()
    if desk:
        await platform.perform(name_risk_desk, NameRiskDesk(by=ADMIN, party=PROVINCE))
    opened = e.OpenFollowUp(
        by=LI, follow_up=id, enterprise=MINHAI, source="own", matter="充电器没有认证"
    )
    await platform.perform(e.open_follow_up, opened)
    about = {"kind": "follow-up", "record": id}
    offered = OfferRelation(by=LI, to=COUNCIL, relation="reader", **about)
    await platform.perform(offer_relation, offered)
    await platform.perform(accept_relation, AcceptRelation(by=ZHAO, relation="reader", **about))
    return id


async def set_to(platform: Platform, id: UUID, level: str) -> None:
    command = e.SetLevel(by=LI, follow_up=id, level=level, reason="根据最新的检验报告")
    await platform.perform(e.set_level, command)
    await platform.catch_up()


async def desk_added(platform: Platform, id: UUID) -> list[RelationPrescribed]:
    history = await platform.log.load(id)
    return [r.event for r in history if isinstance(r.event, RelationPrescribed)]


async def told(platform: Platform, party: PartyRef) -> int:
    return (await platform.views.notices.of_party(party.id, "all")).total


async def test_the_desk_has_its_part_once_and_keeps_it(platform: Platform) -> None:
    id = await a_case(platform)
    await set_to(platform, id, "medium")
    assert await desk_added(platform, id) == []
    await set_to(platform, id, "high")
    await set_to(platform, id, "serious")
    (added,) = await desk_added(platform, id)
    assert (added.to, added.relation, added.by.name) == (PROVINCE, "contributor", "risk-desk")
    assert "风险等级定为“高”" in added.reason
    assert added.causation.startswith(str(id))
    assert "系统规则：严重和高风险加入处置单位" in added.said().zh
    await set_to(platform, id, "low")
    record = await load(platform.log, e.FollowUp, id)
    assert record.parts[PROVINCE.id].relation == "contributor"


async def test_whoever_has_a_part_is_told_once_but_not_who_acted(platform: Platform) -> None:
    id = await a_case(platform)
    await set_to(platform, id, "serious")
    await platform.catch_up()
    counts = [await told(platform, party) for party in (COUNCIL, PROVINCE, GULOU, WANG.party)]
    assert counts == [1, 1, 0, 0]
    size = await platform.log.size()
    async with platform.pool.connection() as connection:  # the policies go over everything again
        await connection.execute("update views.tracking set position = 0 where name = 'policies'")
    await platform.catch_up()
    assert await platform.log.size() == size
    assert [await told(platform, party) for party in (COUNCIL, PROVINCE)] == [1, 1]


async def test_a_notice_is_acknowledged_once_by_who_was_told(platform: Platform) -> None:
    id = await a_case(platform)
    await set_to(platform, id, "serious")
    (row,) = (await platform.views.notices.of_party(COUNCIL.id)).rows
    seen = AcknowledgeNotice(by=ZHAO, notice=row["id"])
    with pytest.raises(NotAllowed):
        await platform.perform(acknowledge_notice, AcknowledgeNotice(by=DESK, notice=row["id"]))
    await platform.perform(acknowledge_notice, seen)
    with pytest.raises(AlreadyDecided):
        await platform.perform(acknowledge_notice, seen.model_copy(update={"key": "again"}))
    await platform.catch_up()
    assert await platform.views.notices.unseen(COUNCIL.id) == 0
    assert isinstance((await platform.log.load(row["id"]))[0].event, PartyTold)


async def test_without_a_desk_the_others_are_told_all_the_same(platform: Platform) -> None:
    id = await a_case(platform, desk=False)
    await set_to(platform, id, "serious")
    assert await desk_added(platform, id) == []
    assert await told(platform, COUNCIL) == 1
