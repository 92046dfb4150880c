"""Metrics: figures of the running program, as Prometheus reads them.

What this process did (appends, requests, its share of the database's connections, its memory) is
counted as it happens; where the views stand is asked of the database when somebody looks, so that
every process gives the same answer. README.md names those worth an alert.
"""

from __future__ import annotations

import asyncio
import contextlib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from importlib.metadata import version
from itertools import accumulate
from typing import Any

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Info,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import (
    HistogramMetricFamily,
)
from prometheus_client.registry import Collector
from psycopg_pool import AsyncConnectionPool

from events.log import Log
from events.proofs.policies import Policy
from events.watching import Watch, Written
from services.database_figures import GONE, PATIENCE, DatabaseFigures
from services.heads.figures import HeadFigures
from services.views.view import View

#: Twice as many series for a date nobody asks.
disable_created_metrics()  # type: ignore[no-untyped-call]

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
SIZES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
#: What people send names itself otherwise as it likes.
METHODS = ("GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE")


class Metrics:
    """All figures of one platform; `text` is what `/metrics` answers."""

    def __init__(
        self,
        pool: AsyncConnectionPool[Any],
        log: Log,
        views: Iterable[View],
        policy: Callable[[], Policy | None],
    ) -> None:
        self.registry = CollectorRegistry()
        self.log = LogFigures(self.registry, log)
        self.requests = RequestFigures(self.registry)
        self._database = DatabaseFigures(pool, views)
        self._heads = HeadFigures(pool, policy)
        self.registry.register(self._database)
        self.registry.register(self._heads)
        ProcessCollector(registry=self.registry)
        Info("gongzhi_build", "The software that runs.", registry=self.registry).info(
            {"version": version("gongzhi")}
        )
        log.writer.watch = self.log

    async def text(self) -> bytes:
        """Every figure as it is now."""
        await self._database.ask()
        await self._ask_heads()
        return generate_latest(self.registry)

    async def _ask_heads(self) -> None:
        self._heads.forget()
        with contextlib.suppress(*GONE):
            async with asyncio.timeout(PATIENCE):
                await self._heads.ask()


class Latencies(Collector):
    """A histogram of seconds that takes the commands of a batch at once, each at little cost."""

    def __init__(self, name: str, says: str, registry: CollectorRegistry) -> None:
        self._name, self._says = name, says
        self._counts = [0] * (len(SECONDS) + 1)
        self._sum = 0.0
        registry.register(self)

    def add(self, since: Sequence[float], until: float) -> None:
        """What began at each of these moments ended at this one."""
        counts = self._counts
        for begun in since:
            counts[bisect_left(SECONDS, until - begun)] += 1
        self._sum += until * len(since) - sum(since)

    def collect(self) -> Iterator[HistogramMetricFamily]:
        named = [*map(str, SECONDS), "+Inf"]
        buckets = list(zip(named, accumulate(map(float, self._counts)), strict=True))
        yield HistogramMetricFamily(self._name, self._says, buckets, sum_value=self._sum)


class LogFigures(Watch):
    """What this process's writer did, batch by batch."""

    def __init__(self, registry: CollectorRegistry, log: Log) -> None:
        commands = Counter(
            "gongzhi_log_commands",
            "Commands at the log by result; in_vain = away, full, busy or refused by the database.",
            ["result"],
            registry=registry,
        )
        self._recorded, self._repeated, self._conflict, self._in_vain = (
            commands.labels(each) for each in ("recorded", "repeated", "conflict", "in_vain")
        )
        self._events = Counter(
            "gongzhi_log_appended_events", "Events this process appended.", registry=registry
        )
        self._sizes = Histogram(
            "gongzhi_log_batch_commands", "Commands of a batch.", buckets=SIZES, registry=registry
        )
        self._batches = Histogram(
            "gongzhi_log_batch_events", "Events of a batch.", buckets=SIZES, registry=registry
        )
        says = "Sending a batch until it is durable."
        self._commit = Histogram(
            "gongzhi_log_commit_seconds", says, buckets=SECONDS, registry=registry
        )
        says = "A command from joining the line until it was answered."
        self._append = Latencies("gongzhi_log_append_seconds", says, registry)
        _waiting(registry, log)

    def written(self, batch: Written) -> None:
        commands = len(batch.since)
        self._recorded.inc(commands - batch.conflicts - batch.repeats)
        self._repeated.inc(batch.repeats)
        self._conflict.inc(batch.conflicts)
        self._events.inc(batch.events)
        self._sizes.observe(commands)
        self._batches.observe(batch.events)
        self._commit.observe(batch.answered - batch.sent)
        self._append.add(batch.since, batch.answered)

    def in_vain(self) -> None:
        self._in_vain.inc()


def _waiting(registry: CollectorRegistry, log: Log) -> None:
    """The line before the writer, looked at when somebody asks."""
    queue = log.writer.queue
    commands = Gauge("gongzhi_log_waiting_commands", "Commands that wait.", registry=registry)
    commands.set_function(lambda: len(queue.waiting))
    size = Gauge("gongzhi_log_waiting_bytes", "Bytes of what waits.", registry=registry)
    size.set_function(lambda: queue.bytes)


class RequestFigures:
    """Requests by route: its pattern, never the address, which may name a record."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._count = Counter(
            "gongzhi_http_requests",
            "Requests that were answered.",
            ["method", "route", "status"],
            registry=registry,
        )
        self._seconds = Histogram(
            "gongzhi_http_request_seconds",
            "A request until it was answered.",
            ["method", "route"],
            buckets=SECONDS,
            registry=registry,
        )
        #: Found once for each of them: there are as many as the figures themselves.
        self._figures = cache(self._labelled)

    def _labelled(self, method: str, route: str, status: int) -> tuple[Counter, Histogram]:
        took = self._seconds.labels(method, route)
        return self._count.labels(method, route, str(status)), took

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """One request; `route` = "" where the address names nothing."""
        method, route = method if method in METHODS else "other", route or "none"
        count, took = self._figures(method, route, status)
        count.inc()
        took.observe(seconds)
