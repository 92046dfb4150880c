"""Writing to the log: durable, acknowledged events, beside the peers and the bare server.

All sides take turns in one run, so that the ratios hold whatever else the machine does.
"""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from functools import partial
from itertools import count
from math import inf
from typing import NamedTuple

from events.ids import new_id
from events.log import Append, Conflict
from events.words import Words
from services.platform import Platform
from tests.bench import machine, pgbench, sample, stock
from tests.bench.bench import Absent, Bench
from tests.bench.peers import emmett, message_db, umadb
from tests.bench.rounds import Timing, one_line, produce
from tests.bench.row import Goal, Row, faster, lower, within

Found = dict[str, Timing]
Round = Callable[[], Awaitable[Timing]]

#: Of so many commands one names a version that is taken.
EVERY = 20
PEERS = {
    "stock": stock.sides,
    "pgbench": pgbench.sides,
    "message-db": message_db.sides,
    "Emmett": emmett.sides,
    "UmaDB": umadb.sides,
}


class Against(NamedTuple):
    """Which of our rounds is held against which of a peer's, and how many times faster it is."""

    producers: int
    side: str
    name: str
    times: float


THROUGHPUT = (
    Against(256, "stock_16", "eventsourcing, 16 threads", 35),
    Against(256, "stock_processes", "eventsourcing, 4 processes", 20),
    Against(256, "message-db_8", "message-db, one category, 8 clients", 12),
    Against(256, "Emmett_16", "Emmett PostgreSQL, 16 at a time", 12),
    Against(256, "pgbench_32", "pgbench, 32 clients, single inserts", 1.7),
    Against(64, "UmaDB_64", "UmaDB, 64 threads", 1.5),
)
#: The order of the sides in a round.
TURNS = (
    "pgbench_1", "stock_1", "ours_1", "stock_16", "ours_16", "pgbench_8", "UmaDB_64", "ours_64",
    "message-db_8", "stock_processes", "ours_256", "pgbench_32", "Emmett_16",
    "ours_uncontended", "ours_contended",
)  # fmt: skip


async def rows(bench: Bench) -> AsyncIterator[Row]:
    """Every side for some rounds, then the rows that hold them against each other."""
    bench.limits["fsync"] = machine.fsyncs()
    async with AsyncExitStack() as open_:
        sides: dict[str, Round] = {}
        for name, peer in PEERS.items():
            try:
                sides |= await open_.enter_async_context(peer(bench))
            except Exception as fault:
                bench.failed[name] = str(fault) if isinstance(fault, Absent) else one_line(fault)
                bench.say(f"  {bench.failed[name]}")
        platform = await open_.enter_async_context(bench.platform(working=False, size=4))
        some, none = Judged(EVERY), Judged(inf)
        for many in (1, 16, 64, 256):
            sides[f"ours_{many}"] = partial(ours, platform, many, bench.seconds)
        for name, judged in (("ours_contended", some), ("ours_uncontended", none)):
            sides[name] = partial(contended, platform, judged, 64, bench.seconds)
        found = await bench.turns(**{name: sides[name] for name in sorted(sides, key=_turn)})
    bench.limits |= {name: t.per_second for name, t in found.items() if "pgbench" in name}
    for row in [*throughput(bench, found), *latency(bench, found), contention(found, some)]:
        yield row


def _turn(side: str) -> int:
    """What is held against each other comes close together: a moment's noise meets both."""
    return TURNS.index(side) if side in TURNS else len(TURNS)


async def ours(platform: Platform, producers: int, seconds: float) -> Timing:
    """One event each on a new stream, with an idempotency key, as a command writes it."""
    return await produce(
        producers, seconds, lambda: platform.log.append([sample.first()], new_id())
    )


class Judged:
    """How many commands were answered rightly and wrongly where one of `every` must be refused."""

    def __init__(self, every: float) -> None:
        self.every = every
        self.numbers = count(1)
        self.written = deque[Append](maxlen=1000)
        self.right = self.wrong = 0

    def change(self) -> tuple[Append, bool]:
        """The next command's event, and whether its version is taken already."""
        if next(self.numbers) % self.every == 0 and self.written:
            return Append(self.written.popleft().stream, 0, [sample.event()]), True
        return sample.first(), False

    def note(self, change: Append, late: bool, refused: bool) -> None:
        """What came of it."""
        self.right += late == refused
        self.wrong += late != refused
        if not refused:
            self.written.append(change)


async def contended(platform: Platform, judged: Judged, producers: int, seconds: float) -> Timing:
    """The same, but some commands name a version that another event has; all are judged."""

    async def act() -> None:
        change, late = judged.change()
        try:
            await platform.log.append([change], new_id())
        except Conflict:
            judged.note(change, late, refused=True)
        else:
            judged.note(change, late, refused=False)

    return await produce(producers, seconds, act)


def throughput(bench: Bench, found: Found) -> Iterator[Row]:
    """Events a second; the limit is what the bare server does with single commits."""
    limit = _figure(found, "pgbench_32", "per_second")
    for producers, side, against, times in THROUGHPUT:
        mine = found[f"ours_{producers}"]
        yield faster(
            Words(f"每秒确认写入，{producers} 路", f"events written, {producers} producers"),
            mine.per_second, _figure(found, side, "per_second"), times, unit="/s",
            against=against, limit=limit,
            note=bench.why_not(side) or f"p50 {mine.p50:.1f}, p99 {mine.p99:.1f} ms",
        )  # fmt: skip


def latency(bench: Bench, found: Found) -> Iterator[Row]:
    """How long one command waits for its acknowledgement."""
    lonely, alone = found["ours_1"].p50, _figure(found, "stock_1", "p50")
    yield Row(
        Words("确认时间 p50，单路", "acknowledgement p50, one producer"),
        lonely, "ms", alone, "eventsourcing, 1 thread",
        limit=_figure(found, "pgbench_1", "p50"),
        ratio=lonely / alone if alone else None,
        goal=Goal(0.75, at_most=True), note=bench.why_not("stock_1"),
    )  # fmt: skip
    for which in ("p50", "p99"):
        yield lower(
            Words(f"确认时间 {which}，16 路", f"acknowledgement {which}, 16 producers"),
            getattr(found["ours_16"], which), _figure(found, "stock_16", which), 12,
            unit="ms", against="eventsourcing, 16 threads", note=bench.why_not("stock_16"),
        )  # fmt: skip
    name = Words("确认时间 p99，64 路", "acknowledgement p99, 64 producers")
    yield within(name, found["ours_64"].p99, 5, "ms")


def _figure(found: Found, side: str, which: str) -> float | None:
    """Of a peer, where it was run."""
    figure: float | None = getattr(found.get(side), which, None)
    return figure


def contention(found: Found, judged: Judged) -> Row:
    """Beside our own throughput without conflicts; one wrong answer and the goal is missed."""
    mine, plain = found["ours_contended"].per_second, found["ours_uncontended"].per_second
    said = f"{judged.right:,} answered rightly, {judged.wrong:,} wrongly"
    name = Words("5% 的命令冲突，64 路", "5 % conflicting commands, 64 producers")
    return faster(
        name, mine, plain, 0.95 if not judged.wrong else inf, unit="/s",
        against="Gongzhi without conflicts", note=said,
    )  # fmt: skip
