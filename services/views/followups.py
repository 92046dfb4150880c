"""Enforcement follow-up: every follow-up with its latest directive."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar
from uuid import UUID

from events.assigning import AssigningEvent
from events.enforcement import (
    DirectiveAnswered,
    DirectiveDelivered,
    DirectiveIssued,
    FollowUpClosed,
    FollowUpEvent,
    FollowUpOpened,
    RecheckFailed,
    RecheckPassed,
    ResultSentToCouncil,
)
from events.event import Recorded
from services.views import assigned, placed
from services.views.narrowing import ALL_CASES, Narrow, told
from services.views.searching import index_of, is_number, words
from services.views.tallies import Tally
from services.views.view import Change, Page, Put, Row, View, Write
from services.views.visible import visible

_STATES = {
    FollowUpOpened: "opened",
    DirectiveIssued: "issued",
    DirectiveDelivered: "delivered",
    DirectiveAnswered: "answered",
    RecheckPassed: "passed",
    RecheckFailed: "failed",
    FollowUpClosed: "closed",
}
#: What a new directive makes blank again.
_BLANK: Row = {
    "delivered_on": None,
    "answered_on": None,
    "answer": "",
    "rechecked_on": None,
    "finding": "",
}
_ALL = "select u.* from {rows} u"
_NEWEST = "opened_on desc, number desc"
_SEEN, _SOURCE_SEEN = visible("u.id"), visible("nullif(u.complaint, '')::uuid")
_NUMBERED = (
    "(u.number = upper(%(text)s) or u.source_number = upper(%(text)s) and u.source_number <> ''"
    f" and {_SOURCE_SEEN})"
)


class FollowUps(assigned.Assigned, placed.Placed, View):
    """One row per follow-up."""

    name = "follow_ups"
    version = 4
    UNIT: ClassVar[str] = "regulator"
    URGENT: ClassVar[str] = "false"
    OPENS: ClassVar = (FollowUpOpened, "enterprise")
    ABOUT: ClassVar[str] = "enterprise_name"
    by_stream = True
    tables: ClassVar = {
        "rows": f"""
            id uuid, number text not null, state text not null, version int not null,
            regulator text not null, regulator_name text not null,
            enterprise text not null, enterprise_name text not null,
            source text not null, source_number text not null, matter text not null,
            complaint text not null, pledge text not null, problem text not null,
            raised_by text not null, raised_by_name text not null, raised_by_kind text not null,
            opened_on date not null, directives int not null default 0,
            directive text not null default '', demands text not null default '',
            basis text not null default '', due date,
            issued_on date, delivered_on date, answered_on date, answer text not null default '',
            rechecked_on date, finding text not null default '',
            closed_on date, reason text not null default '',
            result_sent_on date, result text not null default '', position bigint not null,
            {assigned.COLUMNS}, {placed.COLUMN}""",
        "tallies": "regulator text, state text, n bigint not null",
    }
    keys: ClassVar = {"rows": ("id",), "tallies": ("regulator", "state")}
    tallies: ClassVar = {"tallies": Tally("rows", ("regulator", "state"), {"n": "count(*)"})}
    indexes: ClassVar = {
        "rows": (
            "(number)",
            "(source_number) where source_number <> ''",
            "(opened_on desc, number desc)",
            "(state, opened_on desc, number desc)",
            "(source, opened_on desc, number desc)",
            "(state, source, opened_on desc, number desc)",
            "(regulator, state, opened_on desc, number desc)",
            "(regulator, source, opened_on desc, number desc)",
            "(regulator, state, source, opened_on desc, number desc)",
            "(regulator, opened_on desc, number desc)",
            "(regulator, officer, opened_on desc, number desc)",
            "(regulator, officer, state, opened_on desc, number desc)",
            *assigned.INDEXES,
            *placed.indexes("", _NEWEST),
            *placed.indexes("regulator", _NEWEST),
            "(enterprise, opened_on desc, number desc)",
            "(enterprise, state, opened_on desc, number desc)",
            "(complaint) where complaint <> ''",
            "(raised_by, opened_on desc, number desc) where raised_by <> ''",
            index_of("enterprise_name"),
        )
    }

    def see(self, recorded: Recorded) -> Iterator[Write]:
        event = recorded.event
        if isinstance(event, AssigningEvent):
            yield from assigned.seen(recorded, "follow-up", "regulator")
        if not isinstance(event, FollowUpEvent):
            return
        moved: Row = {"version": recorded.version, "position": recorded.position}
        if state := _STATES.get(type(event)):
            moved["state"] = state
        if isinstance(event, FollowUpOpened):
            moved["place"] = self.place_of(recorded)
            yield Put("rows", {"id": recorded.stream, **moved, **_opened(event, recorded)})
            return
        plus = {"directives": 1} if isinstance(event, DirectiveIssued) else {}
        moved |= _step(event, recorded)
        yield Change("rows", {"id": recorded.stream}, moved, plus)

    async def one(self, id: str, *, me: str = "") -> Row | None:
        """The follow-up, by its id; its source only where `me` may know of that."""
        hidden = ", ".join(
            f"case when {_SOURCE_SEEN} then u.{name} else '' end as {name}"
            for name in ("complaint", "source_number")
        )
        return await self.row(  # of two columns of one name the second counts
            f"select u.*, {hidden} from {{rows}} u where u.id = %(id)s", {"id": id, "me": me}
        )

    async def numbered(self, number: str) -> Row | None:
        """The follow-up, by its number."""
        return await self.row("select * from {rows} where number = %(n)s", {"n": number})

    async def board(
        self,
        *,
        regulator: str = "",
        state: str = "",
        enterprise: str = "",
        source: str = "",
        officer: str = "",
        narrow: Narrow = ALL_CASES,
        text: str = "",
        number: int = 1,
        me: str = "",
    ) -> Page:
        """Follow-ups by regulator, state, enterprise, source, officer, days, words, newest first.

        Those that the party `me` may know of.
        """
        asked = {"regulator": regulator, "state": state, "enterprise": enterprise, "source": source}
        given: Row = {name: value for name, value in asked.items() if value}
        where = " and ".join([*(f"u.{name} = %({name})s" for name in given), _SEEN])
        given |= {"me": me, **narrow.values}
        unit, kind = "%(regulator)s" if regulator else "", "enforcement"
        where += narrow.where(came="opened_on", unit=unit, kind=kind)
        if officer:
            where, given["officer"] = f"{where} and {assigned.whose(officer)}", officer
        if is_number(text):
            where, given["text"] = f"{where} and {_NUMBERED}", text
        elif text:
            found = words(text, "u.enterprise_name")
            return await self.containing(_ALL, where, found, _NEWEST, given, number)
        page = await self.page(_ALL, where, _NEWEST, given, number, most=narrow.most)
        return await told(self, page, narrow, unit, kind, given)

    async def states_of(self, regulator: str) -> dict[str, int]:
        """How many follow-ups the regulator has in each state."""
        rows = await self.rows(
            "select state, n from {tallies} where regulator = %(r)s", {"r": regulator}
        )
        return {row["state"]: row["n"] for row in rows}

    async def states_on(self, enterprise: str, *, me: str = "") -> dict[str, int]:
        """How many follow-ups on one enterprise `me` may know of in each state."""
        rows = await self.rows(
            "select u.state, count(*) as n from {rows} u where u.enterprise = %(e)s"
            f" and {_SEEN} group by u.state",
            {"e": enterprise, "me": me},
        )
        return {row["state"]: row["n"] for row in rows}

    async def of_enterprise(self, enterprise: str, number: int = 1, *, me: str = "") -> Page:
        """Follow-ups on one enterprise that `me` may know of, newest first."""
        return await self.board(enterprise=enterprise, number=number, me=me)

    async def of_complaint(self, complaint: str, *, me: str = "") -> list[Row]:
        """What regulators made of a complaint (by its id), as `me` may know; oldest first."""
        return await self._made_of([complaint], me)

    async def of_complaints(self, complaints: list[str], *, me: str = "") -> dict[str, Row]:
        """The latest follow-up of each of these complaints."""
        return {row["complaint"]: row for row in await self._made_of(complaints, me)}

    async def made_of(self, complaints: list[str]) -> list[UUID]:
        """The ids of all that was made of these complaints: to count, not to show."""
        rows = await self.rows(
            "select id from {rows} where complaint = any(%(c)s) and complaint <> ''",
            {"c": complaints},
        )
        return [row["id"] for row in rows]

    async def _made_of(self, complaints: list[str], me: str) -> list[Row]:
        return await self.rows(
            "select u.* from {rows} u where u.complaint = any(%(c)s) and u.complaint <> ''"
            f" and {_SEEN} order by u.number",
            {"c": complaints, "me": me},
        )

    async def open_from(self, complaint: str, *, me: str = "") -> list[str]:
        """Numbers of those still open; "" for each that `me` may not know of."""
        rows = await self.rows(
            f"select case when {_SEEN} then u.number else '' end as number from {{rows}} u"
            " where u.complaint = %(c)s and u.complaint <> '' and u.state <> 'closed'"
            " order by u.number",
            {"c": complaint, "me": me},
        )
        return [row["number"] for row in rows]

    async def of_council(self, council: str, number: int = 1) -> Page:
        """Follow-ups that a council raised, newest first."""
        where = f"u.raised_by = %(c)s and u.raised_by <> '' and {_SEEN}"
        return await self.page(_ALL, where, _NEWEST, {"c": council, "me": council}, number)


def _opened(event: FollowUpOpened, recorded: Recorded) -> Row:
    raised_by = event.raised_by
    return {
        "number": event.number,
        "regulator": event.regulator.id,
        "regulator_name": event.regulator.name,
        "enterprise": event.enterprise.id,
        "enterprise_name": event.enterprise.name,
        "source": event.source,
        "source_number": event.source_number,
        "matter": event.matter,
        "complaint": event.complaint,
        "pledge": event.pledge,
        "problem": event.problem,
        "raised_by": raised_by.id if raised_by else "",
        "raised_by_name": raised_by.name if raised_by else "",
        "raised_by_kind": raised_by.kind if raised_by else "",
        "opened_on": recorded.on,
    }


def _step(event: FollowUpEvent, recorded: Recorded) -> Row:
    """What one step after the opening changes."""
    on = recorded.on
    match event:
        case DirectiveIssued():
            said = {"demands": event.demands, "basis": event.basis, "due": event.due}
            return {"directive": event.directive, "issued_on": on, **said, **_BLANK}
        case DirectiveDelivered():
            return {"delivered_on": on, "due": event.due}
        case DirectiveAnswered():
            return {"answered_on": on, "answer": event.answer}
        case RecheckPassed() | RecheckFailed():
            return {"rechecked_on": on, "finding": event.finding}
        case FollowUpClosed():
            return {"closed_on": on, "reason": event.reason}
        case ResultSentToCouncil():
            return {"result_sent_on": on, "result": event.result}
    return {}
