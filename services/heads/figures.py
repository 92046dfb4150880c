"""Figures: what Prometheus reads of heads, witnesses and the log's own checks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from psycopg_pool import AsyncConnectionPool

from events.proofs.policies import Policy
from services.heads.integrity import Integrity, integrity


class HeadFigures(Collector):
    """As the database last said; nothing where it is away."""

    def __init__(
        self,
        pool: AsyncConnectionPool[Any],
        policy: Callable[[], Policy | None],
    ) -> None:
        self._pool, self._policy = pool, policy
        self._now: Integrity | None = None

    def forget(self) -> None:
        """Nothing is known any more."""
        self._now = None

    async def ask(self) -> None:
        """Ask the database; raises where it is away."""
        self._now = await integrity(self._pool, self._policy())

    def collect(self) -> Iterator[Metric]:
        if self._now is None:
            return
        for name, says, value in _FIGURES:
            if (found := value(self._now)) is not None:
                yield GaugeMetricFamily(f"gongzhi_{name}", says, float(found))
        yield from _witnesses(self._now)


def _witnesses(now: Integrity) -> Iterator[Metric]:
    size = GaugeMetricFamily(
        "gongzhi_witness_position", "The last position it has cosigned.", labels=["witness"]
    )
    silent = GaugeMetricFamily(
        "gongzhi_witness_silent_seconds", "For how long it has not answered.", labels=["witness"]
    )
    for one in now.witnesses:
        size.add_metric([one.name], one.size)
        silent.add_metric([one.name], one.silent.total_seconds() if one.silent else 0.0)
    yield from (size, silent)


_FIGURES: tuple[tuple[str, str, Callable[[Integrity], float | None]], ...] = (
    ("log_signed_position", "The last position a signed head covers.", lambda n: n.levels.logged),
    (
        "log_witnessed_position",
        "The last position the quorum has cosigned.",
        lambda n: n.levels.witnessed if n.witnesses else None,
    ),
    ("witness_quorum", "1 = the witnesses that answer are enough.", lambda n: n.quorum),
    (
        "log_altered_position",
        "The first position that is not as it was; 0 = none, as the last check found.",
        lambda n: (n.checks[0].position or 0) if n.checks else None,
    ),
    (
        "log_checked_age_seconds",
        "Since the log was last checked.",
        lambda n: n.checked_ago.total_seconds() if n.checked_ago is not None else None,
    ),
)
