"""Rounds: ours and the peer take turns, so that what else the machine does meets both alike."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from typing import NamedTuple

Act = Callable[[], Awaitable[object]]


class Timing(NamedTuple):
    """One round, or the medians of several; latencies in milliseconds."""

    per_second: float
    p50: float = 0.0
    p99: float = 0.0
    longest: float = 0.0

    @classmethod
    def of(cls, seconds: Sequence[float], wall: float, each: int = 1) -> Timing:
        """From how long every act took, and all of them; `each` = events per act."""
        ordered = sorted(seconds)
        if not ordered:
            return cls(0.0)
        at = [ordered[int(len(ordered) * share)] * 1000 for share in (0.5, 0.99)]
        return cls(len(ordered) * each / wall, *at, ordered[-1] * 1000)

    def __str__(self) -> str:
        return f"{self.per_second:,.0f}/s, p50 {self.p50:.2f} ms, p99 {self.p99:.2f} ms"


async def alternating(
    rounds: int, failed: dict[str, str], **sides: Callable[[], Awaitable[Timing]]
) -> dict[str, Timing]:
    """The medians of each side's rounds; the sides take turns, and who begins changes.

    A peer that fails is noted and left out; what is called `ours…` must not fail.
    """
    seen: dict[str, list[Timing]] = {name: [] for name in sides}
    for nth in range(rounds):
        order = list(seen)
        for name in order if nth % 2 == 0 else reversed(order):
            try:
                seen[name].append(await sides[name]())
            except Exception as fault:
                if name.startswith("ours"):
                    raise
                failed[name] = one_line(fault)
                del seen[name]
    return {name: medians(timings) for name, timings in seen.items()}


def one_line(fault: Exception) -> str:
    """What went wrong, short enough for a table."""
    return f"{type(fault).__name__}: {(str(fault).splitlines() or [''])[0]}"


def medians(timings: Sequence[Timing]) -> Timing:
    """Figure by figure: one disturbed round does not move them."""
    return Timing(*(median(column) for column in zip(*timings, strict=True)))


async def produce(producers: int, seconds: float, act: Act, each: int = 1) -> Timing:
    """So many tasks that each do the act again as soon as it is done."""
    taken: list[float] = []
    began = time.perf_counter()
    until = began + seconds

    async def one() -> None:
        while (start := time.perf_counter()) < until:
            await act()
            taken.append(time.perf_counter() - start)

    await asyncio.gather(*(one() for _ in range(producers)))
    return Timing.of(taken, time.perf_counter() - began, each)


def thread(threads: int, seconds: float, act: Callable[[], object]) -> Timing:
    """The same with threads, for peers that know no tasks."""
    began = time.perf_counter()
    until = began + seconds

    def one() -> list[float]:
        taken = []
        while (start := time.perf_counter()) < until:
            act()
            taken.append(time.perf_counter() - start)
        return taken

    with ThreadPoolExecutor(threads) as pool:
        all_taken = [pool.submit(one) for _ in range(threads)]
        taken = [each for one_taken in all_taken for each in one_taken.result()]
    return Timing.of(taken, time.perf_counter() - began)
