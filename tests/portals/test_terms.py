"""The terms of use: accepted before any page, asked again for a new version, nothing lost."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp.test_utils import TestClient, TestServer
from yarl import URL

from events.accounts import TermsAccepted
from portals import people as people_pages
from portals.app import make_app
from services import desk, sessions
from services.account_log import account_stream
from services.actions import people
from services.declaration import PRESENT
from services.platform import Platform
from services.settings import Settings
from tests.caught_up import caught_up
from tests.people import GULOU, SECURITY
from tests.portals.desks import Client, hidden, shown

pytestmark = pytest.mark.postgres


@pytest.fixture
async def li(platform: Platform) -> AsyncIterator[Client]:
    """Somebody who signs in for the first time."""
    enrolled = people.EnrolPerson(
        by=SECURITY, name="李强", sign_in="li.qiang", role="clerk", party=GULOU
    )
    await platform.perform(people.enrol_person, enrolled)
    await caught_up(platform)
    app = make_app(platform, Settings(secret="of the tests", second_factor="offered"))  # type: ignore[arg-type]
    async with TestClient(TestServer(app)) as client:
        await desk.set_password(platform.pool, str(enrolled.person), "li.qiang", "一句足够长的口令")
        cookie = await sessions.open_session(platform.pool, str(enrolled.person))
        client.session.cookie_jar.update_cookies(
            {"gongzhi": cookie}, URL(str(client.make_url("/")))
        )
        yield client


async def test_before_any_page_and_again_for_a_new_version(
    platform: Platform, li: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = await li.get("/regulator/complaints?state=closed", allow_redirects=False)
    assert asked.headers["Location"] == "/terms?next=/regulator/complaints?state%3Dclosed"
    form = await shown(li, asked.headers["Location"])
    assert "我只为履行职责查阅个人信息" in form
    refused = await li.post("/terms", data=hidden(form))
    assert refused.status == 422
    assert "请先阅读" in await refused.text()
    done = await li.post("/terms", data={**hidden(form), "accepts": "yes"})
    assert done.url.path == "/regulator/complaints"
    assert done.url.query["state"] == "closed"
    await shown(li, "/regulator")
    assert "您已作出承诺" in await shown(li, "/terms")
    (row,) = (await platform.views.directory.people(GULOU.id)).rows
    events = [e.event for e in await platform.log.load(account_stream(row["id"]))]
    assert [e.version for e in events if isinstance(e, TermsAccepted)] == [PRESENT.version]
    newer = PRESENT._replace(version=PRESENT.version + 1)
    monkeypatch.setattr(people_pages, "PRESENT", newer)
    again = await li.get("/regulator", allow_redirects=False)
    assert again.headers["Location"].startswith("/terms?next=")


async def test_what_was_typed_is_kept(li: Client) -> None:
    form = await shown(li, "/terms")
    typed = {"csrf": hidden(form)["csrf"], "respondent": "闽海充电器"}
    stopped = await li.post("/regulator/new", data=typed)
    assert stopped.status == 403
    kept = hidden(await stopped.text())
    assert kept["kept-respondent"] == "闽海充电器"
    on = await li.post("/terms", data={**kept, "accepts": "yes"})
    assert "闽海充电器" in await on.text()
