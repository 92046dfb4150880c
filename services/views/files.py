"""Files: every file of every record by its hash, for scanning and for checking the disk.

Names are in no table; the page of a record opens them from its own stream.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from events.event import Recorded
from events.evidence import (
    FileAdded,
    FileScanned,
    FileWithdrawn,
    ImageAreaRedacted,
    RedactionLifted,
)
from services.views.view import Change, Put, Row, View, Write


class Files(View):
    """One row a file."""

    name = "files"
    version = 1
    by_stream = True
    tables: ClassVar = {
        "rows": """
            id text, record uuid not null, kind text not null, number text not null,
            subject text not null, media text not null, size bigint not null,
            sha256 text not null, public_copy text not null, scan text not null,
            withdrawn boolean not null, position bigint not null"""
    }
    keys: ClassVar = {"rows": ("id",)}
    indexes: ClassVar = {
        "rows": ("(position)", "(position) where scan = 'pending'", "(record, position)")
    }

    def see(self, recorded: Recorded) -> Iterator[Write]:
        match recorded.event:
            case FileAdded() as event:
                yield Put(
                    "rows",
                    {
                        "id": event.file, "record": recorded.stream, "kind": event.case,
                        "number": event.number, "subject": event.named.subject,
                        "media": event.media, "size": event.size, "sha256": event.sha256,
                        "public_copy": event.public_copy, "scan": "pending", "withdrawn": False,
                        "position": recorded.position,
                    },
                )  # fmt: skip
            case FileScanned() as event:
                yield Change("rows", {"id": event.file}, {"scan": event.result})
            case FileWithdrawn() as event:
                yield Change("rows", {"id": event.file}, {"withdrawn": True})
            case ImageAreaRedacted() as event:
                yield Change("rows", {"id": event.file}, {"public_copy": event.public_copy})
            case RedactionLifted(file=file, public_copy=copy) if file:
                yield Change("rows", {"id": file}, {"public_copy": copy})

    async def pending(self, after: int, most: int = 20) -> list[Row]:
        """Files to be scanned that were added after this position, the oldest first."""
        return await self.rows(
            "select * from {rows} where scan = 'pending' and position > %(after)s"
            " order by position limit %(most)s", {"after": after, "most": most},
        )  # fmt: skip

    async def added_after(self, after: int, most: int = 500) -> list[Row]:
        """Files that were added after this position, in the order of the log."""
        return await self.rows(
            "select * from {rows} where position > %(after)s order by position limit %(most)s",
            {"after": after, "most": most},
        )
