"""Seeing: the case of an address, where the acting party may see it; else 404.

Every page of a case asks here. A restricted case that is opened is a read, and recorded (R13).
"""

from __future__ import annotations

from uuid import UUID

from aiohttp import web

from events.sharing import LEVELS
from portals.asking import record_id
from portals.web import PLATFORM, acting
from services import access, records
from services.actions.change import load
from services.actions.kinds import KINDS
from services.actions.refused import NotFound
from services.actions.shared import Shared


async def the_case(
    request: web.Request, kind: str, *relations: str, why: str = "handling"
) -> Shared:
    """The case, where the acting party sees it and is one of these to it; none named = any."""
    platform, by = request.app[PLATFORM], acting(request)
    record = await records.seen_by(platform.log, by, kind, UUID(record_id(request)))
    if relations and record.relation(by) not in relations:
        raise NotFound(access.NOT_THERE)
    if record.restricted:
        platform.reads.note(by, "restricted", record.id, record.case_number, why)
    return record


async def the_part(request: web.Request) -> Shared:
    """The case of a sharing page: for who is in charge, has a part or was offered one; else 404.

    Who was only offered a part sees the offer, not the case.
    """
    platform, by, kind = request.app[PLATFORM], acting(request), request.match_info["kind"]
    if kind not in KINDS:
        raise NotFound(access.NOT_THERE)
    record = await load(platform.log, KINDS[kind], UUID(record_id(request)))
    if not record.version or record.relation(by) not in (record.OWNER, *LEVELS.terms, "offered"):
        raise NotFound(access.NOT_THERE)
    if record.restricted and record.relation(by) != "offered":
        platform.reads.note(by, "restricted", record.id, record.case_number, "shared")
    return record


def address(request: web.Request, kind: str, id: object) -> str:
    """The sharing page of a case in the portal of the acting party."""
    return f"/{acting(request).party.kind}/shared/{kind}/{id}"


async def charge_of(request: web.Request, record: Shared) -> dict[str, str]:
    """Who is in charge of the case: kind and name."""
    views, id = request.app[PLATFORM].views, record.in_charge
    row = await views.directory.party(id)
    return {"kind": row["kind"], "name": row["name"]} if row else {"kind": "system", "name": id}
