"""The door: what is no request is refused in a sentence, with our headers and no trace."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from portals.door import Runner

#: Too long an address, a header that is none, no HTTP at all.
STRANGE = (
    b"GET /?q=" + b"x" * 9000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nCookie\x00: <b>\r\n\r\n",
    b"<b>GET</b> / \xff\r\n\r\n",
)


@pytest.fixture
async def port() -> AsyncIterator[int]:
    async def broken(request: web.Request) -> web.Response:
        raise RuntimeError("s3cr3t")

    app = web.Application()
    app.add_routes([web.get("/broken", broken)])
    runner = Runner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield runner.addresses[0][1]
    await runner.cleanup()


async def _said(port: int, sent: bytes) -> str:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent)
    said = await reader.read()
    writer.close()
    await writer.wait_closed()
    return said.decode()


@pytest.mark.parametrize("sent", STRANGE)
async def test_what_is_no_request_is_refused(
    port: int, sent: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    said = await _said(port, sent)
    assert said.startswith("HTTP/1.1 400 ") or said.startswith("HTTP/1.0 400 ")
    assert "frame-ancestors 'none'" in said
    assert "nosniff" in said
    assert "请求不能读取" in said
    assert "<b>" not in said
    assert "xxx" not in said
    assert [each for each in caplog.records if each.levelno >= logging.WARNING] == []


async def test_a_fault_behind_the_door_is_logged_and_not_shown(
    port: int, caplog: pytest.LogCaptureFixture
) -> None:
    said = await _said(port, b"GET /broken HTTP/1.1\r\nHost: x\r\n\r\n")
    assert " 500 " in said
    assert "s3cr3t" not in said
    assert "nosniff" in said
    assert any(each.levelno == logging.ERROR for each in caplog.records)
