"""The log's own addresses, as a verifier of somebody else would ask them."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator

import pytest
from aiohttp.test_utils import TestClient, TestServer

from events.ids import new_id
from events.log import Append
from events.proofs.checkpoints import Checkpoint
from events.proofs.checks import check_receipt
from events.proofs.keys import SignerKey
from events.proofs.logproofs import LogProof
from events.proofs.merkle import consistent, includes, root_of
from events.proofs.policies import Policy
from events.proofs.texts import unb64
from events.proofs.tiles import split
from events.proofs.verdicts import Verdict
from portals.app import make_app
from services.heads.publisher import Publisher
from services.heads.signing import KeySigner
from services.platform import Platform
from services.settings import Settings
from tests.caught_up import caught_up
from tests.events.test_log import accepted
from tests.people import ZHAO
from tests.portals.desks import Client, send, shown, signed_in
from tests.portals.lodging import a_complaint

pytestmark = pytest.mark.postgres
KEY = SignerKey.generate("test.example/log")
EVENTS = 300


@pytest.fixture
async def log(platform: Platform) -> AsyncIterator[Client]:
    """A published log of 300 events, asked by a program."""
    for _ in range(3):
        await platform.log.append([Append(new_id(), 0, [accepted()]) for _ in range(100)])
    await Publisher(platform.pool, KeySigner(KEY)).publish()
    app = make_app(
        platform,
        Settings(secret="of the tests", second_factor="offered", terms="offered"),
        ["public", "log"],
    )  # type: ignore[arg-type]
    async with TestClient(TestServer(app)) as client:
        yield client


async def get(log: Client, path: str, status: int = 200) -> bytes:
    async with log.get(path) as answer:
        body = await answer.read()
        assert answer.status == status, body
        return body


async def head(log: Client) -> Checkpoint:
    found = Checkpoint.parse(await get(log, "/log/checkpoint"))
    assert found.verify_log([KEY.verifier])
    return found


async def test_the_checkpoint_is_signed_and_never_kept_by_a_cache(log: Client) -> None:
    async with log.get("/log/checkpoint") as answer:
        assert answer.content_type == "text/plain"
        assert answer.headers["Cache-Control"] == "no-cache"
    assert (await head(log)).head.size == EVENTS


async def test_tiles_give_the_root_of_the_head_and_stay_for_ever(log: Client) -> None:
    full, partial = [await get(log, f"/log/tile/0/{name}") for name in ("000", "001.p/44")]
    leaves = split(full + partial)
    assert root_of(leaves) == (await head(log)).head.root
    assert await get(log, "/log/tile/1/000.p/1") == root_of(leaves[:256])
    assert await get(log, "/log/tile/0/001.p/7") == partial[: 7 * 32], "as it once was"
    async with log.get("/log/tile/0/000") as answer:
        assert answer.content_type == "application/octet-stream"
        assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    "path",
    ["0/001", "0/001.p/45", "0/002.p/1", "1/000", "2/000.p/1", "0/1", "0/x001/000", "9/..", "a/b"],
)
async def test_a_tile_that_is_not_published_is_not_there(log: Client, path: str) -> None:
    await get(log, f"/log/tile/{path}", 404)


async def test_what_is_not_published_yet_is_not_served(log: Client, platform: Platform) -> None:
    await platform.log.append([Append(new_id(), 0, [accepted()])])
    await get(log, "/log/tile/0/001.p/45", 404)
    async with log.get(f"/log/proof/{EVENTS + 1}") as answer:
        assert (answer.status, answer.headers["Retry-After"]) == (404, "1")


async def test_entries_are_for_those_who_are_signed_in(log: Client) -> None:
    await get(log, "/log/tile/entries/000", 403)


async def test_an_event_is_proven_by_its_position(log: Client, platform: Platform) -> None:
    policy = Policy.parse(f"log {KEY.verifier}\nquorum none\n".encode())
    async with platform.pool.connection() as db:
        leaf = await (
            await db.execute("select leaf from log.events where position = 258")
        ).fetchone()
    told = LogProof.parse(await get(log, "/log/proof/258"))
    opened = policy.open(told.checkpoint)
    assert leaf is not None
    assert told.index == 257
    assert includes(257, EVENTS, bytes(leaf[0]), told.hashes, opened.checkpoint.head.root)


async def test_a_record_is_proven_by_its_number(log: Client, platform: Platform) -> None:
    row = await a_complaint(platform)
    await caught_up(platform)
    await Publisher(platform.pool, KeySigner(KEY)).publish()
    told = LogProof.parse(await get(log, f"/log/proof/{row['number'].lower()}"))
    assert told.index == EVENTS
    for wrong in ("GZ-2026-999999-1", "nothing", "0"):
        await get(log, f"/log/proof/{wrong}", 404)


async def test_an_old_head_is_the_beginning_of_the_new_one(log: Client, platform: Platform) -> None:
    old = (await head(log)).head
    await platform.log.append([Append(new_id(), 0, [accepted()]) for _ in range(80)])
    await Publisher(platform.pool, KeySigner(KEY)).publish()
    new = (await head(log)).head
    lines = await get(log, f"/log/consistency?old={old.size}&new={new.size}")
    proof = [unb64(line) for line in lines.decode().splitlines()]
    assert consistent(old.size, new.size, old.root, new.root, proof)
    for wrong in ("", "?old=0&new=3", "?old=5&new=4", "?old=1&new=999", "?old=a&new=3"):
        await get(log, f"/log/consistency{wrong}", 400)


async def test_before_the_first_head_nothing_is_published(platform: Platform) -> None:
    app = make_app(
        platform, Settings(secret="of the tests", second_factor="offered", terms="offered"), ["log"]
    )  # type: ignore[arg-type]
    async with TestClient(TestServer(app)) as client:
        for path in ("checkpoint", "tile/0/000", "proof/1", "consistency?old=1&new=1"):
            await get(client, f"/log/{path}", 404)


async def test_who_did_something_at_a_desk_can_keep_its_receipt(platform: Platform) -> None:
    """On the page that follows, and in the history for ever."""
    row = await a_complaint(platform)
    here = f"/council/complaints/{row['id']}"
    publisher = Publisher(platform.pool, KeySigner(KEY))
    await publisher.publish()
    async with signed_in(platform, ZHAO) as zhao:
        while platform.levels.logged == 0:
            await asyncio.sleep(0.01)
        done = await send(zhao, f"{here}/accept")
        (link,) = re.findall(r'<p class="note note--done".*?href="(/log/proof/\d+)"', done)
        assert f'href="{link}" download title' not in done, "it is recorded, not logged yet"
        soon = asyncio.create_task(get(zhao, link))
        await asyncio.sleep(0.2)
        await publisher.publish()
        proof = await soon
        position = int(link.rpartition("/")[2])
        while platform.levels.logged < position:
            await asyncio.sleep(0.01)
        assert f'href="{link}" download title' in await shown(zhao, here)
        assert await platform.log.size() == position
    policy = Policy.parse(f"log {KEY.verifier}\nquorum none\n".encode())
    report = check_receipt(proof, policy)
    assert report.verdict is Verdict.OK
    assert "complaint-accepted.v" in report.notes[0].en
