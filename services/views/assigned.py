"""Who is in charge, as every list of cases keeps it: columns, indexes, and what changes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from events.assigning import (
    AssigningEvent,
    HandOverAccepted,
    HandOverDeclined,
    HandOverOffered,
    HandOverWithdrawn,
    RecordAssigned,
    RecordClaimed,
    RecordMoved,
    RecordPooled,
    RecordReturned,
)
from events.event import PartyRef, Recorded
from services.views.asking import Asking, Page
from services.views.view import Change, Row, Write

COLUMNS = """
    officer text not null default '', officer_name text not null default '',
    offered_to text not null default '', offered_to_name text not null default '',
    offered_officer text not null default '', offered_officer_name text not null default '',
    offered_by_name text not null default '', offered_why text not null default '',
    offered_on date"""
#: By whom it is looked for: the person in charge, the person or unit that was asked.
INDEXES = (
    "(officer) where officer <> ''",
    "(offered_officer) where offered_officer <> ''",
    "(offered_to, offered_on desc, number desc) where offered_to <> ''",
)
#: The filter of a list: of one person, or of nobody yet.
POOL = "pool"

_NO_OFFER: Row = {
    "offered_to": "", "offered_to_name": "", "offered_officer": "", "offered_officer_name": "",
    "offered_by_name": "", "offered_why": "", "offered_on": None,
}  # fmt: skip


def whose(officer: str) -> str:
    """The condition of the filter: of this person, or of nobody."""
    return "u.officer = ''" if officer == POOL else "u.officer = %(officer)s"


def assigned(recorded: Recorded) -> Row | None:
    """What an event about who is in charge changes; None for any other."""
    event = recorded.event
    match event:
        case RecordClaimed():
            return _officer(event.by.person, event.by.name)
        case RecordAssigned():
            return _officer(event.officer.person, event.officer.name)
        case RecordReturned() | RecordPooled():
            return _officer("", "")
        case HandOverOffered():
            return _offered(event, recorded)
        case HandOverDeclined() | HandOverWithdrawn():
            return _NO_OFFER
        case HandOverAccepted() | RecordMoved():
            officer = event.officer
            return _NO_OFFER | (_officer(officer.person, officer.name) if officer else _NOBODY)
    return None


def unit_of(recorded: Recorded) -> PartyRef | None:
    """The other unit that has it from this event on; None where the unit stays."""
    match recorded.event:
        case HandOverAccepted() | RecordMoved() as moved if moved.to.id != moved.giver.id:
            return moved.to
    return None


def seen(recorded: Recorded, case: str, unit: str, anew: Row | None = None) -> Iterator[Write]:
    """What a list of this kind of case changes; `unit` = how its columns call the unit.

    `anew` = what is as at the beginning where another unit decides anew; it names its kind.
    """
    event, columns = recorded.event, assigned(recorded)
    if not isinstance(event, AssigningEvent) or event.case != case or columns is None:
        return
    moved: Row = {"version": recorded.version, "position": recorded.position, **columns}
    if to := unit_of(recorded):
        moved |= {unit: to.id, f"{unit}_name": to.name}
        moved |= {f"{unit}_kind": to.kind} if anew else {}
    if isinstance(event, HandOverAccepted) and event.anew:
        moved |= anew or {}
    yield Change("rows", {"id": recorded.stream}, moved)


def debts_moved(recorded: Recorded, event: AssigningEvent, to: PartyRef) -> Iterator[Write]:
    """What the former unit owes and is owed on this record, the other unit is and owes now."""
    giver = getattr(event, "giver", to)
    for side in ("debtor", "creditor"):
        for record in filter(None, (str(recorded.stream), event.complaint)):
            where = {"record": record, "open": True, side: giver.id}
            whose = {side: to.id, f"{side}_name": to.name, f"{side}_kind": to.kind}
            yield Change("rows", where, {**whose, "position": recorded.position})


def _officer(person: str, name: str) -> Row:
    return {"officer": person, "officer_name": name}


_NOBODY = _officer("", "")


def _offered(event: HandOverOffered, recorded: Recorded) -> Row:
    asked = event.officer
    return {
        "offered_to": event.to.id, "offered_to_name": event.to.name,
        "offered_officer": asked.person if asked else "",
        "offered_officer_name": asked.name if asked else "",
        "offered_by_name": event.by.said("zh"), "offered_why": event.reason,
        "offered_on": recorded.on,
    }  # fmt: skip


class Assigned(Asking):
    """The questions about who is in charge; mixed into the list of a kind of case."""

    #: How its columns call the unit, and in which states nobody has to do anything more.
    UNIT: ClassVar[str]
    OVER: ClassVar[tuple[str, ...]] = ("closed",)
    #: The column that says about whom it is.
    ABOUT: ClassVar[str] = "respondent"
    #: The column that says that it cannot wait.
    URGENT: ClassVar[str]

    async def offered_to(self, party: str, number: int = 1) -> Page:
        """What this unit, or one of its people, is asked to take; newest first."""
        return await self.page(
            "select * from {rows}", "offered_to = %(party)s and offered_to <> ''",
            "offered_on desc, number desc", {"party": party}, number,
        )  # fmt: skip

    async def offers_to(self, party: str) -> int:
        """How many records this unit, or one of its people, is asked to take."""
        return await self.count(
            "{rows} where offered_to = %(party)s and offered_to <> ''", {"party": party}
        )

    async def charged(self, ids: list[str]) -> dict[str, Row]:
        """Of each of these records who is in charge ("" in the pool), and whether it is urgent."""
        rows = await self.rows(
            f"select id, officer_name as officer, {self.URGENT} as urgent from {{rows}}"
            " where id = any(%(ids)s::uuid[])",
            {"ids": ids},
        )
        return {str(row["id"]): row for row in rows}

    async def chosen(self, ids: list[str], unit: str) -> list[Row]:
        """Those of these records that the unit handles: id, number, state, who is in charge."""
        return await self.rows(
            f"select id, number, state, officer_name, offered_to_name, {self.ABOUT} as about"
            f" from {{rows}} where id = any(%(ids)s::uuid[]) and {self.UNIT} = %(u)s"
            " order by number desc",
            {"ids": ids, "u": unit},
        )

    async def open_of(self, officer: str) -> list[Row]:
        """The open records of which a person is in charge: id, number, unit."""
        return await self.rows(
            f"select id, number, {self.UNIT} as unit from {{rows}} where officer = %(o)s"
            " and officer <> '' and state <> all(%(over)s) order by id",
            {"o": officer, "over": list(self.OVER)},
        )

    async def asked_of(self, officer: str) -> list[Row]:
        """The records that a person is asked to take: id, number, offered_to."""
        return await self.rows(
            "select id, number, offered_to from {rows}"
            " where offered_officer = %(o)s and offered_officer <> '' order by id",
            {"o": officer},
        )

    async def open_at(self, unit: str, by: str = "") -> list[Row]:
        """The open records that a unit handles, or is to as column `by` says: id, number."""
        column = by or self.UNIT
        return await self.rows(
            f"select id, number from {{rows}} where {column} = %(u)s and {column} <> ''"
            " and state <> all(%(over)s) order by id",
            {"u": unit, "over": list(self.OVER)},
        )

    async def offered_at(self, unit: str) -> list[Row]:
        """The records that a unit, or one of its people, is asked to take."""
        return await self.rows(
            "select id, number, offered_officer from {rows}"
            " where offered_to = %(u)s and offered_to <> '' order by id",
            {"u": unit},
        )
