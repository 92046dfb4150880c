"""Presence: who has a record open, told to colleagues of the same unit for some minutes.

It is no act and leaves no trace: a row in a table without a log, which is forgotten when it is
older than `KEPT`, or when the server is started anew. Every process sees the same.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from psycopg.rows import class_row
from psycopg_pool import AsyncConnectionPool

from events.event import Acting

log_ = logging.getLogger("gongzhi.presence")
Pool = AsyncConnectionPool[Any]
#: Minutes after which whoever opened a page is not taken to look at it any more.
KEPT = 15
_OPEN = f"""
    insert into desk.presence as p (record, person, party, name)
    values (%(record)s, %(person)s, %(party)s, %(name)s)
    on conflict (record, person) do update set
        party = excluded.party, name = excluded.name, seen_at = now(),
        since = case when p.party = excluded.party
            and p.seen_at > now() - interval '{KEPT} minutes' then p.since else now() end"""
_OTHERS = f"""
    select name, since, seen_at from desk.presence
    where record = %(record)s and party = %(party)s and person <> %(person)s
      and seen_at > now() - interval '{KEPT} minutes' order by since, person"""
#: Some of those that count no longer, so that the table stays as small as what is open.
_SWEEP = f"""
    delete from desk.presence where (record, person) in (
        select record, person from desk.presence
        where seen_at < now() - interval '{KEPT} minutes' order by seen_at limit 10)"""


@dataclass(frozen=True)
class Present:
    """A colleague: since when she has it open, and when she last loaded it."""

    name: str
    since: datetime
    seen_at: datetime


async def opened(pool: Pool, by: Acting, record: object) -> Sequence[Present]:
    """She opens it now; which colleagues have it open. Where that cannot be kept, nobody has."""
    values = {"record": record, "person": by.person, "party": by.party.id, "name": by.name}
    try:
        async with pool.connection() as connection:
            await connection.execute(_SWEEP.encode())
            await connection.execute(_OPEN.encode(), values)
            cursor = connection.cursor(row_factory=class_row(Present))
            found: list[Present] = await (await cursor.execute(_OTHERS.encode(), values)).fetchall()
    except psycopg.Error as wrong:  # full, read-only: the page itself can be shown
        log_.info("who has it open is not known: %s", wrong)
        return []
    return found
