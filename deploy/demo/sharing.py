"""Parts in cases of the demo: offered, accepted, waiting; and one restricted case of each kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import UUID

from deploy.demo.loading import LAST, Bundle, load_bundle
from deploy.demo.people import TESTING, acting, clerk, secretary
from events.event import Acting, PartyRef
from services.actions import sharing as s
from services.actions.notes import AddInternalNote, add_internal_note
from services.platform import Platform

#: Where each kind of case is listed, by whom it belongs to, and which of them are taken.
_WHERE = {
    "complaint": ("complaints", "{rows}", "handler = %(me)s and state = 'accepted'", "number"),
    "follow-up": ("followups", "{rows}", "regulator = %(me)s and problem = ''", "number"),
    "report": ("reports", "{rows}", "handler = %(me)s", "number"),
    "member-pledge": ("pledges", "{members}", "association = %(me)s and state = 'active'", "id"),
}
_MESSAGE = "案情涉及行业共性问题，请协助了解有关情况。"


def note_of(unit: PartyRef) -> str:
    """What a unit of the demo wrote down for itself."""
    return f"{unit.name}内部商定：下周三和对方通话，通话之前先不对外答复。"


class Owned(NamedTuple):
    """Cases of one kind, in the charge of a person's party."""

    kind: str
    owner: Acting
    with_: Acting


def _all() -> Iterator[Owned]:
    council, regulator = clerk("council", "350100"), clerk("regulator", "350102")
    yield Owned("complaint", council, secretary(0))
    yield Owned("complaint", council, acting("jianyan", TESTING, "clerk"))
    yield Owned("follow-up", regulator, council)
    yield Owned("report", regulator, clerk("regulator", "350000"))
    yield Owned("member-pledge", secretary(0), regulator)


async def share(platform: Platform) -> None:
    """Of each kind one case is shared, one offered and one restricted."""
    for owned in _all():
        ids = await _ids(platform, owned)

        async def fill(bundle: Bundle, owned: Owned = owned, ids: list[UUID] = ids) -> None:
            await _fill(bundle, owned, ids)

        name = f"sharing {owned.kind} with {owned.with_.party.kind}"
        await load_bundle(platform, name, fill)


async def _ids(platform: Platform, owned: Owned) -> list[UUID]:
    name, table, where, order = _WHERE[owned.kind]
    sql = f"select id from {table} where {where} order by {order} limit 4"
    me = {"me": owned.owner.party.id}
    return [row["id"] for row in await getattr(platform.views, name).rows(sql, me)]


async def _fill(bundle: Bundle, owned: Owned, ids: list[UUID]) -> None:
    levels = ("contributor", "reader", "reader", "reader")
    for nth, (id, level) in enumerate(zip(ids, levels, strict=False)):
        about: dict[str, Any] = {"kind": owned.kind, "record": id, "occurred_on": LAST}
        if nth == 0:
            note = AddInternalNote(by=owned.owner, text=note_of(owned.owner.party), **about)
            await bundle.do(add_internal_note, note)
        to = owned.with_.party
        offer = {"to": to, "relation": level, "message": _MESSAGE}
        await bundle.do(s.offer_relation, s.OfferRelation(by=owned.owner, **about, **offer))
        if nth != 1:
            accept = s.AcceptRelation(by=owned.with_, relation=level, **about)
            await bundle.do(s.accept_relation, accept)
        if nth > 1 and owned.with_.party.kind != "testing":
            hide = s.RestrictCase(by=owned.owner, reason="核查期间不宜公开", **about)
            await bundle.do(s.restrict_case, hide)
        if nth == 3:
            leave = s.GiveUpRelation(by=owned.with_, reason="情况已经了解清楚", **about)
            await bundle.do(s.give_up_relation, leave)
