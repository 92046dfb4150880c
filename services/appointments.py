"""Appointments: when and where a complaint is mediated next, and what each side said to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from events.complaints import AttendanceStated, MediationScheduled
from events.log import Log
from events.words import Words


@dataclass(frozen=True)
class Said:
    """What one side said: it comes, or why not and when it could."""

    comes: bool
    why: str | Words
    on: date


@dataclass(frozen=True)
class Appointment:
    """The session that both sides were invited to last."""

    session: MediationScheduled
    recorded_at: datetime
    version: int
    said: dict[str, Said] = field(default_factory=dict)


async def appointment_of(log: Log, complaint: UUID | str) -> Appointment | None:
    """The latest invitation with the answers to it; None where there never was one."""
    made: Appointment | None = None
    for each in await log.load(UUID(str(complaint)), opened=True):
        match each.event:
            case MediationScheduled() as session:
                made = Appointment(session, each.recorded_at, each.version)
            case AttendanceStated() as event if made is not None:
                why = event.why.shown("why") if event.why else ""
                made.said[event.side] = Said(event.comes, why, each.on)
    return made
