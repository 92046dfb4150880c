"""Notes of a case that a unit wrote for itself, opened from the log; those of others never are."""

from __future__ import annotations

from uuid import UUID

from events.log import Log
from events.notes import InternalNoteAdded
from services.views.asking import Row


async def notes_of(log: Log, record: UUID, unit: str) -> list[Row]:
    """What people of this unit wrote, oldest first: text, by, on, recorded_at, position."""
    found = [
        each.position
        for each in await log.load(record)
        if isinstance(each.event, InternalNoteAdded) and each.event.only_for == unit
    ]
    opened = await log.at(found) if found else {}
    return [
        {
            "text": each.event.note.shown("text"),
            "by": each.event.by.name,
            "on": each.on,
            "recorded_at": each.recorded_at,
            "position": each.position,
        }
        for _, each in sorted(opened.items())
        if isinstance(each.event, InternalNoteAdded)
    ]
