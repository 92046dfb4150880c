"""The reads: who looked at personal data, for auditors, and for the person concerned."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import ClassVar

from events.event import CHINA, Recorded
from events.reads import PersonalDataRead
from services.views.view import Page, Put, Row, View, Write

_NEWEST = "read_at desc, position desc, n"


class ReadsOf(View):
    """One row per look."""

    name = "reads"
    version = 2
    by_stream = True
    tables: ClassVar = {
        "rows": """
            position bigint, n int, person text not null, person_name text not null,
            party text not null, party_name text not null, party_kind text not null,
            role text not null, what text not null, record text not null, number text not null,
            why text not null, item text not null, read_at timestamptz not null"""
    }
    keys: ClassVar = {"rows": ("position", "n")}
    indexes: ClassVar = {
        "rows": (
            "(read_at desc, position desc, n)",
            "(record, read_at desc, position desc, n)",
            "(number, read_at desc, position desc, n)",
            "(person, read_at desc, position desc, n)",
            "(party, read_at desc, position desc, n)",
        )
    }

    def see(self, recorded: Recorded) -> Iterator[Write]:
        event = recorded.event
        if not isinstance(event, PersonalDataRead):
            return
        by = event.by
        for n, each in enumerate(event.reads):
            yield Put(
                "rows",
                {
                    "position": recorded.position, "n": n, "person": by.person,
                    "person_name": by.name, "party": by.party.id, "party_name": by.party.name,
                    "party_kind": by.party.kind, "role": by.role, "what": each.what,
                    "record": each.record, "number": each.number, "why": each.why,
                    "read_at": each.at, "item": each.item,
                },
            )  # fmt: skip

    async def all(
        self, *, record: str = "", person: str = "", party: str = "", number: int = 1
    ) -> Page:
        """Looks at one record (by its number), of one person or party, else all; newest first."""
        where, values = "true", {"record": record, "person": person, "party": party}
        if record:
            where += " and number = %(record)s"
        if person:
            where += " and person = %(person)s"
        if party:
            where += " and party = %(party)s"
        return await self.page("select * from {rows}", where, _NEWEST, values, number)

    async def on_day(self, record: str, day: date, number: int = 1) -> Page:
        """Who looked at one record on a day in China, newest first."""
        begin = datetime.combine(day, time.min, CHINA)
        values = {"r": record, "begin": begin, "end": begin + timedelta(days=1)}
        where = "record = %(r)s and read_at >= %(begin)s and read_at < %(end)s"
        return await self.page("select * from {rows}", where, _NEWEST, values, number)

    async def of_record(self, record: str, number: int = 1) -> Page:
        """Who looked at what is said about the person of one record, newest first."""
        return await self.page(
            "select * from {rows}", "record = %(r)s", _NEWEST, {"r": record}, number
        )


__all__ = ["ReadsOf", "Row"]
