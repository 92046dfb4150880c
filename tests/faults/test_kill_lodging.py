"""Complaints are lodged, and questions asked, while the server is killed and started again.

Several browsers, each doing the work that is asked of it; who gets no answer sends the same form
again: half of the blows fall when the answer is on its way. Every receipt is of one record in the
log, and every form led to one.
"""

from __future__ import annotations

import asyncio
import random
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import aiohttp
import pytest
from aiohttp import ClientSession, CookieJar

from events.complaints import ComplaintRegistered
from events.enquiries import EnquiryReceived
from events.event import Event
from tests.database import Dsns
from tests.faults.killed import opened, running, until
from tests.faults.parts import Lines
from tests.portals.lodging import PAGES, fields

pytestmark = pytest.mark.postgres

CLIENTS, BLOWS = 4, 4
#: Forms that come in while one server runs; she sends each of them twice at the least.
BETWEEN = 3


class What(NamedTuple):
    """What is sent: where, with which answers, to become which event under which number."""

    address: str
    told: dict[str, str]
    event: type[Event]
    series: str


_COMPLAINT = {name: value for answers in PAGES for name, value in answers.items()}
_ENQUIRY = {
    "body": "council", "place": _COMPLAINT["place"], "question": "定做的衣服能退货吗？",
    "phone": "138 0000 1234", "to": "check",
}  # fmt: skip
WHAT = {
    "complaints": What("/complain", _COMPLAINT, ComplaintRegistered, "GZ"),
    "enquiries": What("/ask", _ENQUIRY, EnquiryReceived, "ZX"),
}


class Receipt(NamedTuple):
    """What she was told: under which number, for the form of which key."""

    key: str
    number: str


class Server:
    """Where the portals are; whoever is not answered waits for the next one."""

    def __init__(self, said: Path) -> None:
        self.said = said
        #: Kills it when it has recorded something, so that the answer is lost on its way.
        self.blow: Callable[[], None] | None = None

    @property
    def at(self) -> str:
        return Lines(self.said).whole()[-1]

    async def ask(
        self, she: ClientSession, method: str, path: str, form: dict[str, str] | None = None,
        lodges: bool = False,
    ) -> tuple[str, str]:  # fmt: skip
        """Address and text of the answer, however often she has to ask for it."""
        how: dict[str, Any] = {"data": form, "allow_redirects": False}
        for _ in range(3_000):
            try:
                async with she.request(method, self.at + path, **how) as got:
                    text = await got.text()
                    assert got.status in (200, 303), text
                    if lodges and self.blow:
                        blow, self.blow = self.blow, None
                        blow()
                        continue
                    return got.headers.get("Location", ""), text
            except aiohttp.ClientError:
                await asyncio.sleep(0.02)
        raise AssertionError("nobody answers")


async def lodge(server: Server, she: ClientSession, what: What) -> list[Receipt]:
    """One record, from the first page to the receipt; then the same form once more."""
    _, page = await server.ask(she, "GET", what.address)
    _, page = await server.ask(she, "POST", what.address, {**fields(page), **what.told})
    form = {**fields(page), "to": "send"}
    assert form["effort"], "no work is asked for"
    return [await send(server, she, what, form, lodges) for lodges in (True, False)]


async def send(
    server: Server, she: ClientSession, what: What, form: dict[str, str], lodges: bool
) -> Receipt:
    place, said = await server.ask(she, "POST", what.address, form, lodges)
    assert "receipt" in place, said
    _, page = await server.ask(she, "GET", place)
    number = re.search(rf"{what.series}-\d{{4}}-\d{{6}}-\w", page)
    assert number, page
    return Receipt(form["key"], number[0])


@pytest.mark.parametrize("what", WHAT.values(), ids=WHAT)
async def test_every_receipt_is_of_one_record_and_every_form_leads_to_one(
    database: Dsns, tmp_path: Path, what: What
) -> None:
    chance, server = random.Random(20261127), Server(tmp_path / "said")
    receipts: list[Receipt] = []
    over = False

    async def lodges() -> None:
        async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as she:
            while not over:
                receipts.extend(await lodge(server, she, what))

    clients: list[asyncio.Task[None]] = []
    for blow in range(BLOWS):
        with running("pages", database, server.said) as child:
            await until(lambda: len(Lines(server.said).whole()) > blow)  # noqa: B023
            clients = clients or [asyncio.create_task(lodges()) for _ in range(CLIENTS)]
            known = len(receipts)
            await until(lambda: len(receipts) > known + 2 * BETWEEN)  # noqa: B023
            if blow % 2:
                server.blow = child.kill
                await until(lambda: server.blow is None)
            await asyncio.sleep(chance.uniform(0, 0.1))
    with running("pages", database, server.said):
        await until(lambda: len(Lines(server.said).whole()) > BLOWS)
        over = True
        await asyncio.gather(*clients)
    await _stand_once(database, receipts, what.event)


async def _stand_once(database: Dsns, receipts: list[Receipt], kind: type[Event]) -> None:
    """In the log is what was acknowledged, under its number, once; and nothing besides."""
    async with opened(database, working=False) as platform:
        whole = [r async for page in platform.log.pages() for r in page]
    there = Counter(r.event.number for r in whole if isinstance(r.event, kind))  # type: ignore[attr-defined]
    assert there == Counter({each.number: 1 for each in receipts})
    assert len({each.key for each in receipts}) == len(there), "a form became two records"
    assert len(receipts) == 2 * len(there)
    assert all(n == 2 for n in Counter(receipts).values()), "the same form led elsewhere"
