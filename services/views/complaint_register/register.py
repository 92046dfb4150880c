"""The complaint register: every complaint with its state, for the bodies that handle it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar
from uuid import UUID

from events.assigning import AssigningEvent
from events.complaints import ComplaintEvent, ComplaintRegistered
from events.event import Recorded
from events.terms import TERMINATION_GROUNDS
from services.views import assigned, placed
from services.views.asking import ALL
from services.views.complaint_register.businesses import NEWEST, Businesses
from services.views.complaint_register.columns import changed, registered
from services.views.narrowing import ALL_CASES, Narrow, told
from services.views.searching import index_of, is_number, words
from services.views.tallies import Tally
from services.views.view import Change, Page, Put, Row, View, Write
from services.views.visible import restricted, visible

#: What a list shows, and what its filters ask; the long texts stay where they are.
_SHOWN = (
    "select u.id, u.number, u.state, u.handler, u.respondent, u.product, u.category,"
    " u.received_on, u.officer, u.officer_name, u.injury, u.wrote_consumer,"
    " u.wrote_enterprise, u.enterprise, u.ground, u.remedy, u.satisfied, u.ended_on, u.place"
)
_LISTED = _SHOWN + " from {rows} u"
#: Ended with a result, of which the consumer has said nothing yet.
_UNRATED = (
    "satisfied is null and lapsed_on is null and channel <> 'import'"
    " and state in ('agreed', 'performed', 'defaulted', 'terminated', 'closed')"
)
#: How it ended, as figures count it: a ground of termination says itself.
_ENDED = {
    "agreed": " and u.remedy <> ''",
    "withdrawn": " and u.ended_on is not null and u.remedy = '' and u.ground = ''",
    "refused": " and u.ground <> '' and left(u.ground, 1) = 'R'",
    "merged": " and u.state = 'merged'",
    "none": " and u.ended_on is null",
    **dict.fromkeys(TERMINATION_GROUNDS.terms, " and u.ground = %(outcome)s and u.ground <> ''"),
    "satisfied": " and u.satisfied and u.satisfied is not null",
    "unsatisfied": " and not u.satisfied and u.satisfied is not null",
}
#: What is counted of the complaints of each body in each state; money in CNY, fen.
_SUMS = {
    "n": "count(*)",
    "ended": "count(ended_on)",
    "agreed": "count(*) filter (where remedy <> '')",
    "recovered": "coalesce(sum(restitution) filter (where currency = 'CNY'), 0)",
}


class ComplaintRegister(Businesses, assigned.Assigned, placed.Placed, View):
    """One row per complaint; what is said about the consumer stands in the log only, sealed."""

    name = "complaint_register"
    version = 12
    UNIT: ClassVar[str] = "handler"
    URGENT: ClassVar[str] = "injury"
    OPENS: ClassVar = (ComplaintRegistered, "enterprise")
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
            closed_on date, bought_on text not null,
            reference text not null default '', claimed bigint, claimed_currency text not null,
            may_mediate boolean not null, may_publish boolean not null,
            ground text not null default '', remedy text not null default '',
            result_code text not null default '', satisfied boolean,
            restitution bigint not null default 0, currency text not null default '',
            referred_to text not null default '', referred_to_name text not null default '',
            referred_on date, personal text not null default '', personal_on date,
            batch text not null default '', position bigint not null, {assigned.COLUMNS},
            mediated_by text not null default '', mediator text not null default '',
            mediator_name text not null default '', principal_name text not null default '',
            desk text not null default '', desk_name text not null default '',
            within boolean not null default false, forwarded_on date,
            proof_until date, proof_given boolean not null default false,
            direct text not null default '', firm_entrust boolean not null default false,
            firm_publish boolean not null default false, published_on date,
            proposed_on date,
            said_consumer boolean, said_enterprise boolean, testing_since date,
            perform_by date, told_consumer boolean not null default false,
            told_enterprise boolean not null default false, solved boolean,
            stars int not null default 0, reminded_on date, lapsed_on date,
            called_on date, stated_on date, kept boolean, clue_on date, reopened_on date,
            merged_into text not null default '', merged_number text not null default '',
            merged_as text not null default '', wrote_consumer date, wrote_enterprise date,
            {placed.COLUMN}""",
        "tallies": """
            handler text, state text, n bigint not null, ended bigint not null,
            agreed bigint not null, recovered bigint not null""",
    }
    keys: ClassVar = {"rows": ("id",), "tallies": ("handler", "state")}
    tallies: ClassVar = {"tallies": Tally("rows", ("handler", "state"), _SUMS)}
    indexes: ClassVar = {
        "rows": (
            "(number)",
            "(received_on, id)",
            "(handler, state, received_on desc, number desc)",
            "(handler, received_on desc, number desc)",
            "(handler, officer, received_on desc, number desc)",
            "(handler, officer, state, received_on desc, number desc)",
            "(handler, received_on desc, number desc) where injury",
            "(handler, ground, received_on desc, number desc) where ground <> ''",
            "(handler, received_on desc, number desc) where ended_on is null",
            "(handler, satisfied, received_on desc, number desc) where satisfied is not null",
            *assigned.INDEXES,
            *placed.indexes("handler", NEWEST),
            "(enterprise, received_on desc, number desc) where enterprise <> ''",
            "(enterprise, state) where enterprise <> ''",
            "(referred_to, referred_on desc, number desc) where referred_to <> ''",
            "(batch, number, id) where batch <> ''",
            "(mediator, received_on desc, number desc) where mediator <> ''",
            "(merged_into, number) where merged_into <> ''",
            "(published_on desc, number desc) where published_on is not null",
            "(ended_on, id) where " + _UNRATED,
            "(respondent, received_on desc) where enterprise = '' and respondent <> ''",
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
            moved["place"] = self.place_of(recorded)
            yield Put("rows", {**row, **moved, **registered(event, recorded)})
        else:
            yield Change("rows", row, moved | changed(event, recorded.on))

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
        urgent: bool = False,
        outcome: str = "",
        narrow: Narrow = ALL_CASES,
        text: str = "",
        number: int = 1,
    ) -> Page:
        """The complaints a body handles, newest first; `urgent` = where somebody was hurt."""
        asked: Row = {
            "party": party, "state": state, "officer": officer, "text": text, "outcome": outcome,
            **narrow.values,
        }  # fmt: skip
        unit, kind = "%(party)s", "complaints"
        where = "u.handler = %(party)s and u.state <> 'reversed'" + _ENDED.get(outcome, "")
        where += narrow.where(came="received_on", unit=unit, kind=kind)
        # What is merged is handled, and counted, with the one it was merged into.
        if state:
            where += " and u.state = %(state)s"
        elif outcome != "merged":
            where += " and u.state <> 'merged'"
        if officer:
            where += f" and {assigned.whose(officer)}"
        where += " and u.injury" if urgent else ""
        order = NEWEST
        if is_number(text):
            where += " and u.number = upper(%(text)s)"
        elif text:
            found = words(text, "u.respondent", "u.product")
            return await self.containing(_LISTED, where, found, order, asked, number)
        page = await self.page(_LISTED, where, order, asked, number, most=narrow.most)
        return await told(self, page, narrow, unit, kind, asked)

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

    async def entrusted_to(self, party: str, number: int = 1) -> Page:
        """The complaints whose mediation a council is entrusted with, newest first."""
        select = f"{_SHOWN}, u.principal_name, u.mediation_on from {{rows}} u"
        where = "u.mediator = %(p)s and u.mediator <> ''"
        return await self.page(select, where, NEWEST, {"p": party}, number)

    async def merged_into(self, id: str) -> list[Row]:
        """What is handled with this complaint."""
        return await self.rows(
            "select id, number, state, respondent, merged_as from {rows}"
            " where merged_into = %(id)s and merged_into <> '' order by number",
            {"id": id},
        )

    async def unrated(self, today: date, days: int, most: int = 100) -> list[Row]:
        """Not rated so long after the end: nobody reminded her, or not for as long again."""
        return await self.rows(
            f"select id, reminded_on, ended_on from {{rows}} where {_UNRATED}"
            " and ended_on <= %(day)s and (reminded_on is null or ended_on <= %(late)s)"
            " order by ended_on, id limit %(most)s",
            {
                "day": today - timedelta(days=days),
                "late": today - timedelta(days=2 * days),
                "most": most,
            },
        )

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

    async def brought_by(self, batch: str, number: int = 1, *, me: str = "") -> Page:
        """The same, page by page as a list shows them to the party that brought them."""
        where = f"u.batch = %(b)s and u.batch <> '' and {visible('u.id')}"
        values = {"b": batch, "me": me}
        return await self.page("select u.* from {rows} u", where, "number, id", values, number)

    async def received_in(self, first: date, end: date, after: str, most: int) -> list[UUID]:
        """What all bodies received from `first` until before `end`, part by part."""
        rows = await self.rows(
            "select id from {rows} where received_on >= %(first)s and received_on < %(end)s"
            " and (received_on, id) > (select received_on, id from {rows} where id = %(after)s)"
            " order by received_on, id limit %(most)s"
            if after
            else "select id from {rows} where received_on >= %(first)s and received_on < %(end)s"
            " order by received_on, id limit %(most)s",
            {"first": first, "end": end, "after": after or None, "most": most},
        )
        return [row["id"] for row in rows]

    async def received_near(self, handler: str, after: date, until: date, most: int) -> list[Row]:
        """What a body received in these days, the latest first, `most` of them."""
        return await self.rows(
            "select id, number, state, enterprise, respondent, category, received_on from {rows}"
            " where handler = %(h)s and received_on between %(after)s and %(until)s"
            " order by received_on desc, number desc limit %(most)s",
            {"h": handler, "after": after, "until": until, "most": most},
        )

    async def glance(self) -> Row:
        """The register in a few figures: received, ended, by agreement, recovered (CNY, fen)."""
        found = await self.row(_GLANCE)
        return found or {}


#: What another body decides on anew waits for its decision.
_ANEW: Row = {"state": "received", "accepted_on": None}
#: Without those that are restricted: they are few, and taken off again.
_GLANCE = f"""
    select coalesce(sum(n), 0)::bigint as received, coalesce(sum(ended), 0)::bigint as ended,
        coalesce(sum(agreed), 0)::bigint as agreed,
        coalesce(sum(recovered), 0)::bigint as recovered
    from (
        select n, ended, agreed, recovered from {{tallies}} where state <> 'reversed'
        union all
        select {", ".join(f"-({sql})" for sql in _SUMS.values())} from {{rows}} u
        where {restricted("u.id")} and u.state <> 'reversed') each"""
