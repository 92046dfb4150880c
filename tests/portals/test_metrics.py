"""Figures for those who may read them; the id of a request in its answer, its events, its lines."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import socket
from collections.abc import AsyncIterator
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from portals.app import make_app
from portals.metrics import own_port
from services import logs
from services.platform import Platform
from services.settings import Settings
from tests.people import ZHAO
from tests.portals.desks import Client, hidden, shown, signed_in
from tests.portals.lodging import a_complaint

pytestmark = pytest.mark.postgres

PHONE = "13800001234"
TOKEN = "a-token-of-the-tests"
MAY = {"Authorization": f"Bearer {TOKEN}"}


def settings(**more: Any) -> Settings:
    return Settings.model_validate({"secret": "of the tests", "metrics_token": TOKEN, **more})


async def broken(request: web.Request) -> web.StreamResponse:
    raise RuntimeError(f"worn out\nphone={PHONE}")


async def endless(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    while True:
        await response.write(b"on and on\n" * 1000)


@pytest.fixture
async def she(platform: Platform) -> AsyncIterator[Client]:
    app = make_app(platform, settings())
    app.add_routes([web.get("/broken/{id}", broken)])
    async with TestClient(TestServer(app)) as client:
        yield client


def counted(text: str, **labels: str) -> float:
    """Requests with these labels."""
    lines = [line for line in text.splitlines() if line.startswith("gongzhi_http_requests_total{")]
    fits = [x for x in lines if all(f'{n}="{value}"' in x for n, value in labels.items())]
    return sum(float(line.rsplit(" ", 1)[1]) for line in fits)


# -- who may read them -------------------------------------------------------------------


@pytest.mark.parametrize("sent", [None, "Bearer wrong", f"Basic {TOKEN}", "Bearer", "Bearer 口令"])
async def test_without_the_token_nothing_is_told(she: Client, sent: str | None) -> None:
    answer = await she.get("/metrics", headers={"Authorization": sent} if sent else {})
    assert answer.status == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    said = await answer.text()
    assert "gongzhi_" not in said
    assert "GONGZHI_METRICS_TOKEN" in said, "what to do about it"
    assert "metrics-token" in said


async def test_with_the_token_everything_is_told(she: Client) -> None:
    answer = await she.get("/metrics", headers=MAY)
    assert answer.status == 200
    assert answer.content_type == "text/plain"
    said = await answer.text()
    assert "gongzhi_view_lag_events{" in said
    assert "process_resident_memory_bytes" in said


async def test_the_token_is_made_once_for_all_processes(platform: Platform, tmp_path: Path) -> None:
    chosen = Settings(data=tmp_path, secret="of the tests")  # type: ignore[arg-type]
    token = chosen.metrics_key()
    assert (tmp_path / "metrics-token").read_bytes().strip() == token
    assert (tmp_path / "metrics-token").stat().st_mode & 0o077 == 0
    async with TestClient(TestServer(make_app(platform, chosen))) as client:
        may = {"Authorization": f"Bearer {token.decode()}"}
        assert (await client.get("/metrics", headers=may)).status == 200
        assert (await client.get("/metrics", headers=MAY)).status == 401


@pytest.mark.parametrize(("host", "open_to_all"), [("127.0.0.1", True), ("0.0.0.0", False)])
async def test_a_port_of_its_own_needs_no_token_on_loopback_alone(
    platform: Platform, host: str, open_to_all: bool
) -> None:
    port = free_port()
    chosen = settings(metrics_port=port, metrics_host=host)
    async with own_port(platform, chosen), aiohttp.ClientSession() as session:
        address = f"http://127.0.0.1:{port}/metrics"
        async with session.get(address) as answer:
            assert answer.status == (200 if open_to_all else 401)
        async with session.get(address, headers=MAY) as answer:
            assert "gongzhi_log_position" in await answer.text()
        async with session.get(f"http://127.0.0.1:{port}/") as answer:
            assert answer.status == 404, "nothing else is served there"


async def test_without_a_port_of_its_own_nothing_is_opened(platform: Platform) -> None:
    async with own_port(platform, settings()) as opened:
        assert opened is None


# -- requests are counted ----------------------------------------------------------------


async def test_requests_are_counted_by_route_never_by_address(she: Client) -> None:
    secret = "01900000-0000-7000-8000-000000000001"
    assert (await she.get(f"/receipt/{secret}")).status in (200, 404)
    await she.get("/no/such/page")
    await she.get("/broken/7")
    await she.get("/static/theme.css")
    said = await (await she.get("/metrics", headers=MAY)).text()
    assert counted(said, route="/receipt/{id}", method="GET") == 1
    assert counted(said, route="none", status="404") == 1
    assert counted(said, route="/broken/{id}", status="500") == 1
    assert counted(said, route="/static", status="200") == 1
    assert secret not in said


@pytest.mark.parametrize("cancelling", [False, True])
async def test_who_leaves_a_download_is_no_fault(
    platform: Platform, caplog: pytest.LogCaptureFixture, cancelling: bool
) -> None:
    """Whether the server finds out by writing, or is set to break the handler off."""
    app = make_app(platform, settings())
    app.add_routes([web.get("/endless", endless)])
    runner = web.AppRunner(app, access_log=None, handler_cancellation=cancelling)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port := free_port()).start()
    try:
        async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as she:
            async with she.get("/endless") as answer:
                await answer.content.read(10)
                answer.close()
            async with asyncio.timeout(120):
                while not counted(said := await figures(she), route="/endless"):
                    await asyncio.sleep(0.05)
    finally:
        await runner.cleanup()
    assert counted(said, route="/endless", status="499") == 1
    assert not [r for r in caplog.records if r.levelno >= logging.WARNING]


async def figures(she: aiohttp.ClientSession) -> str:
    async with she.get("/metrics", headers=MAY) as answer:
        return await answer.text()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


# -- the id of a request -----------------------------------------------------------------


async def test_every_answer_has_an_id_of_its_own(she: Client) -> None:
    found = []
    for path in ("/", "/no/such/page", "/static/theme.css", "/static/none", "/healthz", "/metrics"):
        found.append((await she.get(path)).headers["X-Request-Id"])
    assert len({UUID(id) for id in found}) == len(found)


async def test_a_fault_page_names_it(she: Client) -> None:
    answer = await she.get("/broken/7")
    assert answer.status == 500
    page = await answer.text()
    assert answer.headers["X-Request-Id"] in page
    assert answer.headers["X-Request-Id"] not in await (await she.get("/no/such/page")).text()


@pytest.mark.parametrize(
    ("sent", "trusted", "kept"),
    [
        ("proxy-7f3a9c", "127.0.0.1", True),
        ("proxy-7f3a9c", "", False),
        ("short", "127.0.0.1", False),
        ("<script>alert(1)</script>", "127.0.0.1", False),
        ("x" * 200, "127.0.0.1", False),
    ],
)
async def test_only_a_proxy_of_our_own_may_give_it(
    platform: Platform, sent: str, trusted: str, kept: bool
) -> None:
    app = make_app(platform, settings(trusted_proxies=trusted))
    async with TestClient(TestServer(app)) as client:
        answer = await client.get("/help", headers={"X-Request-Id": sent})
        assert (answer.headers["X-Request-Id"] == sent) is kept


async def test_what_a_request_records_carries_its_id(platform: Platform) -> None:
    async with signed_in(platform, ZHAO) as zhao:
        complaint = await a_complaint(platform)
        path = f"/council/complaints/{complaint['id']}/accept"
        form = hidden(await shown(zhao, path))
        answer = await zhao.post(path, data=form, allow_redirects=False)
        assert answer.status == 303
    accepted = (await platform.log.after(0))[-1]
    assert accepted.event.TOPIC == "complaint-accepted"
    assert accepted.event.correlation == answer.headers["X-Request-Id"]


async def test_its_lines_carry_its_id_and_no_personal_data(she: Client) -> None:
    stream = StringIO()
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    logs.set_up("json", stream=stream)
    try:
        answer = await she.get("/broken/7?name=陈小姐")
        await she.get("/healthz")
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    ours = [x for x in lines if x.get("correlation") == answer.headers["X-Request-Id"]]
    assert [x["level"] for x in ours] == ["error", "info"], "the fault, then the request"
    assert "worn out" in ours[0]["trace"]
    (line,) = [x for x in lines if x["logger"] == "gongzhi.requests"]
    assert (line["method"], line["route"], line["status"]) == ("GET", "/broken/{id}", 500)
    assert 0 < line["ms"] < 10_000
    assert "party" not in line
    assert not re.search(f"陈小姐|{PHONE}", stream.getvalue())
