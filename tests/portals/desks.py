"""People at their desks: signed-in browsers over a real platform, and how they send forms."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import unescape
from typing import Any

from aiohttp.test_utils import TestClient, TestServer
from yarl import URL

from events.event import Acting
from portals.app import make_app
from services import desk, sessions
from services.platform import Platform
from services.settings import Settings
from tests.effort import effort
from tests.people import CONTACT, DESK, LI, MA, MINHAI, QIAN, SUN, WANG, WU, ZHAO
from tests.portals.reading import Html, faults

Client = TestClient[Any, Any]
#: The code of 闽海充电器有限公司.
CODE = "91350100M000100Y43"


class Directory:
    """Who holds which role, and which enterprise has which code."""

    async def roles(self, person: str) -> list[dict[str, Any]]:
        return [_role(by) for by in _PEOPLE if by.person == person]

    async def staff_of(self, party: str) -> list[dict[str, Any]]:
        return [_role(by) for by in (LI, WANG, ZHAO) if by.party.id == party]

    async def merged(self, kind: str) -> list[dict[str, Any]]:
        return []

    async def party(self, id: str) -> dict[str, Any] | None:
        return _MINHAI if id == MINHAI.id else None

    async def memberships_of(self, enterprise: str) -> list[dict[str, Any]]:
        return []

    async def ids_under(self, superior: str) -> list[str]:
        return []

    async def coded(self, code: str) -> dict[str, Any] | None:
        return _MINHAI if code == CODE else None


_PEOPLE = (LI, WU, SUN, WANG, ZHAO, MA, QIAN, CONTACT, DESK)
_MINHAI = {"id": MINHAI.id, "name": MINHAI.name, "kind": "enterprise", "credit_code": CODE}


def _role(by: Acting) -> dict[str, Any]:
    party = {"party": by.party.id, "party_name": by.party.name, "party_kind": by.party.kind}
    return {"person": by.person, "name": by.name, "role": by.role, "terms": 1, **party}


@asynccontextmanager
async def signed_in(platform: Platform, by: Acting) -> AsyncIterator[Client]:
    """A browser in which this person is signed in."""
    platform.views.directory = Directory()  # type: ignore[assignment,attr-defined,unused-ignore]
    app = make_app(
        platform, Settings(secret="of the tests", second_factor="offered", terms="offered")
    )  # type: ignore[arg-type]
    async with TestClient(TestServer(app)) as client:
        await desk.set_password(platform.pool, by.person, by.person, "一句足够长的口令")
        cookie = await sessions.open_session(platform.pool, by.person)
        client.session.cookie_jar.update_cookies(
            {"gongzhi": cookie}, URL(str(client.make_url("/")))
        )
        yield client


async def shown(client: Client, path: str, status: int = 200) -> str:
    """The page, after its status was checked."""
    response = await client.get(path)
    text = await response.text()
    assert response.status == status, f"{path}: {response.status}\n{text[:2000]}"
    return unescape(text)


async def send(client: Client, path: str, status: int = 200, **answers: str) -> str:
    """Fill in the form at this address and send it; the page that follows."""
    response = await client.get(path)
    assert response.status == 200, await response.text()
    form = hidden(await response.text())
    sent = await client.post(path, data={**form, **answers})
    text = await sent.text()
    assert sent.status == status, f"{path}: {sent.status}\n{text[:3000]}"
    return unescape(text)


async def whole(client: Client, *paths: str) -> None:
    """Each page is whole and in its own language, in both."""
    for path in paths:
        for language in ("en", "zh"):  # the last one stays
            response = await client.get(f"{path}{'&' if '?' in path else '?'}lang={language}")
            assert response.status == 200, path
            assert faults(Html(await response.text()), language) == [], path


async def send_anyway(client: Client, form: str, path: str, status: int, **answers: str) -> str:
    """Send what no form here offers, with the token of another form; the page that follows."""
    token = hidden(await shown(client, form))["csrf"]
    sent = await client.post(path, data={"csrf": token, "key": form, **answers})
    assert sent.status == status, await sent.text()
    return unescape(await sent.text())


def hidden(html: str) -> dict[str, str]:
    """The hidden fields of the last form that is sent by POST."""
    form = html[html.rindex('<form method="post"') :]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {name: unescape(value) for name, value in found} | effort(form)


def date_parts(name: str, iso: str) -> dict[str, str]:
    """A date as it is typed in three inputs."""
    year, month, day = iso.split("-")
    return {f"{name}-year": year, f"{name}-month": month, f"{name}-day": day}
