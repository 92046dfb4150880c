"""Bodies: who can handle a complaint, who is responsible where, and which enterprise is meant."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from events.credit_code import fault
from events.event import PartyRef
from events.words import Code, Words, both
from portals.pages import PLATFORM


def _directory(request: web.Request) -> Any:
    return request.app[PLATFORM].views.directory  # type: ignore[attr-defined,unused-ignore]


async def councils(request: web.Request) -> list[PartyRef]:
    """The consumer councils."""
    return [_party(row) for row in await _directory(request).councils()]


async def regulators(request: web.Request) -> list[PartyRef]:
    """The market regulators."""
    return [_party(row) for row in await _directory(request).regulators()]


async def places(request: web.Request) -> Code:
    """Where a business can be: what the person chooses, so that we know who is responsible."""
    return Code("place", {each.id: both(each.name) for each in await councils(request)})


async def council_at(request: web.Request, place: str) -> PartyRef | None:
    """The council that is responsible at the chosen place."""
    return next((each for each in await councils(request) if each.id == place), None)


async def enterprise(request: web.Request, code: str, name: str) -> PartyRef | None:
    """The enterprise of this credit code, else the one that is called exactly so."""
    directory = _directory(request)
    row = await directory.coded(code) if code and fault(code) is None else None
    row = row or (await directory.named(name) if name else None)
    if row is None or row["kind"] != "enterprise":
        return None
    return _party(row)


def choice(among: list[PartyRef], without: str = "") -> Code:
    """Bodies as the choices of a question."""
    return Code("body", {each.id: _said(each) for each in among if each.id != without})


def chosen(among: list[PartyRef], id: object) -> PartyRef | None:
    """The body that was chosen."""
    return next((each for each in among if each.id == id), None)


def _said(body: PartyRef) -> Words:
    return both(body.name)


def _party(row: dict[str, Any]) -> PartyRef:
    return PartyRef(id=str(row["id"]), name=row["name"], kind=row["kind"])
