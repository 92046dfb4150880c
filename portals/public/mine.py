"""The complaint that this browser has proved to know: what she may see of it, and its record."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from aiohttp import web

from events.words import Words
from portals.proof import proven
from portals.web import PLATFORM
from services.actions import complaints as c
from services.actions.change import load

Row = dict[str, Any]
HERE = "/track/complaint"


async def my_complaint(request: web.Request) -> Row:
    """Its row; else back to the questions."""
    id = proven(request)
    row = await request.app[PLATFORM].views.tracking.one(id) if id else None
    if row is None:
        raise web.HTTPSeeOther("/track")
    return row


async def my_record(request: web.Request, row: Row) -> c.Complaint:
    """What its events have made of it: asked by the rules, never shown as it is."""
    return await load(request.app[PLATFORM].log, c.Complaint, UUID(str(row["id"])))


async def my_lead(request: web.Request, record: c.Complaint) -> c.Complaint | None:
    """The complaint with which hers is handled, where there is one."""
    if not record.merged_into:
        return None
    return await load(request.app[PLATFORM].log, c.Complaint, UUID(record.merged_into))


def crumbs(row: Row) -> list[tuple[str, Words]]:
    """The way to it."""
    return [(HERE, Words(f"投诉 {row['number']}", f"Complaint {row['number']}"))]
