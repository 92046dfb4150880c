"""Relations: which parties have, or are offered, a part in which case; which cases are restricted.

Other views ask its tables which cases they may show to whom (`visible.py`). Whom the case's own
events let see it stands here too, but for the party in charge, who is with the restriction.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from events.assigning import HandOverAccepted, RecordMoved
from events.complaints import (
    ClueMoved,
    ClueReferred,
    ComplaintEvent,
    ComplaintForwarded,
    ComplaintReopened,
    ComplaintReturnedToDesk,
    ComplaintTransferred,
    EntrustmentEnded,
    EntrustmentMoved,
    MediationEntrusted,
    ReferralReturned,
)
from events.event import PartyRef, Recorded
from events.pledges import PledgeSigned
from events.sharing import (
    CaseRestricted,
    RelationAccepted,
    RelationDeclined,
    RelationLowered,
    RelationMoved,
    RelationOffered,
    RelationPrescribed,
    RelationRaiseOffered,
    RelationWithdrawn,
    RestrictionLifted,
    SharingEvent,
)
from services.views.view import Change, Drop, Page, Put, Row, View, Write

_OFFERED = "party = %(p)s and offered <> ''"
_SHARED = "party = %(p)s and relation in ('contributor', 'reader')"


class Relations(View):
    """One row per party with a part in a case (`rows`), and per restricted case."""

    name = "relations"
    version = 2
    by_stream = True
    tables: ClassVar = {
        "rows": """
            record uuid, party text, party_name text not null, party_kind text not null,
            kind text not null, number text not null,
            relation text not null default '', offered text not null default '',
            message text not null default '', from_party text not null default '',
            from_name text not null default '', since date not null, position bigint not null""",
        "restricted": """
            record uuid, owner text not null, owner_name text not null, kind text not null,
            number text not null, since date not null, position bigint not null""",
    }
    keys: ClassVar = {"rows": ("record", "party"), "restricted": ("record",)}
    scopes: ClassVar = {"rows": ("record",)}
    indexes: ClassVar = {
        "restricted": ("(number)",),
        "rows": (
            "(party, since desc, position desc) where offered <> ''",
            "(party, since desc, position desc) where relation in ('contributor', 'reader')",
        ),
    }

    def see(self, recorded: Recorded) -> Iterator[Write]:
        match recorded.event:
            case SharingEvent() as event:
                yield from _shared(recorded, event)
            case HandOverAccepted(to=to) | RecordMoved(to=to):
                yield _in_charge(recorded, to)
            case ComplaintEvent() as event:
                yield from _of_complaint(recorded, event)
            case PledgeSigned() as event:
                yield _has(recorded, "member-pledge", event.number, event.enterprise, "member")

    async def offers(self, party: str, number: int = 1) -> Page:
        """Parts, or higher levels, that wait for the party's answer; newest first."""
        order = "since desc, position desc"
        return await self.page("select * from {rows}", _OFFERED, order, {"p": party}, number)

    async def offered(self, party: str) -> int:
        """How many offers wait for the party's answer."""
        return await self.count(f"{{rows}} where {_OFFERED}", {"p": party})

    async def shared_with(self, party: str, number: int = 1) -> Page:
        """Cases of others in which the party has a part, the latest first."""
        order = "since desc, position desc"
        return await self.page("select * from {rows}", _SHARED, order, {"p": party}, number)

    async def parts_of(self, party: str) -> list[Row]:
        """All cases of others in which the party has, or is offered, a part: record and kind."""
        return await self.rows(
            f"select record, kind from {{rows}} where {_OFFERED} union"
            f" select record, kind from {{rows}} where {_SHARED} order by record",
            {"p": party},
        )

    async def hidden(self, records: list[str], me: str) -> set[str]:
        """Which of these cases the party must not know of."""
        rows = await self.rows(
            "select record from {restricted} r where record = any(%(ids)s::uuid[])"
            " and owner <> %(me)s and not exists (select from {rows} p where p.record = r.record"
            " and p.party = %(me)s and p.relation <> '')",
            {"ids": records, "me": me},
        )
        return {str(row["record"]) for row in rows}

    async def restricted(self, record: str) -> Row | None:
        """Since when the case is restricted, and who is in charge of it; None where it is not."""
        return await self.row("select * from {restricted} where record = %(r)s", {"r": record})


def _in_charge(recorded: Recorded, unit: PartyRef) -> Change:
    """Who sees it while it is restricted, since it has it now."""
    owner = {"owner": unit.id, "owner_name": unit.name}
    return Change("restricted", {"record": recorded.stream}, owner)


def _of_complaint(recorded: Recorded, event: ComplaintEvent) -> Iterator[Write]:
    """Whom the course of a complaint lets see it, and for how long."""
    match event:
        case ComplaintTransferred(to=to) | ComplaintForwarded(to=to):
            yield _in_charge(recorded, to)
        case ComplaintReturnedToDesk(desk=desk):
            yield _in_charge(recorded, desk)
        case ClueReferred(to=to):
            yield _has(recorded, "complaint", event.number, to, "referred")
        case MediationEntrusted(to=to):
            yield _has(recorded, "complaint", event.number, to, "mediator")
        case ClueMoved() | EntrustmentMoved():
            relation = "referred" if isinstance(event, ClueMoved) else "mediator"
            yield _gone(recorded, event.giver)
            yield _has(recorded, "complaint", event.number, event.to, relation)
        case ReferralReturned():
            yield _gone(recorded, event.by.party)
        case EntrustmentEnded() | ComplaintReopened():
            yield Drop("rows", {"record": recorded.stream, "relation": "mediator"})


def _shared(recorded: Recorded, event: SharingEvent) -> Iterator[Write]:
    match event:
        case RelationOffered(to=to) | RelationRaiseOffered(to=to):
            yield Put("rows", {**_about(recorded, event.case, event.number, to), **_asks(event)})
        case RelationLowered(to=to) | RelationPrescribed(to=to):
            row = _about(recorded, event.case, event.number, to)
            yield Put("rows", {**row, "relation": event.relation, "offered": ""})
        case RelationMoved():
            yield _gone(recorded, event.giver)
            if event.relation or event.offered:
                yield Put("rows", _moved(recorded, event))
        case RelationWithdrawn(party=party):
            yield _gone(recorded, party)
        case CaseRestricted():
            yield Put("restricted", _restriction(recorded, event))
        case RestrictionLifted():
            yield Drop("restricted", {"record": recorded.stream})
        case _:
            yield _answered(recorded, event)


def _answered(recorded: Recorded, event: SharingEvent) -> Write:
    """What the party itself did about its part."""
    whom = {"record": recorded.stream, "party": event.by.party.id}
    match event:
        case RelationAccepted():
            moved = {"since": recorded.on, "position": recorded.position}
            return Change("rows", whom, {"relation": event.relation, "offered": "", **moved})
        case RelationDeclined() if event.was:
            return Change("rows", whom, {"offered": ""})
    return Drop("rows", whom)


def _gone(recorded: Recorded, party: PartyRef) -> Drop:
    return Drop("rows", {"record": recorded.stream, "party": party.id})


def _moved(recorded: Recorded, event: RelationMoved) -> Row:
    """What the successor has; who offered it stays who waits for the answer."""
    has: Row = {"relation": event.relation, "offered": event.offered, "message": event.message}
    if by := event.let_by:
        has |= {"from_party": by.party.name, "from_name": by.name}
    return _about(recorded, event.case, event.number, event.to) | has


def _restriction(recorded: Recorded, event: CaseRestricted) -> Row:
    by = event.by.party
    return {
        "record": recorded.stream, "owner": by.id, "owner_name": by.name, "kind": event.case,
        "number": event.number, "since": recorded.on, "position": recorded.position,
    }  # fmt: skip


def _about(recorded: Recorded, kind: str, number: str, party: PartyRef) -> Row:
    return {
        "record": recorded.stream, "party": party.id, "party_name": party.name,
        "party_kind": party.kind, "kind": kind, "number": number,
        "since": recorded.on, "position": recorded.position,
    }  # fmt: skip


def _asks(event: RelationOffered | RelationRaiseOffered) -> Row:
    by = event.by
    return {
        "offered": event.relation, "relation": getattr(event, "was", ""),
        "message": event.message, "from_party": by.party.name, "from_name": by.name,
    }  # fmt: skip


def _has(recorded: Recorded, kind: str, number: str, party: PartyRef, relation: str) -> Put:
    """What the case's own events make of a party; no part that was offered."""
    return Put("rows", {**_about(recorded, kind, number, party), "relation": relation})
