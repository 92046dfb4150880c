"""The archives: every enterprise, its duty posts, checks, problems and trainings.

An enterprise is a unit under supervision once it is enrolled (`enrolled_on`). Lists and
figures are asked as at a date: what occurred later does not count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar
from uuid import UUID

from events.archives import CheckMade, DirectorAppointed, OfficerAppointed, ProblemFound
from events.event import Recorded, today
from services.standing import FIGURES
from services.supervision import IN_POST, by_division, counts, narrowed, within
from services.views import placed
from services.views.archives.seen import seen
from services.views.persons import named
from services.views.searching import index_of, words
from services.views.tallies import Tally
from services.views.view import Page, Put, Row, View, Write

_UNITS = "select u.* from {units} u"
#: What happened at a unit: its archive says where that is.
_AT_A_UNIT = (DirectorAppointed, OfficerAppointed, CheckMade, ProblemFound)
_POSTED, _MADE, _FOUND = "since desc, id", "made_on desc, id", "found_on desc, id"
#: Of a unit by its kind or class, and together with the city; by county few are passed over.
_OF_A_KIND = tuple(
    f"({column}, {order}) where enrolled_on is not null"
    for column in ("unit_kind", "product_class")
    for order in ("name, id", "left(division, 4), name, id")
)
#: So many of an earlier day are counted, and where each is worked out from what happened by then.
EARLIER, WORKED_OUT = 3_000, 1_000
#: Which units need no working out: what they are stands with them.
_PLAIN = ("all", "units", "producers", "sellers", "not_enrolled")


class Archives(placed.Placed, View):
    """One row per enterprise, post, check, problem, session and attendance."""

    name = "archives"
    version = 5
    tables: ClassVar = {
        "units": """
            id text, name text not null, credit_code text not null default '',
            address text not null default '', division text not null, division_name text not null,
            archive uuid, unit_kind text not null default '',
            product_class text not null default '', size text not null default '',
            enrolled_on date, directors int not null default 0,
            officers int not null default 0, checks int not null default 0,
            problems int not null default 0, ordered int not null default 0""",
        "posts": """
            id text, enterprise text not null, enterprise_name text not null, post text not null,
            position bigint not null, since date not null, until date,
            reason text not null default '', personal text not null default '',
            personal_on date, """
        + placed.COLUMN,
        "checks": """
            id text, enterprise text not null, enterprise_name text not null, party text not null,
            party_name text not null, made_on date not null, problems int not null,
            note text not null, position bigint not null, """
        + placed.COLUMN,
        "problems": """
            id text, enterprise text not null, enterprise_name text not null,
            check_id text not null, what text not null, found_on date not null,
            follow_up text not null default '', follow_up_number text not null default '',
            ordered boolean not null default false, """
        + placed.COLUMN,
        "orders": "problem text, position bigint, ordered_on date not null",
        "sessions": """
            id uuid, title text not null, division text not null, division_name text not null,
            organiser text not null, held_on date not null, units int not null,
            people int not null""",
        "figures": FIGURES.columns,
        "held": "division text, n bigint not null, attendances bigint not null",
        "attendances": """
            session uuid, enterprise text, enterprise_name text not null, title text not null,
            held_on date not null, people int not null""",
    }
    keys: ClassVar = {
        "units": ("id",),
        "posts": ("id",),
        "checks": ("id",),
        "problems": ("id",),
        "orders": ("problem", "position"),
        "sessions": ("id",),
        "attendances": ("session", "enterprise"),
        "figures": ("division",),
        "held": ("division",),
    }
    tallies: ClassVar = {
        "figures": Tally("units", ("division",), FIGURES.sums),
        "held": Tally("sessions", ("division",), {"n": "count(*)", "attendances": "sum(people)"}),
    }
    indexes: ClassVar = {
        "units": (
            "(name, id)", "(left(division, 4), name, id)", "(division, name, id)",
            "(credit_code) where credit_code <> ''", "(enrolled_on)", index_of("name"),
            *FIGURES.indexes, *_OF_A_KIND,
        ),
        "posts": ("(enterprise, post)", f"(post, {_POSTED})", *placed.indexes("post", _POSTED)),
        "checks": (
            f"(enterprise, {_MADE})", f"({_MADE})", *placed.indexes("", _MADE),
        ),
        "problems": (
            f"(enterprise, {_FOUND})", f"({_FOUND})", f"({_FOUND}) where not ordered",
            *placed.indexes("", _FOUND), *placed.indexes("", _FOUND, "not ordered"),
        ),
        "sessions": ("(held_on desc, id)", "(left(division, 4), held_on desc, id)",
                     "(division, held_on desc, id)"),
        "attendances": ("(session, enterprise_name, enterprise)",
                        "(enterprise, held_on desc, session)"),
    }  # fmt: skip

    def origin(self, recorded: Recorded) -> UUID | None:
        return recorded.stream if isinstance(recorded.event, _AT_A_UNIT) else None

    def see(self, recorded: Recorded) -> Iterator[Write]:
        for write in seen(recorded):
            if isinstance(write, Put) and isinstance(recorded.event, _AT_A_UNIT):
                yield Put(write.table, {**write.columns, "place": self.place_of(recorded)})
            else:
                yield write

    # -- units ---------------------------------------------------------------------------

    async def unit(self, enterprise: str) -> Row | None:
        """The enterprise with what its archive says; `enrolled_on` is None without one."""
        return await self.row("select * from {units} where id = %(e)s", {"e": enterprise})

    async def units(
        self, which: str = "units", *, as_of: date, number: int = 1, **filters: str
    ) -> Page:
        """Enterprises (`which`: a key of WHICH) by division, unit_kind, product_class and text."""
        where, values = narrowed(which, as_of, filters)
        if not (text := filters.get("text", "")):
            earlier = EARLIER if which in _PLAIN else WORKED_OUT
            most = earlier if as_of < today() else 0
            return await self.page(_UNITS, where, "name, id", values, number, most=most)
        code = "u.credit_code = upper(%(text)s) and u.credit_code <> ''"
        found = words(text, "u.name", also=code)
        return await self.containing(_UNITS, where, found, "name, id", values, number)

    async def counts(self, as_of: date, division: str = "") -> Row:
        """Every number of the figures in one question."""
        sql, values = counts(as_of, division)
        return (await self.whole(sql, values))[0]

    async def began(self) -> date | None:
        """The day of the earliest record; None where nothing is recorded."""
        firsts = " union all ".join(f"select min({day}) from {there}" for there, day in _DATED)
        found = await self.row(f"select min(day) as began from ({firsts}) as each (day)")
        return found["began"] if found else None

    async def by_division(self, as_of: date, parent: str, digits: int) -> list[Row]:
        """Numbers of units per city (4 digits) or county (6 digits) under `parent`."""
        return await self.whole(*by_division(as_of, parent, digits))

    # -- posts ---------------------------------------------------------------------------

    async def posts(self, post: str, *, as_of: date, division: str = "", number: int = 1) -> Page:
        """Directors or officers in post on a date, the latest first."""
        place, values = _within(division, "p")
        where = f"p.post = %(post)s and {IN_POST} and {place}"
        values |= {"post": post, "as_of": as_of}
        page = await self.page("select p.* from {posts} p", where, _POSTED, values, number)
        return replace(page, rows=await named(self.log, await self._located(page.rows)))

    async def posts_of(self, enterprise: str) -> list[Row]:
        """All holders of duty posts of one unit, those in post first."""
        rows = await self.rows(
            "select * from {posts} where enterprise = %(e)s"
            " order by until is not null, post, since desc, id",
            {"e": enterprise},
        )
        return await named(self.log, rows)

    # -- checks and problems -------------------------------------------------------------

    async def checks(
        self, *, as_of: date, division: str = "", enterprise: str = "", number: int = 1
    ) -> Page:
        """Visits, newest first."""
        place, values = _within(division, "c")
        where = f"c.made_on <= %(as_of)s and {place}"
        if enterprise:
            where += " and c.enterprise = %(enterprise)s"
        values |= {"as_of": as_of, "enterprise": enterprise}
        page = await self.page("select c.* from {checks} c", where, _MADE, values, number)
        return replace(page, rows=await self._located(page.rows))

    async def problems(
        self, *, as_of: date, division: str = "", enterprise: str = "",
        ordered: bool | None = None, number: int = 1,
    ) -> Page:  # fmt: skip
        """Problems found, newest first; `ordered` = only those with, or without, an order."""
        place, values = _within(division, "b")
        where = f"b.found_on <= %(as_of)s and {place}"
        if enterprise:
            where += " and b.enterprise = %(enterprise)s"
        if ordered is not None:
            there = "b.ordered" if as_of >= today() else _ORDERED_BY_THEN
            where += f" and {'' if ordered else 'not '}{there}"
        values |= {"as_of": as_of, "enterprise": enterprise}
        most = WORKED_OUT if ordered is not None and as_of < today() else 0
        select = "select b.* from {problems} b"
        page = await self.page(select, where, _FOUND, values, number, most=most)
        return replace(page, rows=await self._with_orders(await self._located(page.rows), as_of))

    async def _located(self, rows: Sequence[Row]) -> list[Row]:
        """With where the unit of each row is, in words."""
        sql = "select id, division_name from {units} where id = any(%(e)s)"
        asked = {"e": [row["enterprise"] for row in rows]}
        names = {row["id"]: row["division_name"] for row in await self.rows(sql, asked)}
        return [{**row, "division_name": names.get(row["enterprise"], "")} for row in rows]

    async def _with_orders(self, rows: Sequence[Row], as_of: date) -> list[Row]:
        """With the day of the first order that had followed by then; None where none had."""
        asked = {"b": [row["id"] for row in rows], "as_of": as_of}
        first = {row["problem"]: row["ordered_on"] for row in await self.rows(_ORDERS, asked)}
        return [{**row, "ordered_on": first.get(row["id"])} for row in rows]

    async def problem(self, id: str) -> Row | None:
        """One problem, with the follow-up it led to or none."""
        return await self.row("select * from {problems} where id = %(id)s", {"id": id})

    # -- training ------------------------------------------------------------------------

    async def sessions(self, *, as_of: date, division: str = "", number: int = 1) -> Page:
        """Training sessions, newest first."""
        place, values = within(division)
        return await self.page(
            "select * from {sessions} u", f"u.held_on <= %(as_of)s and {place}",
            "u.held_on desc, u.id", {"as_of": as_of, **values}, number,
        )  # fmt: skip

    async def session(self, id: str) -> Row | None:
        """One training session."""
        return await self.row("select * from {sessions} where id = %(id)s", {"id": id})

    async def attended(self, session: str, number: int = 1) -> Page:
        """Who came to a session, unit by unit."""
        return await self.page(
            "select * from {attendances}", "session = %(s)s", "enterprise_name, enterprise",
            {"s": session}, number,
        )  # fmt: skip

    async def trainings_of(self, enterprise: str, number: int = 1) -> Page:
        """The sessions that people of one unit attended, newest first."""
        return await self.page(
            "select * from {attendances}", "enterprise = %(e)s", "held_on desc, session",
            {"e": enterprise}, number,
        )  # fmt: skip


#: Where the archives hold the day of something, and in which column; each has an index.
_DATED = (
    ("{units}", "enrolled_on"), ("{posts} where post = 'director'", "since"),
    ("{posts} where post = 'officer'", "since"), ("{checks}", "made_on"),
    ("{sessions}", "held_on"),
)  # fmt: skip


_ORDERS = (
    "select problem, min(ordered_on) as ordered_on from {orders}"
    " where problem = any(%(b)s) and ordered_on <= %(as_of)s group by problem"
)
_ORDERED_BY_THEN = (
    "exists (select from {orders} o where o.problem = b.id and o.ordered_on <= %(as_of)s offset 0)"
)


def _within(division: str, of: str) -> tuple[str, Row]:
    """Rows in the city for 350100, in a county; the province, like "", is everywhere."""
    level = 0 if division[2:] in ("", "0000") else 4 if division.endswith("00") else 6
    place = division[:level]
    return (placed.there(place, of), {"place": place}) if place else ("true", {})
