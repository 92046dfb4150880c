"""Verifying on the page: what a receipt proves, in plain words, for whoever has one."""

from __future__ import annotations

from collections.abc import AsyncIterator

import psycopg
import pytest
from aiohttp import FormData
from aiohttp.test_utils import TestClient, TestServer

from events.proofs.logproofs import LogProof
from portals.app import make_app
from services.heads import stored
from services.heads.receipts import receipt
from services.heads.tree import LogTree
from services.platform import Platform
from services.settings import Settings
from tests.database import Dsns
from tests.heads.conftest import NAMES, Parties, ask, grow, restarted
from tests.portals.desks import Client
from tests.portals.reading import Html

pytestmark = pytest.mark.postgres


@pytest.fixture
async def asked(platform: Platform, parties: Parties) -> AsyncIterator[Client]:
    platform.trusts = parties.witnesses.policy
    await grow(platform, 5)
    await parties.publisher.publish()
    app = make_app(
        platform,
        Settings(secret="of the tests", second_factor="offered", terms="offered"),
        ["public"],
    )  # type: ignore[arg-type]
    async with TestClient(TestServer(app)) as client:
        yield client


async def a_receipt(platform: Platform, parties: Parties, position: int = 3) -> bytes:
    event, head = await stored.one(platform.pool, position), await parties.publisher.heads.latest()
    assert event is not None
    assert head is not None
    return bytes(await receipt(LogTree(platform.pool), event, head))


async def verify(asked: Client, data: bytes | None, text: str = "", lang: str = "en") -> str:
    async with asked.get(f"/verify?lang={lang}") as page:
        csrf = Html(await page.text()).csrf
    form = FormData({"csrf": csrf, "text": text})
    if data is not None:
        form.add_field("receipt", data, filename="3.tlog-proof")
    async with asked.post(f"/verify?lang={lang}", data=form) as answer:
        told = await answer.text()
        assert answer.status == (200 if data else 422), told
        return told


async def test_a_witnessed_receipt_holds(
    asked: Client, platform: Platform, parties: Parties
) -> None:
    assert "too few witnesses yet" in await verify(asked, await a_receipt(platform, parties))
    await ask(parties, *NAMES)
    whole = await a_receipt(platform, parties)
    await grow(platform, 20)
    await parties.publisher.publish()
    told = await verify(asked, whole)
    assert "The receipt holds<" in told
    assert "still begins with the head in the receipt" in told
    assert "Witness council" in told
    assert "凭证有效<" in await verify(asked, whole, lang="zh")


async def test_one_byte_is_enough(asked: Client, platform: Platform, parties: Parties) -> None:
    whole = await a_receipt(platform, parties)
    for position in (2, 4):
        other = LogProof.parse(await a_receipt(platform, parties, position))
        mixed = LogProof(other.index, other.hashes, other.checkpoint, LogProof.parse(whole).extra)
        assert "does not hold" in await verify(asked, bytes(mixed))
    assert "not a whole receipt" in await verify(asked, whole[:200])
    assert "not a whole receipt" in await verify(asked, b"%PDF-1.7\n\xff\xfe")


async def test_a_log_that_was_rewritten_is_not_the_one_of_the_receipt(
    asked: Client, platform: Platform, parties: Parties, database: Dsns
) -> None:
    from tests.heads.test_threats import EDIT, REMAKE

    await ask(parties, *NAMES)
    whole = await a_receipt(platform, parties)
    async with await psycopg.AsyncConnection.connect(database.owner) as owner:
        await owner.execute("set session_replication_role = replica")
        for statement in (EDIT.replace("400", "2"), *REMAKE):
            await owner.execute(statement.encode())
    await restarted(platform).publish()
    assert "not the one of this receipt" in await verify(asked, whole)


async def test_a_text_is_compared_to_the_letter(
    asked: Client, platform: Platform, parties: Parties
) -> None:
    told = await verify(asked, await a_receipt(platform, parties), "买到假货")
    assert "opens no text to compare with" in told
    assert "买到假货</textarea>" in told


async def test_without_a_file_it_says_what_to_do_and_keeps_the_text(asked: Client) -> None:
    told = await verify(asked, None, "买到假货")
    assert "Choose the receipt" in told
    assert "买到假货</textarea>" in told
    assert "这个文件是空的" in await verify(asked, b"", lang="zh")
