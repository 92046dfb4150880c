"""Standing: how far each witness has come, and since when one is silent."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from psycopg_pool import AsyncConnectionPool

from events.proofs.policies import Policy

#: Of each name the largest head it cosigned, and since when the next one waits for it.
_STANDING = """
    select w.name, coalesce(c.size, 0), c.cosigned_at, now() - (
        select h.signed_at from log.heads h where h.size > coalesce(c.size, 0)
        order by h.size limit 1)
    from unnest(%s::text[]) with ordinality w (name, place)
    left join lateral (
        select size, cosigned_at from log.cosignatures where witness = w.name
        order by size desc limit 1) c on true
    order by w.place"""


class Standing(NamedTuple):
    """One witness: events of the head it last cosigned and when; `None` where it never did."""

    name: str
    size: int
    cosigned_at: datetime | None
    #: How long the next head waits for it; None where none waits.
    waits: timedelta | None


async def standing(pool: AsyncConnectionPool[Any], policy: Policy) -> list[Standing]:
    """All witnesses of the policy, in its order."""
    async with pool.connection() as connection:
        rows = await (await connection.execute(_STANDING, [list(policy.witnesses)])).fetchall()
    return [Standing(*row) for row in rows]
