"""Go's own code, asked about what a running server of ours serves."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp.test_utils import TestClient, TestServer

from events.ids import new_id
from events.log import Append
from events.proofs.keys import SignerKey
from portals.app import make_app
from services.heads.publisher import Publisher
from services.heads.signing import KeySigner
from services.heads.stored import one
from services.platform import Platform
from services.settings import Settings
from tests.caught_up import caught_up
from tests.events.test_log import accepted
from tests.interop.golang import CheckLog, build
from tests.portals.desks import Client
from tests.portals.lodging import fields, know, to_the_check

pytestmark = pytest.mark.postgres
KEY = SignerKey.generate("test.example/log")


@pytest.fixture(scope="module")
def go(tmp_path_factory: pytest.TempPathFactory) -> CheckLog:
    folder = tmp_path_factory.mktemp("go")
    return CheckLog(build(folder), str(KEY.verifier), folder)


@pytest.fixture
async def served(platform: Platform) -> AsyncIterator[Client]:
    """A server of the public pages and of the log's own addresses."""
    know(platform)
    app = make_app(
        platform,
        Settings(secret="of the tests", second_factor="offered", terms="offered"),
        ["public", "log"],
    )  # type: ignore[arg-type]
    async with TestClient(TestServer(app)) as client:
        yield client


async def grow(platform: Platform, many: int) -> None:
    await platform.log.append([Append(new_id(), 0, [accepted()]) for _ in range(many)])
    await Publisher(platform.pool, KeySigner(KEY)).publish()


async def get(served: Client, path: str) -> bytes:
    async with served.get(path) as answer:
        body = await answer.read()
        assert answer.status == 200, body
        return body


async def test_head_proofs_and_consistency_as_they_are_served(
    go: CheckLog, served: Client, platform: Platform
) -> None:
    await grow(platform, 300)
    old = await get(served, "/log/checkpoint")
    await grow(platform, 77)
    new = await get(served, "/log/checkpoint")
    assert go.accepts("checkpoint", old)
    assert go.accepts("checkpoint", new)
    between = await get(served, "/log/consistency?old=300&new=377")
    assert go.accepts("consistency", old, new, between)
    assert not go.accepts("consistency", old, new, between[45:])
    for position in (1, 256, 257, 300, 377):
        event = await one(platform.pool, position)
        assert event is not None
        proof = await get(served, f"/log/proof/{position}")
        assert go.accepts("inclusion", bytes(event.entry), proof)
        assert not go.accepts("inclusion", bytes(event.entry) + b" ", proof)


async def test_a_consumers_receipt_as_she_downloads_it(
    go: CheckLog, served: Client, platform: Platform
) -> None:
    check = await to_the_check(served)
    sent = await served.post("/complain", data={**fields(check), "to": "send"})
    await caught_up(platform)
    await grow(platform, 3)
    event = await one(platform.pool, 1)
    assert event is not None
    receipt = await get(served, f"{sent.url.path}/proof")
    assert go.accepts("inclusion", bytes(event.entry), receipt)
