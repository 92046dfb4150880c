"""Second factors: one-time codes (TOTP, RFC 6238) and recovery codes; passkeys stand beside.

A code is taken once: the step it belongs to is kept, and none up to it counts again.
"""

from __future__ import annotations

import hmac
import secrets
import time
from base64 import b32encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from unicodedata import normalize
from uuid import UUID

import pyotp
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from psycopg.rows import class_row
from psycopg_pool import AsyncConnectionPool

Pool = AsyncConnectionPool[Any]

#: Seconds of one code; one before and one after count too, since clocks differ.
STEP = 30
#: Recovery codes given out at a time.
CODES = 10
ISSUER = "共治 Gongzhi"

_OF = """
    select id, kind, label, added_at, used_at from desk.factors where person = %s
    order by added_at, id"""
_SECRETS = "select id, secret from desk.factors where person = %s and kind = 'totp'"
_ADD = "insert into desk.factors (person, kind, secret, step) values (%s, 'totp', %s, %s)"
_TAKE = (
    "update desk.factors set step = %s, used_at = now() where id = %s and step < %s returning id"
)
_REMOVE = "delete from desk.factors where person = %s and id = %s"
_REMOVE_ALL = "delete from desk.factors where person = %s"
_FORGET_CODES = "delete from desk.recovery where person = %s"
_KEEP_CODES = "insert into desk.recovery (person, code) select %s, unnest(%s::bytea[])"
_USE_CODE = "delete from desk.recovery where person = %s and code = %s returning person"
_CODES_LEFT = "select count(*) from desk.recovery where person = %s"


@dataclass(frozen=True)
class Factor:
    """One second proof of a person."""

    id: UUID
    kind: str
    label: str
    added_at: datetime
    used_at: datetime | None


def fresh_secret() -> str:
    """A secret for an authenticator, as it is typed (base32, 160 bits)."""
    return b32encode(secrets.token_bytes(20)).decode()


def address_of(secret: str, sign_in: str) -> str:
    """What the QR code says to the authenticator."""
    return pyotp.TOTP(secret).provisioning_uri(name=sign_in, issuer_name=ISSUER)


def step_of(secret: str, code: str, now: float | None = None) -> int | None:
    """The step of time this code belongs to, if it is right now or one step off.

    Digits may be wide, as a Chinese keyboard makes them.
    """
    current = int((time.time() if now is None else now) // STEP)
    plain = "".join(normalize("NFKC", code).split()).encode()
    codes = pyotp.TOTP(secret)
    near = (current - 1, current, current + 1)
    fits = [step for step in near if hmac.compare_digest(codes.at(step * STEP).encode(), plain)]
    return fits[0] if fits else None


async def factors(pool: Pool, person: str) -> Sequence[Factor]:
    """Her second proofs, the oldest first."""
    async with pool.connection() as connection:
        cursor = connection.cursor(row_factory=class_row(Factor))
        found: list[Factor] = await (await cursor.execute(_OF, (person,))).fetchall()
    return found


async def add_totp(pool: Pool, key: bytes, person: str, secret: str, step: int) -> None:
    """Keep the secret, sealed; the code that proved it does not count again."""
    await _do(pool, _ADD, (person, _seal(key, person, secret), step))


async def take_code(pool: Pool, key: bytes, person: str, code: str) -> str | None:
    """Which factor the code proves, "totp" or "recovery"; None for a wrong or used one."""
    for id, kept in await _rows(pool, _SECRETS, (person,)):
        step = step_of(_open(key, person, kept), code)
        if step is not None:
            return "totp" if await _rows(pool, _TAKE, (step, id, step)) else None
    used = await _rows(pool, _USE_CODE, (person, _hashed(code)))
    return "recovery" if used else None


async def remove(pool: Pool, person: str, factor: UUID) -> None:
    await _do(pool, _REMOVE, (person, factor))


async def remove_all(pool: Pool, person: str) -> None:
    """She lost them: factors and recovery codes go."""
    await _do(pool, _REMOVE_ALL, (person,))
    await _do(pool, _FORGET_CODES, (person,))


async def issue_codes(pool: Pool, person: str) -> list[str]:
    """Fresh recovery codes, told once; older ones no longer count."""
    codes = [_readable(secrets.token_bytes(10)) for _ in range(CODES)]
    async with pool.connection() as connection, connection.transaction():
        await connection.execute(_FORGET_CODES, (person,))
        await connection.execute(_KEEP_CODES, (person, [_hashed(code) for code in codes]))
    return codes


async def codes_left(pool: Pool, person: str) -> int:
    """How many recovery codes she has not used."""
    return int((await _rows(pool, _CODES_LEFT, (person,)))[0][0])


def _readable(data: bytes) -> str:
    """16 letters and digits in groups of four."""
    text = b32encode(data).decode().lower()
    return "-".join(text[at : at + 4] for at in range(0, 16, 4))


def _hashed(code: str) -> bytes:
    plain = "".join(c for c in code.lower() if c.isalnum())
    return sha256(b"gongzhi-recovery\0" + plain.encode()).digest()


def _sealing(key: bytes) -> AESGCM:
    return AESGCM(sha256(b"gongzhi-totp\0" + key).digest())


def _seal(key: bytes, person: str, secret: str) -> bytes:
    nonce = secrets.token_bytes(12)
    return nonce + _sealing(key).encrypt(nonce, secret.encode(), str(person).encode())


def _open(key: bytes, person: str, kept: bytes) -> str:
    """Raises `InvalidTag` where the secret of the desk is another now."""
    return _sealing(key).decrypt(kept[:12], kept[12:], str(person).encode()).decode()


async def _rows(pool: Pool, sql: str, values: tuple[object, ...]) -> list[Any]:
    async with pool.connection() as connection:
        rows: list[Any] = await (await connection.execute(sql.encode(), values)).fetchall()
    return rows


async def _do(pool: Pool, sql: str, values: tuple[object, ...]) -> None:
    async with pool.connection() as connection:
        await connection.execute(sql.encode(), values)
