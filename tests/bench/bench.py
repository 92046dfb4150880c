"""Bench: what every measurement is given, and how they are run one after the other.

A measurement is an async generator of rows, `async def rows(bench: Bench)`, named in
`tests/bench/all.py`. It prints progress by `bench.say`, keeps its rounds to `bench.seconds`, and
does not judge. What fails becomes a row that says why; the others go on.
"""

from __future__ import annotations

import asyncio
import time
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import aclosing, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

import psycopg

from events.words import Words
from services.loop import settle
from services.platform import Platform
from tests.bench.place import Place
from tests.bench.rounds import Timing, alternating, one_line
from tests.bench.row import Row
from tests.database import Dsns
from tests.opening import open_platform

#: Seconds the whole default set may take.
MOST = 900.0


class Absent(Exception):
    """A peer that is not installed here: one sentence on how to get it."""


@dataclass
class Bench:
    """One run on one server."""

    place: Place
    #: Length of one round, and how many rounds each side has.
    seconds: float = 1.5
    rounds: int = 3
    #: How many events the growing logs reach.
    events: int = 1_000_000
    say: Callable[[str], None] = print
    #: What the machine itself can do, as it was measured in this run.
    limits: dict[str, float] = field(default_factory=dict)
    #: Sides that are absent or failed, and why.
    failed: dict[str, str] = field(default_factory=dict)

    @contextmanager
    def database(self, tables: bool = True) -> Iterator[Dsns]:
        """A database of the measurement's own, with the tables of the log or empty."""
        dsns = self.place.database(tables)
        try:
            yield dsns
        finally:
            self.place.drop(dsns)

    @asynccontextmanager
    async def platform(self, **how: Any) -> AsyncIterator[Platform]:
        """The platform as it runs, on a fresh database; `working=False` leaves the views alone."""
        with self.database() as dsns:
            async with open_platform(dsns.owner, dsns.app, **how) as platform:
                settle()
                yield platform

    def why_not(self, side: str) -> str:
        """Why this peer, or this round of it, has no figure; empty when it has."""
        return self.failed.get(side) or self.failed.get(side.split("_")[0], "")

    async def turns(self, **sides: Callable[[], Awaitable[Timing]]) -> dict[str, Timing]:
        """Medians of alternating rounds, said as progress too.

        A side that fails is left out and said in `failed`, unless it is ours. Before each round
        the server writes out what the others left, which would be charged to whoever comes next.
        """
        rested = {name: partial(self._rested, side) for name, side in sides.items()}
        found = await alternating(self.rounds, self.failed, **rested)
        for name, timing in found.items():
            self.say(f"  {name}: {timing}")
        return found

    async def _rested(self, side: Callable[[], Awaitable[Timing]]) -> Timing:
        with suppress(psycopg.Error):  # on the operator's server only where we may
            async with await psycopg.AsyncConnection.connect(self.place.dsn) as connection:
                await connection.execute("checkpoint")
        return await side()


class Measurement(NamedTuple):
    """Some rows of the table and about how long they take with the default settings."""

    rows: Callable[[Bench], AsyncIterator[Row]]
    title: Words
    seconds: float


async def measure(
    bench: Bench, chosen: dict[str, Measurement], most: float = MOST
) -> AsyncIterator[Row]:
    """All rows of the chosen measurements; ends within `most` seconds."""
    until = time.monotonic() + most
    for nth, (name, one) in enumerate(chosen.items(), 1):
        bench.say(f"[{nth}/{len(chosen)}] {name}: {one.title.en} / {one.title.zh}")
        left = until - time.monotonic()
        if left < min(one.seconds, 10):
            yield Row(one.title, note=f"no time was left; gongzhi bench --only {name}")
            continue
        async with aclosing(_guarded(bench, one, left)) as rows:
            async for row in rows:
                yield row


async def _guarded(bench: Bench, one: Measurement, left: float) -> AsyncIterator[Row]:
    """The rows so far and, when it fails or takes too long, one that says why."""
    try:
        async for row in _within(one.rows(bench), left):
            yield row
    except Absent as absent:
        yield Row(one.title, note=str(absent))
    except TimeoutError:
        yield Row(one.title, note=f"stopped after {left:,.0f} s")
    except Exception as fault:
        bench.say("".join(traceback.format_exception(fault)))
        yield Row(one.title, note=f"failed: {one_line(fault)}")


async def _within(rows: AsyncIterator[Row], seconds: float) -> AsyncIterator[Row]:
    """A timeout around each step: a generator may not hold one across its own yields."""
    until = time.monotonic() + seconds
    while True:
        try:
            async with asyncio.timeout(until - time.monotonic()):
                row = await anext(rows)
        except StopAsyncIteration:
            return
        yield row


def chosen(measurements: dict[str, Measurement], only: Sequence[str]) -> dict[str, Measurement]:
    """Those named, in the table's order; all when none is named. Raises `KeyError`."""
    for name in only:
        measurements[name]
    return {name: one for name, one in measurements.items() if not only or name in only}
