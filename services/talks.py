"""Talks of a complaint, opened from the log: what its body and one side wrote to each other."""

from __future__ import annotations

from uuid import UUID

from events.complaints import AnswerNotNeeded, BodyWrote, SideWrote
from events.event import Recorded
from events.log import Log
from services.views.asking import Row

_WRITTEN = (BodyWrote, SideWrote, AnswerNotNeeded)


async def talk_with(log: Log, complaint: UUID | str, side: str) -> list[Row]:
    """The talk with this side, oldest first; `text` = "" where only something was said of it."""
    history = await log.load(UUID(str(complaint)), opened=True)
    return [
        _row(each, each.event)
        for each in history
        if isinstance(each.event, _WRITTEN) and each.event.side == side
    ]


def _row(recorded: Recorded, event: BodyWrote | SideWrote | AnswerNotNeeded) -> Row:
    written = not isinstance(event, AnswerNotNeeded)
    return {
        "text": event.text.shown("text") if isinstance(event, (BodyWrote, SideWrote)) else "",
        "written": written,
        "from_body": not isinstance(event, SideWrote),
        "asks": isinstance(event, BodyWrote) and event.asks,
        "until": event.until if isinstance(event, BodyWrote) else None,
        "party": event.by.party,
        "by": event.by.name,
        "recorded_at": recorded.recorded_at,
        "position": recorded.position,
    }
