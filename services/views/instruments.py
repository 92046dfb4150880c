"""What councils told everybody, whom they called in, and what they asked of others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from events.event import PartyRef, Recorded
from events.instruments import (
    ComparisonCorrected,
    ComparisonDrafted,
    ComparisonEvent,
    ComparisonPublished,
    ComparisonRewritten,
    ComparisonShown,
    ComparisonWithdrawn,
    InstrumentEvent,
    InterviewHeld,
    PromiseBroken,
    PromiseKept,
    ProposalPassedOn,
    ProposalReplied,
    ProposalSent,
    ProposalTakenBack,
    WarningDrafted,
    WarningPublished,
    WarningRewritten,
    WarningWithdrawn,
)
from services.views.view import Change, Page, Put, Row, View, Write

_NEWEST = "since desc, number desc"


class Instruments(View):
    """One row per instrument; `about` = the enterprise or the body it turns to."""

    name = "instruments"
    version = 1
    by_stream = True
    tables: ClassVar = {
        "rows": """
            id uuid, what text not null, kind text not null, number text not null,
            state text not null, version int not null, council text not null,
            council_name text not null, title text not null, body text not null,
            goods text not null, place text not null, about text not null,
            about_name text not null, about_kind text not null, promised text not null,
            promise_by date, answer text not null, reason text not null, grounds int not null,
            since date not null, ended_on date, position bigint not null""",
        "grounds": "id uuid, record text, number text not null, position bigint not null",
    }
    keys: ClassVar = {"rows": ("id",), "grounds": ("id", "record")}
    indexes: ClassVar = {
        "rows": (
            "(council, since desc, number desc)",
            "(council, what, since desc, number desc)",
            "(about, state, since desc, number desc) where what = 'proposal'",
            "(since desc, number desc) where what = 'warning' and state <> 'draft'",
            "(state, since desc, number desc) where what = 'proposal'",
        ),
        "grounds": ("(record)",),
    }

    def see(self, recorded: Recorded) -> Iterator[Write]:
        event = recorded.event
        if not isinstance(event, InstrumentEvent):
            return
        moved: Row = {"version": recorded.version, "position": recorded.position}
        begun = _begun(event)
        if begun is None:
            yield Change("rows", {"id": recorded.stream}, moved | _moved(event, recorded))
            return
        yield Put("rows", {"id": recorded.stream, **moved, **_blank(event, recorded), **begun})
        for each in getattr(event, "grounds", ()):
            row = {"record": each.record, "number": each.number, "position": recorded.position}
            yield Put("grounds", {"id": recorded.stream, **row})

    # -- for the council, and for the body that is asked -----------------------------------------

    async def one(self, id: str, council: str) -> Row | None:
        """One of a council's own."""
        return await self.row(
            "select * from {rows} where id = %(id)s and council = %(c)s", {"id": id, "c": council}
        )

    async def grounds_of(self, id: str) -> list[Row]:
        """The complaints it rests on."""
        sql = "select record, number from {grounds} where id = %(id)s order by number"
        return await self.rows(sql, {"id": id})

    async def of_council(self, council: str, *, what: str = "", number: int = 1) -> Page:
        """All of one council, newest first."""
        where = "council = %(c)s" + (" and what = %(w)s" if what else "")
        values = {"c": council, "w": what}
        return await self.page("select * from {rows}", where, _NEWEST, values, number)

    async def asked_of(self, party: str, *, state: str = "", number: int = 1) -> Page:
        """What councils asked of one body, newest first."""
        where = "about = %(p)s and what = 'proposal'" + (" and state = %(s)s" if state else "")
        values = {"p": party, "s": state}
        return await self.page("select * from {rows}", where, _NEWEST, values, number)

    async def asked(self, id: str, party: str) -> Row | None:
        """A proposal, for the body that is to answer it."""
        sql = "select * from {rows} where id = %(id)s and about = %(p)s and what = 'proposal'"
        return await self.row(sql, {"id": id, "p": party})

    async def held_with(self, id: str, enterprise: str) -> Row | None:
        """An interview, for the enterprise it was held with."""
        sql = "select * from {rows} where id = %(id)s and about = %(e)s and what = 'interview'"
        return await self.row(sql, {"id": id, "e": enterprise})

    async def owed_by(self, party: str) -> list[Row]:
        """The proposals a body has not answered."""
        sql = "select id from {rows} where about = %(p)s and what = 'proposal' and state = 'sent'"
        return await self.rows(f"{sql} order by id", {"p": party})

    # -- for everybody ---------------------------------------------------------------------------

    async def warnings(self, number: int = 1) -> Page:
        """Published and withdrawn warnings, newest first."""
        where = "what = 'warning' and state <> 'draft'"
        return await self.page("select * from {rows}", where, _NEWEST, {}, number)

    async def proposals(self, *, state: str = "sent", number: int = 1) -> Page:
        """Proposals in one state, those that wait longest last asked first."""
        where = "what = 'proposal' and state = %(s)s"
        return await self.page("select * from {rows}", where, _NEWEST, {"s": state}, number)

    async def public(self, id: str, what: str) -> Row | None:
        """A warning that was published, or a proposal."""
        sql = "select * from {rows} where id = %(id)s and what = %(w)s and state <> 'draft'"
        return await self.row(sql, {"id": id, "w": what})

    async def answering(self) -> list[Row]:
        """How many proposals each body got, and how many it answered."""
        return await self.rows(_ANSWERING)


_ANSWERING = """
    select about_name, about_kind, count(*) as sent,
        count(*) filter (where state = 'answered') as answered,
        count(*) filter (where state = 'sent') as waiting
    from {rows} where what = 'proposal' and state <> 'taken_back'
    group by about, about_name, about_kind order by waiting desc, sent desc, about_name limit 200"""
_NOBODY = PartyRef(id="", name="", kind="system")


def _begun(event: InstrumentEvent) -> Row | None:
    match event:
        case WarningDrafted():
            return {"what": "warning", "kind": event.nature, "state": "draft", "body": event.text,
                    "goods": event.goods}  # fmt: skip
        case InterviewHeld():
            state = "promised" if event.promised else "held"
            promise = {"promised": event.promised, "promise_by": event.promise_by}
            return {"what": "interview", "state": state, "place": event.place, **promise}
        case ComparisonDrafted(details=details):
            return {"what": "comparison", "state": "draft", "goods": details.goods}
        case ProposalSent():
            return {"what": "proposal", "kind": event.nature, "state": "sent", "body": event.text}
    return None


def _blank(event: InstrumentEvent, recorded: Recorded) -> Row:
    about = getattr(event, "addressee", None) or getattr(event, "enterprise", None) or _NOBODY
    empty = dict.fromkeys(("kind", "body", "goods", "place", "promised", "answer", "reason"), "")
    return {
        **empty, "number": event.number, "council": event.council.id,
        "council_name": event.council.name, "title": event.title, "about": about.id,
        "about_name": about.name, "about_kind": about.kind,
        "grounds": len(getattr(event, "grounds", ())), "since": recorded.on,
    }  # fmt: skip


def _moved(event: InstrumentEvent, recorded: Recorded) -> Row:
    match event:
        case WarningRewritten():
            said = {"title": event.title, "kind": event.nature, "goods": event.goods}
            return {**said, "body": event.text}
        case WarningPublished() | ComparisonPublished():
            return {"state": "published", "since": recorded.on}
        case ComparisonEvent() if not isinstance(event, ComparisonWithdrawn):
            return _compared(event)
        case ProposalPassedOn(to=to):
            return {"about": to.id, "about_name": to.name, "about_kind": to.kind}
    state, field = _ENDS[type(event)]
    said = getattr(event, field)
    return {"state": state, "reason" if field == "reason" else "answer": said,
            "ended_on": recorded.on}  # fmt: skip


def _compared(event: ComparisonEvent) -> Row:
    """A further edition is drafted and shown while the one before stays public."""
    match event:
        case ComparisonRewritten(details=details):
            return {"title": event.title, "goods": details.goods}
        case ComparisonShown():
            return {"state": "rechecked" if event.edition > 1 else "shown"}
        case ComparisonCorrected():
            return {"state": "correcting" if event.edition > 1 else "draft"}
    return {}


#: How it ends: the state, and the field of the event that says what came of it.
_ENDS: dict[type[InstrumentEvent], tuple[str, str]] = {
    WarningWithdrawn: ("withdrawn", "reason"),
    ComparisonWithdrawn: ("withdrawn", "reason"),
    PromiseKept: ("kept", "found"),
    PromiseBroken: ("broken", "found"),
    ProposalReplied: ("answered", "answer"),
    ProposalTakenBack: ("taken_back", "reason"),
}
