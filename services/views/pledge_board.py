"""The pledge board: pledges with their wordings, who signed, evidence, questions, breaches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from events.event import Event, Recorded
from events.parties import MemberAdmitted, MemberLeft
from events.pledges import (
    BreachSuspected,
    EvidenceSubmitted,
    MemberPledgeEvent,
    MemberQuestioned,
    PledgeDrafted,
    PledgeMet,
    PledgeNotMet,
    PledgePublished,
    PledgeSigned,
    PledgeWithdrawn,
    QuestionAnswered,
)
from services.views.view import Change, Drop, Page, Put, Row, View, Write

_STATES: dict[type[Event], str] = {
    EvidenceSubmitted: "evidence",
    PledgeMet: "met",
    PledgeNotMet: "not_met",
    PledgeWithdrawn: "withdrawn",
}
#: Member pledges that are neither judged nor withdrawn.
_ACTIVE = "state in ('active', 'evidence')"
#: Lists of an association's member pledges: name -> which.
LISTS = {
    "all": "true",
    "waiting": "state = 'evidence'",
    "asked": "asked = 'questioned' and state <> 'withdrawn'",
    "due": "state = 'active' and period_to <= %(until)s",
}


class PledgeBoard(View):
    """One row per pledge (`rows`), wording, member pledge, evidence and suspected breach."""

    name = "pledge_board"
    version = 1
    tables: ClassVar = {
        "rows": """
            id uuid, number text not null, title text not null, state text not null,
            version int not null, association text not null, association_name text not null,
            text text not null, metric text not null, target text not null, evidence text not null,
            period_from date not null, period_to date not null, drafted_on date not null,
            published_on date, text_hash text not null default '', position bigint not null""",
        "wordings": """
            pledge uuid, nth int, title text not null, text text not null, metric text not null,
            target text not null, evidence text not null, period_from date not null,
            period_to date not null, drafted_on date not null, by_name text not null,
            published_on date, text_hash text not null default ''""",
        "members": """
            id uuid, pledge text not null, number text not null, title text not null,
            association text not null, association_name text not null,
            enterprise text not null, enterprise_name text not null,
            state text not null, version int not null, asked text not null,
            period_from date not null, period_to date not null, signed_on date not null,
            evidence int not null, breaches int not null default 0, decided_on date,
            reason text not null default '', question text not null default '', asked_on date,
            answer text not null default '', answered_on date, position bigint not null""",
        "evidence": """
            member_pledge uuid, position bigint, what text not null, submitted_on date not null,
            by_person text not null, by_name text not null,
            by_party text not null, by_kind text not null""",
        "breaches": """
            member_pledge uuid, cause_number text, cause text not null, flagged_on date not null,
            number text not null, title text not null,
            association text not null, enterprise text not null, enterprise_name text not null,
            asked boolean not null default false, position bigint not null""",
        "roster": "association text, enterprise text",
    }
    keys: ClassVar = {
        "rows": ("id",), "wordings": ("pledge", "nth"), "members": ("id",),
        "evidence": ("member_pledge", "position"), "breaches": ("member_pledge", "cause_number"),
        "roster": ("association", "enterprise"),
    }  # fmt: skip
    indexes: ClassVar = {
        "rows": (
            "(number)", "(association, drafted_on desc, number desc)",
            "(association, state, drafted_on desc, number desc)",
        ),
        "members": (
            "(pledge, enterprise_name, id)", "(association, period_to, id)",
            "(association, state, period_to, id)", "(enterprise, signed_on desc, id)",
        ),
        "breaches": ("(association, position desc)",),
    }  # fmt: skip

    def see(self, recorded: Recorded) -> Iterator[Write]:
        event = recorded.event
        match event:
            case PledgeDrafted():
                yield from _drafted(recorded, event)
            case PledgePublished():
                yield from _published(recorded, event)
            case PledgeSigned():
                yield Put("members", _signed(recorded, event))
                # Signed again after a withdrawal: what was handed in before proves nothing now.
                yield Drop("evidence", {"member_pledge": recorded.stream})
            case MemberPledgeEvent():
                yield from _stepped(recorded, event)
            case MemberAdmitted():
                yield Put("roster", _membership(event))
            case MemberLeft():
                yield Drop("roster", _membership(event))

    # -- pledges -------------------------------------------------------------------------

    async def pledges(self, association: str, state: str = "", number: int = 1) -> Page:
        """An association's pledges, newest first, each with how far it has come."""
        where = "association = %(a)s" + (" and state = %(state)s" if state else "")
        order, values = "drafted_on desc, number desc", {"a": association, "state": state}
        page = await self.page("select * from {rows}", where, order, values, number)
        return replace(page, rows=await self._with_progress(page.rows))

    async def pledge(self, id: str) -> Row | None:
        """The pledge, by its id, with how far it has come."""
        row = await self.row("select * from {rows} where id = %(id)s", {"id": id})
        return (await self._with_progress([row]))[0] if row else None

    async def wordings(self, pledge: str) -> list[Row]:
        """Every wording of a pledge, the latest first."""
        return await self.rows(
            "select * from {wordings} where pledge = %(p)s order by nth desc", {"p": pledge}
        )

    async def _with_progress(self, rows: Sequence[Row]) -> list[Row]:
        found = await self.rows(_PROGRESS, {"ids": [row["id"] for row in rows]})
        counts = {row["id"]: row for row in found}
        return [{**row, **counts[row["id"]]} for row in rows]

    # -- member pledges ------------------------------------------------------------------

    async def signatories(self, pledge: str, number: int = 1) -> Page:
        """Who signed a pledge, by name."""
        return await self.page(
            "select * from {members}", "pledge = %(p)s", "enterprise_name, id",
            {"p": pledge}, number,
        )  # fmt: skip

    async def signed_by(self, pledge: str, enterprises: Sequence[str]) -> set[str]:
        """Which of these enterprises have signed the pledge and not withdrawn."""
        rows = await self.rows(
            "select enterprise from {members} where pledge = %(p)s"
            " and enterprise = any(%(e)s) and state <> 'withdrawn'",
            {"p": pledge, "e": list(enterprises)},
        )
        return {row["enterprise"] for row in rows}

    async def member_pledge(self, id: str) -> Row | None:
        """One member's pledge, by its id."""
        return await self.row("select * from {members} where id = %(id)s", {"id": id})

    async def evidence_of(self, member_pledge: str) -> list[Row]:
        """The evidence on one member's pledge, oldest first."""
        return await self.rows(
            "select * from {evidence} where member_pledge = %(m)s order by position",
            {"m": member_pledge},
        )

    async def breaches_of(self, member_pledge: str) -> list[Row]:
        """What was pointed out on one member's pledge, oldest first."""
        return await self.rows(
            "select * from {breaches} where member_pledge = %(m)s order by position",
            {"m": member_pledge},
        )

    async def of_enterprise(self, enterprise: str, number: int = 1, association: str = "") -> Page:
        """What one enterprise signed, newest first; `association` = only that one's pledges."""
        where = "enterprise = %(e)s" + (" and association = %(a)s" if association else "")
        return await self.page(
            "select * from {members}", where, "signed_on desc, id",
            {"e": enterprise, "a": association}, number,
        )  # fmt: skip

    async def active_of(self, enterprise: str, on: date | None = None) -> list[Row]:
        """The enterprise's pledges that are neither judged nor withdrawn; begun by `on`."""
        begun = " and period_from <= %(on)s" if on else ""
        return await self.rows(
            f"select * from {{members}} where enterprise = %(e)s and {_ACTIVE}{begun} order by id",
            {"e": enterprise, "on": on},
        )

    async def listed(
        self, association: str, which: str = "all", *, until: date, number: int = 1
    ) -> Page:
        """An association's member pledges of one of `LISTS`, the soonest end first."""
        return await self.page(
            "select * from {members}", f"association = %(a)s and {LISTS[which]}", "period_to, id",
            {"a": association, "until": until}, number,
        )  # fmt: skip

    async def breaches(self, association: str, number: int = 1) -> Page:
        """Suspected breaches by an association's members, newest first."""
        return await self.page(
            "select * from {breaches}", "association = %(a)s", "position desc, member_pledge",
            {"a": association}, number,
        )  # fmt: skip

    async def counts(self, association: str, until: date) -> dict[str, int]:
        """How long each of `LISTS` is, and how many breaches nobody has asked about."""
        each = ", ".join(f"count(*) filter (where {sql}) as {name}" for name, sql in LISTS.items())
        values = {"a": association, "until": until}
        lists = await self.row(f"select {each} from {{members}} where association = %(a)s", values)
        breaches = await self.row(_UNASKED, values)
        return {**(lists or {}), **(breaches or {})}


def _drafted(recorded: Recorded, event: PledgeDrafted) -> Iterator[Write]:
    text = {
        name: getattr(event, name)
        for name in ("title", "text", "metric", "target", "evidence", "period_from", "period_to")
    }
    yield Put(
        "rows",
        {
            "id": recorded.stream, "number": event.number, "state": "draft",
            "version": recorded.version, "association": event.association.id,
            "association_name": event.association.name, **text, "drafted_on": recorded.on,
            "position": recorded.position,
        },
    )  # fmt: skip
    by = {"by_name": event.by.name, "drafted_on": recorded.on}
    yield Put("wordings", {"pledge": recorded.stream, "nth": recorded.version, **text, **by})


def _published(recorded: Recorded, event: PledgePublished) -> Iterator[Write]:
    frozen = {"published_on": recorded.on, "text_hash": event.text_hash}
    moved = {"state": "published", "version": recorded.version, "position": recorded.position}
    yield Change("rows", {"id": recorded.stream}, {**frozen, **moved})
    # What is published is what was drafted last: only drafts come before it.
    yield Change("wordings", {"pledge": recorded.stream, "nth": recorded.version - 1}, frozen)


def _signed(recorded: Recorded, event: PledgeSigned) -> Row:
    """A signature, also a second one after a withdrawal, begins with a clean row."""
    return {
        "id": recorded.stream, "pledge": event.pledge, "number": event.number,
        "title": event.title, "association": event.association.id,
        "association_name": event.association.name, "enterprise": event.enterprise.id,
        "enterprise_name": event.enterprise.name, "state": "active", "version": recorded.version,
        "asked": "", "period_from": event.period_from, "period_to": event.period_to,
        "signed_on": recorded.on, "evidence": 0, "decided_on": None, "reason": "",
        "question": "", "asked_on": None, "answer": "", "answered_on": None,
        "position": recorded.position,
    }  # fmt: skip


def _stepped(recorded: Recorded, event: MemberPledgeEvent) -> Iterator[Write]:
    """What one step after the signature changes."""
    moved: Row = {"version": recorded.version, "position": recorded.position}
    if state := _STATES.get(type(event)):
        moved["state"] = state
    if columns := _COLUMNS.get(type(event)):
        moved |= columns(event, recorded.on)
    plus = {name: 1 for name, kind in _COUNTED.items() if isinstance(event, kind)}
    yield Change("members", {"id": recorded.stream}, moved, plus)
    match event:
        case EvidenceSubmitted():
            yield Put("evidence", _evidence(recorded, event))
        case BreachSuspected():
            yield Put("breaches", _breach(recorded, event))
        case MemberQuestioned():
            unasked = {"member_pledge": recorded.stream, "asked": False}
            yield Change("breaches", unasked, {"asked": True})


def _evidence(recorded: Recorded, event: EvidenceSubmitted) -> Row:
    by = event.by
    return {
        "member_pledge": recorded.stream, "position": recorded.position, "what": event.what,
        "submitted_on": recorded.on, "by_person": by.person, "by_name": by.name,
        "by_party": by.party.name, "by_kind": by.party.kind,
    }  # fmt: skip


def _breach(recorded: Recorded, event: BreachSuspected) -> Row:
    return {
        "member_pledge": recorded.stream, "cause_number": event.cause_number, "cause": event.cause,
        "flagged_on": recorded.on, "number": event.number, "title": event.title,
        "association": event.association.id, "enterprise": event.enterprise.id,
        "enterprise_name": event.enterprise.name, "position": recorded.position,
    }  # fmt: skip


def _membership(event: MemberAdmitted | MemberLeft) -> Row:
    return {"association": event.association.id, "enterprise": event.enterprise.id}


def _decided(event: Event, on: date) -> Row:
    return {"reason": event.reason, "decided_on": on}


_COUNTED = {"evidence": EvidenceSubmitted, "breaches": BreachSuspected}

#: What each event changes besides the state.
_COLUMNS: dict[type[Event], Callable[[Any, date], Row]] = {
    PledgeMet: _decided,
    PledgeNotMet: _decided,
    PledgeWithdrawn: _decided,
    MemberQuestioned: lambda event, on: {
        "asked": "questioned", "question": event.question, "asked_on": on,
        "answer": "", "answered_on": None,
    },
    QuestionAnswered: lambda event, on: {
        "asked": "answered", "answer": event.answer, "answered_on": on,
    },
}  # fmt: skip

#: Of each pledge: how many signed, in which state, and how many members there are to sign.
_PROGRESS = """
    select p.id, count(m.id) filter (where m.state <> 'withdrawn') as signed,
        count(m.id) filter (where m.state = 'active') as active,
        count(m.id) filter (where m.state = 'evidence') as waiting,
        count(m.id) filter (where m.state = 'met') as met,
        count(m.id) filter (where m.state = 'not_met') as not_met,
        count(m.id) filter (where m.state = 'withdrawn') as withdrawn,
        count(m.id) filter (where m.asked = 'questioned' and m.state <> 'withdrawn') as questions,
        coalesce(sum(m.evidence), 0)::bigint as submitted,
        coalesce(sum(m.breaches), 0)::bigint as suspected,
        count(r.enterprise) filter (where m.state <> 'withdrawn') as covered,
        (select count(*) from {roster} where association = p.association) as roster
    from {rows} p left join {members} m on m.pledge = p.id::text
        left join {roster} r on r.association = m.association and r.enterprise = m.enterprise
    where p.id = any(%(ids)s) group by p.id, p.association"""

_UNASKED = "select count(*) as breaches from {breaches} where association = %(a)s and not asked"
