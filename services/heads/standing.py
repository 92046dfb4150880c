"""Standing: how far each witness has come, and since when one is silent.

A witness that is there answers at least at every heartbeat, also where the log does not grow.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from psycopg_pool import AsyncConnectionPool

from events.proofs.policies import Policy

#: After which a witness that has not cosigned the next head is away, not busy; and one that has
#: missed heartbeats which another answered.
LATE, SILENT = timedelta(minutes=1), timedelta(minutes=3)

#: Of each name the largest head it cosigned, since when the next one waits for it, and for how
#: long others have answered when it did not.
_STANDING = """
    select w.name, coalesce(c.size, 0), c.cosigned_at, c.answered_at, now() - (
        select h.signed_at from log.heads h where h.size > coalesce(c.size, 0)
        order by h.size limit 1), max(c.answered_at) over () - c.answered_at
    from unnest(%s::text[]) with ordinality w (name, place)
    left join lateral (
        select size, cosigned_at, answered_at from log.cosignatures where witness = w.name
        order by size desc limit 1) c on true
    order by w.place"""


class Standing(NamedTuple):
    """One witness: events of the head it last cosigned and when; `None` where it never did."""

    name: str
    size: int
    cosigned_at: datetime | None
    #: When it last said that this is still the head.
    answered_at: datetime | None
    #: How long the next head waits for it; None where none waits.
    waits: timedelta | None
    #: How much later the last answer of another came; None where it never answered.
    behind: timedelta | None

    @property
    def there(self) -> bool:
        """Whether it has answered, and answers still."""
        return self.answered_at is not None and self.silent is None

    @property
    def silent(self) -> timedelta | None:
        """For how long it has not answered; None where it is there."""
        if self.waits is not None and self.waits >= LATE:
            return self.waits
        return self.behind if self.behind is not None and self.behind >= SILENT else None


async def standing(pool: AsyncConnectionPool[Any], policy: Policy) -> list[Standing]:
    """All witnesses of the policy, in its order."""
    async with pool.connection() as connection:
        rows = await (await connection.execute(_STANDING, [list(policy.witnesses)])).fetchall()
    return [Standing(*row) for row in rows]
