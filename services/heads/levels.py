"""Levels: how far the acts of the log have come: recorded, logged, witnessed.

*Recorded* is what is durable; *logged* what a signed head covers; *witnessed* what a head covers
that the policy's quorum has cosigned. Here it is said by what the database holds; a proof carries
the signatures themselves.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from psycopg_pool import AsyncConnectionPool

from events.proofs.policies import Policy

_LOGGED = "select coalesce(max(size), 0) from log.heads"
#: The quorum is reached by one of the last heads, or nobody is there.
_COSIGNED = """
    select size, array_agg(witness) from (
        select size, witness from log.cosignatures order by size desc limit 1000) c
    group by size order by size desc"""


class Levels(NamedTuple):
    """The last position that is logged, and the last that is witnessed; 0 = none."""

    logged: int = 0
    witnessed: int = 0

    def of(self, position: int) -> str:
        """ "recorded", "logged" or "witnessed"."""
        if position <= self.witnessed:
            return "witnessed"
        return "logged" if position <= self.logged else "recorded"


async def levels(pool: AsyncConnectionPool[Any], policy: Policy | None) -> Levels:
    """As it is now; without a policy, or witnesses in it, nothing is witnessed."""
    async with pool.connection() as connection:
        logged = (await (await connection.execute(_LOGGED)).fetchone() or (0,))[0]
        if policy is None or not policy.witnesses:
            return Levels(logged)
        rows = await (await connection.execute(_COSIGNED)).fetchall()
    return Levels(logged, next((size for size, names in rows if policy.reached(names)), 0))
