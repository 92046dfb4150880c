"""A log with three parties around it, each of which runs a witness."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import NamedTuple

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer

from events.ids import new_id
from events.log import Append
from events.proofs.keys import SignerKey
from events.proofs.policies import Policy
from services.heads.publisher import Heads, Publisher
from services.heads.signing import KeySigner
from services.heads.witnesses import Witnesses
from services.platform import Platform
from services.witness.server import Witness, make_app
from tests.events.test_log import accepted

KEY = SignerKey.generate("test.example/log")
NAMES = ("regulator", "association", "council")


class Parties(NamedTuple):
    """The log's side, and the servers of three witnesses by name."""

    witnesses: Witnesses
    servers: dict[str, TestServer]
    publisher: Publisher
    #: The policy as every party holds it.
    text: bytes


@pytest.fixture
async def parties(platform: Platform, tmp_path: Path) -> AsyncIterator[Parties]:
    """Three parties with a witness each; two of three are a quorum."""
    async with AsyncExitStack() as stack:
        servers, lines = {}, [f"log {KEY.verifier}"]
        for name in NAMES:
            witness = Witness.make(tmp_path / name, f"{name}.example/w1")
            witness.know(KEY.verifier)
            servers[name] = await stack.enter_async_context(TestServer(make_app(witness)))
            lines.append(f"witness {name} {witness.key.verifier} {servers[name].make_url('/')}")
        lines += [f"group parties 2 {' '.join(NAMES)}", "quorum parties", ""]
        text = "\n".join(lines).encode()
        witnesses = Witnesses(Heads(platform.pool), Policy.parse(text))
        yield Parties(witnesses, servers, Publisher(platform.pool, KeySigner(KEY)), text)


def restarted(platform: Platform) -> Publisher:
    """One that remembers nothing: what an administrator starts after his work."""
    return Publisher(platform.pool, KeySigner(KEY))


async def grow(platform: Platform, many: int) -> None:
    await platform.log.append([Append(new_id(), 0, [accepted()]) for _ in range(many)])


async def ask(parties: Parties, *names: str) -> None:
    async with ClientSession() as session:
        for one in parties.witnesses.asked:
            if one.name in names:
                await parties.witnesses.ask(session, one)
