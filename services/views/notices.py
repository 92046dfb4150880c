"""What each party was told, and the unit that serious risks reach."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from events.event import PartyRef, Recorded
from events.notices import NoticeAcknowledged, PartyTold
from events.risk import RiskDeskNamed
from services.views.view import Change, Page, Put, Row, View, Write

LISTS = {"open": "seen_on is null", "all": "true"}


class Notices(View):
    """One row per notice; `desks` has one row, once a desk is named."""

    name = "notices"
    version = 1
    tables: ClassVar = {
        "rows": """
            id uuid, party text not null, number text not null, record_kind text not null,
            record text not null, about bigint not null, told_on date not null,
            seen_on date, seen_by text not null default '', position bigint not null""",
        "desks": "one boolean, party text not null, name text not null",
    }
    keys: ClassVar = {"rows": ("id",), "desks": ("one",)}
    indexes: ClassVar = {
        "rows": ("(party, position desc)", "(party, position desc) where seen_on is null")
    }

    def see(self, recorded: Recorded) -> Iterator[Write]:
        match recorded.event:
            case PartyTold() as told:
                yield Put(
                    "rows",
                    {
                        "id": recorded.stream, "party": told.to.id, "number": told.number,
                        "record_kind": told.case, "record": told.record, "about": told.position,
                        "told_on": recorded.on, "position": recorded.position,
                    },
                )  # fmt: skip
            case NoticeAcknowledged(by=by):
                seen = {"seen_on": recorded.on, "seen_by": by.name}
                yield Change("rows", {"id": recorded.stream}, seen)
            case RiskDeskNamed(party=party):
                yield Put("desks", {"one": True, "party": party.id, "name": party.name})

    async def of_party(self, party: str, which: str = "open", number: int = 1) -> Page:
        """What a party was told, the newest first: one of `LISTS`."""
        where = f"party = %(party)s and {LISTS[which]}"
        return await self.page(
            "select * from {rows}", where, "position desc", {"party": party}, number
        )

    async def one(self, id: str) -> Row | None:
        """The notice, by its id."""
        return await self.row("select * from {rows} where id = %(id)s", {"id": id})

    async def unseen(self, party: str) -> int:
        """How many nobody of the party has acknowledged; above `MOST`: more than that."""
        return await self.count("{rows} where party = %(p)s and seen_on is null", {"p": party})

    async def risk_desk(self) -> PartyRef | None:
        """The unit that has a part in every case of serious or high risk, once it is named."""
        row = await self.row("select * from {desks}")
        return PartyRef(id=row["party"], name=row["name"], kind="regulator") if row else None
