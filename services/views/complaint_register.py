"""The complaint register: every complaint with its state, for the bodies that handle it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

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
from events.event import Recorded
from services.views.view import Change, Page, Put, Row, View, Write

_STATES = {
    ComplaintAccepted: "accepted",
    ComplaintRefused: "refused",
    MediationStarted: "mediating",
    AgreementReached: "agreed",
    MediationTerminated: "terminated",
    ComplaintWithdrawn: "withdrawn",
    ComplaintClosed: "closed",
    ComplaintImportReversed: "reversed",
}


class ComplaintRegister(View):
    """One row per complaint."""

    name = "complaint_register"
    version = 1
    tables: ClassVar = {
        "rows": """
            id uuid, number text not null, state text not null, version int not null,
            handler text not null, handler_name text not null, handler_kind text not null,
            enterprise text not null, respondent text not null, respondent_address text not null,
            category text not null, trade text not null, product text not null,
            channel text not null, injury boolean not null,
            complainant text not null, phone text not null, address text not null,
            facts text not null, request text not null,
            received_on date not null, accepted_on date, mediation_on date, ended_on date,
            ground text not null default '', remedy text not null default '',
            result_code text not null default '', satisfied boolean,
            restitution bigint not null default 0, currency text not null default '',
            referred_to text not null default '', referred_to_name text not null default '',
            referred_on date, batch text not null default '', position bigint not null"""
    }
    keys: ClassVar = {"rows": ("id",)}
    indexes: ClassVar = {
        "rows": (
            "(number)",
            "(handler, state, received_on desc, number desc)",
            "(handler, received_on desc, number desc)",
            "(enterprise, received_on desc) where enterprise <> ''",
            "(referred_to, referred_on desc) where referred_to <> ''",
            "(batch) where batch <> ''",
        )
    }
    #: personal columns, scrubbed when a person is erased
    personal: ClassVar = ("complainant", "phone", "address", "facts", "request")

    def see(self, recorded: Recorded) -> Iterator[Write]:
        event = recorded.event
        if not isinstance(event, ComplaintEvent):
            return
        row = {"id": recorded.stream}
        moved = {"version": recorded.version, "position": recorded.position}
        if state := _STATES.get(type(event)):
            moved["state"] = state
        match event:
            case ComplaintRegistered():
                yield Put("rows", {**row, **moved, **_registered(event, recorded)})
                return
            case ComplaintAccepted():
                moved["accepted_on"] = recorded.on
            case ComplaintRefused():
                moved |= {"ground": event.ground, "ended_on": recorded.on}
            case ComplaintTransferred():
                moved |= _handler(event.to) | {"state": "received"}
            case MediationStarted():
                moved["mediation_on"] = recorded.on
            case AgreementReached():
                moved |= {"remedy": event.remedy, "result_code": event.result_code, "ended_on": recorded.on}
            case MediationTerminated():
                moved |= {"ground": event.ground, "result_code": event.result_code, "ended_on": recorded.on}
            case RestitutionRecorded():
                moved |= {"restitution": event.amount.minor, "currency": event.amount.currency}
            case SatisfactionStated():
                moved["satisfied"] = event.satisfied
            case ClueReferred():
                moved |= {"referred_to": event.to.id, "referred_to_name": event.to.name, "referred_on": recorded.on}
            case ReferralReturned():
                moved |= {"referred_to": "", "referred_to_name": "", "referred_on": None}
            case ComplaintClosed() | ComplaintWithdrawn():
                moved["ended_on"] = recorded.on
        yield Change("rows", row, moved)

    async def one(self, id: str) -> Row | None:
        """The complaint, by its id."""
        return await self.row("select * from {rows} where id = %(id)s", {"id": id})

    async def numbered(self, number: str) -> Row | None:
        """The complaint, by its number."""
        return await self.row("select * from {rows} where number = %(n)s", {"n": number})

    async def handled_by(self, party: str, *, state: str = "", text: str = "", number: int = 1) -> Page:
        """The complaints a body handles, newest first, by state and words."""
        where = "handler = %(party)s and state <> 'reversed'"
        if state:
            where += " and state = %(state)s"
        if text:
            where += " and (number = upper(%(text)s) or respondent like %(like)s or product like %(like)s)"
        values = {"party": party, "state": state, "text": text, "like": f"%{text}%"}
        return await self.page(
            "select * from {rows}", where, "received_on desc, number desc", values, number
        )

    async def states_of(self, party: str) -> dict[str, int]:
        """How many complaints the body has in each state."""
        rows = await self.rows(
            "select state, count(*) as n from {rows} where handler = %(p)s group by state", {"p": party}
        )
        return {row["state"]: row["n"] for row in rows}

    async def referred_to(self, party: str, number: int = 1) -> Page:
        """Clues referred to a regulator, newest first."""
        return await self.page(
            "select * from {rows}", "referred_to = %(p)s", "referred_on desc, number desc",
            {"p": party}, number,
        )  # fmt: skip

    async def about(self, enterprise: str, number: int = 1) -> Page:
        """Complaints about one enterprise, newest first."""
        return await self.page(
            "select * from {rows}", "enterprise = %(e)s and state <> 'reversed'",
            "received_on desc, number desc", {"e": enterprise}, number,
        )  # fmt: skip

    async def of_batch(self, batch: str) -> list[Row]:
        """The complaints one import brought."""
        return await self.rows(
            "select id, number, state, version from {rows} where batch = %(b)s order by number", {"b": batch}
        )


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
        "complainant": event.complainant.get("name"),
        "phone": event.complainant.get("phone"),
        "address": event.complainant.get("address"),
        "facts": event.told.get("facts"),
        "request": event.told.get("request"),
        "received_on": recorded.on,
        "batch": event.correlation if event.by.channel == "import" else "",
    }


def _handler(party: object) -> Row:
    return {"handler": party.id, "handler_name": party.name, "handler_kind": party.kind}  # type: ignore[attr-defined]
