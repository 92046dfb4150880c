"""The adapter for text messages against a real HTTP server: down, slow, wrong, and back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from pydantic import ValidationError

from services.messages.composing import Message
from services.messages.gateway import Gateway
from services.messages.kinds import Failed
from services.messages.ways import Ways, ways
from services.settings import Settings
from tests.database import Dsns
from tests.messages.lodged import lodge, quiet, rows, turn

MESSAGE = Message(UUID(int=7), "text", "13800001234", "题", '编号 "GZ" {to} \\ 换行\n')


class Provider:
    """A gateway for text messages, which can be told to fail."""

    def __init__(self) -> None:
        self.status, self.delay = 200, 0.0
        self.got: list[tuple[Any, str]] = []

    async def take(self, request: web.Request) -> web.Response:
        await asyncio.sleep(self.delay)
        if self.status == 200:
            self.got.append((await request.json(), request.headers.get("Authorization", "")))
        return web.Response(status=self.status, text="what a gateway says: 13800001234")


@asynccontextmanager
async def provider(port: int | None = None) -> AsyncIterator[tuple[Provider, TestServer]]:
    made, app = Provider(), web.Application()
    app.router.add_post("/sms", made.take)
    async with TestServer(app, port=port) as server:
        yield made, server


def gateway(server: TestServer) -> Gateway:
    chosen = Settings(
        text_by="http", sms_url=str(server.make_url("/sms")), sms_header="Authorization: Bearer 密",
        sms_body='{"phones": ["{to}"], "sign": "共治", "content": "【共治】{text}", "uid": "{id}"}',
    )  # type: ignore[arg-type]  # fmt: skip
    made = ways(chosen).text
    assert isinstance(made, Gateway)
    return replace(made, header=("Authorization", "Bearer abc"), patience=0.3)


async def test_the_document_is_filled_in_and_nothing_breaks_out_of_it() -> None:
    async with provider() as (given, server):
        await gateway(server).send(MESSAGE)
    ((document, let_in),) = given.got
    assert document == {
        "phones": ["13800001234"], "sign": "共治", "content": f"【共治】{MESSAGE.text}",
        "uid": str(MESSAGE.id),
    }  # fmt: skip
    assert let_in == "Bearer abc"


@pytest.mark.parametrize(
    ("status", "delay", "said"),
    [(500, 0, "answered 500"), (429, 0, "answered 429"), (403, 0, "sign-in"),
     (302, 0, "answered 302"), (200, 1, "slow")],
)  # fmt: skip
async def test_what_it_answers_is_told_apart(status: int, delay: float, said: str) -> None:
    async with provider() as (given, server):
        given.status, given.delay = status, delay
        with pytest.raises(Failed) as failed:
            await gateway(server).send(MESSAGE)
    assert failed.value.said == said
    assert not failed.value.final


@pytest.mark.postgres
async def test_away_then_wrong_then_back(database: Dsns) -> None:
    async with provider() as (_, server):
        port, way = server.port, gateway(server)
    async with quiet(database, Ways(text=way)) as platform:
        await lodge(platform)
        await turn(platform)
        assert await rows(platform) == [("receipt", "retrying", 1, "away")]
        async with provider(port) as (given, _):
            given.status = 500
            await turn(platform, timedelta(minutes=2))
            assert await rows(platform) == [("receipt", "retrying", 2, "answered 500")]
            given.status = 200
            await turn(platform, timedelta(minutes=10))
        assert await rows(platform) == [("receipt", "sent", 3, "")]
    assert len(given.got) == 1


@pytest.mark.parametrize(
    "wrong",
    [{"text_by": "http"}, {"mail_by": "smtp", "smtp_host": "localhost"}, {"sms_body": "no"},
     {"sms_body": "[]"}],
)  # fmt: skip
def test_a_setting_that_lacks_something_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match=r"应为 JSON|还要设"):
        Settings(**wrong)
