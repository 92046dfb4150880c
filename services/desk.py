"""Desk: sign-in names and passwords; the only rows besides the log that are kept, with sessions.

Passwords are checked off the event loop, because that is slow on purpose.
"""

from __future__ import annotations

import asyncio
import secrets
from typing import Any, NamedTuple

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from psycopg_pool import AsyncConnectionPool

from events.words import Words
from services.actions.refused import Refused
from services.sessions import end_all_sessions
from services.tries import MOST_FROM, count_try, forget_tries, take_back, tries

Pool = AsyncConnectionPool[Any]

#: Wrong answers for one sign-in name before it is locked.
MOST = 10

#: argon2id as RFC 9106 advises where memory is scarce: 64 MiB, 3 passes, 4 lanes.
HASHER = PasswordHasher()
NOBODY = HASHER.hash(secrets.token_hex(16))  # checked for unknown names: takes the same time
_NO_PASSWORD = "none:"

_LOCKED = Words(
    f"这个登录名连续输错 {MOST} 次，已锁定。请本单位管理员解锁，或者重设密码。",
    f"This sign-in name is locked after {MOST} wrong answers. Ask your administrator to unlock it, "
    "or for a new password.",
)
_ADDRESS_RESTS = Words(
    f"从您所在的网络登录，已经输错 {MOST_FROM} 次，已暂停登录。请 {{minutes}} 分钟后再试。",
    f"Sign-in from your network is paused after {MOST_FROM} wrong answers. Try again in "
    "{minutes} minutes.",
)
_CREDENTIAL = "select person, password, disabled from desk.credentials where sign_in = %s"
_OF_PERSON = "select sign_in, password, disabled from desk.credentials where person = %s"
_PASSWORD = """
    insert into desk.credentials (person, sign_in, password) values (%s, %s, %s)
    on conflict (person) do update
    set sign_in = excluded.sign_in, password = excluded.password, disabled = false"""
_DISABLE = "update desk.credentials set disabled = true where person = %s"
_IS_LOCKED = "select true from desk.locks where sign_in = %s"
_LOCK = "insert into desk.locks (sign_in) values (%s) on conflict do nothing returning sign_in"
_UNLOCK = "delete from desk.locks where sign_in = %s"
#: Names that nobody has need not stay locked for ever.
_FORGET_LOCKS = """
    delete from desk.locks l where at < now() - interval '30 days'
    and not exists (select from desk.credentials c where c.sign_in = l.sign_in)"""


class NotSignedIn(Refused):
    """The name or the password was wrong."""


class Locked(Refused):
    """Nobody signs in with this name now. `person` where this very try locked hers."""

    def __init__(self, person: str = "") -> None:
        super().__init__(_LOCKED, field="password")
        self.person = person


class _Kept(NamedTuple):
    person: str | None
    password: str
    disabled: bool


async def check_password(pool: Pool, name: str, password: str, address: str = "unknown") -> str:
    """The person whose name and password these are. Raises `NotSignedIn`, `Locked`, `TooMany`.

    `address`: from where it is tried; who guesses one name after the other has to rest. A name
    that nobody has is treated the same, in words and in time.
    """
    name = tidy(name)
    where, what = f"sign-in from {address}", f"sign-in {name}"[:100]
    await count_try(pool, where, MOST_FROM, _ADDRESS_RESTS)
    if await _one(pool, _IS_LOCKED, (name,)):
        raise Locked
    await count_try(pool, what, MOST, _LOCKED)
    kept = _Kept(*(await _one(pool, _CREDENTIAL, (name,)) or (None, NOBODY, True)))
    if not await asyncio.to_thread(_verify, kept.password, password) or kept.disabled:
        await _lock_at_last(pool, name, what, kept.person)
        raise _wrong()
    await forget_tries(pool, what)
    await take_back(pool, where)
    return str(kept.person)


async def _lock_at_last(pool: Pool, name: str, what: str, person: str | None) -> None:
    if await tries(pool, what) < MOST:
        return
    await _do(pool, _FORGET_LOCKS, ())
    newly = await _one(pool, _LOCK, (name,))
    raise Locked(str(person) if newly and person else "")


async def is_password(pool: Pool, person: str, password: str) -> bool:
    """Whether this is the present password of a person who is signed in."""
    row = await _one(pool, _OF_PERSON, (person,))
    return row is not None and await asyncio.to_thread(_verify, row[1], password)


async def set_password(pool: Pool, person: str, sign_in: str, password: str) -> None:
    """Let the person sign in with this name and password; ends the sessions she has."""
    hashed = await asyncio.to_thread(HASHER.hash, password)
    await _do(pool, _PASSWORD, (person, tidy(sign_in), hashed))
    await end_all_sessions(pool, person)
    await unlock(pool, sign_in)


async def set_without_password(pool: Pool, person: str, sign_in: str) -> None:
    """The person comes in by her party's provider alone; no password opens this name."""
    await _do(pool, _PASSWORD, (person, tidy(sign_in), _NO_PASSWORD + NOBODY))


async def has_password(pool: Pool, person: str) -> bool:
    """Whether she could come in by a password."""
    row = await _one(pool, _OF_PERSON, (person,))
    return row is not None and not row[1].startswith(_NO_PASSWORD)


async def sign_in_of(pool: Pool, person: str) -> str:
    """The sign-in name of a person; "" for one who has none."""
    row = await _one(pool, _OF_PERSON, (person,))
    return str(row[0]) if row else ""


async def disable(pool: Pool, person: str) -> None:
    """The person can no longer sign in and is signed out at once."""
    await _do(pool, _DISABLE, (person,))
    await end_all_sessions(pool, person)


async def is_locked(pool: Pool, sign_in: str) -> bool:
    """Whether nobody signs in with this name now."""
    return bool(await _one(pool, _IS_LOCKED, (tidy(sign_in),)))


async def unlock(pool: Pool, sign_in: str) -> None:
    """The name may be used again."""
    await _do(pool, _UNLOCK, (tidy(sign_in),))
    await forget_tries(pool, f"sign-in {tidy(sign_in)}"[:100])


def tidy(name: str) -> str:
    """A sign-in name as it is kept."""
    return name.strip().lower()


def _wrong() -> NotSignedIn:
    return NotSignedIn(
        Words(
            "登录名或密码不对，请核对后再试。忘记密码时，请本单位管理员重设。",
            "The sign-in name or the password is wrong. If you forgot it, ask your administrator.",
        ),
        field="password",
    )


def _verify(kept: str, password: str) -> bool:
    try:  # who has no password takes the same time, too
        right = HASHER.verify(kept.removeprefix(_NO_PASSWORD), password)
        return right and not kept.startswith(_NO_PASSWORD)
    except (VerificationError, InvalidHashError):
        return False


async def _one(pool: Pool, sql: str, values: tuple[object, ...]) -> tuple[Any, ...] | None:
    async with pool.connection() as connection:
        cursor = await connection.execute(sql.encode(), values)
        row: tuple[Any, ...] | None = await cursor.fetchone()
        return row


async def _do(pool: Pool, sql: str, values: tuple[object, ...]) -> None:
    async with pool.connection() as connection:
        await connection.execute(sql.encode(), values)
