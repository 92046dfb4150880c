"""Heads: what signing, proving and witnessing cost, and how soon an act is logged and witnessed.

Proofs are made of a tree of ten million leaves that is written into the database as tiles; each
smaller tree is its beginning, so that growth is measured in one place.
"""

from __future__ import annotations

import asyncio
import os
import random
import socket
import sys
import tempfile
import time
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from statistics import median

import psycopg
from psycopg_pool import AsyncConnectionPool

from events.ids import new_id
from events.proofs.keys import SignerKey
from events.proofs.merkle import includes, root, root_of
from events.proofs.policies import Policy
from events.proofs.tiles import WIDTH, Place, Tiles, split
from events.words import Words
from services.heads.publisher import Publisher
from services.heads.signing import KeySigner
from services.heads.tree import LogTree
from services.platform import Platform
from services.witness.server import Witness
from tests.bench import sample
from tests.bench.bench import Bench
from tests.bench.child import child
from tests.bench.rounds import Timing, produce
from tests.bench.row import Goal, Row, within
from tests.database import Dsns

KEY = SignerKey.generate("bench.example/log")
#: Leaves of the largest tree, in full tiles, and how many times smaller the smallest is.
LEAVES, SMALLER = 10_000_000 // WIDTH * WIDTH, 1000
#: Proofs of each size, and appends a second while acts are followed to their witnesses.
PROOFS, LOAD = 1000, 200


async def rows(bench: Bench) -> AsyncIterator[Row]:
    """Signing each act by itself; proofs and their growth; acts until logged and witnessed."""
    async for row in _signed(bench):
        yield row
    async for row in _proofs(bench):
        yield row
    async for row in _levels(bench):
        yield row


async def _signed(bench: Bench) -> AsyncIterator[Row]:
    async with bench.platform(working=False) as platform:
        found = await bench.turns(
            bare=partial(_appends, platform, bench.seconds),
            ours=partial(_each_signed, platform, bench.seconds),
        )
    ours, bare = found["ours"].per_second, found["bare"].per_second
    yield Row(
        Words("写入，每次自带签名检查点", "appends, each with its own signed head"),
        ours, "/s", limit=bare, ratio=ours / bare, goal=Goal(1000, unit="/s"),
        note="one after the other; limit: the same without heads",
    )  # fmt: skip


async def _appends(platform: Platform, seconds: float) -> Timing:
    return await produce(1, seconds, lambda: platform.log.append([sample.first()], new_id()))


async def _each_signed(platform: Platform, seconds: float) -> Timing:
    """Durable, then covered by a head of its own, which is durable too."""
    publisher = Publisher(platform.pool, KeySigner(KEY))
    await publisher.publish()

    async def one() -> None:
        done = await platform.log.append([sample.first()], new_id())
        head = await publisher.publish()
        assert head is not None
        assert head.head.size == done.last

    return await produce(1, seconds, one)


async def _proofs(bench: Bench) -> AsyncIterator[Row]:
    # With the tests' short rounds a small tree will do.
    leaves = LEAVES if bench.seconds >= 1 else 4 * WIDTH * WIDTH
    with bench.database() as dsns:
        began = time.perf_counter()
        signed = await asyncio.to_thread(_plant, dsns, leaves)
        bench.say(f"  {leaves:,} leaves planted in {time.perf_counter() - began:.0f} s")
        async with AsyncConnectionPool(
            dsns.app, min_size=2, max_size=2, kwargs={"autocommit": True}
        ) as pool:
            tree = LogTree(pool)
            small = leaves // SMALLER // WIDTH * WIDTH or WIDTH
            await _check(tree, leaves, signed)
            found = await bench.turns(
                small=partial(_prove, tree, small), ours=partial(_prove, tree, leaves)
            )
    ours, least = found["ours"], found["small"]
    yield within(
        Words(f"证明，{leaves:,} 片叶，p99", f"a proof among {leaves:,} leaves, p99"),
        ours.p99, 10, "ms", note=f"p50 {ours.p50:.2f} ms",
    )  # fmt: skip
    # The path is log2 of the leaves long, and so long may it take.
    bound = leaves.bit_length() / small.bit_length()
    yield within(
        Words(f"证明，从 {small:,} 片叶起的增长", f"a proof, growth from {small:,} leaves"),
        ours.p50 / least.p50, bound, "times", note="p50; bound: the logarithm's growth",
    )  # fmt: skip


def _plant(dsns: Dsns, leaves: int) -> bytes:
    """The tiles of a tree over random leaves; its root."""
    upper: dict[tuple[int, int], bytes] = {}
    with psycopg.connect(dsns.owner, autocommit=True) as owner:
        with owner.cursor().copy(_COPY) as copy:
            copy.set_types(["int2", "int8", "bytea"])
            hashes = []
            for index in range(leaves // WIDTH):
                tile = os.urandom(32 * WIDTH)
                copy.write_row((0, index, tile))
                hashes.append(root_of(split(tile)))
            for level, index, tile in _above(hashes):
                copy.write_row((level, index, tile))
                upper[level, index] = tile
        owner.execute("analyze log.tiles")
    subtree = Tiles(lambda place: upper[place.level or 0, place.number], leaves).subtree
    return root(leaves, subtree)


def _above(hashes: list[bytes]) -> Iterator[tuple[int, int, bytes]]:
    """The tiles over these roots of full tiles, level by level."""
    level = 1
    while hashes:
        tiles = [hashes[at : at + WIDTH] for at in range(0, len(hashes), WIDTH)]
        for index, tile in enumerate(tiles):
            yield level, index, b"".join(tile)
        hashes = [root_of(tile) for tile in tiles if len(tile) == WIDTH]
        level += 1


async def _check(tree: LogTree, leaves: int, signed: bytes) -> None:
    """What is measured are proofs that hold."""
    for index in (0, leaves // 3, leaves - 1):
        number, at = divmod(index, WIDTH)
        leaf = split(await tree.tile(Place(0, number)))[at]
        assert includes(index, leaves, leaf, await tree.inclusion(index, leaves), signed)


async def _prove(tree: LogTree, leaves: int) -> Timing:
    """Of leaves anywhere, one proof after the other."""
    taken, chance = [], random.Random(7)
    began = time.perf_counter()
    for _ in range(PROOFS):
        start = time.perf_counter()
        await tree.inclusion(chance.randrange(leaves), leaves)
        taken.append(time.perf_counter() - start)
    return Timing.of(taken, time.perf_counter() - began)


async def _levels(bench: Bench) -> AsyncIterator[Row]:
    async with AsyncExitStack() as stack:
        policy = await stack.enter_async_context(_three_witnesses())
        platform = await stack.enter_async_context(
            bench.platform(signer=KeySigner(KEY), policy=policy)
        )
        logged, witnessed = await _follow(platform, 5 * bench.seconds)
    load = f"{LOAD} appends a second, views built meanwhile"
    for words, seconds, goal in (
        (Words("写入到已入链，p99", "append to logged, p99"), logged, 1.5),
        (Words("写入到已见证，p99", "append to witnessed, p99"), witnessed, 3.0),
    ):
        note = f"p50 {median(seconds):.2f} s; {load}"
        yield within(words, sorted(seconds)[int(len(seconds) * 0.99)], goal, "s", note=note)


@asynccontextmanager
async def _three_witnesses() -> AsyncIterator[Policy]:
    """Three parties' witnesses as processes; two of them are a quorum."""
    lines = [f"log {KEY.verifier}"]
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for name in ("regulator", "association", "council"):
            witness, port = Witness.make(folder / name, f"{name}.example/w1"), free_port()
            witness.know(KEY.verifier)
            command = (_GONGZHI, "witness", "serve", str(folder / name), "--port", str(port))
            await stack.enter_async_context(child(*command, stdout=DEVNULL))
            await listens(port)
            lines.append(f"witness {name} {witness.key.verifier} http://127.0.0.1:{port}")
        lines += ["group parties 2 regulator association council", "quorum parties", ""]
        yield Policy.parse("\n".join(lines).encode())


async def _follow(platform: Platform, seconds: float) -> tuple[list[float], list[float]]:
    """Of each append the seconds until it was logged, and until it was witnessed."""
    answered: dict[int, float] = {}
    logged: list[float] = []
    witnessed: list[float] = []

    async def watch(found: list[float], reached: Callable[[], int]) -> None:
        position = 0
        while not answered or position < max(answered) or not done.is_set():
            while position < reached() and (position + 1) in answered:
                position += 1
                found.append(time.perf_counter() - answered[position])
            await asyncio.sleep(0.005)

    done = asyncio.Event()
    async with asyncio.timeout(seconds + 60), asyncio.TaskGroup() as tasks:
        tasks.create_task(watch(logged, lambda: platform.levels.logged))
        tasks.create_task(watch(witnessed, lambda: platform.levels.witnessed))
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            told = await platform.log.append([sample.first()], new_id())
            answered[told.last] = time.perf_counter()
            await asyncio.sleep(1 / LOAD)
        done.set()
    return logged, witnessed


async def listens(port: int) -> None:
    """Until somebody takes connections there."""
    async with asyncio.timeout(30):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                return


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


_GONGZHI = Path(sys.executable).parent / "gongzhi"
_COPY = b"copy log.tiles (level, index, hashes) from stdin (format binary)"
