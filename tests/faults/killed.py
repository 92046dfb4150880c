"""Processes of `tests.faults.beside` as a test starts and kills them."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from services.platform import Platform
from tests.database import Dsns, files_of
from tests.opening import open_platform
from tests.portals.lodging import know


@contextmanager
def running(kind: str, at: Dsns, said: Path, *given: str) -> Iterator[subprocess.Popen[bytes]]:
    """The process, killed at the end of the block at the latest."""
    command = [sys.executable, "-m", "tests.faults.beside", kind, *at, str(files_of(at.owner))]
    child = subprocess.Popen([*command, str(said), *given], stdin=subprocess.PIPE)
    try:
        yield child
    finally:
        child.kill()
        child.wait()
        assert child.stdin is not None
        child.stdin.close()


async def until(true: Callable[[], object], seconds: float = 30) -> None:
    """Wait for something that another process does."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it does not come"
        await asyncio.sleep(0.01)


@asynccontextmanager
async def opened(database: Dsns, working: bool = True) -> AsyncIterator[Platform]:
    """A platform to lay out what is needed, and to look; at rest it does nothing by itself."""
    async with open_platform(database.owner, database.app, working=working) as platform:
        know(platform)
        yield platform
