"""Coming in: password, then the second proof where one is asked for; each step is recorded.

Whoever acts for a regulator, council, association or the operator proves herself twice. One who has
no second factor yet sets it up before anything else opens.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from events.accounts import SessionEnded, SignedIn, SignInLocked
from events.event import Acting, PartyRef, system
from events.words import Words
from services import desk, factors, sessions
from services.account_log import note
from services.actions.refused import Refused
from services.platform import Platform
from services.tries import count_try, forget_tries

Row = dict[str, Any]
#: Kinds of party whose people prove themselves twice (R23).
TWICE = ("regulator", "council", "association", "auditor", "operator")
Needs = Literal["", "second", "set_up"]
MOST_CODES = 10

_NO_ROLE = Words(
    "登录名和密码正确，但您目前没有任何职务。请联系本单位管理员。",
    "Your name and password are right, but you hold no role now. Please ask your administrator.",
)
_WRONG_CODE = Words(
    "验证码不对，或者已经用过。请等下一个动态口令，或者用一个恢复码。",
    "The code is wrong or was used already. Wait for the next one, or use a recovery code.",
)
_CODES_REST = Words(
    "验证码连续输错，请 {minutes} 分钟后再试。",
    "There were too many wrong codes. Try again in {minutes} minutes.",
)


@dataclass(frozen=True)
class Came:
    """Who came in: the cookie of her session, and what she still has to do."""

    cookie: str
    person: str
    needs: Needs


def acting_of(row: Row) -> Acting:
    """Who acts, from a row of the directory's roles."""
    party = PartyRef(id=str(row["party"]), name=row["party_name"], kind=row["party_kind"])
    return Acting(person=str(row["person"]), name=row["name"], party=party, role=row["role"])


async def with_password(
    platform: Platform, name: str, password: str, address: str, agent: str, strict: bool
) -> Came:
    """A session for her who knows the password. Raises `Refused` (`NotSignedIn`, `Locked`, …).

    `strict`: a second factor is asked for where her party's kind requires one.
    """
    await expire(platform)
    try:
        person = await desk.check_password(platform.pool, name, password, address)
    except desk.Locked as locked:
        if locked.person:
            await _note_lock(platform, locked.person)
        raise
    return await open_for(platform, person, "password", agent, strict)


async def open_for(platform: Platform, person: str, way: str, agent: str, strict: bool) -> Came:
    """A session for her who proved herself in this way."""
    roles = await platform.views.directory.roles(person)
    if not roles:
        raise desk.NotSignedIn(_NO_ROLE)
    needs = await _needs(platform, person, roles, strict)
    cookie = await sessions.open_session(
        platform.pool, person, proven=not needs, way=way, agent=agent
    )
    if not needs:
        await note(platform.log, SignedIn, acting_of(roles[0]), person, roles[0]["name"], way=way)
    return Came(cookie, person, needs)


async def _needs(platform: Platform, person: str, roles: Sequence[Row], strict: bool) -> Needs:
    if await factors.factors(platform.pool, person):
        return "second"
    return "set_up" if strict and must_prove_twice(roles) else ""


def must_prove_twice(roles: Sequence[Row]) -> bool:
    """Whether one of her roles asks for a second factor."""
    return any(row["party_kind"] in TWICE for row in roles)


async def with_code(platform: Platform, key: bytes, cookie: str, person: str, code: str) -> str:
    """The second proof by a code; the new cookie. Raises `Refused`."""
    await count_try(platform.pool, f"second {person}", MOST_CODES, _CODES_REST)
    factor = await factors.take_code(platform.pool, key, person, code)
    if factor is None:
        raise Refused(_WRONG_CODE, field="code")
    await forget_tries(platform.pool, f"second {person}")
    return await proved(platform, cookie, person, factor)


async def proved(platform: Platform, cookie: str, person: str, factor: str) -> str:
    """Everything is proved: the session is open, under another cookie. Raises `Refused`."""
    proven = await sessions.prove(platform.pool, cookie)
    roles = await platform.views.directory.roles(person)
    if proven is None or not roles:
        raise desk.NotSignedIn(_NO_ROLE)
    (fresh, way), by = proven, acting_of(roles[0])
    await note(platform.log, SignedIn, by, person, by.name, way=way, factor=factor)
    return fresh


async def expire(platform: Platform) -> None:
    """End what lasted long enough, and record it."""
    for each in await sessions.sweep(platform.pool):
        name = await _name(platform, each.person)
        await note(platform.log, SessionEnded, system("expire"), each.person, name, why=each.why)


async def _note_lock(platform: Platform, person: str) -> None:
    name = await _name(platform, person)
    await note(platform.log, SignInLocked, system("lock"), person, name, tries=desk.MOST)


async def _name(platform: Platform, person: str) -> str:
    row = await platform.views.directory.person(person)
    return str(row["name"]) if row else ""
