"""Inviting: the code that goes with an invitation, and what happens when somebody comes with it."""

from __future__ import annotations

import secrets
from functools import partial
from hashlib import sha256
from typing import Any
from uuid import UUID

from psycopg_pool import AsyncConnectionPool

from events.accounts import IdentityLinked
from events.event import PartyRef, Personal, system, today
from events.log import Append, Appended
from events.words import Words
from services import desk, identities
from services.account_log import account_stream
from services.accounts import check_password
from services.actions import invitations as i
from services.actions import people
from services.actions.change import Log, load
from services.actions.invitations import AcceptInvitation, Invitation
from services.actions.refused import AlreadyDecided, NotFound
from services.actions.together import Together
from services.correlation import current
from services.oidc import Identity
from services.platform import Platform

Pool = AsyncConnectionPool[Any]

_KEEP = """
    insert into desk.invitations (invitation, code) values (%s, %s)
    on conflict (invitation) do update set code = excluded.code"""
_FIND = "select invitation from desk.invitations where code = %s"
_FORGET = "delete from desk.invitations where invitation = %s"

_UNKNOWN = Words(
    "没有这个邀请码，或者已经用过、已经撤销。请核对，或者请邀请您的单位重新发出。",
    "There is no such code, or it was used or revoked. Check it, or ask for another.",
)


async def fresh_code(pool: Pool, invitation: UUID) -> str:
    """A code for the invitation, told once; a former one works no more."""
    code = secrets.token_urlsafe(24)
    async with pool.connection() as connection:
        await connection.execute(_KEEP, (invitation, _hash(code)))
    return code


async def forget_code(pool: Pool, invitation: UUID) -> None:
    """No code works for this invitation."""
    async with pool.connection() as connection:
        await connection.execute(_FORGET, (invitation,))


async def revoke(pool: Pool, log: Log, command: i.RevokeInvitation) -> Appended:
    """End the invitation, and its code with it."""
    done = await i.revoke_invitation(log, command)
    await forget_code(pool, command.invitation)
    return done


async def found(platform: Platform, code: str) -> Invitation:
    """The invitation of this code, while it is open. Raises `NotFound`, `AlreadyDecided`."""
    async with platform.pool.connection() as connection:
        row = await (await connection.execute(_FIND, (_hash(code.strip()),))).fetchone()
    invitation = await load(platform.log, Invitation, row[0]) if row else None
    if invitation is None or invitation.state != "open":
        raise NotFound(_UNKNOWN)
    if invitation.until is None or today() > invitation.until:
        raise AlreadyDecided(i.EXPIRED.fill(days=i.DAYS))
    return invitation


_TAKEN = Words(
    "这个单位账号已经和平台上的一个账号关联，邀请没有用掉。是您自己的，请先登录，再打开邀请链接，用现在的账号"
    "接受；不是，请告诉管理员，或者设密码接受邀请。",
    "That account is linked with an account here already; the invitation was not used. If it is "
    "yours, sign in, open the link again and accept with it. If not, tell the administrator, or "
    "accept with a password.",
)


async def come(
    platform: Platform, invitation: Invitation, name: str, sign_in: str, password: str
) -> str:
    """Enter her, give her the role and let her sign in; the id of the person."""
    check_password(password, sign_in, name)
    person, accept = _commands(invitation, name, sign_in)
    await platform.perform(partial(_enter, person, None), accept)
    await desk.set_password(platform.pool, str(person.person), person.sign_in, password)
    await forget_code(platform.pool, invitation.id)
    return str(person.person)


async def come_with(
    platform: Platform, invitation: Invitation, name: str, sign_in: str, identity: Identity
) -> str:
    """The same with her account at the party's provider in place of a password."""
    person, accept = _commands(invitation, name, sign_in)
    id = str(person.person)
    async with identities.linking(platform.pool, identity, id) as linked:
        if not linked:
            raise AlreadyDecided(_TAKEN)
        await platform.perform(partial(_enter, person, identity), accept)
        await desk.set_without_password(platform.pool, id, person.sign_in)
    await forget_code(platform.pool, invitation.id)
    return id


def _commands(
    invitation: Invitation, name: str, sign_in: str
) -> tuple[people.EnrolPerson, AcceptInvitation]:
    rule, party = system("invitation"), invitation.party
    assert party is not None
    person = people.EnrolPerson(
        by=rule, name=name, sign_in=sign_in, party=party, role=invitation.role
    )
    return person, AcceptInvitation(by=rule, invitation=invitation.id, person=person.person)


async def _enter(
    person: people.EnrolPerson, identity: Identity | None, log: Log, accept: AcceptInvitation
) -> Appended:
    """She, her role and her link are entered together, or nothing is."""
    together = Together(log)
    await people.enrol_person(together, person)
    await i.accept_invitation(together, accept)
    if identity is not None:
        await together.append([_linked(person, identity)])
    return await together.commit()


def _linked(person: people.EnrolPerson, identity: Identity) -> Append:
    id = str(person.person)
    who = Personal(subject=id, fields={"name": person.name})
    said = IdentityLinked(by=person.by, who=who, issuer=identity.issuer, correlation=current())
    return Append(account_stream(id), 0, [said])


async def take(platform: Platform, invitation: Invitation, person: str) -> None:
    """Somebody who has an account takes the role with it."""
    party: PartyRef | None = invitation.party
    assert party is not None
    rule = system("invitation")
    grant = people.GrantRole(by=rule, person=UUID(person), party=party, role=invitation.role)
    accept = AcceptInvitation(by=rule, invitation=invitation.id, person=UUID(person))
    await platform.perform(partial(_grant, grant), accept)
    await forget_code(platform.pool, invitation.id)


async def _grant(grant: people.GrantRole, log: Log, accept: AcceptInvitation) -> Appended:
    together = Together(log)
    await people.grant_role(together, grant)
    await i.accept_invitation(together, accept)
    return await together.commit()


def _hash(code: str) -> bytes:
    return sha256(b"gongzhi-invitation\0" + code.encode()).digest()
