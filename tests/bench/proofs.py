"""Offline verification beside the limit: hashing the same bytes and nothing else.

A bundle of synthetic events is written once; then the whole deep check (tiles against parents,
entries, canonical form, versions, times, states) and bare hashing take turns, on one core.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from functools import partial
from hashlib import sha256
from pathlib import Path

from events.proofs.bundles import Bundle
from events.proofs.checkpoints import Checkpoint
from events.proofs.deep import Deep
from events.proofs.entries import entry
from events.proofs.heads import Head
from events.proofs.keys import SignerKey
from events.proofs.policies import Policy
from events.proofs.states import State
from events.proofs.verdicts import Verdict
from events.proofs.writing import Writer
from events.words import Words
from tests.bench.bench import Bench
from tests.bench.rounds import Timing
from tests.bench.row import Goal, Row, within

#: Entries of the bundle: a quarter of them begin a stream.
MANY = 100_000
GOAL = 150_000
#: Bytes of a state, as a complaint's events have them.
STATE = 600


async def rows(bench: Bench) -> AsyncIterator[Row]:
    """Entries checked in a second; bytes of tiles for each."""
    with tempfile.TemporaryDirectory() as folder:
        # With the tests' short rounds a small bundle will do.
        many = MANY if bench.seconds >= 1 else 1000
        states = [_state(number) for number in range(many)]
        policy = await asyncio.to_thread(_write, Path(folder), states)
        bundle = Bundle(Path(folder))
        found = await bench.turns(
            hashing=partial(_timed, partial(_hash, states), many),
            ours=partial(_timed, partial(_check, bundle, policy), many),
        )
        named = (name for name in bundle.files if re.match("tile/[0-9]", name))
        tiles = sum((Path(folder) / name).stat().st_size for name in named)
    ours, hashing = found["ours"].per_second, found["hashing"].per_second
    yield Row(
        Words("离线深度核验，每核", "deep offline verification, one core"), ours, "/s",
        limit=hashing, ratio=ours / hashing, goal=Goal(GOAL, unit="/s"),
        note=f"{many:,} entries with states of {STATE} bytes; limit: hashing them",
    )  # fmt: skip
    yield within(Words("每条记录的瓦片", "tiles for each entry"), tiles / many, 36, "bytes")


def _state(number: int) -> bytes:
    said = {"number": str(number), "salt": os.urandom(16).hex()}
    return json.dumps(said | {"reason": "x" * (STATE - 70)}).encode()


def _write(folder: Path, states: list[bytes]) -> Policy:
    """The bundle, its head signed with a key that nobody keeps."""
    key, writer = SignerKey.generate("bench.example/log"), Writer(folder)
    streams = len(states) // 4
    for number, state in enumerate(states):
        turn, stream = divmod(number, streams)
        name = f"00000000-0000-4000-8000-{stream:012d}"
        one = entry(name, turn + 1, "bench.v1", 1_795_420_000_000 + number, "system", state)
        writer.add(one, state)
    edge = writer.close()
    head = Head(key.name, edge.size, edge.root)
    writer.put("checkpoint", bytes(Checkpoint.sign(head, [key])))
    return Policy.parse(f"log {key.verifier}\nquorum none\n".encode())


def _check(bundle: Bundle, policy: Policy) -> None:
    report = Deep(bundle, policy).run()
    if report.verdict is not Verdict.OK:
        raise AssertionError(report.said.en)


def _hash(states: list[State]) -> None:
    """What no verifier can do without: each state, its leaf, and a node above."""
    for state in states:
        if isinstance(state, bytes):
            leaf = sha256(state).digest() + bytes(170)
            sha256(leaf + sha256(leaf).digest()).digest()


async def _timed(work: Callable[[], None], many: int) -> Timing:
    """By the time of the processor, since it is the figure of one core."""

    def run() -> float:
        began = time.thread_time()
        work()
        return time.thread_time() - began

    return Timing(many / await asyncio.to_thread(run))
