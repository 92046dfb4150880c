"""Desk: sign-in names, passwords and sessions; the only rows besides the log that are kept.

A session is a random id in a cookie; only its hash is stored, so that reading the table
does not let anybody in. Passwords are checked off the event loop, because that is slow on purpose.
"""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from psycopg_pool import AsyncConnectionPool

from events.words import Words
from services.actions.refused import Refused
from services.tries import MOST_FROM, count_try, forget_tries, take_back

Pool = AsyncConnectionPool[Any]

#: Wrong answers for one sign-in name before it rests.
MOST = 10

_HASHER = PasswordHasher()
_NOBODY = _HASHER.hash(secrets.token_hex(16))  # checked for unknown names: takes the same time

_NAME_RESTS = Words(
    f"这个登录名连续输错 {MOST} 次，已暂停登录。请 {{minutes}} 分钟后再试，"
    "或请本单位管理员重设密码。",
    f"Sign-in with this name is paused after {MOST} wrong answers. Try again in {{minutes}} "
    "minutes, or ask your administrator for a new password.",
)
_ADDRESS_RESTS = Words(
    f"从您所在的网络登录，已经输错 {MOST_FROM} 次，已暂停登录。请 {{minutes}} 分钟后再试。",
    f"Sign-in from your network is paused after {MOST_FROM} wrong answers. Try again in "
    "{minutes} minutes.",
)
_CREDENTIAL = "select person, password, disabled from desk.credentials where sign_in = %s"
_OPEN = "insert into desk.sessions (id_hash, person) values (%s, %s)"
_SWEEP = """
    delete from desk.sessions
    where used_at < now() - interval '30 minutes' or started_at < now() - interval '8 hours'"""
_SESSION = """
    select s.person, s.party, s.used_at < now() - interval '1 minute' as stale
    from desk.sessions s join desk.credentials c on c.person = s.person and not c.disabled
    where s.id_hash = %s and s.used_at > now() - interval '30 minutes'
      and s.started_at > now() - interval '8 hours'"""
_USED = "update desk.sessions set used_at = now() where id_hash = %s"
_ACT_FOR = "update desk.sessions set party = %s where id_hash = %s"
_END = "delete from desk.sessions where id_hash = %s"
_END_ALL = "delete from desk.sessions where person = %s"
_PASSWORD = """
    insert into desk.credentials (person, sign_in, password) values (%s, %s, %s)
    on conflict (person) do update
    set sign_in = excluded.sign_in, password = excluded.password, disabled = false"""
_DISABLE = "update desk.credentials set disabled = true where person = %s"


class NotSignedIn(Refused):
    """The name or the password was wrong."""


@dataclass(frozen=True)
class Session:
    """Who is signed in, and the party she chose to act for (None = her first)."""

    person: str
    party: str | None


async def sign_in(pool: Pool, name: str, password: str, address: str = "unknown") -> str:
    """A new session; returns the id for the cookie. Raises `NotSignedIn` or `TooMany`.

    `address`: from where it is tried; who guesses one name after the other has to rest too.
    """
    name = name.strip().lower()
    where, what = f"sign-in from {address}", f"sign-in {name}"[:100]
    await count_try(pool, where, MOST_FROM, _ADDRESS_RESTS)
    await count_try(pool, what, MOST, _NAME_RESTS)
    row = await _one(pool, _CREDENTIAL, (name,))
    person, kept, disabled = row or (None, _NOBODY, True)
    right = await asyncio.to_thread(_verify, kept, password)
    if not right or disabled:
        raise _wrong()
    await forget_tries(pool, what)
    await take_back(pool, where)
    return await open_session(pool, str(person))


async def open_session(pool: Pool, person: str) -> str:
    """A session for a person who has proved who she is."""
    cookie = secrets.token_urlsafe(32)
    await _do(pool, _SWEEP, ())
    await _do(pool, _OPEN, (_hash(cookie), person))
    return cookie


async def session(pool: Pool, cookie: str) -> Session | None:
    """The session of the cookie, unless 30 minutes idle, 8 hours old or disabled."""
    row = await _one(pool, _SESSION, (_hash(cookie),))
    if row is None:
        return None
    person, party, stale = row
    if stale:
        await _do(pool, _USED, (_hash(cookie),))
    return Session(str(person), str(party) if party else None)


async def act_for(pool: Pool, cookie: str, party: str) -> None:
    """From now on this session acts for that party."""
    await _do(pool, _ACT_FOR, (party, _hash(cookie)))


async def end_session(pool: Pool, cookie: str) -> None:
    await _do(pool, _END, (_hash(cookie),))


async def end_all_sessions(pool: Pool, person: str) -> None:
    """Sign the person out on every device."""
    await _do(pool, _END_ALL, (person,))


async def set_password(pool: Pool, person: str, sign_in: str, password: str) -> None:
    """Let the person sign in with this name and password; ends the sessions she has."""
    hashed = await asyncio.to_thread(_HASHER.hash, password)
    await _do(pool, _PASSWORD, (person, sign_in.strip().lower(), hashed))
    await end_all_sessions(pool, person)


async def disable(pool: Pool, person: str) -> None:
    """The person can no longer sign in and is signed out at once."""
    await _do(pool, _DISABLE, (person,))
    await end_all_sessions(pool, person)


def _wrong() -> NotSignedIn:
    return NotSignedIn(
        Words(
            "登录名或密码不对，请核对后再试。忘记密码时，请本单位管理员重设。",
            "The sign-in name or the password is wrong. If you forgot it, ask your administrator.",
        ),
        field="password",
    )


def _verify(kept: str, password: str) -> bool:
    try:
        return _HASHER.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


def _hash(cookie: str) -> bytes:
    return sha256(cookie.encode()).digest()


async def _one(pool: Pool, sql: str, values: tuple[object, ...]) -> tuple[Any, ...] | None:
    async with pool.connection() as connection:
        cursor = await connection.execute(sql.encode(), values)
        row: tuple[Any, ...] | None = await cursor.fetchone()
        return row


async def _do(pool: Pool, sql: str, values: tuple[object, ...]) -> None:
    async with pool.connection() as connection:
        await connection.execute(sql.encode(), values)
