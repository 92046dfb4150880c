"""Assigning: the pages on which somebody takes charge of a record, gives it back, hands it over.

The same for every kind of case: `charge_routes` puts them under the address of its records.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from aiohttp import web

from events.assigning import Officer
from events.event import Acting, PartyRef
from events.terms import ROLES
from events.words import Code, Words, both
from portals import bodies
from portals.asking import record_id
from portals.web import PLATFORM, FormState, act, acting, form_page, page, reshown
from services import access
from services.actions import assigning as a
from services.actions import hand_over as h
from services.actions.assigned import Assigned
from services.actions.evidence.adding import OnRecord
from services.actions.kinds import CHARGED
from services.actions.refused import AlreadyDecided, NotFound
from services.records import charged_to

Row = dict[str, Any]
Do = Callable[[Any, Any], Awaitable[Any]]

ACTS: dict[str, tuple[type[OnRecord], Do]] = {
    "accept": (h.AcceptHandOver, h.accept_hand_over),
    "decline": (h.DeclineHandOver, h.decline_hand_over),
    "claim": (a.ClaimRecord, a.claim_record),
    "assign": (a.AssignRecord, a.assign_record),
    "hand-over": (h.OfferHandOver, h.offer_hand_over),
    "withdraw": (h.WithdrawHandOver, h.withdraw_hand_over),
    "return": (a.ReturnRecord, a.return_record),
}


@dataclass(frozen=True)
class Charge:
    """One kind of case: how `services.records` calls it, and where its records stand."""

    kind: str
    records: str
    crumbs: list[tuple[str, Words]]

    def address(self, id: object) -> str:
        """The page of one record."""
        return f"{self.records}/{id}"

    async def record(self, request: web.Request) -> Assigned:
        """The record the address names, if the acting party may see it; else 404."""
        log, id = request.app[PLATFORM].log, UUID(record_id(request))
        return await charged_to(log, acting(request), self.kind, id)

    def around(self, by: Acting, record: Assigned, acts: list[Row]) -> list[Row]:
        """The acts of the record with these: before them where nobody is in charge yet."""
        charge = self.acts(by, record)
        return [*charge, *acts] if record.officer is None else [*acts, *charge]

    def acts(self, by: Acting, record: Assigned) -> list[Row]:
        """What she can do about who is in charge, now."""
        return [
            {"url": f"{self.address(record.id)}/charge/{slug}", "words": kind.SAYS}
            for slug, (kind, _) in ACTS.items()
            if _may(by, kind, record) and _makes_sense(slug, by, record)
        ]

    async def form(self, request: web.Request, state: FormState | None = None) -> Any:
        """The form of one act."""
        record, by, slug = await self.record(request), acting(request), _slug(request)
        kind = ACTS[slug][0]
        access.check_kind(by, kind, record.relation(by))
        if slug in ("hand-over", "withdraw"):
            h.refuse_stranger(record, by)
        if state is None and not (_may(by, kind, record) and _makes_sense(slug, by, record)):
            raise AlreadyDecided(_NOT_NOW.fill(said=kind.SAYS))
        options = {
            name: Code(name, who)
            for name, who in (await _choices(request, slug, self.kind)).items()
        }
        made = form_page(
            kind, state, seen=record.version, intro=_about(record), options=options, needed=("to",)
        )
        here = (self.address(record.id), both(record.case_number))
        return await page(request, "form.html", breadcrumbs=[*self.crumbs, here], **made)

    async def do(self, request: web.Request) -> web.StreamResponse:
        """Do it, and back to the record, or to the list where it may not be seen any more."""
        slug, id = _slug(request), record_id(request)
        kind, action = ACTS[slug]
        known: Row = {"kind": self.kind, "record": id}
        posted = await request.post()
        if slug == "hand-over":
            known |= await taker(request, str(posted.get("to", "")), self.kind)
        if slug == "assign":
            known |= await _named(request, str(posted.get("officer", "")))
        then = self.records if slug == "decline" else self.address(id)
        return await act(request, action, kind, then, again=self.form, **known)


def charge_routes(charge: Charge, door: Callable[[Any], Any]) -> list[web.RouteDef]:
    """The pages under the address of these records; `door` = for whom they are."""
    path = charge.address("{id}") + "/charge/{act}"

    async def form(request: web.Request) -> web.StreamResponse:
        shown: web.StreamResponse = await charge.form(request)
        return shown

    @reshown
    async def do(request: web.Request) -> web.StreamResponse:
        return await charge.do(request)

    return [web.get(path, door(form)), web.post(path, door(do))]


def _slug(request: web.Request) -> str:
    slug = request.match_info["act"]
    if slug not in ACTS:
        raise NotFound(Words("没有这个操作", "There is no such act"))
    return slug


def _may(by: Acting, kind: type[OnRecord], record: Assigned) -> bool:
    return access.may(by, kind.__name__, record.relation(by), record.state)


def _makes_sense(slug: str, by: Acting, record: Assigned) -> bool:
    """What the rules would refuse anyway is not offered."""
    officer, offer = record.officer, record.offer
    ours = record.unit is not None and by.party.id == record.unit.id
    if slug in ("accept", "decline"):
        return offer is not None and h.is_asked(offer, by)
    if slug == "claim":
        return officer is None
    if slug == "return":
        return officer is not None and (by.role == "head" or officer.person == by.person)
    if slug == "hand-over":
        return offer is None and ours and h.is_in_charge(record, by)
    return slug != "withdraw" or (offer is not None and ours and h.is_in_charge(record, by))


async def colleagues(request: web.Request) -> list[Row]:
    """Who works on cases at one's own unit: id, name, role."""
    directory, party = request.app[PLATFORM].views.directory, acting(request).party.id
    rows: list[Row] = await directory.staff_of(party)
    return rows


async def _choices(request: web.Request, slug: str, kind: str) -> dict[str, dict[str, Words]]:
    """Whom a form offers: one's own colleagues; for a hand-over the other units too."""
    if slug not in ("assign", "hand-over"):
        return {}
    if slug == "assign":
        return {"officer": {row["person"]: _said(row) for row in await colleagues(request)}}
    return {"to": await takers(request, kind)}


async def takers(request: web.Request, kind: str) -> dict[str, Words]:
    """Who can take charge of a case of this kind: one's colleagues, and the other units."""
    own = {row["person"]: _said(row) for row in await colleagues(request)}
    own.pop(acting(request).person, None)
    return own | {one.id: both(one.name) for one in await _units(request, kind)}


def _said(row: Row) -> Words:
    role = ROLES[row["role"]]
    return Words(f"{row['name']}（本单位{role.zh}）", f"{row['name']} (our {role.en})")


async def _units(request: web.Request, kind: str) -> list[PartyRef]:
    """The other units that can take it: of one's own kind first, the nearest first."""
    own = acting(request).party
    kinds = sorted(CHARGED[kind].UNITS, key=lambda each: each != own.kind)
    return [one for one in await bodies.nearest(request, *kinds) if one.id != own.id]


async def taker(request: web.Request, id: str, kind: str) -> Row:
    """The colleague or the unit that was chosen; nothing where neither was."""
    if named := await _named(request, id):
        return {**named, "to": acting(request).party}
    unit = bodies.chosen(await _units(request, kind), id)
    return {"to": unit} if unit else {}


async def _named(request: web.Request, id: str) -> Row:
    row = next((row for row in await colleagues(request) if row["person"] == id), None)
    return {"officer": Officer(person=row["person"], name=row["name"])} if row else {}


def _about(record: Assigned) -> Words:
    """Which record it is, who is in charge, and what was said with an offer."""
    number, about = record.case_number, record.case_about
    name = f" · {about.name}" if about else ""
    officer, offer = record.officer, record.offer
    zh = f"{number}{name} · " + (f"承办人：{officer}" if officer else "待领，还没有承办人")
    en = f"{number}{name} · " + (f"in charge: {officer}" if officer else "in the pool")
    if offer is None:
        return Words(zh, en)
    who = Words(offer.by.said("zh"), offer.by.said("en"))
    return Words(f"{zh} · {who.zh}：{offer.reason}", f"{en} · {who.en}: {offer.reason}")


_NOT_NOW = Words(
    "现在不能“{said}”。请回到这条记录，看“可以做什么”。",
    "This is not possible now ({said}). The page of the record shows what you can do.",
)
