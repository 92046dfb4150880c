"""A consumer at the public portal: the five pages of a complaint as she fills them in."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import unescape
from typing import Any

from aiohttp.test_utils import TestClient, TestServer

from events.event import Acting, PartyRef
from portals.app import make_app
from services.actions.complaints import RegisterComplaint, register_complaint
from services.platform import Platform
from services.settings import Settings
from services.views.view import Row
from tests.caught_up import caught_up
from tests.effort import effort
from tests.people import ASSOCIATION, COUNCIL, GULOU, JINAN, MINHAI, OTHER_COUNCIL, ZHAO
from tests.portals.desks import CODE, Client, Directory

PAGES: tuple[dict[str, str], ...] = (
    {
        "respondent": "闽海充电器有限公司", "respondent_address": "八一七路1号",
        "place": "350102", "credit_code": CODE,
    },
    {
        "category": "quality", "product": "充电器", "bought_on": "2026年10月",
        "facts": "充电器着火\n<b>烧坏桌子</b>", "injury": "no",
    },
    {"request": "退货并赔偿", "claimed": "1,280.5", "may_mediate": "yes", "may_publish": "no"},
    {"name": "陈小姐", "phone": "138 0000 1234", "address": "福州市鼓楼区"},
)  # fmt: skip
#: All she tells, but where the business is: a body that records it handles it itself.
TELLS = {name: value for page in PAGES for name, value in page.items() if name != "place"}


class Places(Directory):
    """The directory with councils and regulators to choose from."""

    async def councils(self) -> list[dict[str, Any]]:
        return [_row(COUNCIL, "350100"), _row(OTHER_COUNCIL, "350200")]

    async def council_for(self, division: str) -> dict[str, Any] | None:
        found = [row for row in await self.councils() if row["division"][:4] == division[:4]]
        return found[0] if found else None

    async def regulators(self) -> list[dict[str, Any]]:
        return [_row(GULOU, "350102"), _row(JINAN, "350111")]

    async def associations(self) -> list[dict[str, Any]]:
        return [{"id": ASSOCIATION.id, "name": ASSOCIATION.name, "kind": "association"}]

    async def named(self, name: str) -> dict[str, Any] | None:
        return await self.party(MINHAI.id) if name == MINHAI.name else None


def _row(body: PartyRef, division: str) -> dict[str, Any]:
    return {"id": body.id, "name": body.name, "kind": body.kind, "division": division}


@asynccontextmanager
async def visitor(platform: Platform) -> AsyncIterator[Client]:
    """A browser of somebody without an account."""
    know(platform)
    app = make_app(
        platform,
        Settings(secret="of the tests", second_factor="offered", terms="offered"),
        ["public"],
    )  # type: ignore[arg-type]
    async with TestClient(TestServer(app)) as client:
        yield client


def know(platform: Platform) -> None:
    """Let the pages know who handles complaints where."""
    platform.views.directory = Places()  # type: ignore[assignment,attr-defined,unused-ignore]


def fields(html: str) -> dict[str, str]:
    """What the browser would send of the form on the page: hidden, typed and chosen values."""
    form = html[html.rindex('<form method="post"', 0, html.rindex("</main>")) :]
    found: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        marks = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if marks.get("type") == "submit":
            continue
        if marks.get("type") in ("radio", "checkbox") and not re.search(r"\schecked", tag):
            continue
        if "name" in marks:
            found[marks["name"]] = unescape(marks.get("value", ""))
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)</textarea>', form):
        found[name] = unescape(text)
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        found[name] = unescape(chosen[1]) if chosen else ""
    return found | effort(form)


async def go(client: Client, page: str, status: int = 200, to: str = "next", **typed: str) -> str:
    """Fill in a page of the complaint and press a button; the page that follows, raw."""
    sent = await client.post("/complain", data={**fields(page), **typed, "to": to})
    text = await sent.text()
    assert sent.status == status, f"{sent.status}\n{text[:3000]}"
    return text


async def to_the_check(client: Client) -> str:
    """All four pages filled in; the check page."""
    page = await (await client.get("/complain")).text()
    for typed in PAGES:
        page = await go(client, page, **typed)
    return page


async def lodge(client: Client) -> str:
    """A complaint from the first page to the receipt; its number."""
    receipt = await go(client, await to_the_check(client), to="send")
    return number_on(receipt)


def number_on(page: str) -> str:
    found = re.search(r"GZ-\d{4}-\d{6}-\w", page)
    assert found, page
    return found[0]


async def a_complaint(
    platform: Platform, handler: PartyRef = COUNCIL, by: Acting = ZHAO, **told: object
) -> Row:
    """A complaint that is there already, with its handler."""
    known = {**TELLS, "claimed": None, "injury": False, "may_mediate": True, "may_publish": False}
    known.pop("credit_code")
    command = RegisterComplaint(by=by, handler=handler, **{**known, **told})  # type: ignore[arg-type]
    await platform.perform(register_complaint, command)
    return await the_row(platform, command.complaint)


async def the_row(platform: Platform, id: object) -> Row:
    """The complaint as the register shows it now."""
    await caught_up(platform)
    row = await platform.views.complaints.one(str(id))
    assert row is not None
    return row
