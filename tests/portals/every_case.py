"""Every case: each role at every address that can name a case, of every kind and visibility.

Made from the router, from the kinds of case and from the demo's own cases: a new route, a new kind,
a new role of the demo is tried without being named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from aiohttp import web

from deploy.demo.people import SIGN_INS
from events.event import Acting, PartyRef
from portals.pages import PLATFORM
from services import access
from services.actions.change import load
from services.actions.kinds import KINDS
from services.actions.shared import Shared
from services.coming_in import acting_of
from services.platform import Platform
from tests.portals.every_record import family, unknown
from tests.portals.visitors import Answer, Visitor, kind_of, links
from tests.portals.walking import plain

_AUDIT = ("/admin/reads", "/admin/audience")
#: Open to whoever was given the address, or to everybody.
_BY_ADDRESS = ("/receipt/", "/pledged/")
_NO_PAGES = ("/static", "/api", "/metrics")
_STAFF = {each.name for each in SIGN_INS}
_PARAM = re.compile(r"\{(\w+)[^}]*\}")
#: Where a whole list is asked for one number: as pages call the field.
_ASKED = ("q", "record", "text", "number")
#: A number that no record has.
NOT_THERE = "GZ-2026-999999-X"


class Case(NamedTuple):
    """One case of the demo, with what its rules know of it."""

    kind: str
    id: str
    record: Shared
    enterprise: str

    def __str__(self) -> str:
        return f"{self.kind} {self.record.case_number} ({self.record.visibility})"


async def cases(platform: Platform) -> list[Case]:
    """Of every kind, visibility and way of having a part in it: one."""
    found = await platform.views.relations.rows(
        "select distinct on (u.kind, hidden, u.offered <> '', u.relation) u.record, u.kind,"
        " exists (select from {restricted} r where r.record = u.record) as hidden from {rows} u"
        " where u.offered <> '' or u.relation in ('contributor', 'reader')"
        " order by u.kind, hidden, u.offered <> '', u.relation, u.record"
    )
    made = []
    for row in found:
        record = await load(platform.log, KINDS[row["kind"]], row["record"])
        made.append(Case(row["kind"], str(row["record"]), record, _about(record)))
    return made


def _about(record: Shared) -> str:
    for holder in (record, getattr(record, "opened", None), getattr(record, "signed", None)):
        if isinstance(found := getattr(holder, "enterprise", None), PartyRef):
            return found.id
    return ""


async def by_of(who: Visitor) -> Acting:
    """Who acts in this browser."""
    platform = who.served.app[PLATFORM]
    if who.role not in _STAFF:
        return Acting(
            person="", name="", party=PartyRef(id="nobody", name="", kind="consumer"), role=""
        )
    found = await platform.views.directory.row(
        "select person_id.id from {people} person_id where sign_in = %(s)s", {"s": who.role}
    )
    assert found is not None
    return acting_of((await platform.views.directory.roles(str(found["id"])))[0])


@dataclass
class Tried:
    """What one role met at every address of one case, and of one that is not there."""

    case: Case
    sees: bool
    relation: str
    opened: list[str] = field(default_factory=list)
    #: Addresses that answer otherwise than for what is not there.
    tell: list[str] = field(default_factory=list)


@dataclass
class Trying:
    """One role."""

    who: Visitor
    by: Acting
    unknown: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    tried: list[Tried] = field(default_factory=list)
    leaks: list[str] = field(default_factory=list)
    seen_in_lists: set[str] = field(default_factory=set)
    _pages: dict[str, Answer] = field(default_factory=dict)

    @property
    def app(self) -> web.Application:
        return self.who.served.app

    def routes(self, method: str) -> Iterator[str]:
        """Patterns that this role's kind of party may ask at all, and what everybody may."""
        for route in self.app.router.routes():
            kinds = getattr(route.handler, "staff", ())
            fits = not kinds or "any" in kinds or self.by.party.kind in kinds
            path = route.resource.canonical if route.resource is not None else ""
            if route.method == method and fits and path and not path.startswith(_NO_PAGES):
                yield path

    async def get(self, address: str) -> Answer:
        """The page, asked for once."""
        if address not in self._pages:
            self._pages[address] = await self.who.get(address)
        return self._pages[address]

    # -- by its id -----------------------------------------------------------------------

    async def ask_for(self, case: Case, acts: dict[str, set[str]]) -> None:
        """Every address with an id in it, with the id of this case."""
        relation = case.record.relation(self.by)
        met = Tried(case, access.sees(self.by, case.record), relation)
        hidden = access.hidden(self.by, case.record) and relation != "offered"
        for route in [each for each in self.routes("GET") if "{id" in each]:
            for address in _filled(route, case, acts):
                await self._one(met, "GET", address, case, hidden)
        if hidden:
            for route in [each for each in self.routes("POST") if family(each) in acts]:
                for address in _filled(route, case, acts):
                    await self._one(met, "POST", address, case, hidden)
        self.tried.append(met)

    async def _one(self, met: Tried, method: str, address: str, case: Case, hidden: bool) -> None:
        data = {"csrf": self.who.csrf} if method == "POST" else None
        posted = method == "POST"
        answer = await self.who.ask(method, address, data) if posted else await self.get(address)
        known_by_id = address.startswith(_BY_ADDRESS)
        if answer.status == 200 and case.record.case_number in answer.text and not known_by_id:
            met.opened.append(address)
        if hidden and _told(answer) != await self._of_nothing(method, address, case):
            met.tell.append(f"{method} {address}: {answer.status}")

    async def _of_nothing(self, method: str, address: str, case: Case) -> tuple[int, str]:
        """What the same address says of an id that names nothing."""
        key = (method, address.replace(case.id, ""))
        if key not in self.unknown:
            data = {"csrf": self.who.csrf} if method == "POST" else None
            other = address.replace(case.id, unknown())
            self.unknown[key] = _told(await self.who.ask(method, other, data))
        return self.unknown[key]

    # -- in lists ------------------------------------------------------------------------

    def _audits(self, address: str) -> bool:
        """Who audits everything sees that rights and reads exist, of restricted cases too."""
        audits = self.by.role == "auditor" and self.by.party.kind in ("operator", "auditor")
        return audits and address.startswith(_AUDIT)

    async def look_everywhere(self, all_cases: list[Case]) -> None:
        """Every list, plain, with its tabs, and asked for each number."""
        hidden = [each for each in all_cases if access.hidden(self.by, each.record)]
        offered = {each.id for each in all_cases if each.record.relation(self.by) == "offered"}
        hidden = [each for each in hidden if each.id not in offered]
        for address in await self._lists({each.enterprise for each in all_cases} - {""}):
            if self._audits(address):
                continue
            answer = await self.get(address)
            self._look(answer, all_cases, hidden)
            names = [name for name in _ASKED if f'name="{name}"' in answer.text]
            for number in {each.record.case_number for each in hidden if each.kind != _SHARED}:
                for name in names if "?" not in address else []:
                    await self._ask_number(f"{address}?{name}=", number)

    async def _lists(self, enterprises: set[str]) -> list[str]:
        """Addresses without a record, and those of the enterprises concerned; with their tabs."""
        plain_ones = [route for route in self.routes("GET") if "{" not in route]
        units = [
            route.replace("{id}", each)
            for route in self.routes("GET") if route.count("{") == 1 and route.endswith("{id}")
            for each in enterprises
        ]  # fmt: skip
        found = []
        for address in (*plain_ones, *units):
            answer = await self.get(address)
            if answer.status != 200:
                continue
            path = address.partition("?")[0]
            tabs = (
                {each for each in links(answer) if each.startswith(path + "?")}
                if (answer.is_page)
                else set()
            )
            found += [address, *sorted(tabs)[:12]]
        return found

    def _look(self, answer: Answer, all_cases: list[Case], hidden: list[Case]) -> None:
        for each in all_cases:
            there = each.id in answer.text or (
                each.kind != _SHARED and each.record.case_number in answer.text
            )
            if there and each in hidden:
                self.leaks.append(f"{answer.address} names {each}")
            elif there:
                self.seen_in_lists.add(each.id)

    async def _ask_number(self, asked: str, number: str) -> None:
        """The same is found as for a number that no record has."""
        one, two = await self.get(asked + number), await self.get(asked + NOT_THERE)
        if _told(one)[1].replace(number, "N") != _told(two)[1].replace(NOT_THERE, "N"):
            self.leaks.append(f"{asked}{number} tells that it is there")


#: Members' pledges under one pledge share its number, which is public.
_SHARED = "member-pledge"


def _filled(route: str, case: Case, acts: dict[str, set[str]]) -> list[str]:
    """The address of a pattern for this case; of acts those that somebody was offered."""
    names = _PARAM.findall(route)
    slugs = sorted(acts.get(route, {"x"})) if "act" in names else [""]
    known = {"id": case.id, "kind": case.kind}
    return [
        _PARAM.sub(lambda m, s=slug: {**known, "act": s}.get(m[1], "x"), route) for slug in slugs
    ]


def _told(answer: Answer) -> tuple[int, str]:
    return answer.status, plain(answer)


async def acts_of(trying: list[Trying], all_cases: list[Case]) -> dict[str, set[str]]:
    """Which acts the pages of these cases offer to anybody: pattern -> slugs.

    With the addresses, before the id, at which any case opens: only there is something sent.
    """
    found: dict[str, set[str]] = {}
    for one in trying:
        for case in all_cases:
            for route in one.routes("GET"):
                if not route.endswith("{id}"):
                    continue
                answer = await one.get(_filled(route, case, {})[0])
                if answer.status == 200:
                    found.setdefault(family(route), set())
                for link in links(answer) if answer.status == 200 and answer.is_page else []:
                    pattern, _parts = await kind_of(one.app, link)
                    if "{act}" in pattern and case.id in link:
                        found.setdefault(pattern, set()).add(link.partition("?")[0].split("/")[-1])
    return found
