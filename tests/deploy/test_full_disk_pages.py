"""A disk that fills up under a served platform: pages say so, keep what was typed, come back."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from secrets import token_hex

import pytest

from deploy.postgres import Server, find_trees
from events import schema
from events.complaints import ComplaintRegistered
from services.platform import Platform
from tests.caught_up import caught_up
from tests.deploy.test_full_disk import fill, small_disk
from tests.effort import worked
from tests.opening import open_platform
from tests.portals.desks import Client
from tests.portals.lodging import fields, number_on, to_the_check, visitor

__all__ = ["small_disk"]
pytestmark = pytest.mark.postgres


async def lodge(client: Client, form: dict[str, str]) -> tuple[int, str]:
    """Send the complaint; the status and the page."""
    answer = await client.post("/complain", data=form)
    return answer.status, await answer.text()


async def lodge_until_full(client: Client, check: str) -> tuple[list[str], str]:
    """The numbers of the complaints that were acknowledged, and the page that refuses the next."""
    acknowledged = []
    for _ in range(3_000):
        key, facts = token_hex(16), token_hex(4_000)
        form = {**fields(check), "to": "send", "key": key, "effort": worked(key), "facts": facts}
        status, page = await lodge(client, form)
        if status != 200:
            assert status == 503, page
            assert form["facts"] in page, "what was typed is kept"
            return acknowledged, page
        acknowledged.append(number_on(page))
    raise AssertionError("the disk never became full")


def doctor(data: Path) -> subprocess.CompletedProcess[str]:
    """What `gongzhi doctor` says of this data directory, while it is being served."""
    own = {k: v for k, v in os.environ.items() if not k.startswith("GONGZHI_")}
    return subprocess.run(
        [Path(sys.executable).parent / "gongzhi", "--lang", "zh", "doctor"],
        env={**own, "GONGZHI_DATA": str(data), "COLUMNS": "300"}, cwd="/",
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


async def lodged(platform: Platform) -> list[str]:
    pages = [event async for page in platform.log.pages() for event in page]
    return [r.event.number for r in pages if isinstance(r.event, ComplaintRegistered)]


async def test_a_full_disk_is_said_and_nothing_acknowledged_is_lost(small_disk: Path) -> None:
    server = Server(small_disk, find_trees()[0])
    server.ensure()
    try:
        schema.create(server.owner_dsn)
        async with (
            open_platform(server.owner_dsn, server.app_dsn) as platform,
            visitor(platform) as she,
        ):
            check = await to_the_check(she)
            filler = fill(small_disk)
            acknowledged, refused = await lodge_until_full(she, check)
            assert "磁盘已满，暂时不能保存" in refused
            assert (await she.get("/track")).status == 200, "reading goes on"
            said = await asyncio.to_thread(doctor, small_disk)  # its own platform goes on
            assert said.returncode != 0
            assert "✗ 磁盘空间：只剩 0.0 GB" in said.stdout
            assert "Traceback" not in said.stdout + said.stderr
            filler.unlink()
            status, receipt = await lodge(she, fields(refused))
            assert status == 200, receipt
            assert sorted(await lodged(platform)) == sorted([*acknowledged, number_on(receipt)])
            await caught_up(platform)
            assert not [b.view.name for b in platform.builders if b.failed]
            well = await asyncio.to_thread(doctor, small_disk)
            assert "Traceback" not in well.stdout + well.stderr
            assert f"{len(acknowledged) + 1} 个事件" in well.stdout
    finally:
        server.stop()
