"""Sessions: a random id in a cookie, of which only the hash is kept; reading it lets nobody in.

A session is *proven* once every proof that is asked for was given; before that it opens nothing
but the page that asks for the second one.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from psycopg.rows import class_row
from psycopg_pool import AsyncConnectionPool

Pool = AsyncConnectionPool[Any]

_OPEN = """
    insert into desk.sessions (id_hash, person, proven, way, agent) values (%s, %s, %s, %s, %s)"""
#: Sessions that lasted long enough go, and are told of.
_SWEEP = """
    delete from desk.sessions
    where used_at < now() - interval '30 minutes' or started_at < now() - interval '8 hours'
    returning person, proven, started_at < now() - interval '8 hours'"""
_SESSION = """
    select s.person, s.party, s.used_at < now() - interval '1 minute' as stale
    from desk.sessions s join desk.credentials c on c.person = s.person and not c.disabled
    where s.id_hash = %s and s.proven and s.used_at > now() - interval '30 minutes'
      and s.started_at > now() - interval '8 hours'"""
#: Who has given her password and not yet the second proof: for ten minutes.
_HALF = """
    select s.person from desk.sessions s
    join desk.credentials c on c.person = s.person and not c.disabled
    where s.id_hash = %s and not s.proven and s.started_at > now() - interval '10 minutes'"""
_PROVE = """
    update desk.sessions set id_hash = %s, proven = true, used_at = now()
    where id_hash = %s and not proven returning way"""
_USED = "update desk.sessions set used_at = now() where id_hash = %s"
_ACT_FOR = "update desk.sessions set party = %s where id_hash = %s"
_END = "delete from desk.sessions where id_hash = %s"
_END_ALL = "delete from desk.sessions where person = %s"
_END_OTHERS = "delete from desk.sessions where person = %s and id_hash <> %s returning id"
_END_ONE = "delete from desk.sessions where person = %s and id = %s returning id"
_LIST = """
    select id, way, agent, started_at, used_at, id_hash = %s as this from desk.sessions
    where person = %s and proven and used_at > now() - interval '30 minutes'
      and started_at > now() - interval '8 hours' order by used_at desc, id"""


@dataclass(frozen=True)
class Session:
    """Who is signed in, and the party she chose to act for (None = her first)."""

    person: str
    party: str | None


@dataclass(frozen=True)
class Listed:
    """One session as its owner sees it; `this` = the one she looks from."""

    id: UUID
    way: str
    agent: str
    started_at: datetime
    used_at: datetime
    this: bool


@dataclass(frozen=True)
class Expired:
    """A session that ended by itself: "idle" or "old"."""

    person: str
    why: str


async def open_session(
    pool: Pool, person: str, *, proven: bool = True, way: str = "password", agent: str = ""
) -> str:
    """A session for a person who has proved who she is; returns the id for the cookie."""
    cookie = secrets.token_urlsafe(32)
    await _rows(pool, _OPEN, (hash_of(cookie), person, proven, way, agent[:200]), fetch=False)
    return cookie


async def sweep(pool: Pool) -> list[Expired]:
    """End what is idle or old; those that had been proven."""
    rows = await _rows(pool, _SWEEP, ())
    return [
        Expired(str(person), "old" if old else "idle") for person, proven, old in rows if proven
    ]


async def session(pool: Pool, cookie: str) -> Session | None:
    """The session of the cookie, unless not proven, 30 minutes idle, 8 hours old or disabled."""
    rows = await _rows(pool, _SESSION, (hash_of(cookie),))
    if not rows:
        return None
    person, party, stale = rows[0]
    if stale:
        await _rows(pool, _USED, (hash_of(cookie),), fetch=False)
    return Session(str(person), str(party) if party else None)


async def half_in(pool: Pool, cookie: str) -> str | None:
    """The person who still owes the second proof."""
    rows = await _rows(pool, _HALF, (hash_of(cookie),))
    return str(rows[0][0]) if rows else None


async def prove(pool: Pool, cookie: str) -> tuple[str, str] | None:
    """Everything is proved: the session goes on under another id, so that none is planted.

    The new cookie, and by which way she came.
    """
    fresh = secrets.token_urlsafe(32)
    rows = await _rows(pool, _PROVE, (hash_of(fresh), hash_of(cookie)))
    return (fresh, str(rows[0][0])) if rows else None


async def act_for(pool: Pool, cookie: str, party: str) -> None:
    """From now on this session acts for that party."""
    await _rows(pool, _ACT_FOR, (party, hash_of(cookie)), fetch=False)


async def sessions_of(pool: Pool, person: str, cookie: str) -> Sequence[Listed]:
    """Her sessions, the latest used first."""
    async with pool.connection() as connection:
        cursor = connection.cursor(row_factory=class_row(Listed))
        asked = await cursor.execute(_LIST, (hash_of(cookie), person))
        found: list[Listed] = await asked.fetchall()
    return found


async def end_session(pool: Pool, cookie: str) -> None:
    await _rows(pool, _END, (hash_of(cookie),), fetch=False)


async def end_one(pool: Pool, person: str, id: UUID) -> bool:
    """End one of her sessions; whether there was such a one."""
    return bool(await _rows(pool, _END_ONE, (person, id)))


async def end_others(pool: Pool, person: str, cookie: str) -> int:
    """End all her sessions but this; how many."""
    return len(await _rows(pool, _END_OTHERS, (person, hash_of(cookie))))


async def end_all_sessions(pool: Pool, person: str) -> None:
    """Sign the person out on every device."""
    await _rows(pool, _END_ALL, (person,), fetch=False)


def hash_of(cookie: str) -> bytes:
    """What is kept of a cookie."""
    return sha256(cookie.encode(errors="replace")).digest()


async def _rows(pool: Pool, sql: str, values: tuple[object, ...], fetch: bool = True) -> list[Any]:
    async with pool.connection() as connection:
        cursor = await connection.execute(sql.encode(), values)
        return await cursor.fetchall() if fetch else []
