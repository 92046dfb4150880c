"""Sharing pages: offers that wait, cases of others in which a party has a part, one such case.

The same for councils, associations and regulators. The page of one case is also where the party in
charge sees who has a part, since when and by whom, and changes it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from aiohttp import web

from events.event import Acting
from events.sharing import LEVELS, VISIBILITIES
from events.words import Words, both
from portals.asking import page_number
from portals.internal_notes import notes_for
from portals.owed import history
from portals.seeing import address, charge_of, the_part
from portals.sharing_facts import facts, statements
from portals.web import PLATFORM, acting, page
from services import access
from services.actions import sharing as s
from services.actions.assigned import Assigned
from services.actions.command import Command
from services.actions.evidence import AddEvidence
from services.actions.kinds import KINDS
from services.actions.shared import Shared
from services.audience import RELATIONS, periods
from services.records import mergers

Row = dict[str, Any]
TITLE = Words("邀请和共享", "Offers and shared cases")
NAV = Words("共享", "Shared")
#: What anybody with a part can do, and what it is called in an address.
ACTS: dict[str, type[Command]] = {
    "accept": s.AcceptRelation,
    "decline": s.DeclineRelation,
    "statement": AddEvidence,
    "leave": s.GiveUpRelation,
    "offer": s.OfferRelation,
    "level": s.ChangeLevel,
    "withdraw": s.WithdrawRelation,
    "restrict": s.RestrictCase,
    "lift": s.LiftRestriction,
}
#: Those that are about one party, and stand beside it.
OF_A_PARTY = ("level", "withdraw")


async def listed(request: web.Request) -> web.StreamResponse:
    """What waits for an answer, and what the party has a part in."""
    me, relations = acting(request).party.id, request.app[PLATFORM].views.relations
    offers, rows = await relations.offers(me), await relations.shared_with(me, page_number(request))
    return await page(
        request,
        "sharing/list.html",
        title=TITLE,
        offers=[_shown(request, row) for row in offers.rows],
        rows=replace(rows, rows=[_shown(request, row) for row in rows.rows]),
    )


def _shown(request: web.Request, row: Row) -> Row:
    return {
        **row,
        "url": address(request, row["kind"], row["record"]),
        "kind": KINDS[row["kind"]].WORD,
        "relation": _level(row["relation"]),
        "offered": _level(row["offered"]),
    }


def _level(level: str) -> Words:
    return LEVELS[level] if level else Words("无", "none")


async def case(request: web.Request) -> web.StreamResponse:
    """One case: what it is about, who has a part in it, what the acting party can do."""
    record, by = await the_part(request), acting(request)
    relation, views = record.relation(by), request.app[PLATFORM].views
    offer = record.parts.get(by.party.id)
    invited = relation == "offered"
    return await page(
        request,
        "sharing/case.html",
        title=_title(record),
        breadcrumbs=_crumbs(request),
        record=record,
        relation=RELATIONS[relation],
        visibility=VISIBILITIES[record.visibility],
        offer=_offer(offer) if offer and offer.offered else None,
        facts=[] if invited else await facts(request, record),
        said=[] if invited else await statements(request, record),
        notes=None if relation != "contributor" else await notes_for(request, record.CASE, record),
        parts=[] if invited else [_part(request, record, each) for each in record.parts],
        seen=[] if invited else await _periods(request, record),
        owner=await charge_of(request, record),
        acts=[] if offer and offer.offered else _acts(request, record, by),
        answers=_acts(request, record, by) if offer and offer.offered else [],
        entries=[] if invited else history(await views.trail.of_record(str(record.id))),
        show=request.query.get("show", "all"),
    )


async def _periods(request: web.Request, record: Shared) -> list[Row]:
    """Who could see it, from when until when, and who let them; the latest first."""
    log = request.app[PLATFORM].log
    merged = await mergers(log, record) if isinstance(record, Assigned) else []
    found = periods(record.CASE, record.id, await log.load(record.id), merged)
    return [
        {
            "party": each.party,
            "relation": RELATIONS[each.relation],
            "since": each.since.on,
            "until": each.until.on if each.until else None,
            "let_by": Words(each.let_by.said("zh"), each.let_by.said("en")) if each.let_by else "—",
        }
        for each in reversed(found)
    ]


def _title(record: Shared) -> Words:
    word, number = record.WORD, record.case_number
    return Words(f"{word.zh} {number}", f"{word.en.capitalize()} {number}")


def _crumbs(request: web.Request) -> list[tuple[str, Words]]:
    portal = request.path.split("/")[1]
    return [(f"/{portal}", Words("工作台", "Desk")), (f"/{portal}/shared", TITLE)]


def crumbs_to(request: web.Request, record: Shared) -> list[tuple[str, Words]]:
    """The way to one case."""
    return [*_crumbs(request), (address(request, record.CASE, record.id), both(record.case_number))]


def _offer(part: Any) -> Row:
    by: Acting | None = part.by
    return {
        "was": _level(part.relation),
        "offered": _level(part.offered),
        "message": part.message,
        "party": by.party if by else None,
    }


def possible(record: Shared, by: Acting, slug: str) -> bool:
    """Whether the table, and where things stand, allow it now."""
    relation, kind = record.relation(by), ACTS[slug].__name__
    if not access.may(by, kind, relation, record.state, record.visibility):
        return False
    waits = bool(record.offer_to(by))
    fits = {"accept": waits, "decline": waits, "statement": relation != record.OWNER,
            "restrict": not record.restricted and record.why_open() is None,
            "lift": record.restricted}  # fmt: skip
    return fits.get(slug, True)


def _acts(request: web.Request, record: Shared, by: Acting) -> list[Row]:
    here = address(request, record.CASE, record.id)
    return [
        {"url": f"{here}/{slug}", "words": kind.SAYS}
        for slug, kind in ACTS.items()
        if slug not in OF_A_PARTY and possible(record, by, slug)
    ]


def _part(request: web.Request, record: Shared, party: str) -> Row:
    part, here = record.parts[party], address(request, record.CASE, record.id)
    acts = [
        {"url": f"{here}/{slug}?party={party}", "words": ACTS[slug].SAYS}
        for slug in OF_A_PARTY
        if possible(record, acting(request), slug) and (slug != "level" or part.relation)
    ]
    return {
        "party": part.party,
        "relation": _level(part.relation) if part.relation else None,
        "offered": _level(part.offered) if part.offered else None,
        "acts": acts,
    }
