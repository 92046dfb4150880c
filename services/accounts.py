"""Accounts: what is recorded about a person, together with the credential that lets her in.

The log says that a person was entered, got a new password or was disabled; the credential
itself stands in the desk's tables only. Each action here does both, the event first: if the
second step fails, the same act can simply be done again.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from psycopg_pool import AsyncConnectionPool

from events.event import Acting, PartyRef, system
from events.log import Appended, Conflict
from events.words import Words
from services import desk, factors, sessions
from services.actions import people
from services.actions.change import Log, load
from services.actions.parties import OPERATOR_ID, EstablishOperator, Party, establish_operator
from services.actions.people import (
    DisablePerson,
    EnrolPerson,
    Person,
    ReplacePassword,
    ResetFactors,
    UnlockSignIn,
)
from services.actions.refused import AlreadyDecided, Refused
from services.actions.together import Together
from services.platform import Platform

Pool = AsyncConnectionPool[Any]

#: Long beats complicated: a sentence is easier to remember than a puzzle.
LEAST, MOST = 12, 200


#: Guesses (as a power of ten) that a password must withstand, as zxcvbn reckons: lists of common
#: passwords, keyboards, dates, repetitions, her own name.
GUESSES = 7.0
_COMMON = Words(
    "这个密码太容易猜到：常见的密码、键盘顺序、重复或者自己的名字都不行。可以用一句容易记住的话。",
    "This password is too easy to guess: no common passwords, keyboard rows, repetitions or your "
    "own name. A sentence that is easy to remember will do.",
)


def password_fault(password: str, *known: str) -> Words | None:
    """What is wrong with a password that is to be set, or None; `known`: her names."""
    if LEAST <= len(password) <= MOST:
        from zxcvbn import zxcvbn  # its word lists take 12 MB, and few ever set a password

        easy = zxcvbn(password[:72], user_inputs=[each for each in known if each])
        return _COMMON if float(easy["guesses_log10"]) < GUESSES else None
    return Words(
        f"密码应为 {LEAST} 至 {MOST} 个字符，现在是 {len(password)} 个。可以用一句容易记住的话。",
        f"A password has {LEAST} to {MOST} characters; this has {len(password)}. "
        "A sentence that is easy to remember will do.",
    )


def check_password(password: str, *known: str) -> None:
    """Raise `Refused` for a password that is too short, too long or too easy to guess."""
    if fault := password_fault(password, *known):
        raise Refused(fault, field="password")


async def enrol(pool: Pool, password: str, log: Log, command: EnrolPerson) -> Appended:
    """Enter a person and let her sign in. `platform.perform(partial(enrol, pool, password), …)`."""
    check_password(password, command.sign_in, command.name)
    done = await people.enrol_person(log, command)
    await desk.set_password(pool, str(command.person), command.sign_in, password)
    return done


async def replace_password(
    pool: Pool, password: str, log: Log, command: ReplacePassword
) -> Appended:
    """Give a person a new password; every session she has ends."""
    check_password(password)
    done = await people.replace_password(log, command)
    person = await load(log, Person, command.person)
    await desk.set_password(pool, str(command.person), person.sign_in, password)
    return done


async def disable(pool: Pool, log: Log, command: DisablePerson) -> Appended:
    """Disable a person and sign her out at once."""
    done = await people.disable_person(log, command)
    await desk.disable(pool, str(command.person))
    return done


async def unlock(pool: Pool, log: Log, command: UnlockSignIn) -> Appended:
    """Let a person try again whose name was locked."""
    done = await people.unlock_sign_in(log, command)
    person = await load(log, Person, command.person)
    await desk.unlock(pool, person.sign_in)
    return done


async def reset_factors(pool: Pool, log: Log, command: ResetFactors) -> Appended:
    """Take away a person's second factors; she is signed out, and sets up new ones."""
    done = await people.reset_factors(log, command)
    await factors.remove_all(pool, str(command.person))
    await sessions.end_all_sessions(pool, str(command.person))
    return done


async def is_set_up(platform: Platform) -> bool:
    """Whether the platform has its operator."""
    return bool((await load(platform.log, Party, OPERATOR_ID)).version)


async def set_up(
    platform: Platform, name: str, sign_in: str, password: str, operator: str = "平台运营方"
) -> Acting:
    """Enter the operator and its first administrator; only on a platform that has none.

    Nobody is there yet who could do it, so the system does, and the log says so.
    """
    check_password(password)
    first = EstablishOperator(by=system("set-up"), name=operator)
    person = EnrolPerson(
        by=first.by, name=name, sign_in=sign_in, party=first.ref, role="system"
    )  # fmt: skip
    if await is_set_up(platform):
        raise _set_up_before()
    try:
        await platform.perform(partial(_enter_both, first), person)
    except Conflict:
        raise _set_up_before() from None
    await desk.set_password(platform.pool, str(person.person), person.sign_in, password)
    return _acting(person, first.ref)


async def _enter_both(first: EstablishOperator, log: Log, person: EnrolPerson) -> Appended:
    together = Together(log)
    await establish_operator(together, first)
    await people.enrol_person(together, person)
    return await together.commit()


def _acting(person: EnrolPerson, party: PartyRef) -> Acting:
    return Acting(person=str(person.person), name=person.name, party=party, role=person.role)


def _set_up_before() -> AlreadyDecided:
    return AlreadyDecided(
        Words(
            "平台已经有运营方和管理员。要增加管理员，请用管理员的账号登录后登记。",
            "This platform has its operator and administrator. "
            "To add one, sign in as an administrator and enter her.",
        )
    )
