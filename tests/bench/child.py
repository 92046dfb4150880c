"""Processes that take part in a measurement: Ctrl-C is not theirs, they end with their block."""

from __future__ import annotations

import asyncio
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from os import PathLike
from typing import Any

Word = str | PathLike[str]


@asynccontextmanager
async def child(*command: Word, **how: Any) -> AsyncIterator[Process]:
    """Runs inside the block; whoever leaves it early ends it."""
    running = await asyncio.create_subprocess_exec(*command, start_new_session=True, **how)
    try:
        yield running
    finally:
        if running.returncode is None:
            running.terminate()
            await running.wait()


async def said(*command: Word, **how: Any) -> bytes:
    """What it printed when it has ended well; `RuntimeError` with its last words otherwise."""
    async with child(*command, stdout=PIPE, stderr=PIPE, **how) as running:
        out, wrong = await running.communicate()
    if running.returncode:
        last = wrong.decode(errors="replace").strip().splitlines()[-1:]
        raise RuntimeError(last[0] if last else f"ended with {running.returncode}")
    return out
