"""The archives: every enterprise, its duty posts, checks, problems and trainings.

An enterprise is a unit under supervision once it is enrolled (`enrolled_on`). Lists and
figures are asked as at a date: what occurred later does not count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import ClassVar

from events.event import Recorded
from services.standing import FIGURES
from services.supervision import (
    IN_POST,
    PROBLEMS,
    by_division,
    counts,
    narrowed,
    within,
)
from services.views.archives.seen import seen
from services.views.asking import PLACED
from services.views.persons import named
from services.views.searching import index_of, words
from services.views.tallies import Tally
from services.views.view import Page, Row, View, Write

_UNITS = "select u.* from {units} u"


class Archives(View):
    """One row per enterprise, post, check, problem, session and attendance."""

    name = "archives"
    version = 4
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
            personal_on date""",
        "checks": """
            id text, enterprise text not null, enterprise_name text not null, party text not null,
            party_name text not null, made_on date not null, problems int not null,
            note text not null, position bigint not null""",
        "problems": """
            id text, enterprise text not null, enterprise_name text not null,
            check_id text not null, what text not null, found_on date not null,
            follow_up text not null default '', follow_up_number text not null default ''""",
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
            "(credit_code) where credit_code <> ''", index_of("name"), *FIGURES.indexes,
        ),
        "posts": ("(enterprise, post)", "(post, since desc, id)"),
        "checks": ("(enterprise, made_on desc, id)", "(made_on desc, id)"),
        "problems": ("(enterprise, found_on desc, id)", "(found_on desc, id)"),
        "sessions": ("(held_on desc, id)", "(left(division, 4), held_on desc, id)",
                     "(division, held_on desc, id)"),
        "attendances": ("(session, enterprise_name, enterprise)",
                        "(enterprise, held_on desc, session)"),
    }  # fmt: skip

    def see(self, recorded: Recorded) -> Iterator[Write]:
        return seen(recorded)

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
            return await self.page(_UNITS, where, "name, id", values, number)
        code = "u.credit_code = upper(%(text)s) and u.credit_code <> ''"
        found = words(text, "u.name", also=code)
        return await self.containing(_UNITS, where, found, "name, id", values, number)

    async def counts(self, as_of: date, division: str = "") -> Row:
        """Every number of the figures in one question."""
        sql, values = counts(as_of, division)
        return (await self.whole(sql, values))[0]

    async def began(self) -> date | None:
        """The day of the earliest record; None where nothing is recorded."""
        firsts = " union all ".join(f"select min({day}) from {{{t}}}" for t, day in _DATED)
        found = await self.row(f"select min(day) as began from ({firsts}) as each (day)")
        return found["began"] if found else None

    async def by_division(self, as_of: date, parent: str, digits: int) -> list[Row]:
        """Numbers of units per city (4 digits) or county (6 digits) under `parent`."""
        return await self.whole(*by_division(as_of, parent, digits))

    # -- posts ---------------------------------------------------------------------------

    async def posts(self, post: str, *, as_of: date, division: str = "", number: int = 1) -> Page:
        """Directors or officers in post on a date, the latest first."""
        place, values = within(division)
        where = f"p.post = %(post)s and {IN_POST} and {place}"
        page = await self.page(
            "select p.*, u.division_name from {posts} p join {units} u on u.id = p.enterprise",
            where, "p.since desc, p.id",
            {"post": post, "as_of": as_of, **values}, number, most=_most(division),
        )  # fmt: skip
        return replace(page, rows=await named(self.log, page.rows))

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
        place, values = _asked(as_of, division, enterprise)
        where = f"c.made_on <= %(as_of)s and {place}"
        if enterprise:
            where += " and c.enterprise = %(enterprise)s"
        return await self.page(
            "select c.*, u.division_name from {checks} c join {units} u on u.id = c.enterprise",
            where, "c.made_on desc, c.id", values, number, most=_most(division),
        )  # fmt: skip

    async def problems(
        self, *, as_of: date, division: str = "", enterprise: str = "",
        ordered: bool | None = None, number: int = 1,
    ) -> Page:  # fmt: skip
        """Problems found, newest first; `ordered` = only those with, or without, an order."""
        place, values = _asked(as_of, division, enterprise)
        where = f"b.found_on <= %(as_of)s and {place}"
        if enterprise:
            where += " and b.enterprise = %(enterprise)s"
        if ordered is not None:
            where += f" and (o.ordered_on is not null) is {ordered}"
        return await self.page(
            PROBLEMS, where, "b.found_on desc, b.id", values, number, most=_most(division),
        )  # fmt: skip

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


#: Where the archives hold the day of something, and in which column.
_DATED = (
    ("units", "enrolled_on"), ("posts", "since"), ("checks", "made_on"), ("sessions", "held_on"),
)  # fmt: skip


def _most(division: str) -> int:
    """So many rows of a list by place are counted; `MOST` where no place is chosen."""
    level = 4 if division.endswith("00") else 6
    return PLACED[level] if division else 0


def _asked(as_of: date, division: str, enterprise: str) -> tuple[str, Row]:
    place, values = within(division)
    return place, {"as_of": as_of, "enterprise": enterprise, **values}
