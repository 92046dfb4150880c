"""What a reporter told and who she is, opened from the log; two looks, two reasons."""

from __future__ import annotations

from uuid import UUID

from events.event import Personal
from events.informants import InformantRecorded
from events.log import Log
from events.reports import ReportRegistered, ReportSupplemented, ReportWithdrawn
from services.views.asking import Row

IDENTITY = ("name", "phone", "contact")


async def facts_told(log: Log, report: UUID | str) -> Row:
    """What she told, first and later, or why it cannot be read."""
    found: Row = {"facts": "", "added": [], "withdrawn_why": ""}
    for recorded in await log.load(UUID(str(report)), opened=True):
        match recorded.event:
            case ReportRegistered(told=told):
                found["facts"] = told.shown("facts")
            case ReportSupplemented(told=told):
                found["added"].append((recorded.on, told.shown("facts")))
            case ReportWithdrawn(told=Personal() as told):
                found["withdrawn_why"] = told.shown("reason")
    return found


async def who_told(log: Log, informant: UUID | str) -> Row:
    """Who she is, or why it cannot be read: for whom has unmasked her."""
    found: Row = dict.fromkeys(IDENTITY, "")
    for recorded in await log.load(UUID(str(informant)), opened=True):
        if isinstance(recorded.event, InformantRecorded) and recorded.event.who is not None:
            found = {name: recorded.event.who.shown(name) for name in IDENTITY}
    return found
