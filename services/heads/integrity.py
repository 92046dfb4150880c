"""Integrity: how the log stands towards everybody who must not have to trust its operator."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from psycopg_pool import AsyncConnectionPool

from events.proofs.checkpoints import Checkpoint
from events.proofs.policies import Policy
from services.heads.levels import Levels, levels
from services.heads.publisher import Heads
from services.heads.selfcheck import Found, last_checks
from services.heads.standing import Standing, standing

#: Checks that are shown.
SHOWN = 10
_NOW = """
    select size, (select signed_at from log.heads order by size desc limit 1) from log.head"""


class Integrity(NamedTuple):
    """Everything at one moment."""

    #: Events that are recorded.
    size: int
    #: The last signed head, and when it was signed; None where nothing was ever signed.
    head: Checkpoint | None
    signed_at: datetime | None
    levels: Levels
    #: Each witness of the policy; none where there is no policy.
    witnesses: list[Standing]
    #: Whether those who answer are the policy's quorum; None without witnesses or a head.
    quorum: bool | None
    #: The last checks of the log by itself, newest first.
    checks: list[Found]

    @property
    def altered(self) -> Found | None:
        """The last check, where it found that the log is not what it was."""
        last = self.checks[0] if self.checks else None
        return last if last is not None and last.position is not None else None

    @property
    def checked_ago(self) -> timedelta | None:
        """Since when nobody has checked; None where nobody ever did."""
        if not self.checks:
            return None
        at = self.checks[0].checked_at
        return datetime.now(at.tzinfo) - at


async def integrity(pool: AsyncConnectionPool[Any], policy: Policy | None) -> Integrity:
    """As it is now."""
    head = await Heads(pool).latest()
    there = await standing(pool, policy) if policy is not None and policy.witnesses else []
    quorum = policy.reached(one.name for one in there if one.there) if policy and head else None
    async with pool.connection() as connection:
        size, signed_at = await (await connection.execute(_NOW)).fetchone() or (0, None)
    return Integrity(
        size, head, signed_at, await levels(pool, policy), there,
        quorum if there else None, await last_checks(pool, SHOWN),
    )  # fmt: skip
