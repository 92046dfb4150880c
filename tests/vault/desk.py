"""A desk in a browser of its own, so that several people can sit at once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp.test_utils import TestClient, TestServer
from yarl import URL

from events.event import Acting
from portals.app import make_app
from services import desk as desks
from services import sessions
from services.platform import Platform
from services.settings import Settings
from tests.portals.desks import Client
from tests.portals.lodging import Places


class Roles(Places):
    """The directory, with the roles of those who have come to a desk."""

    def __init__(self) -> None:
        self.held: dict[str, Acting] = {}

    async def roles(self, person: str) -> list[dict[str, Any]]:
        by = self.held[person]
        party = {"party": by.party.id, "party_name": by.party.name, "party_kind": by.party.kind}
        return [{"person": by.person, "name": by.name, "role": by.role, **party}]


@asynccontextmanager
async def desk(platform: Platform, by: Acting, **chosen: Any) -> AsyncIterator[Client]:
    """A browser in which this person is signed in; `chosen` = further settings."""
    if not isinstance(platform.views.directory, Roles):
        platform.views.directory = Roles()  # type: ignore[assignment]
    platform.views.directory.held[by.person] = by  # type: ignore[attr-defined]
    known = {"secret": "of the tests", "second_factor": "offered", "terms": "offered"}
    app = make_app(platform, Settings.model_validate({**known, **chosen}))
    async with TestClient(TestServer(app)) as client:
        await desks.set_password(platform.pool, by.person, by.person, "一句足够长的口令")
        cookie = await sessions.open_session(platform.pool, by.person)
        here = URL(str(client.make_url("/")))
        client.session.cookie_jar.update_cookies({"gongzhi": cookie}, here)
        yield client
