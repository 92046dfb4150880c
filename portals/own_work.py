"""Own work: at the door of a form that is for somebody else than who did what it judges."""

from __future__ import annotations

from aiohttp import web

from portals.pages import PLATFORM, viewer
from portals.people import acting
from services import duties
from services.actions.aggregate import Aggregate
from services.actions.command import Command


async def turn_away(request: web.Request, kind: type[Command], record: Aggregate) -> None:
    """Refuse her, whatever she filled in, and record the attempt. Raises `OwnWork`.

    A form without a valid token is not hers: it is shown again first.
    """
    if viewer(request).stale:
        return
    key = str((await request.post()).get("key", ""))[:100]
    await duties.turn_away(request.app[PLATFORM].log, acting(request), kind, record, key)
