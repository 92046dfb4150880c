"""The archives: every enterprise, its duty posts, checks, problems and trainings.

An enterprise is a unit under supervision once it is enrolled (`enrolled_on`). Lists and
figures are asked as at a date: what occurred later does not count.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from events.archives import (
    CheckMade,
    DirectorAppointed,
    EnterpriseEnrolled,
    OfficerAppointed,
    PostEvent,
    ProblemFound,
    TrainingHeld,
)
from events.enforcement import DirectiveIssued, FollowUpOpened
from events.event import Recorded
from events.parties import EnterpriseRegistered, PartyRenamed
from services.supervision import BY_DIVISION, COUNTS, IN_POST, PROBLEMS, narrowed, under
from services.views.view import Change, Page, Put, Row, View, Write


class Archives(View):
    """One row per enterprise, post, check, problem, session and attendance."""

    name = "archives"
    version = 1
    tables: ClassVar = {
        "units": """
            id text, name text not null, credit_code text not null default '',
            address text not null default '', division text not null, division_name text not null,
            archive uuid, unit_kind text not null default '',
            product_class text not null default '', size text not null default '',
            enrolled_on date""",
        "posts": """
            id text, enterprise text not null, enterprise_name text not null, post text not null,
            name text not null, since date not null, until date, reason text not null default ''""",
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
    }
    indexes: ClassVar = {
        "units": ("(division, name, id)", "(name, id)", "(credit_code)"),
        "posts": ("(enterprise, post)", "(post, since desc, id)"),
        "checks": ("(enterprise, made_on desc)", "(made_on desc, id)"),
        "problems": ("(enterprise, found_on)", "(found_on desc, id)"),
        "sessions": ("(held_on desc, id)",),
        "attendances": ("(enterprise, held_on desc)",),
    }
    #: personal columns, scrubbed when a person is erased
    personal: ClassVar = ("posts.name",)

    def see(self, recorded: Recorded) -> Iterator[Write]:
        event = recorded.event
        match event:
            case EnterpriseRegistered():
                yield Put("units", _registered(event))
            case EnterpriseEnrolled():
                yield Put("units", _enrolled(event, recorded))
            case PartyRenamed():
                yield Change("units", {"id": str(recorded.stream)}, {"name": event.new})
            case PostEvent():
                yield _posted(event, recorded.on)
            case CheckMade() | ProblemFound():
                yield _visited(event, recorded)
            case FollowUpOpened() | DirectiveIssued() if event.problem:
                yield from _followed(event, recorded)
            case TrainingHeld():
                yield from _session(event, recorded)

    # -- units ---------------------------------------------------------------------------

    async def unit(self, enterprise: str) -> Row | None:
        """The enterprise with what its archive says; `enrolled_on` is None without one."""
        return await self.row("select * from {units} where id = %(e)s", {"e": enterprise})

    async def units(
        self, which: str = "units", *, as_of: date, number: int = 1, **filters: str
    ) -> Page:
        """Enterprises (`which`: a key of WHICH) by division, unit_kind, product_class and text."""
        where, values = narrowed(which, as_of, filters)
        return await self.page("select * from {units} u", where, "u.name, u.id", values, number)

    async def counts(self, as_of: date, division: str = "") -> Row:
        """Every number of the figures in one question."""
        return (await self.rows(COUNTS, {"as_of": as_of, "division": under(division)}))[0]

    async def began(self) -> date | None:
        """The day of the earliest record; None where nothing is recorded."""
        firsts = " union all ".join(f"select min({day}) from {{{t}}}" for t, day in _DATED)
        found = await self.row(f"select min(day) as began from ({firsts}) as each (day)")
        return found["began"] if found else None

    async def by_division(self, as_of: date, parent: str, digits: int) -> list[Row]:
        """Numbers of units per city (4 digits) or county (6 digits) under `parent`."""
        values = {"as_of": as_of, "division": under(parent), "digits": digits}
        return await self.rows(BY_DIVISION, values)

    # -- posts ---------------------------------------------------------------------------

    async def posts(self, post: str, *, as_of: date, division: str = "", number: int = 1) -> Page:
        """Directors or officers in post on a date, the latest first."""
        where = f"p.post = %(post)s and {IN_POST} and u.division like %(division)s"
        return await self.page(
            "select p.*, u.division_name from {posts} p join {units} u on u.id = p.enterprise",
            where, "p.since desc, p.id",
            {"post": post, "as_of": as_of, "division": under(division)}, number,
        )  # fmt: skip

    async def posts_of(self, enterprise: str) -> list[Row]:
        """All holders of duty posts of one unit, those in post first."""
        return await self.rows(
            "select * from {posts} where enterprise = %(e)s"
            " order by until is not null, post, since desc, id",
            {"e": enterprise},
        )

    # -- checks and problems -------------------------------------------------------------

    async def checks(
        self, *, as_of: date, division: str = "", enterprise: str = "", number: int = 1
    ) -> Page:
        """Visits, newest first."""
        where = "c.made_on <= %(as_of)s and u.division like %(division)s"
        if enterprise:
            where += " and c.enterprise = %(enterprise)s"
        return await self.page(
            "select c.*, u.division_name from {checks} c join {units} u on u.id = c.enterprise",
            where, "c.made_on desc, c.id", _asked(as_of, division, enterprise), number,
        )  # fmt: skip

    async def problems(
        self, *, as_of: date, division: str = "", enterprise: str = "",
        ordered: bool | None = None, number: int = 1,
    ) -> Page:  # fmt: skip
        """Problems found, newest first; `ordered` = only those with, or without, an order."""
        where = "b.found_on <= %(as_of)s and u.division like %(division)s"
        if enterprise:
            where += " and b.enterprise = %(enterprise)s"
        if ordered is not None:
            where += f" and (o.ordered_on is not null) is {ordered}"
        return await self.page(
            PROBLEMS, where, "b.found_on desc, b.id", _asked(as_of, division, enterprise), number,
        )  # fmt: skip

    async def problem(self, id: str) -> Row | None:
        """One problem, with the follow-up it led to or none."""
        return await self.row("select * from {problems} where id = %(id)s", {"id": id})

    # -- training ------------------------------------------------------------------------

    async def sessions(self, *, as_of: date, division: str = "", number: int = 1) -> Page:
        """Training sessions, newest first."""
        return await self.page(
            "select * from {sessions} s",
            "s.held_on <= %(as_of)s and s.division like %(division)s",
            "s.held_on desc, s.id", {"as_of": as_of, "division": under(division)}, number,
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


def _asked(as_of: date, division: str, enterprise: str) -> Row:
    return {"as_of": as_of, "division": under(division), "enterprise": enterprise}


def _enterprise(event: Any) -> Row:
    return {"enterprise": event.enterprise.id, "enterprise_name": event.enterprise.name}


def _registered(event: EnterpriseRegistered) -> Row:
    return {
        "id": event.enterprise.id,
        "name": event.name,
        "credit_code": event.credit_code,
        "address": event.address,
        "division": event.division,
        "division_name": event.division_name,
    }


def _enrolled(event: EnterpriseEnrolled, recorded: Recorded) -> Row:
    return {
        "id": event.enterprise.id,
        "name": event.enterprise.name,
        "division": event.division,
        "division_name": event.division_name,
        "archive": recorded.stream,
        "unit_kind": event.unit_kind,
        "product_class": event.product_class,
        "size": event.size,
        "enrolled_on": recorded.on,
    }


def _posted(event: PostEvent, on: date) -> Put | Change:
    """Somebody came into a post, or left it."""
    holder: Row = {"id": event.who.subject}
    if not isinstance(event, DirectorAppointed | OfficerAppointed):
        return Change("posts", holder, {"until": on, "reason": event.reason})
    post = "director" if isinstance(event, DirectorAppointed) else "officer"
    columns = {"post": post, "name": event.who.get("name"), "since": on}
    return Put("posts", {**holder, **_enterprise(event), **columns})


def _visited(event: CheckMade | ProblemFound, recorded: Recorded) -> Put:
    if isinstance(event, ProblemFound):
        found = {"check_id": event.check, "what": event.what, "found_on": recorded.on}
        return Put("problems", {"id": event.problem, **_enterprise(event), **found})
    by = event.by.party
    made = {
        "party": by.id, "party_name": by.name, "made_on": recorded.on, "note": event.note,
        "problems": event.problems, "position": recorded.position,
    }  # fmt: skip
    return Put("checks", {"id": event.check, **_enterprise(event), **made})


def _followed(event: FollowUpOpened | DirectiveIssued, recorded: Recorded) -> Iterator[Write]:
    """The follow-up of a problem; each rectification order counts from its own date."""
    link = {"follow_up": str(recorded.stream), "follow_up_number": event.number}
    yield Change("problems", {"id": event.problem}, link)
    if isinstance(event, DirectiveIssued) and event.directive == "rectification":
        order = {"position": recorded.position, "ordered_on": recorded.on}
        yield Put("orders", {"problem": event.problem, **order})


def _session(event: TrainingHeld, recorded: Recorded) -> Iterator[Write]:
    common = {"title": event.title, "held_on": recorded.on}
    session = {
        "division": event.division, "division_name": event.division_name,
        "organiser": event.by.party.name, "units": len(event.attended),
        "people": sum(a.people for a in event.attended),
    }  # fmt: skip
    yield Put("sessions", {"id": recorded.stream, **common, **session})
    for one in event.attended:
        came = {**_enterprise(one), **common, "people": one.people}
        yield Put("attendances", {"session": recorded.stream, **came})
