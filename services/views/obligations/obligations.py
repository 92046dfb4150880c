"""Who owes whom an answer: every obligation between parties, since when, until when, on what basis.

An obligation opens with the event that makes somebody wait and is settled by the event that
answers. `until` is the safe day; None = no number is laid down, then it is never overdue, or its
clock is paused; `latest` is the day after which it is. The table of clocks has the open ones by
when they next speak (`services/timekeeping/index.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from psycopg_pool import AsyncConnectionPool

from events.assigning import HandOverEvent
from events.complaints import ComplaintEvent
from events.enforcement import (
    DirectiveAnswered,
    DirectiveDelivered,
    DirectiveIssued,
    FollowUpEvent,
    FollowUpOpened,
    RecheckFailed,
    RecheckPassed,
    ResultSentToCouncil,
)
from events.enquiries import EnquiryEvent
from events.event import Event, PartyRef, Recorded
from events.instruments import InstrumentEvent
from events.log import Log
from events.pledges import (
    EvidenceSubmitted,
    MemberPledgeEvent,
    MemberQuestioned,
    PledgeMet,
    PledgeNotMet,
    PledgeSigned,
    PledgeWithdrawn,
    QuestionAnswered,
)
from events.reports import ReportEvent
from services.timekeeping import index as clock_index
from services.timekeeping.times import Times
from services.views.assigned import unit_of
from services.views.obligations.complaints import complaint, handed_over
from services.views.obligations.enquiries import enquiry
from services.views.obligations.groups import BOTH, COUNTED, GROUPS, SEEN, SOONEST
from services.views.obligations.instruments import instrument
from services.views.obligations.reports import OWN, report
from services.views.obligations.rows import opened, settled
from services.views.view import Page, Row, View, Write


class Obligations(View):
    """One row per obligation, open or settled."""

    name = "obligations"
    version = 9
    tables: ClassVar = {
        "rows": f"""
            id text, what text not null, rule text not null, open boolean not null,
            debtor text not null, debtor_name text not null, debtor_kind text not null,
            creditor text not null, creditor_name text not null, creditor_kind text not null,
            what_zh text not null, what_en text not null, since date not null,
            until date, latest date, provisional boolean not null, set_for date,
            basis_zh text not null, basis_en text not null,
            kind text not null, record text not null, number text not null,
            enterprise text not null, enterprise_name text not null,
            done_on date, done_by text not null default '', position bigint not null,
            {clock_index.ON_ROWS}""",
        "clocks": clock_index.CLOCKS,
    }
    keys: ClassVar = {"rows": ("id",), "clocks": ("id",)}
    scopes: ClassVar = {"rows": ("record",), "clocks": ("record",)}
    indexes: ClassVar = {
        "rows": (
            "(debtor, until, latest, since, id) where open",
            "(creditor, until, latest, since, id) where open",
            "(until, latest, since, id) where open",
            "(debtor_kind, until, latest, since, id) where open",
            "(what, until, latest, since, id) where open",
            "(debtor_kind, what, until, latest, since, id) where open",
            "(enterprise, open desc, since desc, id) where enterprise <> ''",
            "(debtor, kind, until) where open",
            "(creditor, kind, until) where open",
            "(kind, until) where open",
        ),
        "clocks": clock_index.INDEXES,
    }

    def __init__(self, pool: AsyncConnectionPool[Any], log: Log | None = None) -> None:
        super().__init__(pool, log)
        self.times = Times(log)

    async def prepare(self) -> None:
        await self.times.read()

    def see(self, recorded: Recorded) -> Iterator[Write]:
        self.times.learn(recorded)
        for write in owed(recorded):
            yield from clock_index.timed(write, recorded, self.times)
        yield from clock_index.heard(recorded)

    async def of_party(self, party: str, group: str, today: date, number: int = 1) -> Page:
        """A party's obligations in one group: yours, others, week, overdue."""
        source, where = GROUPS[group]
        values = _on(party, today)
        where = f"{where} and {SEEN}"
        select = f"select u.* from {source}"
        return await self.page(select, where, SOONEST, values, number, most=COUNTED)

    async def counts(self, party: str, today: date) -> dict[str, int]:
        """How many obligations the party has in each group; above `COUNTED`: more than that."""
        values = _on(party, today)
        return {
            name: await self.count(f"{source} where {where} and {SEEN}", values, COUNTED)
            for name, (source, where) in GROUPS.items()
        }

    async def answers_owed(self, party: str) -> list[Row]:
        """The complaints of which a regulator has a clue and owes the answer: id, number."""
        return await self.rows(
            "select record::uuid as id, number from {rows}"
            " where open and debtor = %(p)s and what = 'answer' order by record",
            {"p": party},
        )

    async def of_record(self, record: str) -> list[Row]:
        """What was and is owed on one record, open ones first."""
        return await self.rows(
            "select * from {rows} where record = %(r)s order by open desc, since, id", {"r": record}
        )

    async def of_enterprise(self, enterprise: str, number: int = 1, *, me: str = "") -> Page:
        """What is owed by, to or about one enterprise as `me` may know, open ones first."""
        return await self.page(
            "select u.* from {rows} u",
            f"u.enterprise = %(e)s and u.enterprise <> '' and {SEEN}",
            "open desc, since desc, id",
            {"e": enterprise, "me": me},
            number,
        )

    async def open(
        self, number: int = 1, *, debtor: str = "", what: str = "", overdue_on: date | None = None,
        reader: str = "",
    ) -> Page:  # fmt: skip
        """Everything open between all parties, the soonest first; by kind of debtor and matter.

        What concerns a report is for the body that handles it alone, if that is the `reader`;
        what it may not know of is left out.
        """
        filters = {
            "debtor_kind = %(debtor)s": debtor,
            "what = %(what)s": what,
            "until < %(today)s and latest < %(today)s": overdue_on,
        }
        where = ["open", OWN, *(sql for sql, value in filters.items() if value), SEEN]
        values = {"debtor": debtor, "what": what, "today": overdue_on}
        values |= {"reader": reader, "me": reader}
        select = "select u.* from {rows} u"
        return await self.page(select, " and ".join(where), SOONEST, values, number)

    async def between(
        self, party: str, number: int = 1, *, whose: str = "", what: str = "",
        overdue_on: date | None = None,
    ) -> Page:  # fmt: skip
        """What a party owes and is owed, the soonest first; by whose turn it is and by matter."""
        source, side = GROUPS.get(whose, (BOTH, "open"))
        filters = {
            "what = %(what)s": what,
            "until < %(today)s and latest < %(today)s": overdue_on,
        }
        where = [side, *(sql for sql, value in filters.items() if value), SEEN]
        values = {"party": party, "me": party, "what": what, "today": overdue_on}
        select = f"select u.* from {source}"
        return await self.page(select, " and ".join(where), SOONEST, values, number, most=COUNTED)

    async def late_of(
        self, debtors: Sequence[str], today: date, number: int = 1, *, me: str
    ) -> Page:
        """What these units are late with, as their superior `me` may know: no reports (121 §37)."""
        late = "open and until < %(today)s and latest < %(today)s and debtor = any(%(debtors)s)"
        values = {"debtors": list(debtors), "today": today, "reader": "", "me": me}
        where = f"{late} and {OWN} and {SEEN}"
        return await self.page("select u.* from {rows} u", where, SOONEST, values, number)

    # -- for the clock process -----------------------------------------------------------------

    async def due(self, now: datetime, most: int) -> list[Row]:
        """Open clocks that have something to say, the longest silent first."""
        sql = "select * from {clocks} where next_at <= %(now)s and not resting"
        return await self.rows(f"{sql} order by next_at limit %(most)s", {"now": now, "most": most})

    async def stale(self, most: int) -> list[Row]:
        """Open clocks that must be counted again, since something moved them."""
        return await self.rows(
            "select * from {clocks} where stale order by id limit %(most)s", {"most": most}
        )

    async def running(self, after: str, most: int) -> list[Row]:
        """All open clocks, part by part."""
        sql = "select * from {clocks} where id > %(after)s order by id limit %(most)s"
        return await self.rows(sql, {"after": after, "most": most})


def _on(party: str, today: date) -> Row:
    return {"party": party, "me": party, "today": today, "week": today + timedelta(days=7)}


#: What each event answers of what its own record owes.
_SETTLES: dict[type[Event], tuple[str, ...]] = {
    DirectiveDelivered: ("delivery",),
    DirectiveAnswered: ("directive",),
    RecheckPassed: ("directive", "recheck"),
    RecheckFailed: ("directive", "recheck"),
    ResultSentToCouncil: ("result",),
    # New evidence before the judgement is judged with the old: one judgement is owed.
    EvidenceSubmitted: ("evidence", "judgement"),
    PledgeMet: ("evidence", "judgement"),
    PledgeNotMet: ("evidence", "judgement"),
    QuestionAnswered: ("explanation",),
    PledgeWithdrawn: ("evidence", "judgement", "explanation"),
}


def owed(recorded: Recorded) -> Iterator[Write]:
    """What the event settles and opens; the clock index adds until when."""
    event = recorded.event
    for what in _SETTLES.get(type(event), ()):
        yield settled(recorded, what)
    match event:
        case ComplaintEvent():
            yield from complaint(recorded, event)
        case FollowUpEvent():
            yield from _follow_up(recorded, event)
        case MemberPledgeEvent():
            yield from _pledge(recorded, event)
        case ReportEvent():
            yield from report(recorded, event)
        case EnquiryEvent() | InstrumentEvent():
            yield from _answer(recorded, event)
        case HandOverEvent() if to := unit_of(recorded):
            yield from handed_over(recorded, event, to)


def _answer(recorded: Recorded, event: EnquiryEvent | InstrumentEvent) -> Iterator[Write]:
    if isinstance(event, EnquiryEvent):
        yield from enquiry(recorded, event)
    else:
        yield from instrument(recorded, event)


def _follow_up(recorded: Recorded, event: FollowUpEvent) -> Iterator[Write]:
    enterprise, regulator = event.enterprise, event.regulator
    match event:
        case FollowUpOpened() if (council := _waiting_from_now(event)) is not None:
            yield opened(recorded, event, "result", "C10", regulator, council)
        case DirectiveIssued():
            yield opened(recorded, event, "delivery", "D1", regulator, enterprise)
        case DirectiveDelivered():
            yield opened(recorded, event, "directive", "D2", enterprise, regulator, event.due)
        case DirectiveAnswered():
            yield opened(recorded, event, "recheck", "D3", regulator, enterprise)
        case ResultSentToCouncil() if event.complaint:
            yield settled(recorded, "answer", event.complaint)


def _waiting_from_now(event: FollowUpOpened) -> PartyRef | None:
    """The council owed the result; after a referral it has been waiting since then already."""
    council = event.raised_by
    asked = council is not None and council.kind == "council" and event.source != "referral"
    return council if asked else None


def _pledge(recorded: Recorded, event: MemberPledgeEvent) -> Iterator[Write]:
    member, association = event.enterprise, event.association
    match event:
        case PledgeSigned():
            end = event.period_to
            yield opened(recorded, event, "evidence", "C40", member, association, end)
        case EvidenceSubmitted():
            yield opened(recorded, event, "judgement", "C40b", association, member)
        case MemberQuestioned():
            yield opened(recorded, event, "explanation", "C40a", member, association)
