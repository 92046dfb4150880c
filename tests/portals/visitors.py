"""Visitors: one browser per role of the demo, and where its links lead."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp import web
from aiohttp.test_utils import make_mocked_request
from yarl import URL

from deploy.demo.people import PASSWORD, SIGN_INS
from deploy.demo.reports import code_of
from events.enquiries import EnquiryReceived
from portals.pages import PLATFORM
from services.actions.reports import query_hash
from services.told import told
from tests.conftest import Served
from tests.portals.every_record import party_of
from tests.portals.reading import Html

NOBODY = "nobody"
#: Consumers who follow a complaint, and in which state it is.
CONSUMERS = {"consumer": "mediating", "consumer after": "agreed"}
#: Who follows a report of her own.
REPORTER = "reporter"
#: Who asked something, and was answered.
ASKER = "asker"
HOMES = {NOBODY: "/", **dict.fromkeys(CONSUMERS, "/track/complaint"), REPORTER: "/report/mine"}
HOMES[ASKER] = "/track/enquiry"
#: Those who have no account.
WITHOUT = (NOBODY, *CONSUMERS, REPORTER, ASKER)
HOMES |= {each.name: f"/{each.portal}" for each in SIGN_INS}


@dataclass
class Answer:
    """What came back for one address."""

    method: str
    address: str
    status: int
    text: str
    headers: dict[str, str]
    _html: Html | None = field(default=None, repr=False)

    @property
    def html(self) -> Html:
        """The page, read once."""
        self._html = self._html or Html(self.text)
        return self._html

    @property
    def is_page(self) -> bool:
        return self.headers.get("Content-Type", "").startswith("text/html")


class Visitor:
    """One role at its browser; it follows no redirect by itself."""

    def __init__(self, role: str, served: Served, session: aiohttp.ClientSession) -> None:
        self.role, self.served, self.session = role, served, session
        self.party = ""
        self.csrf = ""

    async def ask(
        self, method: str, address: str, data: dict[str, str] | None = None, lang: str = "zh"
    ) -> Answer:
        """Ask for an address and read what comes back."""
        url = self.served.address + address
        async with self.session.request(
            method, url, data=data, allow_redirects=False, cookies={"lang": lang}
        ) as response:
            text = (await response.read()).decode("utf-8", "replace")
            return Answer(method, address, response.status, text, dict(response.headers))

    async def get(self, address: str, lang: str = "zh") -> Answer:
        """The page at this address."""
        return await self.ask("GET", address, lang=lang)

    async def come_in(self) -> None:
        """Sign in, or prove to be the consumer of a complaint."""
        self.csrf = (await self.get("/sign-in")).html.csrf
        if self.role in CONSUMERS:
            await self._find_complaint(CONSUMERS[self.role])
        elif self.role == REPORTER:
            await self._find_report()
        elif self.role == ASKER:
            await self._find_enquiry()
        elif self.role != NOBODY:
            self.party = await party_of(self.served.app[PLATFORM], self.role)
            await self._send("/sign-in", {"name": self.role, "password": PASSWORD})
            self.csrf = (await self.get(HOMES[self.role])).html.csrf

    async def _find_complaint(self, state: str) -> None:
        """A complaint in this state, by its number and the end of the telephone number."""
        row = await self.served.app[PLATFORM].views.complaints.row(
            "select id, number from {rows} where state = %(s)s and satisfied is null limit 1",
            {"s": state},
        )
        assert row is not None
        hers = await told(self.served.app[PLATFORM].log, row["id"])
        await self._send("/track", {"number": row["number"], "digits": hers["phone"][-4:]})

    async def _find_report(self) -> None:
        """The demo's first report, by its number and query code."""
        row = await self.served.app[PLATFORM].views.report_tracking.row(
            "select number from {rows} where query = %(q)s", {"q": query_hash(code_of(0))}
        )
        assert row is not None
        await self._send("/report/follow", {"number": row["number"], "code": code_of(0)})

    async def _find_enquiry(self) -> None:
        """One that was answered, by its number and the end of the telephone number."""
        platform = self.served.app[PLATFORM]
        rows = await platform.views.enquiries.rows(
            "select id, number from {rows} where state = 'answered' and online"
        )
        (first, *_) = await platform.log.load(rows[0]["id"], opened=True)
        assert isinstance(first.event, EnquiryReceived)
        digits = first.event.told.get("phone")[-4:]
        await self._send("/track", {"number": rows[0]["number"], "digits": digits})

    async def _send(self, address: str, data: dict[str, str]) -> None:
        sent = await self.ask("POST", address, {"csrf": self.csrf, **data})
        assert sent.status == 303, f"{self.role} at {address}: {sent.status}"


@asynccontextmanager
async def visitor(served: Served, role: str) -> AsyncIterator[Visitor]:
    """The role's browser, come in."""
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar) as session:
        come = Visitor(role, served, session)
        await come.come_in()
        yield come


def links(answer: Answer) -> list[str]:
    """Where the page leads on this site, without what only changes how it looks."""
    found = []
    for link in answer.html.links:
        address = urljoin(answer.address, link)
        outside = urlsplit(address).netloc or address.startswith(("mailto:", "tel:"))
        if not outside and not any(mark in address for mark in ("lang=", "large=")):
            found.append(address.partition("#")[0] or answer.address)
    return found


#: What was asked before: pages link to the same addresses again and again.
_RESOLVED: dict[tuple[int, str, str], tuple[str, str]] = {}


async def kind_of(app: web.Application, address: str, method: str = "GET") -> tuple[str, str]:
    """The pattern of the route behind an address, and what of it is no id; ("", "") for none."""
    path = urlsplit(address).path
    known = (id(app), method, path)
    if known not in _RESOLVED:
        _RESOLVED[known] = await _resolved(app, path, method)
    pattern, parts = _RESOLVED[known]
    if not pattern:
        return "", ""
    asked = [name for name in sorted(URL(address).query) if name not in ("at", "done", "page")]
    return pattern, parts + "?" + "&".join(asked)


async def _resolved(app: web.Application, path: str, method: str) -> tuple[str, str]:
    match = await app.router.resolve(make_mocked_request(method, path))
    if match.http_exception is not None or match.route.resource is None:
        return "", ""
    parts = [value for name, value in sorted(match.items()) if len(value) < 36]
    return match.route.resource.canonical, "/".join(parts)
