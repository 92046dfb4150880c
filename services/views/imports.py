"""Imports: every batch with its counts and state, for those who brought it and for admins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from events.event import Recorded
from events.imports import ImportBegun, ImportEvent, ImportFinished, ImportReversed
from services.views.view import Change, Page, Put, Row, View, Write


class Imports(View):
    """One row per batch."""

    name = "imports"
    version = 2
    tables: ClassVar = {
        "rows": """
            id uuid, number text not null, state text not null, version int not null,
            file text not null, file_hash text not null, mapping text not null,
            subject text not null, rows int not null,
            party text not null, party_name text not null, person_name text not null,
            taken int not null default 0, known int not null default 0,
            refused int not null default 0, merged int not null default 0,
            records int not null default 0,
            reason text not null default '',
            begun_on date not null, finished_on date, reversed_on date, position bigint not null"""
    }
    keys: ClassVar = {"rows": ("id",)}
    indexes: ClassVar = {
        "rows": (
            "(number)",
            "(begun_on desc, number desc)",
            "(party, begun_on desc, number desc)",
        )
    }

    def see(self, recorded: Recorded) -> Iterator[Write]:
        event = recorded.event
        row = {"id": recorded.stream}
        moved: Row = {"version": recorded.version, "position": recorded.position}
        match event:
            case ImportBegun():
                yield Put("rows", {**row, **moved, **_begun(event, recorded)})
                return
            case ImportFinished():
                moved |= {"state": "finished", "finished_on": recorded.on}
                moved |= {"taken": event.taken, "known": event.known, "refused": event.refused}
                moved["merged"] = event.merged
            case ImportReversed():
                moved |= {"state": "reversed", "reversed_on": recorded.on}
                moved |= {"records": event.records, "reason": event.reason}
        if isinstance(event, ImportEvent):
            yield Change("rows", row, moved)

    async def one(self, id: str) -> Row | None:
        """The batch, by its id."""
        return await self.row("select * from {rows} where id = %(id)s", {"id": id})

    async def numbered(self, number: str) -> Row | None:
        """The batch, by its number."""
        return await self.row("select * from {rows} where number = %(n)s", {"n": number})

    async def batches(self, number: int = 1) -> Page:
        """Every batch, newest first."""
        return await self._list("true", {}, number)

    async def of_party(self, party: str, number: int = 1) -> Page:
        """The batches one body brought, newest first."""
        return await self._list("party = %(p)s", {"p": party}, number)

    async def _list(self, where: str, values: Row, number: int) -> Page:
        order = "begun_on desc, number desc"
        return await self.page("select * from {rows}", where, order, values, number)


def _begun(event: ImportBegun, recorded: Recorded) -> Row:
    return {
        "number": event.number,
        "state": "begun",
        "file": event.file,
        "file_hash": event.file_hash,
        "mapping": event.mapping,
        "subject": event.subject,
        "rows": event.rows,
        "party": event.by.party.id,
        "party_name": event.by.party.name,
        "person_name": event.by.name,
        "begun_on": recorded.on,
    }
