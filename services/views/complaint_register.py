"""The complaint register: every complaint with its state, for the bodies that handle it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, ClassVar

from events.assigning import AssigningEvent
from events.complaints import (
    AgreementReached,
    ClueReferred,
    ComplaintAccepted,
    ComplaintClosed,
    ComplaintEvent,
    ComplaintImportReversed,
    ComplaintRefused,
    ComplaintRegistered,
    ComplaintTransferred,
    ComplaintWithdrawn,
    MediationStarted,
    MediationTerminated,
    ReferralReturned,
    RestitutionRecorded,
    SatisfactionStated,
)
from events.erasure import STANDS
from events.event import Event, PartyRef, Recorded
from services.views import assigned
from services.views.asking import ALL
from services.views.searching import index_of, is_number, words
from services.views.tallies import Tally
from services.views.view import Change, Page, Put, Row, View, Write

_STATES: dict[type[Event], str] = {
    ComplaintAccepted: "accepted",
    ComplaintRefused: "refused",
    ComplaintTransferred: "received",
    MediationStarted: "mediating",
    AgreementReached: "agreed",
    MediationTerminated: "terminated",
    ComplaintWithdrawn: "withdrawn",
    ComplaintClosed: "closed",
    ComplaintImportReversed: "reversed",
}
#: What a list shows, and what its filters ask; the long texts stay where they are.
_LISTED = (
    "select u.id, u.number, u.state, u.handler, u.respondent, u.product, u.category,"
    " u.received_on, u.officer, u.officer_name from {rows} u"
)
_NEWEST = "received_on desc, number desc"
#: What is counted of the complaints of each body in each state; money in CNY, fen.
_SUMS = {
    "n": "count(*)",
    "ended": "count(ended_on)",
    "agreed": "count(*) filter (where remedy <> '')",
    "recovered": "coalesce(sum(restitution) filter (where currency = 'CNY'), 0)",
}


class ComplaintRegister(assigned.Assigned, View):
    """One row per complaint; what is said about the consumer stands in the log only, sealed."""

    name = "complaint_register"
    version = 4
    UNIT: ClassVar[str] = "handler"
    OVER: ClassVar[tuple[str, ...]] = ("closed", "reversed")
    by_stream = True
    tables: ClassVar = {
        "rows": f"""
            id uuid, number text not null, state text not null, version int not null,
            handler text not null, handler_name text not null, handler_kind text not null,
            enterprise text not null, respondent text not null, respondent_address text not null,
            category text not null, trade text not null, product text not null,
            channel text not null, injury boolean not null,
            received_on date not null, accepted_on date, mediation_on date, ended_on date,
            closed_on date, bought_on text not null, claimed bigint, claimed_currency text not null,
            may_mediate boolean not null, may_publish boolean not null,
            ground text not null default '', remedy text not null default '',
            result_code text not null default '', satisfied boolean,
            restitution bigint not null default 0, currency text not null default '',
            referred_to text not null default '', referred_to_name text not null default '',
            referred_on date, personal text not null default '', personal_on date,
            batch text not null default '', position bigint not null, {assigned.COLUMNS}""",
        "tallies": """
            handler text, state text, n bigint not null, ended bigint not null,
            agreed bigint not null, recovered bigint not null""",
    }
    keys: ClassVar = {"rows": ("id",), "tallies": ("handler", "state")}
    tallies: ClassVar = {"tallies": Tally("rows", ("handler", "state"), _SUMS)}
    indexes: ClassVar = {
        "rows": (
            "(number)",
            "(handler, state, received_on desc, number desc)",
            "(handler, received_on desc, number desc)",
            "(handler, officer, received_on desc, number desc)",
            "(handler, officer, state, received_on desc, number desc)",
            *assigned.INDEXES,
            "(enterprise, received_on desc, number desc) where enterprise <> ''",
            "(enterprise, state) where enterprise <> ''",
            "(referred_to, referred_on desc, number desc) where referred_to <> ''",
            "(batch, number, id) where batch <> ''",
            index_of("respondent", "product"),
        )
    }

    def see(self, recorded: Recorded) -> Iterator[Write]:
        event = recorded.event
        if isinstance(event, AssigningEvent):
            yield from assigned.seen(recorded, "complaint", "handler", _ANEW)
        if not isinstance(event, ComplaintEvent):
            return
        row = {"id": recorded.stream}
        moved: Row = {"version": recorded.version, "position": recorded.position}
        if isinstance(event, ComplaintRegistered):
            yield Put("rows", {**row, **moved, **_registered(event, recorded)})
            return
        if state := _STATES.get(type(event)):
            moved["state"] = state
        if columns := _COLUMNS.get(type(event)):
            moved |= columns(event, recorded.on)
        if personal := STANDS.get(type(event)):
            moved |= {"personal": personal, "personal_on": recorded.on}
        yield Change("rows", row, moved)

    async def one(self, id: str) -> Row | None:
        """The complaint, by its id."""
        return await self.row("select * from {rows} where id = %(id)s", {"id": id})

    async def numbered(self, number: str) -> Row | None:
        """The complaint, by its number."""
        return await self.row("select * from {rows} where number = %(n)s", {"n": number})

    async def handled_by(
        self,
        party: str,
        *,
        state: str = "",
        officer: str = "",
        text: str = "",
        number: int = 1,
    ) -> Page:
        """The complaints a body handles, newest first, by state, person in charge and words."""
        where = "u.handler = %(party)s and u.state <> 'reversed'"
        if state:
            where += " and u.state = %(state)s"
        if officer:
            where += f" and {assigned.whose(officer)}"
        asked: Row = {"party": party, "state": state, "officer": officer, "text": text}
        order = _NEWEST
        if is_number(text):
            where += " and u.number = upper(%(text)s)"
        elif text:
            found = words(text, "u.respondent", "u.product")
            return await self.containing(_LISTED, where, found, order, asked, number)
        return await self.page(_LISTED, where, order, asked, number)

    async def states_of(self, party: str) -> dict[str, int]:
        """How many complaints the body has in each state."""
        rows = await self.rows("select state, n from {tallies} where handler = %(p)s", {"p": party})
        return {row["state"]: row["n"] for row in rows}

    async def referred_to(self, party: str, number: int = 1) -> Page:
        """Clues referred to a regulator, newest first."""
        return await self.page(
            "select * from {rows}", "referred_to = %(p)s and referred_to <> ''",
            "referred_on desc, number desc", {"p": party}, number,
        )  # fmt: skip

    async def about(self, enterprise: str, number: int = 1) -> Page:
        """Complaints about one enterprise, newest first."""
        return await self.page(
            "select * from {rows}",
            "enterprise = %(e)s and enterprise <> '' and state <> 'reversed'",
            _NEWEST, {"e": enterprise}, number,
        )  # fmt: skip

    async def numbers_about(self, enterprise: str, number: int = 1) -> Page:
        """What the enterprise itself reads of complaints about it: nothing that a consumer told."""
        return await self.page(
            "select number, state, handler_name, handler_kind, received_on from {rows}",
            "enterprise = %(e)s and enterprise <> '' and state <> 'reversed'",
            _NEWEST, {"e": enterprise}, number,
        )  # fmt: skip

    async def states_about(self, enterprise: str) -> dict[str, int]:
        """How many complaints about one enterprise there are in each state."""
        rows = await self.rows(
            "select state, count(*) as n from {rows} where enterprise = %(e)s"
            " and enterprise <> '' and state <> 'reversed' group by state",
            {"e": enterprise},
        )
        return {row["state"]: row["n"] for row in rows}

    async def of_batch(self, batch: str) -> list[Row]:
        """The complaints one import brought."""
        return await self.rows(
            "select id, number, state, version from {rows} where batch = %(b)s and batch <> ''"
            " order by number",
            {"b": batch},
        )

    async def size_of(self, batch: str) -> int:
        """How many complaints one import brought, to the last."""
        return await self.count("{rows} where batch = %(b)s and batch <> ''", {"b": batch}, ALL)

    async def brought_by(self, batch: str, number: int = 1) -> Page:
        """The same, page by page as a list shows them."""
        return await self.page(
            "select * from {rows}", "batch = %(b)s and batch <> ''", "number, id",
            {"b": batch}, number,
        )  # fmt: skip

    async def glance(self) -> Row:
        """The register in a few figures: received, ended, by agreement, recovered (CNY, fen)."""
        found = await self.row(_GLANCE)
        return found or {}


def _registered(event: ComplaintRegistered, recorded: Recorded) -> Row:
    return {
        "number": event.number,
        "state": "received",
        **_handler(event.handler),
        "enterprise": event.enterprise.id if event.enterprise else "",
        "respondent": event.respondent,
        "respondent_address": event.respondent_address,
        "category": event.category,
        "trade": event.trade,
        "product": event.product,
        "channel": event.by.channel,
        "injury": event.injury,
        "received_on": recorded.on,
        "bought_on": event.bought_on,
        "claimed": event.claimed.minor if event.claimed else None,
        "claimed_currency": event.claimed.currency if event.claimed else "",
        "may_mediate": event.may_mediate,
        "may_publish": event.may_publish,
        "batch": event.correlation if event.by.channel == "import" else "",
    }


def _handler(party: PartyRef) -> Row:
    return {"handler": party.id, "handler_name": party.name, "handler_kind": party.kind}


def _agreed(event: AgreementReached, on: date) -> Row:
    return {"remedy": event.remedy, "result_code": event.result_code, "ended_on": on}


def _terminated(event: MediationTerminated, on: date) -> Row:
    return {"ground": event.ground, "result_code": event.result_code, "ended_on": on}


def _referred(event: ClueReferred, on: date) -> Row:
    to = event.to
    return {"referred_to": to.id, "referred_to_name": to.name, "referred_on": on}


#: What another body decides on anew waits for its decision.
_ANEW: Row = {"state": "received", "accepted_on": None}
#: What each event changes besides the state.
_COLUMNS: dict[type[Event], Callable[[Any, date], Row]] = {
    ComplaintAccepted: lambda _, on: {"accepted_on": on},
    ComplaintRefused: lambda event, on: {"ground": event.ground, "ended_on": on},
    ComplaintTransferred: lambda event, _: {**_handler(event.to), "accepted_on": None},
    MediationStarted: lambda _, on: {"mediation_on": on},
    AgreementReached: _agreed,
    MediationTerminated: _terminated,
    RestitutionRecorded: lambda event, _: {
        "restitution": event.amount.minor,
        "currency": event.amount.currency,
    },
    SatisfactionStated: lambda event, _: {"satisfied": event.satisfied},
    ClueReferred: _referred,
    ReferralReturned: lambda _, __: {
        "referred_to": "",
        "referred_to_name": "",
        "referred_on": None,
    },
    ComplaintWithdrawn: lambda _, on: {"ended_on": on},
    ComplaintClosed: lambda _, on: {"closed_on": on},
}

_GLANCE = """
    select coalesce(sum(n), 0)::bigint as received, coalesce(sum(ended), 0)::bigint as ended,
        coalesce(sum(agreed), 0)::bigint as agreed,
        coalesce(sum(recovered), 0)::bigint as recovered
    from {tallies} where state <> 'reversed'"""
