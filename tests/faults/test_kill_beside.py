"""What works beside the log is killed in the middle: files, clocks, letters.

Nothing acknowledged is missing, nothing is there twice or in half, and what was left over goes.
"""

from __future__ import annotations

import asyncio
import os
import random
from collections import Counter
from datetime import date
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import aiohttp
import psycopg
import pytest
from aiohttp import ClientSession, FormData

from deploy.postgres import Server
from events.complaints import ComplaintRegistered
from events.event import Personal
from events.evidence import FileAdded
from events.ids import new_id
from events.letters import LetterMade
from events.log import Append
from services import desk, sessions
from services.actions import complaints as c
from services.files.checking import unnamed_files, wrong_files
from services.letters.making import making
from services.platform import Platform
from tests.caught_up import caught_up
from tests.database import Dsns, copy_of, drop_database, files_of
from tests.faults.beside import BATCH, a_letter
from tests.faults.killed import opened, running, until
from tests.faults.parts import Lines
from tests.opening import SUBJECT
from tests.people import GULOU, LI, MINHAI, ZHAO
from tests.portals.desks import hidden
from tests.portals.lodging import a_complaint

pytestmark = pytest.mark.postgres


# -- files -------------------------------------------------------------------------------


async def test_half_a_file_is_never_there_and_goes_at_the_next_start(
    database: Dsns, tmp_path: Path
) -> None:
    files, subject = files_of(database.owner), str(new_id())
    async with opened(database, working=False) as platform:
        kept = await platform.files.keep_bytes(subject, b"whole")
        with running("keep", database, tmp_path / "said", subject) as child:
            assert child.stdin is not None
            child.stdin.write(os.urandom(5 << 20))
            child.stdin.flush()
            await until(lambda: list((files / "incoming").glob("*")))
            assert await platform.files.clear_incoming() == 0, "it is being written"
        (left,) = (files / "incoming").iterdir()
        assert left.stat().st_mode & 0o077 == 0
        assert list(platform.files.all_kept()) == [(subject, kept.sha256)]
    async with opened(database) as platform:
        await until(lambda: not left.exists())
        assert await platform.files.read(subject, kept.sha256) == b"whole"


async def test_files_of_a_server_that_is_killed(database: Dsns, tmp_path: Path) -> None:
    chance, told = random.Random(20261126), set[str]()
    async with opened(database) as platform:
        records = [await _accepted(platform) for _ in range(3)]
        await desk.set_password(platform.pool, ZHAO.person, ZHAO.person, "一句足够长的口令")
        cookie = await sessions.open_session(platform.pool, ZHAO.person)
    for blow in range(2):
        said, known = Lines(tmp_path / f"said-{blow}"), len(told)
        with running("pages", database, said.path) as child:
            await until(said.whole)
            async with ClientSession(said.whole()[0], cookies={"gongzhi": cookie}) as she:
                sending = [asyncio.create_task(_send(she, each, told)) for each in records]
                await until(lambda: len(told) > known + 2)  # noqa: B023
                await asyncio.sleep(chance.uniform(0, 0.2))
                child.kill()
                await asyncio.gather(*sending)
    async with opened(database) as platform:
        await caught_up(platform)
        whole = [r async for page in platform.log.pages() for r in page]
        added = {each.event.sha256 for each in whole if isinstance(each.event, FileAdded)}
        assert told <= added, "acknowledged, and not there"
        assert [found async for found in wrong_files(platform)] == []
        await until(lambda: not list((platform.files.root / "incoming").glob("*")))


async def _send(she: ClientSession, record: UUID, told: set[str]) -> None:
    """File after file, until nobody answers; the hash of each that was acknowledged."""
    here = f"/files/complaint/{record}/add"
    try:
        while True:
            data = os.urandom(150_000).hex().encode()
            form = FormData(hidden(await (await she.get(here)).text()))
            form.add_field("files", data, filename="a.txt")
            answer = await she.post(here, data=form, allow_redirects=False)
            assert answer.status == 303, await answer.text()
            told.add(sha256(data).hexdigest())
    except aiohttp.ClientError:
        return


# -- clocks ------------------------------------------------------------------------------

_SAID = "select stream::text, topic from log.events where topic ~ '^(clock|deadline)-'"


def _said(owner: str) -> list[tuple[str, str]]:
    with psycopg.connect(owner) as connection:
        return list(connection.execute(_SAID))


async def test_clocks_that_are_killed_say_everything_once(
    server: Server, database: Dsns, tmp_path: Path
) -> None:
    async with opened(database, working=False) as platform:
        appends = [Append(new_id(), 0, [_lodged()]) for _ in range(6 * BATCH)]
        await platform.log.append(appends)
    unbroken = copy_of(server, database)
    async with opened(unbroken, working=False) as platform:
        await _speak(platform)
    expected = Counter(_said(unbroken.owner))
    drop_database(server, unbroken)
    assert len(expected) >= len(appends)
    for goal in (1, sum(expected.values()) // 2):
        with running("clock", database, tmp_path / "said"):
            await until(lambda: len(_said(database.owner)) >= goal)  # noqa: B023
        assert not Counter(_said(database.owner)) - expected, "twice, or what nobody else would say"
    async with opened(database, working=False) as platform:
        await _speak(platform)
    assert Counter(_said(database.owner)) == expected


async def _speak(platform: Platform) -> None:
    """All that the clocks have to say."""
    await platform.catch_up()
    while await platform.clocks.tick(platform.clocks.now()):
        await platform.catch_up()


def _lodged() -> ComplaintRegistered:
    return ComplaintRegistered(
        by=LI, occurred_on=date(2026, 3, 2), number="GZ-2026-000001-C", enterprise=MINHAI,
        handler=GULOU, told=Personal(subject=SUBJECT),
        complainant=Personal(subject=SUBJECT, fields={"name": "林月"}),
    )  # fmt: skip


# -- letters -----------------------------------------------------------------------------


async def test_a_letter_is_there_with_its_event_or_not_at_all(
    database: Dsns, tmp_path: Path
) -> None:
    chance, said = random.Random(20261126), Lines(tmp_path / "said")
    async with opened(database) as platform:
        record = await _accepted(platform)
    for blow in range(2):
        begun = len(said.whole())
        with running("letters", database, said.path, str(record)):
            await until(lambda: len(said.whole()) > begun + blow)  # noqa: B023
            await asyncio.sleep(chance.uniform(0, 0.3))
    async with opened(database) as platform:
        cut_off = said.whole()[-1]
        for _ in range(2):  # whoever sends the form again, and again
            await platform.perform(making(platform), a_letter(str(record), cut_off))
        events = [each.event for each in await platform.log.load(record)]
        made = [each for each in events if isinstance(each, LetterMade)]
        assert len(said.whole()) - 2 < len(made) <= len(said.whole()), "a key is one letter"
        assert len({each.letter_number for each in made}) == len(made)
        await caught_up(platform)
        assert [found async for found in wrong_files(platform)] == []
        assert len(await unnamed_files(platform)) <= 2, "set, and killed before it was recorded"


async def _accepted(platform: Platform) -> UUID:
    row = await a_complaint(platform)
    command = c.AcceptComplaint(by=ZHAO, complaint=row["id"], mediated_by="own")
    await platform.perform(c.accept_complaint, command)
    return UUID(str(row["id"]))
