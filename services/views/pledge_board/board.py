"""What the pledge board keeps, and the questions pages ask of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar

from events.event import Recorded
from services.views.pledge_board.seen import seen
from services.views.tallies import Tally
from services.views.view import Page, Row, View, Write
from services.views.visible import visible, visible_number

#: Member pledges that are neither judged nor withdrawn.
_ACTIVE = "state in ('active', 'evidence')"
#: Lists of an association's member pledges: name -> which.
LISTS = {
    "all": "true",
    "waiting": "state = 'evidence'",
    "asked": "asked = 'questioned' and state <> 'withdrawn'",
    "due": "state = 'active' and period_to <= %(until)s",
}

#: Of each pledge: how many signed, in which state, and how many members there are to sign;
#: `public` = without those that are restricted.
_PROGRESS = """
    select p.id, t.*, coalesce(s.n, 0) as roster, (
            select count(*) from {members} m join {roster} r
                on r.association = m.association and r.enterprise = m.enterprise
            where m.pledge = p.id::text and m.state <> 'withdrawn'
                and not (%(public)s and m.restricted)) as covered
    from {rows} p left join {rosters} s on s.association = p.association, lateral (
        select coalesce(sum(n) filter (where state <> 'withdrawn'), 0)::bigint as signed,
            coalesce(sum(n) filter (where state = 'active'), 0)::bigint as active,
            coalesce(sum(n) filter (where state = 'evidence'), 0)::bigint as waiting,
            coalesce(sum(n) filter (where state = 'met'), 0)::bigint as met,
            coalesce(sum(n) filter (where state = 'not_met'), 0)::bigint as not_met,
            coalesce(sum(n) filter (where state = 'withdrawn'), 0)::bigint as withdrawn,
            coalesce(sum(questions) filter (where state <> 'withdrawn'), 0)::bigint as questions,
            coalesce(sum(submitted), 0)::bigint as submitted,
            coalesce(sum(suspected), 0)::bigint as suspected
        from {progress} where pledge = p.id::text and not (%(public)s and restricted)) t
    where p.id = any(%(ids)s)"""

#: What an enterprise may read: what associations published of which it is a member now.
_OFFERED = """
    select p.*, m.id as signed_as, coalesce(m.state, '') as mine from {rows} p
    left join {members} m on m.pledge = p.id::text and m.enterprise = %(e)s"""
_IS_MEMBER = (
    "exists (select 1 from {roster} r where r.association = p.association and r.enterprise = %(e)s)"
)
#: Lists of these: name -> which.
OFFERS = {
    "open": "p.period_to >= %(on)s and (m.id is null or m.state = 'withdrawn')",
    "all": "true",
}

_SEEN = visible("u.id")
_NAMED = visible_number("b.cause_number")
_UNASKED = f"{{breaches}} b where association = %(a)s and not asked and {_NAMED}"
#: What is counted of the member pledges under a pledge, by their state.
_SUMS = {
    "n": "count(*)",
    "questions": "count(*) filter (where asked = 'questioned')",
    "submitted": "sum(evidence)",
    "suspected": "sum(breaches)",
}


class PledgeBoard(View):
    """One row per pledge (`rows`), wording, member pledge, evidence and suspected breach."""

    name = "pledge_board"
    version = 4
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
            restricted boolean not null default false, evidence int not null,
            breaches int not null default 0, decided_on date,
            decided_by text not null default '', checked_on date,
            checked_by text not null default '', sample int not null default 0,
            conforming int not null default 0, percent int not null default 0,
            reason text not null default '', question text not null default '', asked_on date,
            answer text not null default '', answered_on date, position bigint not null""",
        "evidence": """
            member_pledge uuid, position bigint, what text not null, submitted_on date not null,
            by_person text not null, by_name text not null,
            by_party text not null, by_kind text not null""",
        "checks": """
            member_pledge uuid, position bigint, checked_on date not null,
            by_party text not null, by_kind text not null, sample int not null,
            conforming int not null, percent int not null, how text not null""",
        "breaches": """
            member_pledge uuid, cause_number text, cause text not null, flagged_on date not null,
            number text not null, title text not null,
            association text not null, enterprise text not null, enterprise_name text not null,
            asked boolean not null default false, position bigint not null""",
        "roster": "association text, enterprise text",
        "progress": """
            pledge text, state text, restricted boolean, n bigint not null,
            questions bigint not null, submitted bigint not null, suspected bigint not null""",
        "rosters": "association text, n bigint not null",
    }
    keys: ClassVar = {
        "rows": ("id",), "wordings": ("pledge", "nth"), "members": ("id",),
        "evidence": ("member_pledge", "position"), "checks": ("member_pledge", "position"),
        "breaches": ("member_pledge", "cause_number"),
        "roster": ("association", "enterprise"),
        "progress": ("pledge", "state", "restricted"), "rosters": ("association",),
    }  # fmt: skip
    tallies: ClassVar = {
        "progress": Tally("members", ("pledge", "state", "restricted"), _SUMS),
        "rosters": Tally("roster", ("association",), {"n": "count(*)"}),
    }
    scopes: ClassVar = {"evidence": ("member_pledge",), "breaches": ("member_pledge",)}
    indexes: ClassVar = {
        "rows": (
            "(number)", "(association, drafted_on desc, number desc)",
            "(association, state, drafted_on desc, number desc)",
            "(published_on desc, number desc) where state = 'published'",
        ),
        "members": (
            "(pledge, enterprise_name, id)", "(association, period_to, id)",
            "(association, state, period_to, id)", "(enterprise, signed_on desc, id)",
            "(association, period_to, id) where asked = 'questioned' and state <> 'withdrawn'",
        ),
        "breaches": (
            "(association, position desc, member_pledge)", "(association) where not asked",
        ),
        "roster": ("(enterprise, association)",),
    }  # fmt: skip

    def see(self, recorded: Recorded) -> Iterator[Write]:
        return seen(recorded)

    # -- pledges -------------------------------------------------------------------------

    async def pledges(self, association: str, state: str = "", number: int = 1) -> Page:
        """An association's pledges, newest first, each with how far it has come."""
        where = "association = %(a)s" + (" and state = %(state)s" if state else "")
        order, values = "drafted_on desc, number desc", {"a": association, "state": state}
        page = await self.page("select * from {rows}", where, order, values, number)
        return replace(page, rows=await self._with_progress(page.rows))

    async def pledge(self, id: str, *, public: bool = False) -> Row | None:
        """The pledge, by its id, with how far it has come, as the association or all may know."""
        row = await self.row("select * from {rows} where id = %(id)s", {"id": id})
        return (await self._with_progress([row], public))[0] if row else None

    async def published(self, number: int = 1) -> Page:
        """What all associations published, the newest first, counted for everybody to see."""
        order = "published_on desc, number desc"
        page = await self.page("select * from {rows}", "state = 'published'", order, {}, number)
        return replace(page, rows=await self._with_progress(page.rows, True))

    async def wordings(self, pledge: str) -> list[Row]:
        """Every wording of a pledge, the latest first."""
        return await self.rows(
            "select * from {wordings} where pledge = %(p)s order by nth desc", {"p": pledge}
        )

    async def _with_progress(self, rows: Sequence[Row], public: bool = False) -> list[Row]:
        values = {"ids": [row["id"] for row in rows], "public": public}
        found = await self.rows(_PROGRESS, values)
        counts = {row["id"]: row for row in found}
        return [{**row, **counts[row["id"]]} for row in rows]

    # -- member pledges ------------------------------------------------------------------

    async def signatories(self, pledge: str, number: int = 1, *, public: bool = False) -> Page:
        """Who signed a pledge, by name; `public` = without those that are restricted."""
        where = "pledge = %(p)s" + (" and not restricted" if public else "")
        order, values = "enterprise_name, id", {"p": pledge}
        return await self.page("select * from {members}", where, order, values, number)

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

    async def titles(self, member_pledges: Sequence[str]) -> dict[str, str]:
        """What each of these members' pledges is called."""
        rows = await self.rows(
            "select id, title from {members} where id = any(%(ids)s::uuid[])",
            {"ids": list(member_pledges)},
        )
        return {str(row["id"]): row["title"] for row in rows}

    async def evidence_of(self, member_pledge: str) -> list[Row]:
        """The evidence on one member's pledge, oldest first."""
        return await self.rows(
            "select * from {evidence} where member_pledge = %(m)s order by position",
            {"m": member_pledge},
        )

    async def checks_of(self, member_pledge: str) -> list[Row]:
        """The spot checks of one member's pledge, the latest first."""
        return await self.rows(
            "select * from {checks} where member_pledge = %(m)s order by position desc",
            {"m": member_pledge},
        )

    async def breaches_of(self, member_pledge: str) -> list[Row]:
        """What was pointed out on one member's pledge, oldest first."""
        return await self.rows(
            f"select b.* from {{breaches}} b where member_pledge = %(m)s and {_NAMED}"
            " order by position",
            {"m": member_pledge, "me": ""},
        )

    async def of_enterprise(
        self, enterprise: str, number: int = 1, association: str = "", *, me: str = ""
    ) -> Page:
        """What one enterprise signed, as `me` may know; `association` = only that one's pledges."""
        where = f"u.enterprise = %(e)s and {_SEEN}"
        where += " and u.association = %(a)s" if association else ""
        return await self.page(
            "select u.* from {members} u", where, "signed_on desc, id",
            {"e": enterprise, "a": association, "me": me}, number,
        )  # fmt: skip

    async def offered(
        self, enterprise: str, which: str = "open", *, on: date, number: int = 1
    ) -> Page:
        """Published pledges of its associations, one of `OFFERS`; `mine` = how its own stands."""
        where = f"p.state = 'published' and {_IS_MEMBER} and {OFFERS[which]}"
        values = {"e": enterprise, "on": on}
        return await self.page(_OFFERED, where, "p.period_to desc, p.number", values, number)

    async def offer(self, pledge: str, enterprise: str) -> Row | None:
        """A published pledge as the enterprise may read it: a member, or one that signed it."""
        may = f"p.state = 'published' and (m.id is not null or {_IS_MEMBER})"
        values = {"p": pledge, "e": enterprise}
        return await self.row(f"{_OFFERED} where p.id = %(p)s and {may}", values)

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
        """Suspected breaches by its members, newest first; `question` = how its pledge stands."""
        return await self.page(
            "select b.*, m.state, m.asked as question from {breaches} b "
            "join {members} m on m.id = b.member_pledge",
            f"b.association = %(a)s and {_NAMED}", "b.position desc, b.member_pledge",
            {"a": association, "me": association}, number,
        )  # fmt: skip

    async def counts(self, association: str, until: date) -> dict[str, int]:
        """How long each of `LISTS` is, and how many breaches nobody asked about; see `MOST`."""
        values = {"a": association, "until": until, "me": association}
        lists = {
            name: await self.count(f"{{members}} where association = %(a)s and {sql}", values)
            for name, sql in LISTS.items()
        }
        return {**lists, "breaches": await self.count(_UNASKED, values)}
