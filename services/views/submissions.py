"""What was told at once: which records belong together, for the body that handles the report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from events.event import Recorded
from events.submissions import Matter, SplitUndone, SubmissionReceived, SubmissionSplit
from services.views.view import Change, Put, Row, View, Write


class Submissions(View):
    """One row per record that was told with others."""

    name = "submissions"
    version = 1
    by_stream = True
    tables: ClassVar = {
        "rows": """
            id uuid, record text, kind text not null, number text not null,
            handler_name text not null, only_for text not null, source text not null,
            split boolean not null, undone boolean not null default false,
            position bigint not null"""
    }
    keys: ClassVar = {"rows": ("id", "record")}
    scopes: ClassVar = {"rows": ("id",)}
    indexes: ClassVar = {"rows": ("(source) where source <> ''",)}

    def see(self, recorded: Recorded) -> Iterator[Write]:
        match recorded.event:
            case SubmissionReceived(matters=matters, only_for=owner):
                for each in matters:
                    yield Put("rows", _row(recorded, each, owner))
            case SubmissionSplit(origin=origin, matter=matter, only_for=owner):
                split = {"split": True, "source": origin.record}
                yield Put("rows", {**_row(recorded, origin, owner), "source": ""})
                yield Put("rows", {**_row(recorded, matter, owner), **split})
            case SplitUndone():
                done: Row = {"undone": True, "position": recorded.position}
                yield Change("rows", {"id": recorded.stream}, done)

    async def together(self, submission: str, reader: str) -> list[Row]:
        """The records told at once, for the body that may know of all of them."""
        return await self.rows(
            "select * from {rows} where id = %(s)s and only_for = %(r)s order by number",
            {"s": submission, "r": reader},
        )

    async def split_from(self, complaint: str, reader: str) -> list[Row]:
        """What the reader split from a complaint of its own."""
        sql = "select * from {rows} where source = %(c)s and source <> '' and only_for = %(r)s"
        return await self.rows(f"{sql} order by number", {"c": complaint, "r": reader})

    async def enquiries_of(self, complaint: str) -> list[Row]:
        """The enquiries that were split from a complaint, for its consumer; no reports."""
        sql = "select record, number from {rows} where source = %(c)s and source <> ''"
        return await self.rows(
            f"{sql} and kind = 'enquiry' and not undone order by number", {"c": complaint}
        )

    async def one(self, submission: str, reader: str) -> Row | None:
        """What was split off by this submission."""
        return await self.row(
            "select * from {rows} where id = %(s)s and only_for = %(r)s and split",
            {"s": submission, "r": reader},
        )


def _row(recorded: Recorded, matter: Matter, owner: str) -> Row:
    return {
        "id": recorded.stream, "record": matter.record, "kind": matter.kind,
        "number": matter.number, "handler_name": matter.handler.name, "only_for": owner,
        "source": "", "split": False, "position": recorded.position,
    }  # fmt: skip
