"""Bodies: who can handle a complaint, who is responsible where, and which enterprise is meant."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from events.credit_code import fault, tidy
from events.event import PartyRef
from events.words import Code, Words, both
from portals.pages import PLATFORM
from portals.people import acting
from services.divisions import Division, division, fujian, full_name, lineage, padded


async def councils(request: web.Request) -> list[PartyRef]:
    """The consumer councils."""
    return [_party(row) for row in await _councils(request)]


async def regulators(request: web.Request) -> list[PartyRef]:
    """The market regulators."""
    return [_party(row) for row in await request.app[PLATFORM].views.directory.regulators()]


async def nearest(request: web.Request, *kinds: str) -> list[PartyRef]:
    """Bodies of these kinds to hand a case to: kind by kind, those of one's own city first."""
    directory = request.app[PLATFORM].views.directory
    own = await directory.party(acting(request).party.id)
    city = padded(own["division"])[:4] if own and own["division"] else "none"
    found: list[PartyRef] = []
    for kind in kinds:
        rows = await (directory.regulators if kind == "regulator" else directory.councils)()
        here = [row for row in rows if padded(row["division"]).startswith(city)]
        found += map(_party, [*here, *(row for row in rows if row not in here)])
    return found


async def associations(request: web.Request) -> list[PartyRef]:
    """The industry associations."""
    return [_party(row) for row in await request.app[PLATFORM].views.directory.associations()]


async def testing_bodies(request: web.Request) -> list[PartyRef]:
    """The testing bodies."""
    return [_party(row) for row in await request.app[PLATFORM].views.directory.testing_bodies()]


async def places(request: web.Request) -> Code:
    """Where a business can be: the cities and counties for which a council is responsible.

    Where councils are entered without a place, the person chooses the council itself.
    """
    return await request.app[PLATFORM].known.answer("directory", "places", lambda: _places(request))


async def _councils(request: web.Request) -> list[dict[str, Any]]:
    platform = request.app[PLATFORM]
    directory = platform.views.directory
    return await platform.known.answer("directory", "councils", directory.councils)


async def _places(request: web.Request) -> Code:
    rows = await _councils(request)
    served = {padded(row["division"]) for row in rows if row["division"]}
    served |= {
        padded(r["division"]) for r in await request.app[PLATFORM].views.directory.merged("council")
    }
    found = {d.code: _in_full(d) for d in _districts() if served & set(lineage(d.code))}
    return Code("place", found or {str(row["id"]): both(row["name"]) for row in rows})


async def council_at(request: web.Request, place: str) -> PartyRef | None:
    """The council of the chosen county, else of its city, else of the province."""
    if place not in await places(request):
        return None
    responsible = await request.app[PLATFORM].known.answer(
        "directory", "responsible", lambda: _responsible(request)
    )
    return next(
        (responsible[code] for code in [place, *lineage(place)] if code in responsible), None
    )


async def _responsible(request: web.Request) -> dict[str, PartyRef]:
    """The councils by division, the first of several; also by their own id."""
    rows = list(reversed(await _councils(request)))
    found = {padded(row["division"]): _party(row) for row in rows if row["division"]}
    by_id = {str(row["id"]): _party(row) for row in rows}
    gone = await request.app[PLATFORM].views.directory.merged("council")
    went = {
        padded(r["division"]): by_id[r["merged_into"]] for r in gone if r["merged_into"] in by_id
    }
    return {**went, **found, **by_id}


async def regulator_places(request: web.Request) -> Code:
    """The cities and counties for which a market regulator is responsible, else the regulators."""
    rows = await request.app[PLATFORM].views.directory.regulators()
    served = {padded(row["division"]) for row in rows if row["division"]}
    found = {d.code: _in_full(d) for d in _districts() if served & set(lineage(d.code))}
    return Code("place", found or {str(row["id"]): both(row["name"]) for row in rows})


async def regulator_at(request: web.Request, place: str) -> PartyRef | None:
    """The regulator of the chosen county, else of its city, else of the province."""
    if place not in await regulator_places(request):
        return None
    rows = list(reversed(await request.app[PLATFORM].views.directory.regulators()))
    found = {padded(row["division"]): _party(row) for row in rows if row["division"]}
    found |= {str(row["id"]): _party(row) for row in rows}
    return next((found[code] for code in [place, *lineage(place)] if code in found), None)


def _districts() -> list[Division]:
    return [each for each in fujian() if each.level in ("city", "county") and each.governed]


def _in_full(one: Division) -> Words:
    above = division(one.parent)
    if above is None or one.level != "county":
        return one.words
    return Words(full_name(one.code), f"{one.words.en}, {above.words.en}")


async def enterprise(request: web.Request, code: str, name: str) -> PartyRef | None:
    """The enterprise of this credit code, else the one that is called exactly so."""
    directory = request.app[PLATFORM].views.directory
    code = tidy(code)
    row = await directory.coded(code) if code and fault(code) is None else None
    row = row or (await directory.named(name) if name else None)
    if row is None or row["kind"] != "enterprise":
        return None
    return _party(row)


async def one_authority(request: web.Request, one: str, other: str) -> bool:
    """Whether both are one authority: an office belongs to the bureau above it."""
    directory = request.app[PLATFORM].views.directory
    first, second = [_authority(await directory.party(id)) for id in (one, other)]
    return bool(first) and first == second


def _authority(row: dict[str, Any] | None) -> str:
    if row is None:
        return ""
    return str(row["superior"] if row.get("level") == "office" else row["id"])


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
