"""Walking: what one role meets on every address of the application, kept to be judged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from aiohttp import web

from events.clocks import ClockBreached, ClockWarned, DeadlineRecomputed
from events.notices import PartyTold
from events.reads import PersonalDataRead
from events.security import SecurityNoted
from portals.pages import PLATFORM
from services.platform import Platform
from tests.portals.every_record import RECORDS, family, others, own, unknown
from tests.portals.visitors import HOMES, NOBODY, Answer, Visitor, kind_of, links

Kind = tuple[str, str]
#: Read by programs, not by people.
NO_PAGES = ("/healthz", "/metrics", "/static", "/api/", "/log/")
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
#: What differs on every page: form tokens, keys, ids, and where the log now ends.
_PASSING = re.compile(
    r"[0-9a-f]{64}|[\w-]{22,}|<p>[^<]*<span class=\"figures\">[\d,]+</span>[^<]*</p>"
)
#: These end the visit, so they come last.
ENDS = ("/track/end", "/track/enquiry/end", "/report/end", "/sign-out")
#: Asks nothing that could be left empty: each button is one of the roles she has.
SWITCH = "/switch"
#: Wrong answers are counted here, so only who has no account gives them.
COUNTED = ("/sign-in", "/track", "/report/follow")
#: Records that are shown without an account.
PUBLIC = ("/receipt",)
#: Nothing but a date that is none: an act that asks nothing is refused too, and changes nothing.
_NOTHING = {"occurred_on-year": "x", "occurred_on-month": "", "occurred_on-day": ""}


@dataclass
class Walk:
    """One role's way: pages in both languages, links, what was refused, what was posted."""

    who: Visitor
    pages: list[tuple[str, Answer]] = field(default_factory=list)
    found: dict[Kind, str] = field(default_factory=dict)
    tried: list[tuple[str, Answer, Answer]] = field(default_factory=list)
    bare: list[Answer] = field(default_factory=list)
    empty: list[Answer] = field(default_factory=list)

    @property
    def app(self) -> web.Application:
        return self.who.served.app

    @property
    def answers(self) -> Iterator[Answer]:
        """Everything that came back."""
        yield from (answer for _, answer in self.pages)
        for _, one, two in self.tried:
            yield from (one, two)
        yield from (*self.bare, *self.empty)

    # -- along the links -----------------------------------------------------------------

    async def walk(self) -> None:
        """From home along every link, one page of each kind, in both languages."""
        home = HOMES[self.who.role]
        waiting = [home, "/", SWITCH if self.who.party else "/sign-in", *await self._seeds()]
        self.found = {await kind_of(self.app, each): each for each in waiting}
        while waiting:
            address = waiting.pop(0)
            answer = await self.who.get(address)
            self.pages.append(("zh", answer))
            if answer.status != 200 or not answer.is_page:
                continue
            self.pages.append(("en", await self.who.get(address, "en")))
            for link in links(answer):
                kind = await kind_of(self.app, link)
                if kind not in self.found:
                    self.found[kind] = link
                    waiting.append(link)

    async def _seeds(self) -> list[str]:
        """Own records of every state: their pages are kinds of their own."""
        home, platform = HOMES[self.who.role], self.app[PLATFORM]
        families = [(f, k) for f, k in RECORDS.items() if f.startswith(home.rstrip("/") + "/")]
        families = [each for each in families if home != "/" or each[0] in PUBLIC]
        return [
            f"{where.replace('/{kind}', '')}/{id}" for where, kind in families
            for id in await own(platform, kind, self.who.party)
        ]  # fmt: skip

    def reached(self) -> set[str]:
        """Patterns of the routes that opened."""
        return {
            kind[0] for kind, link in self.found.items()
            if any(a.address == link and a.status < 400 for _, a in self.pages)
        }  # fmt: skip

    # -- everywhere else -----------------------------------------------------------------

    async def try_all(self, samples: dict[str, str]) -> None:
        """Every address of every portal: with another's id and with one that names nothing."""
        for route, address in samples.items():
            kind = RECORDS.get(family(route))
            theirs = await others(self.app[PLATFORM], kind, self.who.party) if kind else []
            one = await self.who.get(
                _with_id(address, theirs[0].rpartition("/")[2] if theirs else "")
            )
            two = await self.who.get(_with_id(address, unknown())) if kind else one
            self.tried.append((route, one, two))

    async def post_all(self, samples: dict[str, str]) -> None:
        """Every form of every portal without its token."""
        for address in samples.values():
            mine = await self._mine(address)
            self.bare.append(await self.who.ask("POST", mine, {"reason": "x"}))

    async def send_empty(self, samples: dict[str, str]) -> None:
        """Every form of every portal with nothing but its token."""
        own_forms = [a for k, a in self.found.items() if k[0] in samples]
        late = ENDS if self.who.role == NOBODY else (*COUNTED, *ENDS)
        mine = [await self._mine(address) for address in samples.values()]
        for address in [*(a for a in {*own_forms, *mine} if a not in late), *ENDS]:
            chosen = {"party": self.who.party} if address == SWITCH else _NOTHING
            sent = {"csrf": self.who.csrf, **chosen}
            self.empty.append(await self.who.ask("POST", address, sent))

    async def _mine(self, address: str) -> str:
        """The address for this role: one it found itself, where it has one of the kind."""
        return self.found.get(await kind_of(self.app, address), address)


def _with_id(address: str, id: str) -> str:
    """The address with this id in its path, if there is one."""
    path, mark, asked = address.partition("?")
    return _ID.sub(id, path, count=1) + mark + asked if id else address


def plain(answer: Answer) -> str:
    """The page without what differs every time."""
    return _PASSING.sub("", _ID.sub("", answer.text))


# -- of the application --------------------------------------------------------------------


def routes(app: web.Application, method: str) -> dict[str, web.AbstractRoute]:
    """Pattern -> route, of the pages."""
    return {
        route.resource.canonical: route
        for route in app.router.routes()
        if route.resource is not None and route.method == method
        if not route.resource.canonical.startswith(NO_PAGES)
    }


async def done(platform: Platform) -> int:
    """How many events there are, but for those which come by reading, or as time passes."""
    await platform.reads.record()
    besides = (
        PersonalDataRead, ClockWarned, ClockBreached, DeadlineRecomputed, SecurityNoted, PartyTold,
    )  # fmt: skip
    return await platform.log.size() - len(await platform.log.of_kinds(besides, most=1_000_000))


async def samples(app: web.Application, walks: dict[str, Walk]) -> dict[str, str]:
    """One address of each pattern: as it stands, or one that somebody's links led to."""
    plain_ones = {route: route for route in routes(app, "GET") if "{" not in route}
    found = {k[0]: a for w in walks.values() for k, a in w.found.items() if k[0]}
    return {**found, **plain_ones}
