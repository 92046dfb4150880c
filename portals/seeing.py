"""Seeing: the case of an address, where the acting party may see it; else 404.

Every page of a case asks here. A restricted case that is opened is a read, and recorded (R13).
"""

from __future__ import annotations

from uuid import UUID

from aiohttp import web

from portals.asking import record_id
from portals.web import PLATFORM, acting
from services import access, records
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
