"""A disk that is full: writing is refused and says so, nothing is lost, views go on afterwards."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from deploy.postgres import Server, find_trees
from events.complaints import ComplaintAccepted
from events.ids import new_id
from events.log import Append
from services.faults import FULL
from services.platform import Platform
from tests.database import data_directory, fresh_database
from tests.opening import open_platform
from tests.people import ZHAO

pytestmark = pytest.mark.postgres


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A file system of its own with 400 MB, in memory."""
    with data_directory() as path:
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=400m,mode=755", "tmpfs", str(path)],
            capture_output=True, check=False,
        )  # fmt: skip
        if mounted.returncode:
            pytest.skip("a small file system can only be mounted by root")
        try:
            yield path
        finally:
            subprocess.run(["umount", "-l", str(path)], check=True)


def fill(path: Path) -> Path:
    """A file that takes all the space there is."""
    filler = path / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            return filler


async def append(platform: Platform, size: int) -> int:
    """One event with that many characters; its position."""
    event = ComplaintAccepted(by=ZHAO, number="GZ-1", reason=os.urandom(size // 2).hex())
    return (await platform.log.append([Append(new_id(), 0, [event])])).last


async def until_refused(platform: Platform) -> int:
    """Append while it is possible; the last acknowledged position."""
    last = 0
    try:
        for _ in range(10_000):
            last = await append(platform, 60_000)
    except FULL:
        return last
    raise AssertionError("the disk never became full")


async def test_a_full_disk_refuses_to_write_and_everything_goes_on_afterwards(
    small_disk: Path,
) -> None:
    server = Server(small_disk, find_trees()[0])
    server.ensure()
    try:
        dsns = fresh_database(server)
        async with open_platform(dsns.owner, dsns.app) as platform:
            first = await append(platform, 10)
            filler = fill(small_disk)
            last = max(first, await until_refused(platform))
            assert len(await platform.log.after(0, 1)) == 1, "reading goes on"
            filler.unlink()
            assert await append(platform, 60_000) == last + 1
            await platform.catch_up()
            assert not [b.view.name for b in platform.builders if await stopped(dsns.app, b.view)]
    finally:
        server.stop()


async def stopped(app: str, view: object) -> bool:
    """Whether the view has been marked as failed."""
    named = "select failed_at from views.tracking where name = %s"
    async with await psycopg.AsyncConnection.connect(app) as connection:
        row = await (await connection.execute(named, [view.name])).fetchone()  # type: ignore[attr-defined]
    return row is None or row[0] is not None
