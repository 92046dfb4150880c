"""Heads are cosigned by whoever is there; who is away, or lies, holds nobody up."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import ClientConnectionError, ClientSession, web
from aiohttp.test_utils import TestServer

from events.proofs.checkpoints import Checkpoint
from events.proofs.keys import SignerKey
from services.heads.publisher import Heads
from services.heads.signing import KeySigner
from services.heads.witnesses import HEARTBEAT, Refused
from services.platform import Platform
from tests.database import Dsns
from tests.heads.conftest import KEY, NAMES, Parties, ask, grow
from tests.opening import open_platform

pytestmark = pytest.mark.postgres


async def test_a_head_is_witnessed_when_the_quorum_has_cosigned_it(
    parties: Parties, platform: Platform
) -> None:
    await grow(platform, 3)
    await parties.publisher.publish()
    await ask(parties, "council")
    assert await parties.witnesses.witnessed() is None
    await ask(parties, "regulator")
    opened = await parties.witnesses.witnessed()
    assert opened is not None
    assert (opened.checkpoint.head.size, sorted(opened.seen)) == (3, ["council", "regulator"])


async def test_a_growing_log_is_witnessed_from_where_each_witness_stands(
    parties: Parties, platform: Platform
) -> None:
    for many in (1, 300, 5):
        await grow(platform, many)
        await parties.publisher.publish()
        await ask(parties, "council")
    await ask(parties, *NAMES)
    for one in parties.witnesses.asked:
        one.size = 7  # as after a restart, or when another process asked meanwhile
    await grow(platform, 20)
    await parties.publisher.publish()
    await ask(parties, *NAMES)
    opened = await parties.witnesses.witnessed()
    assert opened is not None
    assert (opened.checkpoint.head.size, len(opened.seen)) == (326, 3)


async def test_a_log_that_does_not_grow_is_cosigned_anew_at_every_heartbeat(
    parties: Parties, platform: Platform
) -> None:
    await grow(platform, 2)
    await parties.publisher.publish()
    await ask(parties, *NAMES)
    assert not any(await asked(parties)), "they were asked just now"
    first = parties.witnesses.policy.open(bytes(await latest(platform)))
    await asyncio.sleep(1.1)  # times in cosignatures are whole seconds
    for one in parties.witnesses.asked:
        one.at -= HEARTBEAT
    assert all(await asked(parties))
    again = parties.witnesses.policy.open(bytes(await latest(platform)))
    assert all(again.seen[name] > first.seen[name] for name in NAMES)
    kept = await parties.witnesses.witnessed()
    assert kept is not None
    assert kept.seen == first.seen, "when it was first seen is kept too: it bounds the times"


async def test_two_that_are_away_leave_the_older_head_witnessed(
    parties: Parties, platform: Platform
) -> None:
    await grow(platform, 2)
    await parties.publisher.publish()
    await ask(parties, *NAMES)
    for name in ("council", "regulator"):
        await parties.servers[name].close()
    await grow(platform, 2)
    await parties.publisher.publish()
    await ask(parties, "association")
    with pytest.raises(ClientConnectionError):
        await ask(parties, "council")
    opened = await parties.witnesses.witnessed()
    assert opened is not None
    assert opened.checkpoint.head.size == 2


async def test_who_lies_is_not_believed(parties: Parties, platform: Platform) -> None:
    async def lies(request: web.Request) -> web.Response:
        stranger = SignerKey.generate("council.example/w1", 4)
        return web.Response(text=f"— {stranger.name} {'A' * 100}\n")

    app = web.Application()
    app.add_routes([web.post("/add-checkpoint", lies)])
    async with TestServer(app) as liar:
        (council,) = [one for one in parties.witnesses.asked if one.name == "council"]
        council.url = str(liar.make_url("")).rstrip("/")
        await grow(platform, 2)
        await parties.publisher.publish()
        with pytest.raises((Refused, ValueError)):
            await ask(parties, "council")
    assert await parties.witnesses.witnessed() is None


async def test_heads_are_witnessed_by_themselves_soon(
    parties: Parties, database: Dsns, platform: Platform
) -> None:
    async with open_platform(
        database.owner, database.app, signer=KeySigner(KEY), policy=parties.witnesses.policy
    ) as running:
        assert running.witnesses is not None
        await grow(platform, 9)
        async with asyncio.timeout(15):
            while (opened := await running.witnesses.witnessed()) is None:
                await asyncio.sleep(0.05)
    assert opened.checkpoint.head.size == 9
    latest = await Heads(platform.pool).latest()
    assert latest is not None
    assert len(latest.note.signatures) >= 3, "the log's own, and the quorum's"


async def asked(parties: Parties) -> list[bool]:
    async with ClientSession() as session:
        return [await parties.witnesses.ask(session, one) for one in parties.witnesses.asked]


async def latest(platform: Platform) -> Checkpoint:
    found = await Heads(platform.pool).latest()
    assert found is not None
    return found
