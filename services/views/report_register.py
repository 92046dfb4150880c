"""The register of reports (举报): what the regulator that handles one sees, but who made it.

Every question names the reader: there is none that shows a report to anybody else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

from events.assigning import AssigningEvent
from events.event import Event, Recorded
from events.informants import STANDS
from events.reports import (
    DECIDED,
    DuplicateRecorded,
    NewFactsMerged,
    PowerLackingTold,
    ReporterUnmasked,
    ReportEvent,
    ReportFiled,
    ReportMerged,
    ReportNotFiled,
    ReportRegistered,
    ReportResultNotified,
    ReportWithdrawn,
    RewardGranted,
    RewardProposed,
    RewardRefused,
    VerificationExtended,
)
from events.reports.states import STATE_AFTER
from services.views import assigned, placed
from services.views.narrowing import ALL_CASES, Narrow, told
from services.views.searching import index_of, is_number, words
from services.views.tallies import Tally
from services.views.view import Change, Page, Put, Row, View, Write

_ALL = "select u.* from {rows} u"
_NEWEST = "received_on desc, number desc"


class ReportRegister(assigned.Assigned, placed.Placed, View):
    """One row per report, and one for each time somebody was unmasked."""

    name = "reports"
    version = 4
    UNIT: ClassVar[str] = "handler"
    URGENT: ClassVar[str] = "danger"
    OPENS: ClassVar = (ReportRegistered, "reported")
    OVER: ClassVar[tuple[str, ...]] = (
        "no_power_told", "duplicate_recorded", "merged", "closed", "taken_back",
    )  # fmt: skip
    by_stream = True
    tables: ClassVar = {
        "rows": f"""
            id uuid, number text not null, state text not null, version int not null,
            handler text not null, handler_name text not null,
            informant uuid not null, informant_number int not null, anonymous boolean not null,
            respondent text not null, respondent_address text not null,
            reported text not null, reported_name text not null,
            category text not null, product text not null, danger boolean not null,
            reward_wanted boolean not null, channel text not null, submission text not null,
            received_on date not null, since date not null,
            extended boolean not null default false, withdrawn_on date,
            code text not null default '', reason text not null default '',
            other text not null default '', decided_on date,
            follow_up text not null default '', follow_up_number text not null default '',
            law text not null default '', result text not null default '',
            level text not null default '', amount bigint, granted boolean,
            personal text not null default '', personal_on date, position bigint not null,
            {assigned.COLUMNS}, {placed.COLUMN}""",
        "unmasked": """
            position bigint, report uuid not null, number text not null, handler text not null,
            handler_name text not null, person text not null, person_name text not null,
            role text not null, ground text not null, reason text not null,
            at timestamptz not null""",
        "tallies": "handler text, state text, n bigint not null",
    }
    keys: ClassVar = {"rows": ("id",), "unmasked": ("position",), "tallies": ("handler", "state")}
    scopes: ClassVar = {}
    tallies: ClassVar = {"tallies": Tally("rows", ("handler", "state"), {"n": "count(*)"})}
    indexes: ClassVar = {
        "rows": (
            "(number)",
            "(handler, received_on desc, number desc)",
            "(handler, state, received_on desc, number desc)",
            "(handler, officer, received_on desc, number desc)",
            "(handler, danger, received_on desc, number desc) where danger",
            "(submission) where submission <> ''",
            "(follow_up) where follow_up <> ''",
            index_of("respondent", "product"),
            *assigned.INDEXES,
            *placed.indexes("handler", _NEWEST),
        ),
        "unmasked": (
            "(report, position)",
            "(at desc, position desc)",
            "(handler, at desc, position desc)",
        ),
    }

    def see(self, recorded: Recorded) -> Iterator[Write]:
        event = recorded.event
        if isinstance(event, AssigningEvent):
            yield from assigned.seen(recorded, "report", "handler")
        if not isinstance(event, ReportEvent):
            return
        moved: Row = {"version": recorded.version, "position": recorded.position}
        if isinstance(event, ReportRegistered):
            moved["place"] = self.place_of(recorded)
            yield Put("rows", {"id": recorded.stream, **moved, **_registered(event, recorded)})
            return
        if state := STATE_AFTER.get(type(event)):
            moved["state"] = state
        if standing := STANDS.get(type(event)):
            moved |= {"personal": standing, "personal_on": recorded.on}
        yield Change("rows", {"id": recorded.stream}, moved | _step(event, recorded))
        if isinstance(event, ReporterUnmasked):
            yield Put("unmasked", _unmasked(event, recorded))

    async def one(self, id: str, handler: str) -> Row | None:
        """The report, by its id, for the body that handles it."""
        return await self.row(
            "select * from {rows} where id = %(id)s and handler = %(h)s", {"id": id, "h": handler}
        )

    async def readable(self, id: str, reader: str) -> Row | None:
        """The report, by its id, for the body that handles it or is asked to take it."""
        sql = "select * from {rows} where id = %(id)s and %(r)s in (handler, offered_to)"
        return await self.row(sql, {"id": id, "r": reader})

    async def numbered(self, number: str, handler: str) -> Row | None:
        """The report with this number, for the body that handles it."""
        sql = "select * from {rows} where number = %(n)s and handler = %(h)s"
        return await self.row(sql, {"n": number, "h": handler})

    async def handled_by(
        self, handler: str, *, state: str = "", danger: bool = False, officer: str = "",
        narrow: Narrow = ALL_CASES, text: str = "", number: int = 1,
    ) -> Page:  # fmt: skip
        """Reports a body handles, by state, urgency, who is in charge, place, days and words."""
        values: Row = {"handler": handler, "state": state, "officer": officer, **narrow.values}
        unit, kind = "%(handler)s", "reports"
        where = f"u.handler = {unit}" + narrow.where(came="received_on", unit=unit, kind=kind)
        if state:
            where += " and u.state = %(state)s"
        if danger:
            where += " and u.danger"
        if officer:
            where += f" and {assigned.whose(officer)}"
        if is_number(text):
            where, values["text"] = f"{where} and u.number = upper(%(text)s)", text
        elif text:
            found = words(text, "u.respondent", "u.product")
            return await self.containing(_ALL, where, found, _NEWEST, values, number)
        page = await self.page(_ALL, where, _NEWEST, values, number, most=narrow.most)
        return await told(self, page, narrow, unit, kind, values)

    async def states_of(self, handler: str) -> dict[str, int]:
        """How many reports the body has in each state."""
        rows = await self.rows(
            "select state, n from {tallies} where handler = %(h)s", {"h": handler}
        )
        return {row["state"]: row["n"] for row in rows}

    async def made(self, follow_up: str, handler: str) -> Row | None:
        """The report of which a follow-up came, for the body that handles it."""
        sql = "select * from {rows} where follow_up = %(f)s and follow_up <> '' and handler = %(h)s"
        return await self.row(sql, {"f": follow_up, "h": handler})

    async def unmasked(self, report: str) -> list[Row]:
        """When the reporter of one report was unmasked, the latest first."""
        return await self.rows(
            "select * from {unmasked} where report = %(r)s order by position desc", {"r": report}
        )

    async def unmaskings(self, handler: str = "", number: int = 1) -> Page:
        """Every time a reporter was unmasked, by one body or any, newest first: for auditors."""
        where, order = "handler = %(h)s" if handler else "true", "at desc, position desc"
        return await self.page("select * from {unmasked}", where, order, {"h": handler}, number)


def _registered(event: ReportRegistered, recorded: Recorded) -> Row:
    reported = event.reported
    names = (
        "number", "informant", "informant_number", "anonymous", "respondent", "respondent_address",
        "category", "product", "danger", "reward_wanted", "submission",
    )  # fmt: skip
    return {
        **{name: getattr(event, name) for name in names},
        "state": "received",
        "handler": event.handler.id,
        "handler_name": event.handler.name,
        "reported": reported.id if reported else "",
        "reported_name": reported.name if reported else "",
        "channel": event.by.channel,
        "received_on": recorded.on,
        "since": recorded.on,
    }


def _step(event: ReportEvent, recorded: Recorded) -> Row:
    """What one step after the registration changes."""
    made = _STEPS.get(type(event))
    found: Row = made(event) if made else {}
    return (
        found
        | ({"decided_on": recorded.on} if isinstance(event, DECIDED) else {})
        | ({"withdrawn_on": recorded.on} if isinstance(event, ReportWithdrawn) else {})
    )


_STEPS: dict[type[Event], Callable[..., Row]] = {
    PowerLackingTold: lambda event: {"other": event.where, "reason": event.reason},
    DuplicateRecorded: lambda event: {"other": event.earlier, "reason": event.reason},
    ReportMerged: lambda event: {"other": event.into, "reason": event.reason},
    NewFactsMerged: lambda event: {"since": event.since, "extended": False},
    VerificationExtended: lambda event: {"extended": True},
    ReportFiled: lambda event: {
        "follow_up": event.follow_up, "follow_up_number": event.follow_up_number,
        "reason": event.reason,
    },
    ReportNotFiled: lambda event: {"code": event.ground, "reason": event.reason},
    ReportResultNotified: lambda event: {"law": event.law, "result": event.result},
    RewardProposed: lambda event: {"level": event.level, "amount": event.amount.minor},
    RewardGranted: lambda event: {"granted": True},
    RewardRefused: lambda event: {"granted": False},
}  # fmt: skip


def _unmasked(event: ReporterUnmasked, recorded: Recorded) -> Row:
    by = event.by
    return {
        "position": recorded.position, "report": recorded.stream, "number": event.number,
        "handler": event.handler.id, "handler_name": event.handler.name, "person": by.person,
        "person_name": by.name, "role": by.role, "ground": event.ground, "reason": event.reason,
        "at": recorded.recorded_at,
    }  # fmt: skip
