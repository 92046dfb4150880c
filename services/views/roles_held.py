"""Roles held: who held which role in which party from when to when, under the names of that day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from events.event import Recorded
from events.parties import PersonDisabled, RoleGranted, RoleWithdrawn, UnitMerged
from services.views.view import Change, Page, Put, Row, View, Write

_NEWEST = "since desc, id desc"


class RolesHeld(View):
    """One row for each time that somebody held a role."""

    name = "roles_held"
    tables: ClassVar = {
        "rows": """
            id bigint, person text not null, person_name text not null,
            party text not null, party_name text not null, party_kind text not null,
            role text not null, since date not null, granted_by text not null,
            current boolean not null, until date,
            ended_by text not null default '', why text not null default ''"""
    }
    keys: ClassVar = {"rows": ("id",)}
    indexes: ClassVar = {
        "rows": (
            "(since desc, id desc)",
            "(party, since desc, id desc)",
            "(role, since desc, id desc)",
            "(party, role, since desc, id desc)",
            "(person, since desc, id desc)",
        )
    }

    def see(self, recorded: Recorded) -> Iterator[Write]:
        event, person = recorded.event, str(recorded.stream)
        match event:
            case RoleGranted():
                yield Put("rows", _granted(event, recorded))
            case RoleWithdrawn():
                yield _ended(recorded, {"person": person, "party": event.party.id})
            case PersonDisabled():
                yield _ended(recorded, {"person": person})
            case UnitMerged():
                yield _ended(recorded, {"party": event.unit.id})

    async def on(self, day: date, *, party: str = "", role: str = "", number: int = 1) -> Page:
        """Who held a role on this day; by party and role, the latest appointed first."""
        given = {"party": party, "role": role}
        filters = [f"{name} = %({name})s" for name, value in given.items() if value]
        where = " and ".join([*filters, "since <= %(day)s", "(until is null or until > %(day)s)"])
        values: Row = {**given, "day": day}
        return await self.page("select * from {rows}", where, _NEWEST, values, number)

    async def of_person(self, person: str) -> list[Row]:
        """Every role that a person holds or held, the latest first."""
        return await self.rows(
            f"select * from {{rows}} where person = %(p)s order by {_NEWEST}", {"p": person}
        )


def _granted(event: RoleGranted, recorded: Recorded) -> Row:
    return {
        "id": recorded.position,
        "person": str(recorded.stream),
        "person_name": event.who.get("name"),
        "party": event.party.id,
        "party_name": event.party.name,
        "party_kind": event.party.kind,
        "role": event.role,
        "since": recorded.on,
        "granted_by": event.by.said("zh"),
        "current": True,
    }


def _ended(recorded: Recorded, where: Row) -> Change:
    """What is held of this ends on this day."""
    ended = {"until": recorded.on, "current": False, "why": recorded.event.reason}
    by = recorded.event.by.said("zh")
    return Change("rows", {**where, "current": True}, {**ended, "ended_by": by})
