"""The register of enquiries (咨询): asked, answered, by whom; the log alone has what was said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from events.assigning import AssigningEvent
from events.enquiries import (
    AnswerImportReversed,
    EnquiryAnswered,
    EnquiryAskedOn,
    EnquiryEvent,
    EnquiryImportReversed,
    EnquiryMoved,
    EnquiryReceived,
    EnquiryTakenBack,
)
from events.erasure import KEPT_STANDS, KeptEvent
from events.event import Recorded
from services.views import assigned
from services.views.asking import ALL
from services.views.view import Change, Page, Put, Row, View, Write

_NEWEST = "asked_on desc, number desc"


class Enquiries(assigned.Assigned, View):
    """One row per enquiry; `online` = by who asks herself, who has a query code."""

    name = "enquiries"
    version = 5
    UNIT: ClassVar[str] = "handler"
    URGENT: ClassVar[str] = "false"
    ABOUT: ClassVar[str] = "reference"
    OVER: ClassVar[tuple[str, ...]] = ("answered", "undone", "reversed")
    by_stream = True
    tables: ClassVar = {
        "rows": f"""
            id uuid, number text not null, state text not null, version int not null,
            handler text not null, handler_name text not null, handler_kind text not null,
            submission text not null,
            reference text not null, channel text not null, asked_on date not null,
            asked_hour text not null, answered_on date, answered_hour text not null,
            recorded_at timestamptz not null, question bigint not null,
            batch text not null, answer_batch text not null, online boolean not null,
            position bigint not null, personal text not null default '', personal_on date,
            {assigned.COLUMNS}"""
    }
    keys: ClassVar = {"rows": ("id",)}
    indexes: ClassVar = {
        "rows": (
            "(handler, asked_on desc, number desc)",
            "(handler, state, asked_on desc, number desc)",
            "(handler, channel, asked_on desc, number desc)",
            "(handler, state, channel, asked_on desc, number desc)",
            "(number)",
            "(handler, reference) where reference <> ''",
            "(batch, number) where batch <> ''",
            "(answer_batch, number) where answer_batch <> ''",
            "(handler, officer, asked_on desc, number desc)",
            *assigned.INDEXES,
        )
    }

    def see(self, recorded: Recorded) -> Iterator[Write]:
        event = recorded.event
        if isinstance(event, AssigningEvent):
            yield from assigned.seen(recorded, "enquiry", "handler", {"state": "asked"})
        if isinstance(event, KeptEvent) and event.kept == "enquiry":
            yield _kept(event, recorded)
        if not isinstance(event, EnquiryEvent):
            return
        moved: Row = {"version": recorded.version, "position": recorded.position}
        if isinstance(event, EnquiryReceived):
            yield Put("rows", {"id": recorded.stream, **moved, **_received(event, recorded)})
        else:
            yield Change("rows", {"id": recorded.stream}, moved | _moved(event, recorded))

    async def one(self, id: str, handler: str) -> Row | None:
        """The enquiry, for the body that answers it."""
        return await self.row(
            "select * from {rows} where id = %(id)s and handler = %(h)s", {"id": id, "h": handler}
        )

    async def readable(self, id: str, reader: str) -> Row | None:
        """The enquiry, for the body that answers it or is asked to take it."""
        sql = "select * from {rows} where id = %(id)s and %(r)s in (handler, offered_to)"
        return await self.row(sql, {"id": id, "r": reader})

    async def numbered(self, number: str) -> Row | None:
        """The enquiry with this number, for who asked, unless it was taken back."""
        sql = "select * from {rows} where number = %(n)s and state not in ('undone', 'reversed')"
        return await self.row(sql, {"n": number})

    async def asked(self, id: str) -> Row | None:
        """The enquiry, for who asked, unless it was taken back."""
        sql = "select * from {rows} where id = %(id)s and state not in ('undone', 'reversed')"
        return await self.row(sql, {"id": id})

    async def handled_by(
        self, handler: str, *, state: str = "", channel: str = "", own: str = "",
        reference: str = "", since: date | None = None, until: date | None = None,
        officer: str = "", number: int = 1,
    ) -> Page:  # fmt: skip
        """Enquiries a body answers, newest first; by their own number or that of their source.

        `officer` = the person in charge, or "pool" for nobody.
        """
        asked: Row = {
            "state": state, "channel": channel, "own": own, "reference": reference,
            "since": since, "until": until,
        }  # fmt: skip
        where = ["handler = %(h)s", *(sql for name, sql in _FILTERS.items() if asked[name])]
        where += [assigned.whose(officer)] if officer else []
        values = asked | {"h": handler, "officer": officer}
        select = "select u.* from {rows} u"
        return await self.page(select, " and ".join(where), _NEWEST, values, number)

    # -- imported batches -----------------------------------------------------------------------

    async def of_batch(self, batch: str) -> list[Row]:
        """All that a batch brought: enquiries, and answers to those that were there."""
        return await self.rows(
            f"select id, number, state, version from {{rows}} where {_BROUGHT} order by number, id",
            {"b": batch},
        )

    async def size_of(self, batch: str) -> int:
        """How many a batch brought."""
        return await self.count(f"{{rows}} where {_BROUGHT}", {"b": batch}, ALL)

    async def brought_by(self, batch: str, number: int = 1) -> Page:
        """What a batch brought, by number."""
        return await self.page("select * from {rows}", _BROUGHT, "number, id", {"b": batch}, number)


_FILTERS = {
    "state": "state = %(state)s",
    "channel": "channel = %(channel)s",
    "own": "number = %(own)s",
    "reference": "reference = %(reference)s and reference <> ''",
    "since": "asked_on >= %(since)s",
    "until": "asked_on <= %(until)s",
}
_BROUGHT = "((batch = %(b)s and batch <> '') or (answer_batch = %(b)s and answer_batch <> ''))"


def _kept(event: KeptEvent, recorded: Recorded) -> Write:
    """Where what is kept of who asked stands."""
    stands: Row = {"personal": KEPT_STANDS[type(event)], "personal_on": recorded.on}
    moved: Row = {"version": recorded.version, "position": recorded.position}
    return Change("rows", {"id": recorded.stream}, moved | stands)


def _received(event: EnquiryReceived, recorded: Recorded) -> Row:
    return {
        "number": event.number, "state": "asked", "handler": event.handler.id,
        "handler_name": event.handler.name, "handler_kind": event.handler.kind,
        "submission": event.submission,
        "reference": event.reference, "channel": event.by.channel, "asked_on": recorded.on,
        "asked_hour": event.hour, "answered_hour": "", "recorded_at": recorded.recorded_at,
        "question": recorded.position, "batch": _batch(event), "answer_batch": "",
        "online": event.by.party.kind == "consumer",
    }  # fmt: skip


def _moved(event: EnquiryEvent, recorded: Recorded) -> Row:
    match event:
        case EnquiryAnswered():
            when: Row = {"answered_on": recorded.on, "answered_hour": event.hour}
            return {**when, "state": "answered", "answer_batch": _batch(event)}
        case EnquiryAskedOn():
            return {"state": "asked"}
        case EnquiryTakenBack():
            return {"state": "undone"}
        case EnquiryImportReversed():
            return {"state": "reversed"}
        case AnswerImportReversed():
            return {"state": "asked", "answered_on": None, "answered_hour": "", "answer_batch": ""}
        case EnquiryMoved(to=to):
            return {
                "handler": to.id,
                "handler_name": to.name,
                "handler_kind": to.kind,
                "officer": "",
                "officer_name": "",
            }
    return {}


def _batch(event: EnquiryEvent) -> str:
    return event.correlation if event.by.channel == "import" else ""
