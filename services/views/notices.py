"""What each party was told, and the unit that serious risks reach."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from events.clocks import ClockBreached, ClockEvent, ClockWarned
from events.event import PartyRef, Recorded
from events.notices import NoticeAcknowledged, PartyTold
from events.risk import RiskDeskNamed
from services.views.obligations import owed
from services.views.view import Change, Page, Put, Row, View, Write

#: What waits to be seen; a warning waits no longer once it was done, moved, or warned of anew.
_WAITS = "seen_on is null and over_on is null"
LISTS = {"open": _WAITS, "all": "true"}
#: Whose people can open their notices.
_HERE = ("regulator", "council", "association", "enterprise")
#: What is owed -> the kind of case on which; all else is owed on complaints.
_CASES = {
    **dict.fromkeys(("evidence", "judgement", "explanation"), "member-pledge"),
    **dict.fromkeys(("result", "delivery", "directive", "recheck"), "follow-up"),
    "verification": "report", "answer": "clue", "comment": "comparison",
}  # fmt: skip


class Notices(View):
    """One row per notice; `desks` has one row, once a desk is named."""

    name = "notices"
    version = 2
    tables: ClassVar = {
        "rows": """
            id uuid, party text not null, number text not null, record_kind text not null,
            record text not null, about bigint not null, told_on date not null,
            seen_on date, seen_by text not null default '', position bigint not null,
            owed text not null default '', warns boolean not null default false, over_on date""",
        "desks": "one boolean, party text not null, name text not null",
    }
    keys: ClassVar = {"rows": ("id",), "desks": ("one",)}
    scopes: ClassVar = {"rows": ("record",)}
    indexes: ClassVar = {
        "rows": ("(party, position desc)", f"(party, position desc) where {_WAITS}")
    }

    def see(self, recorded: Recorded) -> Iterator[Write]:
        yield from _over(recorded)
        match recorded.event:
            case ClockWarned() as warned if warned.stage != "superior":
                yield _superseded(warned, recorded)
                if warned.debtor.kind in _HERE:
                    yield Put("rows", _warning(warned, recorded))
            case ClockBreached() as late:
                yield _superseded(late, recorded)
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

    async def unseen(self, party: str, about: str = "") -> int:
        """How many nobody of the party has acknowledged; above `MOST`: more than that.

        `about` = only of this kind of record.
        """
        of_kind = " and record_kind = %(k)s" if about else ""
        where = f"{{rows}} where party = %(p)s and {_WAITS}{of_kind}"
        return await self.count(where, {"p": party, "k": about})

    async def risk_desk(self) -> PartyRef | None:
        """The unit that has a part in every case of serious or high risk, once it is named."""
        row = await self.row("select * from {desks}")
        return PartyRef(id=row["party"], name=row["name"], kind="regulator") if row else None


def _warning(warned: ClockWarned, recorded: Recorded) -> Row:
    """What a clock says to who owes; the name of a clock says what is owed."""
    owed_ = _owed_by(warned)
    return {
        "id": recorded.stream, "party": warned.debtor.id, "number": warned.number,
        "record_kind": _CASES.get(owed_, "complaint"), "record": warned.record,
        "owed": owed_, "warns": True,
        "about": recorded.position, "told_on": recorded.on, "position": recorded.position,
    }  # fmt: skip


def _owed_by(event: ClockEvent) -> str:
    return event.clock.split(":")[1]


def _superseded(event: ClockEvent, recorded: Recorded) -> Write:
    """What the same clock said before: its latest word is enough."""
    clock = {"record": event.record, "warns": True, "owed": _owed_by(event)}
    return Change("rows", {**clock, "party": event.debtor.id}, {"over_on": recorded.on})


def _over(recorded: Recorded) -> Iterator[Write]:
    """What this event settles, or moves to another unit, needs nobody's eyes any more."""
    for write in owed(recorded):
        if not isinstance(write, Change):
            continue
        where: Row = {"record": write.where["record"], "warns": True}
        if "debtor" in write.where:
            where["party"] = write.where["debtor"]
        if "what" in write.where:
            where["owed"] = write.where["what"]
        if write.columns.get("open") is False or "debtor" in write.columns:
            yield Change("rows", where, {"over_on": recorded.on})
