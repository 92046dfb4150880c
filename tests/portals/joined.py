"""An association with its members and published pledges, and people of any party at their desks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

from aiohttp.test_utils import TestClient, TestServer
from yarl import URL

from events.event import PartyRef, today
from events.ids import new_id
from portals.app import make_app
from services import desk, sessions
from services.actions import parties, people
from services.actions import pledges as p
from services.platform import Platform
from services.settings import Settings
from tests.caught_up import caught_up
from tests.people import ADMIN, ASSOCIATION, CHEN, SECURITY
from tests.portals.desks import CODE, Client

OTHERS = PartyRef(id=str(UUID(int=66)), name="福建省照明行业协会", kind="association")
WORDS = {
    "title": "充电器追溯标签承诺", "text": "每只充电器贴追溯标签", "metric": "有标签的比例",
    "target": "不低于 95%", "evidence": "标签照片",
}  # fmt: skip
PERIOD = {"period_from": today() - timedelta(days=90), "period_to": today() + timedelta(days=20)}


async def an_enterprise(platform: Platform, name: str, code: str) -> PartyRef:
    command = parties.RegisterEnterprise(by=ADMIN, name=name, credit_code=code)
    await platform.perform(parties.register_enterprise, command)
    return command.ref


async def an_association(platform: Platform) -> PartyRef:
    """Two associations, and one enterprise that is a member of the first."""
    for party in (ASSOCIATION, OTHERS):
        entered = parties.EstablishAssociation(
            by=ADMIN, party=UUID(party.id), name=party.name, trade="电动自行车"
        )
        await platform.perform(parties.establish_association, entered)
    enterprise = await an_enterprise(platform, "闽海充电器有限公司", CODE)
    await admitted(platform, enterprise)
    return enterprise


async def admitted(platform: Platform, enterprise: PartyRef) -> None:
    """It is a member of the association now."""
    joins = parties.AdmitMember(by=CHEN, party=UUID(ASSOCIATION.id), enterprise=enterprise)
    await platform.perform(parties.admit_member, joins)


async def a_pledge(platform: Platform, **fields: Any) -> UUID:
    """A pledge the association has published."""
    id = new_id()
    drafted = p.DraftPledge(by=CHEN, pledge=id, **{**WORDS, **PERIOD, **fields})
    await platform.perform(p.draft_pledge, drafted)
    await platform.perform(p.publish_pledge, p.PublishPledge(by=CHEN, pledge=id))
    return id


@asynccontextmanager
async def at_desk(
    platform: Platform, name: str, role: str, party: PartyRef = ASSOCIATION
) -> AsyncIterator[Client]:
    """A browser in which a person of the party is signed in."""
    sign_in = f"{role}.{party.id[-4:]}"
    enrolled = people.EnrolPerson(by=SECURITY, name=name, sign_in=sign_in, role=role, party=party)
    await platform.perform(people.enrol_person, enrolled)
    await caught_up(platform)
    app = make_app(
        platform, Settings(secret="of the tests", second_factor="offered", terms="offered")
    )  # type: ignore[arg-type]
    async with TestClient(TestServer(app)) as client:
        await desk.set_password(platform.pool, str(enrolled.person), sign_in, "一句足够长的口令")
        cookie = await sessions.open_session(platform.pool, str(enrolled.person))
        client.session.cookie_jar.update_cookies(
            {"gongzhi": cookie}, URL(str(client.make_url("/")))
        )
        yield client
