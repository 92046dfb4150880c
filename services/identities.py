"""Identities: which provider a party uses, and which of its accounts belongs to which person."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from psycopg_pool import AsyncConnectionPool

from events.words import Words
from services.actions.refused import Refused
from services.oidc import Identity, Provider

Pool = AsyncConnectionPool[Any]

_SEALED = Words(
    "单位登录服务的密钥读不出来，没有登录。可以先用密码登录；请告诉管理员：重新填写登录服务的密钥。",
    "The secret for your organisation's sign-in service cannot be read. Use your password, and "
    "please tell the administrator to set that service again.",
)

_SET = """
    insert into desk.providers (party, issuer, client_id, secret) values (%s, %s, %s, %s)
    on conflict (party) do update set issuer = excluded.issuer,
        client_id = excluded.client_id, secret = excluded.secret"""
_END = "delete from desk.providers where party = %s"
_OF = "select issuer, client_id, secret from desk.providers where party = %s"
_ALL = "select party from desk.providers order by party"
_LINK = """
    insert into desk.identities (issuer, subject, person) values (%s, %s, %s)
    on conflict (issuer, subject) do nothing returning person"""
_PERSON = """
    select i.person from desk.identities i
    left join desk.credentials c on c.person = i.person
    where i.issuer = %s and i.subject = %s and not coalesce(c.disabled, false)"""
_HERS = "select issuer from desk.identities where person = %s order by issuer"


@dataclass(frozen=True)
class Known:
    """A party's provider as its administrator sees it: never again the secret."""

    issuer: str
    client_id: str


async def set_provider(pool: Pool, key: bytes, provider: Provider) -> None:
    """The party's people may come in by this provider."""
    nonce = secrets.token_bytes(12)
    sealed = nonce + _sealing(key).encrypt(
        nonce, provider.client_secret.encode(), provider.party.encode()
    )
    row = (provider.party, provider.issuer, provider.client_id, sealed)
    await _rows(pool, _SET, row, fetch=False)


async def end_provider(pool: Pool, party: str) -> None:
    await _rows(pool, _END, (party,), fetch=False)


async def provider_of(pool: Pool, key: bytes, party: str) -> Provider | None:
    """The party's provider, with what we prove ourselves to it by. Raises `Refused`."""
    rows = await _rows(pool, _OF, (party,))
    if not rows:
        return None
    issuer, client_id, sealed = rows[0]
    try:
        secret = _sealing(key).decrypt(sealed[:12], sealed[12:], party.encode()).decode()
    except InvalidTag:  # sealed under another `GONGZHI_SECRET`
        raise Refused(_SEALED) from None
    return Provider(party, issuer, client_id, secret)


async def known_provider(pool: Pool, party: str) -> Known | None:
    """The same, for showing."""
    rows = await _rows(pool, _OF, (party,))
    return Known(rows[0][0], rows[0][1]) if rows else None


async def parties(pool: Pool) -> list[str]:
    """Which parties have a provider."""
    return [str(row[0]) for row in await _rows(pool, _ALL, ())]


async def link(pool: Pool, identity: Identity, person: str) -> bool:
    """From now on the account at the provider is hers; False where it is somebody's already."""
    return bool(await _rows(pool, _LINK, (identity.issuer, identity.subject, person)))


@asynccontextmanager
async def linking(pool: Pool, identity: Identity, person: str) -> AsyncIterator[bool]:
    """As `link`, kept only if what is done meanwhile succeeds; nobody else links it till then."""
    async with pool.connection() as connection, connection.transaction():
        values = (identity.issuer, identity.subject, person)
        yield await (await connection.execute(_LINK, values)).fetchone() is not None


async def person_of(pool: Pool, identity: Identity) -> str | None:
    """Whose account it is."""
    rows = await _rows(pool, _PERSON, (identity.issuer, identity.subject))
    return str(rows[0][0]) if rows else None


async def issuers_of(pool: Pool, person: str) -> list[str]:
    """With which providers her account is linked."""
    return [str(row[0]) for row in await _rows(pool, _HERS, (person,))]


def _sealing(key: bytes) -> AESGCM:
    return AESGCM(sha256(b"gongzhi-provider\0" + key).digest())


async def _rows(pool: Pool, sql: str, values: tuple[object, ...], fetch: bool = True) -> list[Any]:
    async with pool.connection() as connection:
        cursor = await connection.execute(sql.encode(), values)
        rows: list[Any] = await cursor.fetchall() if fetch else []
    return rows
