"""`make bench`: our path beside the stock library's on the same server, in one run, as ratios.

Bounded in count; prints figures, judges nothing. More peers and sizes belong here as they come.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from psycopg.conninfo import conninfo_to_dict

from events.complaints import ComplaintAccepted
from events.ids import new_id
from events.log import Append
from services.platform import Platform, open_platform
from tests.database import drop_database, fresh_database, running_server
from tests.people import ZHAO

SAVES, APPENDS = 1_000, 20_000


class Note(Aggregate):
    """The stock library's aggregate with one event."""

    @event("Written")
    def __init__(self, text: str) -> None:
        self.text = text


def stock(owner: str, threads: int) -> list[float]:
    """Seconds of each `Application.save` of one event."""
    known = conninfo_to_dict(owner)
    application: Application = Application(
        env={
            "PERSISTENCE_MODULE": "eventsourcing.postgres",
            "POSTGRES_DBNAME": str(known["dbname"]),
            "POSTGRES_HOST": str(known["host"]),
            "POSTGRES_PORT": str(known["port"]),
            "POSTGRES_USER": str(known["user"]),
            "POSTGRES_PASSWORD": "peer",
            "POSTGRES_SCHEMA": "public",
        }
    )

    def save(n: int) -> float:
        began = time.perf_counter()
        application.save(Note(text="x" * 300))
        return time.perf_counter() - began

    with ThreadPoolExecutor(threads) as pool:
        seconds = list(pool.map(save, range(SAVES)))
    application.close()
    return seconds


async def ours(platform: Platform, producers: int) -> list[float]:
    """Seconds of each acknowledged append of one event."""
    seconds: list[float] = []

    async def produce() -> None:
        for _ in range(max(SAVES, APPENDS * min(producers, 16) // 16) // producers):
            began = time.perf_counter()
            accepted = ComplaintAccepted(by=ZHAO, number="GZ-2026-000001-7", reason="x" * 300)
            await platform.log.append([Append(new_id(), 0, [accepted])], new_id())
            seconds.append(time.perf_counter() - began)

    await asyncio.gather(*(produce() for _ in range(producers)))
    return seconds


def show(name: str, run: Callable[[], list[float]]) -> float:
    """Print one row; events per second."""
    began = time.perf_counter()
    seconds = run()
    rate = len(seconds) / (time.perf_counter() - began)
    p50 = statistics.median(seconds) * 1000
    p99 = statistics.quantiles(seconds, n=100)[98] * 1000
    print(f"{name:<34} {rate:>8,.0f} events/s   p50 {p50:6.2f} ms   p99 {p99:6.2f} ms")
    return rate


def main() -> None:
    with running_server() as server:
        dsns = fresh_database(server)
        for threads, producers in ((1, (1,)), (16, (16, 64, 256))):
            name = f"stock eventsourcing, {threads} threads"
            theirs = show(name, lambda m=threads: stock(dsns.owner, m))
            for many in producers:
                name = f"our log with keys, {many} producers"
                mine = show(name, lambda m=many: asyncio.run(_ours(dsns, m)))
                print(f"{'ratio':<34} {mine / theirs:>8.2f}")
        drop_database(server, dsns)


async def _ours(dsns: tuple[str, str], producers: int) -> list[float]:
    async with open_platform(dsns[0], dsns[1], working=False, size=4) as platform:
        return await ours(platform, producers)


if __name__ == "__main__":
    main()
