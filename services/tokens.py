"""Tokens: what a program of a party shows instead of a person's password: it may read the log.

A token acts for the person who made it, as long as she is active, and only under `/log/`.
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

PREFIX = "gzt_"
_MAKE = "insert into desk.tokens (hash, person, label) values (%s, %s, %s)"
_PERSON = """
    update desk.tokens t set used_at = now() from desk.credentials c
    where t.hash = %s and c.person = t.person and not c.disabled returning t.person"""
_LIST = """
    select id, label, made_at, used_at from desk.tokens where person = %s order by made_at, id"""
_END = "delete from desk.tokens where person = %s and id = %s returning label"


@dataclass(frozen=True)
class Token:
    """A token as its owner sees it: never again the token itself."""

    id: UUID
    label: str
    made_at: datetime
    used_at: datetime | None


async def make(pool: Pool, person: str, label: str) -> str:
    """A fresh token, told once."""
    token = PREFIX + secrets.token_urlsafe(32)
    async with pool.connection() as connection:
        await connection.execute(_MAKE, (_hash(token), person, label))
    return token


async def person_of(pool: Pool, token: str) -> str | None:
    """For whom this token acts."""
    if not token.startswith(PREFIX):
        return None
    async with pool.connection() as connection:
        row = await (await connection.execute(_PERSON, (_hash(token),))).fetchone()
    return str(row[0]) if row else None


async def tokens_of(pool: Pool, person: str) -> Sequence[Token]:
    """Hers, the oldest first."""
    async with pool.connection() as connection:
        cursor = connection.cursor(row_factory=class_row(Token))
        found: list[Token] = await (await cursor.execute(_LIST, (person,))).fetchall()
    return found


async def end(pool: Pool, person: str, id: UUID) -> str | None:
    """End one of hers; its label, None where there is no such one."""
    async with pool.connection() as connection:
        row = await (await connection.execute(_END, (person, id))).fetchone()
    return str(row[0]) if row else None


def _hash(token: str) -> bytes:
    return sha256(token.encode(errors="replace")).digest()
