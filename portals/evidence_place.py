"""Evidence place: of which record an address speaks, for whom, and where its own page stands.

The pages of evidence are the same for every kind of case and every party; what differs is decided
by the record and the table of rights.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import wraps
from uuid import UUID

from aiohttp import web

from events.event import Acting
from events.evidence import CASES
from events.words import Words
from portals.asking import record_id
from portals.pages import PORTALS, viewer
from portals.people import staff
from portals.proof import COMPLAINT, REPORT, proven
from portals.web import PLATFORM
from services import access
from services.actions.complaints import complainant
from services.actions.files import HasFiles
from services.actions.kinds import KINDS
from services.actions.refused import NotFound
from services.actions.reports import reporter
from services.records import seen_by

Handler = Callable[..., Awaitable[web.StreamResponse]]
ROOT = "/files"
#: Kind of case and portal -> where a party of that portal reads the record.
PAGES = {
    ("complaint", "council"): "/council/complaints/{id}",
    ("complaint", "regulator"): "/regulator/complaints/{id}",
    ("complaint", "public"): "/track/complaint",
    ("report", "regulator"): "/regulator/reports/{id}",
    ("report", "public"): "/report/mine",
    ("follow-up", "regulator"): "/regulator/followups/{id}",
    ("follow-up", "enterprise"): "/enterprise/directives/{id}",
    ("member-pledge", "enterprise"): "/enterprise/pledges/{id}",
    ("member-pledge", "association"): "/association/signed/{id}",
}


@dataclass(frozen=True)
class Place:
    """One record as one party comes to its evidence."""

    kind: str
    record: HasFiles
    by: Acting

    @property
    def here(self) -> str:
        """The page of its evidence."""
        return address(self.kind, self.record.id)

    @property
    def title(self) -> Words:
        return Words(f"证据 {self.record.case_number}", f"Evidence {self.record.case_number}")

    @property
    def crumbs(self) -> list[tuple[str, Words]]:
        """The way to the record; for who only has a part in it, to the desk."""
        portal = PORTALS.get(self.by.party.kind, "public")
        relation = self.record.relation(self.by)
        path = PAGES.get((self.kind, portal))
        if relation == "referred":
            path = "/regulator/referrals/{id}"
        elif relation in ("contributor", "reader") or path is None:
            return [(f"/{portal}", Words("工作台", "Desk"))]
        named = CASES[self.kind]
        number = self.record.case_number
        return [
            (
                path.format(id=self.record.id),
                Words(f"{named.zh} {number}", f"{named.en.capitalize()} {number}"),
            )
        ]

    @property
    def crumbs_on(self) -> list[tuple[str, Words]]:
        """The way to a page below the evidence."""
        return [*self.crumbs, (self.here, self.title)]

    @property
    def only_stored(self) -> bool:
        """Whether personal data is restricted to storage: nobody but she reads it (PIPL §47)."""
        restricted = getattr(self.record, "personal", "") == "restricted"
        return restricted and self.by.party.kind != "consumer"

    def may(self, command: str) -> bool:
        """Whether this party may do this to the record now."""
        record = self.record
        return access.may(
            self.by, command, record.relation(self.by), record.state, record.visibility
        )


def address(kind: str, id: object) -> str:
    """The page of a record's evidence."""
    return f"{ROOT}/{kind}/{id}"


#: Kind of case -> who she is to it, who told it without an account.
_HER = {"complaint": complainant, "report": reporter}
PLACE = web.RequestKey("PLACE", Place)


def at_place(handler: Handler) -> Handler:
    """The handler for whoever may see the record; a consumer comes by what she proved."""

    @wraps(handler)
    async def come(request: web.Request) -> web.StreamResponse:
        kind, id = request.match_info["kind"], UUID(record_id(request))
        by = viewer(request).by or _HER.get(kind, complainant)(id)
        record = await seen_by(request.app[PLATFORM].log, by, kind, id)
        if record.relation(by) == "new":  # a record of another kind
            raise NotFound(access.NOT_THERE)
        request[PLACE] = Place(kind, record, by)
        return await handler(request)

    for_staff = staff(come)

    @wraps(handler)
    async def guarded(request: web.Request) -> web.StreamResponse:
        what = REPORT if request.match_info["kind"] == "report" else COMPLAINT
        hers = viewer(request).by is None and proven(request, what) == request.match_info["id"]
        return await (come if hers else for_staff)(request)

    guarded.staff = ("any",)  # type: ignore[attr-defined]
    return guarded


def place(request: web.Request) -> Place:
    return request[PLACE]


def file_id(request: web.Request) -> str:
    """The file the address names, if this party is told of it; else 404."""
    here, id = place(request), request.match_info["file"]
    if not here.record.may_see_file(here.by, id):
        raise NotFound(access.NOT_THERE)
    return id


__all__ = ["KINDS", "Place", "address", "at_place", "file_id", "place"]
