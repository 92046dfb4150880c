"""Hostile values in every form and address of every role: no fault of ours, nothing without its
headers, nothing of unbounded size. Made from the router; on a copy of the demo, which it may spoil.
"""

from __future__ import annotations

import asyncio
import logging
import re
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import aiohttp
import pytest
from aiohttp import web
from yarl import URL

from deploy.postgres import Server
from portals.app import make_app
from portals.door import Runner
from portals.pages import PLATFORM
from services.settings import Settings
from tests.conftest import Served
from tests.database import Dsns, copy_of, drop_database
from tests.opening import open_platform
from tests.portals.every_record import add_what_the_demo_lacks
from tests.portals.fuzzing import HEADER_VALUES, Fuzz
from tests.portals.visitors import HOMES, NOBODY, Visitor, kind_of, visitor
from tests.portals.walking import ENDS, Walk, routes

pytestmark = pytest.mark.postgres

#: Of how many roles the same form is tried; and how many of its answers are wrong in turn.
_ROLES, _NEARLY = 3, 6
#: These end what the others need, so they come last.
_LATE = (*ENDS, "/account/sessions/end")
_LARGEST = 1_500_000
_UNKNOWN = "01900000-0000-7000-8000-0000000000aa"
_QUERY = re.compile(r"""(?:query(?:\.get\(|\[)|text\(request, |day\(request, )["'](\w+)["']""")
_PORTALS = Path(__file__).parents[2] / "portals"


class Met(NamedTuple):
    """One answer, as far as it is judged."""

    said: str
    route: str
    status: int
    size: int
    headers: dict[str, str]


class Faults(logging.Handler):
    """What was logged as a fault of ours."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name}: {record.getMessage()}")


@asynccontextmanager
async def copied(server: Server, province: Dsns, data: Path) -> AsyncIterator[Served]:
    dsns = copy_of(server, province)
    chosen = Settings(
        data=data, second_factor="offered", limit_address=0, limit_account=0, proof_bits=0
    )
    async with open_platform(dsns.owner, dsns.app) as platform:
        app = make_app(platform, chosen)
        runner = Runner(app, access_log=None)
        await runner.setup()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        await web.TCPSite(runner, "127.0.0.1", port).start()
        yield Served(app, f"http://127.0.0.1:{port}")
        await runner.cleanup()
    drop_database(server, dsns)


@pytest.fixture(scope="module")
async def met(
    server: Server,
    province: Dsns,
    walked: dict[str, Walk],
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[list[Met], list[str]]:
    """Everything that came back, and what the log called a fault."""
    faults, answers = Faults(), list[Met]()
    async with (
        copied(server, province, tmp_path_factory.mktemp("fuzz")) as served,
        AsyncExitStack() as stack,
    ):
        await add_what_the_demo_lacks(served.app[PLATFORM], tmp_path_factory.mktemp("lacking"))
        come = {r: await stack.enter_async_context(visitor(served, r)) for r in HOMES}
        logging.getLogger().addHandler(faults)
        found = await _found(served.app, walked)
        for each in found:
            if each.route not in _LATE:
                answers += [met async for met in _form(come[each.role], each)]
        answers += [met async for met in _addresses(served.app, come, walked)]
        answers += [met async for met in _headers(served)]
        for each in found:
            if each.route in _LATE:
                answers += [met async for met in _form(come[each.role], each)]
        logging.getLogger().removeHandler(faults)
    return answers, faults.lines


class Sent(NamedTuple):
    """A form: who found it, where it is sent, and what it asks."""

    role: str
    route: str
    address: str
    asked: dict[str, list[str]]


async def _found(app: web.Application, walks: dict[str, Walk]) -> list[Sent]:
    """Each form, of some of the roles that found it; and what takes one but no role came to."""
    found: dict[str, dict[str, Sent]] = {}
    for role, walk in walks.items():
        for answer in (page for language, page in walk.pages if language == "zh" and page.is_page):
            for form in answer.html.forms:
                address = urlsplit(urljoin(answer.address, form.action)).path
                route = (await kind_of(app, address, "POST"))[0]
                by = found.setdefault(route, {})
                if role not in by or len(by[role].asked) < len(form.asked):
                    by[role] = Sent(role, route, address, form.asked)
    found.pop("", None)
    for route in _posts(app) - set(found):
        address = re.sub(r"\{id\w*\}", _UNKNOWN, route)
        asked: dict[str, list[str]] = {"reason": [], "key": [], "name": [], "to": []}
        role = _at_home(route)
        found[route] = {role: Sent(role, route, re.sub(r"[{}]", "", address), asked)}
    return [sent for by in found.values() for sent in list(by.values())[:_ROLES]]


def _at_home(route: str) -> str:
    """A role that has this portal; of what is nobody's own, somebody who is signed in."""
    at_home = (role for role, home in HOMES.items() if home != "/" and route.startswith(f"{home}/"))
    return next(at_home, "gulou.head")


def _posts(app: web.Application) -> set[str]:
    return {
        route.resource.canonical
        for route in app.router.routes() if route.resource and route.method == "POST"
    }  # fmt: skip


async def _form(who: Visitor, form: Sent) -> AsyncIterator[Met]:
    """With hostile answers, with files, as no form at all; and well but for one answer."""
    fuzz, at = Fuzz(f"{who.role} {form.route}"), (form.route, "POST", URL(form.address))
    names = [name for name in form.asked if name != "csrf"]
    nearly = [list({**each, "csrf": who.csrf}.items()) for each in fuzz.nearly(form.asked, _NEARLY)]
    for fields in ([("csrf", who.csrf), *fuzz.form(names)], *nearly):
        yield await _sent(who, *at, aiohttp.FormData(fields, charset="utf-8"))
    yield await _sent(who, *at, fuzz.parts(who.csrf, names))
    body, kind = fuzz.raw()
    yield await _sent(who, *at, body, {"Content-Type": kind})


async def _addresses(
    app: web.Application, come: dict[str, Visitor], walks: dict[str, Walk]
) -> AsyncIterator[Met]:
    """Each route, hostile in query and path, by somebody who may open it; the API too."""
    found = {
        (await kind_of(app, a.address))[0]: (role, a.address)
        for role, walk in walks.items()
        for _, a in walk.pages
        if a.status == 200
    }
    names = sorted(_query_names())
    for route in app.router.routes():
        pattern = route.resource.canonical if route.resource else ""
        if route.method != "GET" or not pattern:
            continue
        role, address = found.get(pattern, (NOBODY, pattern.replace("{", "").replace("}", "")))
        fuzz = Fuzz(pattern)
        for url in fuzz.queries(address, names, 2):
            yield await _sent(come[role], pattern, "GET", url)
        for url in fuzz.paths(pattern, 2 if "{" in pattern else 0):
            yield await _sent(come[role], pattern, "GET", url)


def _query_names() -> set[str]:
    """What any page reads from its address."""
    found = (_QUERY.findall(file.read_text("utf-8")) for file in _PORTALS.rglob("*.py"))
    return {name for names in found for name in names} | {"page", "q", "at", "done", "state"}


async def _sent(
    who: Visitor, route: str, method: str, url: URL,
    data: object = None, headers: dict[str, str] | None = None,
) -> Met:  # fmt: skip
    """Ask in this visitor's browser; of the answer its measures."""
    whole = URL(who.served.address + str(url), encoded=True)
    said = f"{who.role}: {method} {str(url)[:120]}"
    async with who.session.request(
        method, whole, data=data, headers=headers, allow_redirects=False
    ) as answer:
        body = await answer.read()
        return Met(said, f"{method} {route}", answer.status, len(body), dict(answer.headers))


async def _headers(served: Served) -> AsyncIterator[Met]:
    """Headers that are no text, which no browser and no library sends: written by hand."""
    at = URL(served.address)
    for path in ("/", "/sign-in", "/account", "/log/checkpoint", "/track/complaint", "/metrics"):
        for value in HEADER_VALUES:
            fuzz = Fuzz(path + value)
            for name in {"Cookie", fuzz.header()[0]}:
                yield await _by_hand(at, path, f"{name}: {value}")


async def _by_hand(at: URL, path: str, line: str) -> Met:
    reader, writer = await asyncio.open_connection(at.host, at.port)
    asked = f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{line}\r\n\r\n"
    writer.write(asked.encode("utf-8", "surrogateescape"))
    said = await reader.read()
    writer.close()
    await writer.wait_closed()
    head, _, body = said.partition(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").split("\r\n")
    headers = dict(each.split(": ", 1) for each in rest)
    return Met(f"{path} {line!r}", path, int(first.split()[1]), len(body), headers)


def _wrong(answers: list[Met]) -> Iterator[str]:
    for each in answers:
        if each.status >= 500:
            yield f"{each.said}: {each.status}"
        elif each.size > _LARGEST and "Content-Disposition" not in each.headers:
            yield f"{each.said}: {each.size} bytes"
        elif "frame-ancestors 'none'" not in each.headers.get("Content-Security-Policy", ""):
            yield f"{each.said}: {each.status} without its headers"


async def test_nothing_hostile_makes_a_fault(met: tuple[list[Met], list[str]]) -> None:
    answers, faults = met
    assert len(answers) > 500
    assert list(_wrong(answers)) == []
    assert faults == []


async def test_nothing_hostile_writes_a_header(met: tuple[list[Met], list[str]]) -> None:
    for each in met[0]:
        assert not each.headers.get("Set-Cookie", "").startswith("x=y"), each.said
        assert "\n" not in each.headers.get("Location", "")


def test_every_form_and_address_was_tried(
    serving: Served, met: tuple[list[Met], list[str]]
) -> None:
    tried = {each.route for each in met[0]}
    assert {f"POST {route}" for route in _posts(serving.app)} <= tried
    assert {f"GET {route}" for route in routes(serving.app, "GET")} <= tried
