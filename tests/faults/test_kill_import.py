"""The import of a letter box is killed again and again: what is there is what one run brings."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import psycopg
import pytest

from deploy.postgres import Server
from services.views.view import Row
from tests.caught_up import caught_up
from tests.database import Dsns, copy_of, drop_database
from tests.deploy.letters import letters_of, read_in
from tests.faults.killed import opened, running, until

pytestmark = pytest.mark.postgres

LETTERS = 240
_ALL = "select stream::text, version, topic from log.events where topic !~ '^(clock|deadline)-'"


def box(folder: Path, name: str, *, late: bool) -> Path:
    """A letter box; every third letter waits, or `late` = has its reply as well."""
    file = folder / name
    file.write_bytes(letters_of(*(_letter(n, late or n % 3 > 0) for n in range(LETTERS))))
    return file


def _letter(n: int, replied: bool) -> str:
    day = f"2024-03-{1 + n % 28:02}"
    reply = f"第 {n} 封的答复,2024-04-{1 + n % 28:02} 16:05:00" if replied else ","
    return f"LX-{n},{day} 09:30:00,标题 {n},第 {n} 封问什么？,{reply}"


def _there(owner: str) -> Counter[Any]:
    with psycopg.connect(owner) as connection:
        return Counter(connection.execute(_ALL))


async def _brought(at: Dsns, file: Path, duplicates: str) -> tuple[Counter[Any], Row]:
    """The rest of the file; what stands in the log, and what its batch says came of it."""
    async with opened(at) as platform:
        report = await read_in(platform, file, duplicates=duplicates)
        await caught_up(platform)
        batch = await platform.views.imports.numbered(report.batch)
        assert batch
        assert report.refused == 0
    said = {name: batch[name] for name in ("state", "rows", "taken", "known", "refused", "merged")}
    return _there(at.owner), said


@pytest.mark.parametrize(("duplicates", "blows"), [("keep", (2, 90, 300)), ("merge", (1, 50))])
async def test_letters_and_replies_stand_once_however_often_it_was_killed(
    server: Server, database: Dsns, tmp_path: Path, duplicates: str, blows: tuple[int, ...]
) -> None:
    file = box(tmp_path, "信箱.csv", late=False)
    if duplicates == "merge":  # the letters are there, their replies come later
        await _brought(database, file, "keep")
        file = box(tmp_path, "信箱-四月.csv", late=True)
    unbroken = copy_of(server, database)
    expected = await _brought(unbroken, file, duplicates)
    drop_database(server, unbroken)
    before = _there(database.owner).total()
    for events in blows:
        with running("box", database, tmp_path / "said", str(file), duplicates) as child:
            await until(lambda: _there(database.owner).total() >= before + events)  # noqa: B023
            assert child.poll() is None, "it had come to its end"
    assert before < _there(database.owner).total() < expected[0].total()
    assert await _brought(database, file, duplicates) == expected
