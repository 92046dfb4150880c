"""The register of enquiries (咨询): asked, answered, by whom; who asked stands in the log alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from events.enquiries import EnquiryAnswered, EnquiryEvent, EnquiryReceived, EnquiryTakenBack
from events.event import Recorded
from services.views.view import Change, Page, Put, Row, View, Write

_NEWEST = "asked_on desc, number desc"


class Enquiries(View):
    """One row per enquiry."""

    name = "enquiries"
    version = 1
    by_stream = True
    tables: ClassVar = {
        "rows": """
            id uuid, number text not null, state text not null, version int not null,
            handler text not null, handler_name text not null, submission text not null,
            channel text not null, asked_on date not null, answered_on date,
            answer text not null default '', position bigint not null"""
    }
    keys: ClassVar = {"rows": ("id",)}
    indexes: ClassVar = {
        "rows": (
            "(handler, asked_on desc, number desc)",
            "(handler, state, asked_on desc, number desc)",
        )
    }

    def see(self, recorded: Recorded) -> Iterator[Write]:
        event = recorded.event
        if not isinstance(event, EnquiryEvent):
            return
        moved: Row = {"version": recorded.version, "position": recorded.position}
        match event:
            case EnquiryReceived():
                row = {"number": event.number, "state": "asked", "handler": event.handler.id,
                       "handler_name": event.handler.name, "submission": event.submission,
                       "channel": event.by.channel, "asked_on": recorded.on}  # fmt: skip
                yield Put("rows", {"id": recorded.stream, **moved, **row})
                return
            case EnquiryAnswered():
                said = {"answered_on": recorded.on, "answer": event.answer}
                moved |= {"state": "answered", **said}
            case EnquiryTakenBack():
                moved |= {"state": "undone"}
        yield Change("rows", {"id": recorded.stream}, moved)

    async def one(self, id: str, handler: str) -> Row | None:
        """The enquiry, for the body that answers it."""
        return await self.row(
            "select * from {rows} where id = %(id)s and handler = %(h)s", {"id": id, "h": handler}
        )

    async def handled_by(self, handler: str, *, state: str = "", number: int = 1) -> Page:
        """Enquiries a body answers, newest first."""
        where = "handler = %(h)s" + (" and state = %(state)s" if state else "")
        values = {"h": handler, "state": state}
        return await self.page("select * from {rows}", where, _NEWEST, values, number)
