"""What a reporter may see of her own report: how far it is, and what she is told by law.

A projection of its own, so that no page can show what it does not hold: no staff, no reasons, no
progress of the verification (121 §36, §37). Number and query code together open it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

from events.assigning import HandOverAccepted, RecordMoved
from events.event import Event, Recorded
from events.informants import InformantErased, InformantErasureRefused, InformantErasureRequested
from events.reports import (
    DuplicateRecorded,
    PowerLackingTold,
    ReportClosed,
    ReportEvent,
    ReportFiled,
    ReportMerged,
    ReportNotFiled,
    ReportRegistered,
    ReportResultNotified,
    ReportSupplemented,
    ReportTakenBack,
    ReportWithdrawn,
    RewardGranted,
    VerificationStarted,
)
from services.views.view import Change, Put, Row, View, Write

#: How far it is, in no more detail than that.
_STAGES: dict[type[Event], str] = {
    PowerLackingTold: "no_power",
    DuplicateRecorded: "repeated",
    ReportMerged: "merged",
    VerificationStarted: "verifying",
    ReportFiled: "decided",
    ReportNotFiled: "decided",
    ReportClosed: "ended",
    ReportTakenBack: "ended",
}
Said = Callable[..., Row]
#: What is told of each event; of all others she learns nothing.
_TOLD: dict[type[Event], Said] = {
    ReportRegistered: lambda event: {},
    ReportSupplemented: lambda event: {},
    ReportWithdrawn: lambda event: {},
    PowerLackingTold: lambda event: {"text": event.where},
    DuplicateRecorded: lambda event: {"text": event.earlier},
    ReportMerged: lambda event: {"text": event.into},
    VerificationStarted: lambda event: {},
    ReportResultNotified: lambda event: {"text": event.result, "law": event.law},
    RewardGranted: lambda event: {"amount": event.amount.minor},
    InformantErasureRequested: lambda event: {},
    InformantErasureRefused: lambda event: {"text": event.reason},
    InformantErased: lambda event: {},
}


class ReportTracking(View):
    """Per report: how it is found, where it stands, and what the reporter is told."""

    name = "report_tracking"
    version = 2
    by_stream = True
    tables: ClassVar = {
        "rows": """
            id uuid, number text not null, query text not null, stage text not null,
            open boolean not null, withdrawn boolean not null, version int not null,
            handler_name text not null, anonymous boolean not null,
            received_on date not null, recorded_at timestamptz not null, receipt bigint not null,
            personal text not null default '', position bigint not null""",
        "milestones": """
            record uuid, version int, what text not null, took_place date not null,
            body text not null, text text not null, law text not null, amount bigint,
            position bigint not null""",
    }
    keys: ClassVar = {"rows": ("id",), "milestones": ("record", "version")}
    indexes: ClassVar = {"rows": ("(number)",)}

    def see(self, recorded: Recorded) -> Iterator[Write]:
        event = recorded.event
        if isinstance(event, HandOverAccepted | RecordMoved) and event.case == "report":
            new = {"version": recorded.version, "position": recorded.position}
            yield Change("rows", {"id": recorded.stream}, new | {"handler_name": event.to.name})
        if not isinstance(event, ReportEvent):
            return
        moved: Row = {"version": recorded.version, "position": recorded.position}
        if isinstance(event, ReportRegistered):
            yield Put("rows", {"id": recorded.stream, **moved, **_registered(event, recorded)})
        else:
            yield Change("rows", {"id": recorded.stream}, moved | _moved(event))
        if told := _TOLD.get(type(event)):
            yield Put("milestones", {**_blank(event, recorded), **told(event)})

    async def numbered(self, number: str) -> Row | None:
        """The report with this number."""
        return await self.row("select * from {rows} where number = %(n)s", {"n": number})

    async def one(self, id: str) -> Row | None:
        """The report, by its id."""
        return await self.row("select * from {rows} where id = %(id)s", {"id": id})

    async def milestones(self, id: str) -> list[Row]:
        """What the reporter is told, oldest first."""
        return await self.rows(
            "select * from {milestones} where record = %(id)s order by version", {"id": id}
        )


def _registered(event: ReportRegistered, recorded: Recorded) -> Row:
    return {
        "number": event.number, "query": event.query, "stage": "received", "open": True,
        "withdrawn": False, "handler_name": event.handler.name, "anonymous": event.anonymous,
        "received_on": recorded.on, "recorded_at": recorded.recorded_at,
        "receipt": recorded.position,
    }  # fmt: skip


def _moved(event: ReportEvent) -> Row:
    found: Row = {}
    if stage := _STAGES.get(type(event)):
        found |= {"stage": stage, "open": stage == "verifying"}
    if isinstance(event, ReportWithdrawn):
        found["withdrawn"] = True
    standing = {
        InformantErasureRequested: "requested", InformantErasureRefused: "refused",
        InformantErased: "erased",
    }.get(type(event))  # fmt: skip
    return found | ({"personal": standing} if standing else {})


def _blank(event: ReportEvent, recorded: Recorded) -> Row:
    return {
        "record": recorded.stream, "version": recorded.version, "what": event.TOPIC,
        "took_place": recorded.on, "body": event.handler.name, "text": "", "law": "",
        "amount": None, "position": recorded.position,
    }  # fmt: skip
