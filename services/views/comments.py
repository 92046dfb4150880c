"""What businesses wrote beside publications: which edition waits, is shown, or is not and why.

The words themselves stand in the log alone; a row says where.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from events.complaints import CommentDeclined, CommentEvent, CommentShown, CommentWritten
from events.event import Recorded
from services.views.view import Change, Put, Row, View, Write


class Comments(View):
    """One row per edition of a comment."""

    name = "comments"
    version = 1
    by_stream = True
    tables: ClassVar = {
        "rows": """
            record uuid, edition int, state text not null, written_on date not null,
            said_on date, ground text not null default '', reason text not null default '',
            position bigint not null"""
    }
    keys: ClassVar = {"rows": ("record", "edition")}
    scopes: ClassVar = {"rows": ("record",)}

    def see(self, recorded: Recorded) -> Iterator[Write]:
        event, record = recorded.event, {"record": recorded.stream}
        if not isinstance(event, CommentEvent):
            return
        this = {**record, "edition": event.edition}
        match event:
            case CommentWritten():
                yield Change("rows", {**record, "state": "waiting"}, {"state": "replaced"})
                on, at = recorded.on, recorded.position
                yield Put("rows", {**this, "state": "waiting", "written_on": on, "position": at})
            case CommentShown():
                yield Change("rows", {**record, "state": "shown"}, {"state": "replaced"})
                yield Change("rows", this, {"state": "shown", "said_on": recorded.on})
            case CommentDeclined(ground=ground, reason=reason):
                why = {"state": "declined", "ground": ground, "reason": reason}
                yield Change("rows", this, {**why, "said_on": recorded.on})
            case _:
                for standing in ("waiting", "shown"):
                    yield Change("rows", {**record, "state": standing}, {"state": "withdrawn"})

    async def of_record(self, record: str) -> list[Row]:
        """Every edition on one complaint, the latest first."""
        return await self.rows(
            "select * from {rows} where record = %(r)s order by edition desc", {"r": record}
        )

    async def standing(self, records: Sequence[object]) -> list[Row]:
        """What is shown beside these publications, and what waits for that."""
        return await self.rows(
            "select * from {rows} where record = any(%(r)s) and state in ('shown', 'waiting')",
            {"r": list(records)},
        )
