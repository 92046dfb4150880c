"""Database figures: its connections, the log and the views, as the database says when asked."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import psycopg
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from psycopg_pool import AsyncConnectionPool

from services.faults import AWAY
from services.views.health import head, health
from services.views.view import Row, View

#: Seconds the database has to say where things stand, and what happens where it cannot.
PATIENCE = 2.0
GONE: tuple[type[Exception], ...] = (*AWAY, psycopg.Error, TimeoutError)


class DatabaseFigures(Collector):
    """The connections of this process; the log and the views, as the database last said."""

    def __init__(self, pool: AsyncConnectionPool[Any], views: Iterable[View]) -> None:
        self._pool, self._views = pool, views
        self._head: Row | None = None
        self._rows: list[Row] = []
        self._stats: dict[str, int] = {}

    async def ask(self) -> None:
        """Where everything stands; what cannot be asked now is not said."""
        self._head, self._rows = None, []
        self._stats = self._pool.get_stats()  # before the scrape's own questions
        try:
            async with asyncio.timeout(PATIENCE):
                rows = await health(self._pool, self._views)
                self._head, self._rows = await head(self._pool), rows
        except GONE:
            return

    def collect(self) -> Iterator[Metric]:
        yield _gauge("gongzhi_database_up", "Whether the database answers.", self._head is not None)
        yield from _connections(self._stats)
        if self._head is not None:
            for name, says in _HEAD.items():
                yield _gauge(f"gongzhi_{name}", says, self._head[name])
            yield from _shown([row for row in self._rows if not row["part"]])
            yield from _beside([row for row in self._rows if row["part"]])


def _connections(stats: dict[str, int]) -> Iterator[Metric]:
    free = stats.get("pool_available", 0)
    states = [(("used",), stats.get("pool_size", 0) - free), (("idle",), free)]
    said = "Connections of this process."
    yield _by("gongzhi_database_pool_connections", said, ["state"], states)
    for name, says, key in _POOL:
        yield _gauge(f"gongzhi_database_pool_{name}", says, stats.get(key, 0))
    for name, says, key in _POOL_EVER:
        ever = float(stats.get(key, 0))
        yield CounterMetricFamily(f"gongzhi_database_pool_{name}", says, ever)


_HEAD = {
    "log_position": "The last position of the log.",
    "policies_lag_events": "Events on which no policy has acted yet.",
    "policies_lag_seconds": "Age of the oldest of them.",
}
_POOL = (
    ("most", "Connections this process may have.", "pool_max"),
    ("waiting", "Requests that wait for a connection.", "requests_waiting"),
)
_POOL_EVER = (
    ("waited", "Requests that ever had to wait for a connection.", "requests_queued"),
    ("timeouts", "Requests that waited in vain.", "requests_errors"),
)
_SHOWN = (
    ("position", "How far the view has read the log.", lambda row: row["position"]),
    ("lag_events", "Events the view has not read yet.", lambda row: row["lag"]),
    ("lag_seconds", "Age of the oldest of them.", lambda row: row["late"]),
    (
        "stopped",
        "1 = it cannot go on: see gongzhi doctor.",
        lambda row: row["failed_at"] is not None,
    ),
)
_BESIDE = (
    ("ratio", "How much of the log the new version has read.", lambda row: _ratio(row)),
    ("stopped", "1 = the rebuild cannot go on.", lambda row: row["failed_at"] is not None),
)


def _shown(rows: Sequence[Row]) -> Iterator[GaugeMetricFamily]:
    for name, says, value in _SHOWN:
        samples = [((row["name"], str(row["version"])), value(row)) for row in rows]
        yield _by(f"gongzhi_view_{name}", says, ["view", "version"], samples)


def _beside(rows: Sequence[Row]) -> Iterator[GaugeMetricFamily]:
    for name, says, value in _BESIDE:
        samples = [((r["name"], str(r["version"]), str(r["part"])), value(r)) for r in rows]
        yield _by(f"gongzhi_view_rebuild_{name}", says, ["view", "version", "part"], samples)


def _ratio(row: Row) -> float:
    size = row["position"] + row["lag"]
    return row["position"] / size if size else 1.0


def _gauge(name: str, says: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, says, float(value))


def _by(
    name: str, says: str, labels: Sequence[str], samples: Iterable[tuple[Sequence[str], float]]
) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, says, labels=labels)
    for values, value in samples:
        family.add_metric(values, float(value))
    return family
