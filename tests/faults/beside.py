"""Processes that work beside the log and are killed: `python -m tests.faults.beside KIND …`.

`pages` serves the portals, `clock` says what is late, `letters` makes letters, `keep` writes one
file that never ends, `box` reads the file of a letter box in.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

from aiohttp import web

from portals.app import make_app
from portals.door import Runner
from services.actions.letters import MakeLetter
from services.letters.making import making
from services.platform import Platform
from services.settings import Settings
from services.timekeeping import process
from tests.deploy.letters import read_in
from tests.faults.parts import Lines
from tests.opening import open_platform
from tests.people import ZHAO
from tests.vault.desk import Roles

#: So few clocks speak in one turn that a blow falls between two.
BATCH = 7


async def pages(platform: Platform, said: Lines) -> None:
    """The portals; where, stands in the file."""
    platform.views.directory = Roles()  # type: ignore[assignment]
    platform.views.directory.held[ZHAO.person] = ZHAO  # type: ignore[attr-defined]
    known: dict[str, Any] = {"secret": "s", "second_factor": "offered", "terms": "offered"}
    chosen = Settings(**known, limit_address=0, limit_account=0)
    runner = Runner(make_app(platform, chosen), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    said.add(f"http://127.0.0.1:{runner.addresses[0][1]}")
    await asyncio.Event().wait()


async def clock(platform: Platform, said: Lines) -> None:
    """The worker that follows the log does it; it looks often."""
    platform.clocks.every = 0.02
    await asyncio.Event().wait()


async def letters(platform: Platform, said: Lines, record: str) -> None:
    """One after the other; the key of each stands in the file before it is begun."""
    number = len(said.whole())
    while True:
        number += 1
        said.add(f"letter-{number}")
        await platform.perform(making(platform), a_letter(record, f"letter-{number}"))


def a_letter(record: str, key: str) -> MakeLetter:
    return MakeLetter(
        by=ZHAO, kind="complaint", record=UUID(record), form="form-5", to="complainant", key=key
    )


async def keep(platform: Platform, said: Lines, subject: str) -> None:
    """A file whose second half nobody sends."""
    await platform.files.keep(subject, sys.stdin.buffer)


async def box(platform: Platform, said: Lines, file: str, duplicates: str) -> None:
    """All letters of the file, as `gongzhi import letters` does."""
    await read_in(platform, Path(file), duplicates=duplicates)


async def main(kind: str, owner: str, app: str, files: str, said: str, *given: str) -> None:
    works = {"pages": pages, "clock": clock, "letters": letters, "keep": keep, "box": box}
    process.BATCH = BATCH
    how = {"files": Path(files), "working": kind not in ("keep", "box")}
    async with open_platform(owner, app, **how) as platform:
        await works[kind](platform, Lines(Path(said)), *given)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
