"""Passkeys (WebAuthn): made on a person's device, and asked for as her second proof."""

from __future__ import annotations

import json
from typing import Any, NamedTuple
from uuid import UUID

import webauthn
from psycopg_pool import AsyncConnectionPool
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from events.words import Words
from services.actions.refused import Refused
from services.sessions import hash_of

Pool = AsyncConnectionPool[Any]

_ASK = "update desk.sessions set challenge = %s where id_hash = %s"
#: A challenge is answered once.
_TAKE_CHALLENGE = """
    with was as (select id_hash, challenge from desk.sessions where id_hash = %s for update)
    update desk.sessions s set challenge = null from was where s.id_hash = was.id_hash
    returning was.challenge"""
_CREDENTIALS = """
    select credential, public_key, signs, id from desk.factors
    where person = %s and kind = 'passkey' order by added_at"""
_ADD = """
    insert into desk.factors (person, kind, label, credential, public_key, signs)
    values (%s, 'passkey', %s, %s, %s, %s)
    on conflict (credential) do nothing returning id"""
_USED = "update desk.factors set signs = %s, used_at = now() where id = %s"

_WRONG = Words(
    "通行密钥没有通过验证，请再试一次，或者改用动态口令、恢复码。",
    "The passkey was not accepted. Try again, or use a one-time or recovery code.",
)


class Site(NamedTuple):
    """Where the browser is: a passkey made for one site proves nothing at another."""

    host: str
    origin: str


async def ask_to_make(pool: Pool, cookie: str, person: str, name: str, site: Site) -> str:
    """What the browser is told to make one, as JSON."""
    known = [PublicKeyCredentialDescriptor(id=row[0]) for row in await _known(pool, person)]
    options = webauthn.generate_registration_options(
        rp_id=site.host, rp_name="共治 Gongzhi", user_name=name, user_id=UUID(person).bytes,
        exclude_credentials=known,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
    )  # fmt: skip
    await _do(pool, _ASK, (options.challenge, hash_of(cookie)))
    return webauthn.options_to_json(options)


async def keep_made(
    pool: Pool, cookie: str, person: str, label: str, answer: str, site: Site
) -> None:
    """Keep the passkey the browser made. Raises `Refused`."""
    try:
        made = webauthn.verify_registration_response(
            credential=_read(answer), expected_challenge=await _challenge(pool, cookie),
            expected_rp_id=site.host, expected_origin=site.origin,
        )  # fmt: skip
    except WebAuthnException:
        raise Refused(_WRONG) from None
    row = (person, label, made.credential_id, made.credential_public_key, made.sign_count)
    if not await _rows(pool, _ADD, row):
        raise Refused(_WRONG)


async def ask_to_prove(pool: Pool, cookie: str, person: str, site: Site) -> str:
    """What the browser is told to prove that she has hers, as JSON; "" where she has none."""
    known = [PublicKeyCredentialDescriptor(id=row[0]) for row in await _known(pool, person)]
    if not known:
        return ""
    options = webauthn.generate_authentication_options(
        rp_id=site.host, allow_credentials=known,
        user_verification=UserVerificationRequirement.PREFERRED,
    )  # fmt: skip
    await _do(pool, _ASK, (options.challenge, hash_of(cookie)))
    return webauthn.options_to_json(options)


async def check_proof(pool: Pool, cookie: str, person: str, answer: str, site: Site) -> None:
    """Whether the browser proved it. Raises `Refused`; also for a copy whose count stands still."""
    given, challenge = _read(answer), await _challenge(pool, cookie)
    for credential, public_key, signs, id in await _known(pool, person):
        if webauthn.base64url_to_bytes(str(given.get("id", ""))) != credential:
            continue
        try:
            proved = webauthn.verify_authentication_response(
                credential=given, expected_challenge=challenge, expected_rp_id=site.host,
                expected_origin=site.origin, credential_public_key=public_key,
                credential_current_sign_count=signs,
            )  # fmt: skip
        except WebAuthnException:
            break
        await _do(pool, _USED, (proved.new_sign_count, id))
        return
    raise Refused(_WRONG)


def _read(answer: str) -> dict[str, Any]:
    try:
        found = json.loads(answer)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Refused(_WRONG)
    return found


async def _challenge(pool: Pool, cookie: str) -> bytes:
    rows = await _rows(pool, _TAKE_CHALLENGE, (hash_of(cookie),))
    if not rows or rows[0][0] is None:
        raise Refused(_WRONG)
    return bytes(rows[0][0])


async def _known(pool: Pool, person: str) -> list[Any]:
    return await _rows(pool, _CREDENTIALS, (person,))


async def _rows(pool: Pool, sql: str, values: tuple[object, ...]) -> list[Any]:
    async with pool.connection() as connection:
        rows: list[Any] = await (await connection.execute(sql.encode(), values)).fetchall()
    return rows


async def _do(pool: Pool, sql: str, values: tuple[object, ...]) -> None:
    async with pool.connection() as connection:
        await connection.execute(sql.encode(), values)
