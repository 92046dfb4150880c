"""kill -9 while the gateway has it: it goes again under the same id, once, and nothing is lost."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import Process
from datetime import timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from services.messages.gateway import Gateway
from services.messages.ways import Ways
from tests.database import Dsns
from tests.messages.lodged import lodge, quiet, rows, turn

pytestmark = pytest.mark.postgres


class Killing:
    """A gateway that takes what comes, and kills the sender before it answers the third."""

    def __init__(self) -> None:
        self.got: list[str] = []
        self.sender: Process | None = None
        self.killed = asyncio.Event()

    async def take(self, request: web.Request) -> web.Response:
        self.got.append((await request.json())["id"])
        if self.sender is not None and len(self.got) >= 3:
            if self.sender.returncode is None:
                self.sender.kill()
            self.killed.set()
            await asyncio.sleep(30)  # nobody hears the answer
        return web.Response()


async def test_killed_with_kill_9(database: Dsns) -> None:
    gateway, app = Killing(), web.Application()
    app.router.add_post("/sms", gateway.take)
    async with TestServer(app) as server:
        url = str(server.make_url("/sms"))
        way = Gateway(url, None, {"to": "{to}", "id": "{id}"})
        async with quiet(database, Ways(text=way)) as platform:
            for _ in range(5):
                await lodge(platform)
            command = (sys.executable, "-m", "tests.messages.sender", *database, url)
            gateway.sender = await asyncio.create_subprocess_exec(*command)
            async with asyncio.timeout(60):
                await gateway.killed.wait()
            await gateway.sender.wait()
            gateway.sender = None
            before = await rows(platform)
            assert len(before) == 5
            while await turn(platform, timedelta(minutes=2)):
                pass
            assert [row[1] for row in await rows(platform)] == ["sent"] * 5
    assert len(set(gateway.got)) == 5
    again = len(gateway.got) - 5
    assert 1 <= again <= sum(state == "waiting" for _, state, *_ in before)
