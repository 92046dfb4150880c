"""Ending: what a platform still has to do when it stops."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

import psycopg

from events.log import LogUnavailable

if TYPE_CHECKING:
    from services.platform import Platform

log_ = logging.getLogger("gongzhi.platform")


async def record_last(platform: Platform) -> None:
    """What was read and refused until the end; where the database is away, that is said."""
    reads = platform.reads
    await platform.notes.record()
    try:
        await reads.record()
    except (psycopg.Error, OSError, LogUnavailable) as gone:
        log_.error("%d reads are not recorded: %s", reads.waiting, gone)


async def end(tasks: list[asyncio.Task[None]]) -> None:
    """Cancel until they end: libraries below can swallow one cancellation (seen on 3.11)."""
    while running := [task for task in tasks if not task.done()]:
        for task in running:
            task.cancel()
        await asyncio.wait(running, timeout=0.2)
