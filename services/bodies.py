"""Bodies: the regulators and councils of a list of divisions, entered as a tree.

Each division gets its market regulator and its consumer council under those of the division
above. What is there already stays as it is, so the same list can be read in again.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

from events.event import Acting, PartyKind, PartyRef
from events.log import Appended
from services.actions.change import load
from services.actions.parties import (
    EstablishBody,
    EstablishCouncil,
    EstablishRegulator,
    Party,
    body_id,
    establish_council,
    establish_regulator,
)
from services.divisions import Division, lineage, said_in_full
from services.platform import Platform

_SUFFIX: dict[PartyKind, str] = {"regulator": "市场监督管理局", "council": "消费者权益保护委员会"}
_Establishing = tuple[type[EstablishBody], Callable[[Any, Any], Awaitable[Appended]]]
_HOW: dict[PartyKind, _Establishing] = {
    "regulator": (EstablishRegulator, establish_regulator),
    "council": (EstablishCouncil, establish_council),
}


@dataclass(frozen=True)
class Imported:
    """What a list brought: bodies entered, and bodies that were there before."""

    entered: int = 0
    known: int = 0


async def import_divisions(
    platform: Platform, by: Acting, rows: Iterable[Division], *, councils: bool = True
) -> Imported:
    """Enter the bodies of these divisions, those above first; the same list twice adds nothing.

    Divisions without an authority of their own (`governed` is false) are left out.
    """
    listed = [each for each in rows if each.governed]
    known = {each.code: each for each in listed}
    there: dict[tuple[PartyKind, str], PartyRef | None] = {}
    entered = before = 0
    for each in listed:
        for kind in ("regulator", "council") if councils else ("regulator",):
            new = await _enter(platform, by, kind, each, known, there)
            entered, before = entered + new, before + (not new)
    return Imported(entered, before)


async def _enter(
    platform: Platform,
    by: Acting,
    kind: PartyKind,
    one: Division,
    known: dict[str, Division],
    there: dict[tuple[PartyKind, str], PartyRef | None],
) -> bool:
    """Whether the body is new."""
    if await _found(platform, kind, one.code, there):
        return False
    command_kind, action = _HOW[kind]
    name = said_in_full(one, known)
    command = command_kind(
        by=by,
        name=body_name(kind, one, known),
        level=one.level,
        division=one.code,
        division_name=name,
        superior=await _superior(platform, kind, one, there),
    )
    await platform.perform(action, command)
    there[kind, one.code] = command.ref
    return True


def body_name(kind: PartyKind, one: Division, known: dict[str, Division]) -> str:
    """As these bodies are called: 福州市鼓楼区市场监督管理局, but 闽侯县市场监督管理局.

    A district carries its city's name, because districts of many cities share theirs.
    """
    place = said_in_full(one, known) if one.name.endswith("区") else one.name
    return place + _SUFFIX[kind]


async def _superior(
    platform: Platform,
    kind: PartyKind,
    one: Division,
    there: dict[tuple[PartyKind, str], PartyRef | None],
) -> PartyRef | None:
    """The body of the nearest division above that has one, on the list or entered before."""
    above = [one.parent] if one.parent else []
    for code in [*above, *lineage(one.code)]:
        if code != one.code and (found := await _found(platform, kind, code, there)):
            return found
    return None


async def _found(
    platform: Platform,
    kind: PartyKind,
    code: str,
    there: dict[tuple[PartyKind, str], PartyRef | None],
) -> PartyRef | None:
    """Each body is looked up once."""
    if (kind, code) not in there:
        party = await load(platform.log, Party, body_id(kind, code))
        there[kind, code] = party.ref if party.version else None
    return there[kind, code]
