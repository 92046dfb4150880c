"""Complaint office: who handles complaints, a council or a regulator, and where its pages stand.

Both do the same with a complaint of their own, so both have the same pages; what only one of
them may do is decided by the table of rights. What a kind of body does besides, with records
that are no complaints (a regulator opens a follow-up), its portal adds as `further`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from aiohttp import web

from events.event import Acting
from events.words import Words, both
from portals.asking import found, record_id
from portals.seeing import the_case
from portals.web import PLATFORM, acting, staff
from services.actions.assigned import SUCCESSOR, Assigned
from services.actions.refused import NotAllowed, NotFound

Row = dict[str, Any]
Handler = Callable[..., Awaitable[web.StreamResponse]]
#: From who acts, the complaint and the follow-ups made of it: more acts, each `url` and `words`.
Further = Callable[[Acting, Row, list[Row]], list[Row]]

CHANNELS = {
    "portal": Words("网上", "online"),
    "api": Words("接口", "API"),
    "import": Words("导入", "import"),
    "phone": Words("电话", "telephone"),
    "counter": Words("当面", "counter"),
    "letter": Words("来信", "letter"),
}
#: How a state looks in a list: whose turn it is from the handling body's side.
COLOURS = {
    "received": "yours", "identity": "waiting", "negotiating": "waiting", "accepted": "yours",
    "mediating": "waiting", "testing": "waiting", "recusal": "yours", "agreed": "waiting",
    "defaulted": "yours", "terminated": "yours",
}  # fmt: skip


def _nothing(by: Acting, row: Row, made: list[Row]) -> list[Row]:
    return []


@dataclass(frozen=True)
class Office:
    """A kind of body that handles complaints: the addresses of its pages, and what it adds."""

    kind: str
    further: Further = _nothing
    #: Where its portal shows a follow-up; "" where it shows none.
    follow_ups: str = ""

    @property
    def register(self) -> str:
        """The register."""
        return f"/{self.kind}/complaints"

    @property
    def intake(self) -> str:
        """Where a complaint is recorded for a consumer."""
        return f"/{self.kind}/new"

    @property
    def nav(self) -> list[tuple[str, Words]]:
        """What stands in the navigation of its portal."""
        return [(self.register, Words("投诉", "Complaints"))]

    @property
    def crumbs(self) -> list[tuple[str, Words]]:
        """The way to the register."""
        return [(f"/{self.kind}", Words("工作台", "Desk")), self.nav[0]]

    def crumbs_to(self, row: Row) -> list[tuple[str, Words]]:
        """The way to one complaint."""
        return [*self.crumbs, (self.address(row["id"]), both(row["number"]))]

    def address(self, id: object) -> str:
        """The page of one complaint."""
        return f"{self.register}/{id}"

    def page(self, handler: Handler) -> Handler:
        """The handler for people of this kind of body; it finds the office by `office`."""

        @wraps(handler)
        async def at_the_office(request: web.Request) -> web.StreamResponse:
            request[OFFICE] = self
            return await handler(request)

        return staff(at_the_office, self.kind)


#: Who works on it: the body in charge, and whom it entrusted with the mediation.
IN_WORK = ("handler", "mediator")
OFFICE = web.RequestKey("OFFICE", Office)


def office(request: web.Request) -> Office:
    """For which kind of body the page is shown."""
    return request[OFFICE]


async def seen_complaint(request: web.Request) -> Row:
    """The complaint the address names with what it is to the acting body, if it may see it."""
    by, platform, id = acting(request), request.app[PLATFORM], record_id(request)
    record = await the_case(request, "complaint")
    relation = record.relation(by)
    assert isinstance(record, Assigned)
    offered = record.offer is not None and record.offer.to.id == by.party.id
    had = relation == SUCCESSOR or by.party.id in record.former
    if relation not in IN_WORK and not offered and not had:
        raise NotFound(Words("没有找到这条记录", "There is no such record"))
    row = found(await platform.views.complaints.one(id))
    return {**row, "relation": relation, "record": record, "visibility": record.visibility}


async def the_complaint(request: web.Request) -> Row:
    """The complaint the address names, for who handles it; readers are told that they only read."""
    row = await seen_complaint(request)
    if row["relation"] not in IN_WORK:
        raise NotAllowed(_ONLY_READ.fill(name=row["handler_name"]))
    return row


_ONLY_READ = Words(
    "这件投诉现在由{name}承办，您的单位只能查看",
    "{name} handles this complaint now; your unit can only read it",
)


async def with_joined(request: web.Request, row: Row) -> list[Row]:
    """What is handled with the complaint; and whether some of it is joint, noted in its row."""
    joined: list[Row] = await request.app[PLATFORM].views.complaints.merged_into(str(row["id"]))
    row["joint"] = any(each["merged_as"] == "joint" for each in joined)
    return joined


def about(row: Row) -> Words:
    """Which complaint a form is about, in one line."""
    return both(f"{row['number']} · {row['respondent'] or '—'}")
