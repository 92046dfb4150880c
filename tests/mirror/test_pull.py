"""A party's mirror: what it keeps is checked, and whatever the log's keeper does is found by it."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer

from events.event import PartyRef
from events.ids import new_id
from events.log import Append
from events.proofs.bundles import Bundle
from events.proofs.checkpoints import Checkpoint
from events.proofs.deep import Deep
from events.proofs.heads import Head
from events.proofs.reports import Report
from events.proofs.submissions import Submission
from events.proofs.verdicts import Verdict
from portals.app import make_app
from services import desk, tokens
from services.mirror.copy import Copy
from services.mirror.pull import Pull
from services.mirror.source import Away, open_source
from services.mirror.totals import Totals
from services.platform import Platform
from services.settings import Settings
from tests.database import Dsns
from tests.events.test_log import accepted
from tests.heads.conftest import KEY, NAMES, Parties, ask, grow, parties, restarted
from tests.heads.test_threats import EDIT, EDITS, REMAKE
from tests.people import ZHAO
from tests.portals.desks import Directory

pytestmark = pytest.mark.postgres
__all__ = ["parties"]


class Mirrored(NamedTuple):
    """A log that is served, the parties around it, and a directory for a mirror."""

    platform: Platform
    parties: Parties
    address: str
    directory: Path
    token: str

    async def grow(self, many: int, *witnesses: str) -> None:
        await grow(self.platform, many)
        await self.parties.publisher.publish()
        await ask(self.parties, *(witnesses or NAMES))

    async def pull(self, token: str | None = None) -> Report:
        token = self.token if token is None else token
        async with open_source(self.address, token) as source:
            policy = self.parties.witnesses.policy
            return await Pull(Copy(self.directory), source, policy, bool(token)).run()

    def verified(self) -> Report:
        """What the party's own verifier says of the mirror."""
        return Deep(Bundle(self.directory), self.parties.witnesses.policy).run()


@pytest.fixture
async def mirrored(platform: Platform, parties: Parties, tmp_path: Path) -> AsyncIterator[Mirrored]:
    platform.views.directory = Directory()  # type: ignore[assignment,attr-defined,unused-ignore]
    await desk.set_password(platform.pool, ZHAO.person, ZHAO.person, "一句足够长的口令")
    token = await tokens.make(platform.pool, ZHAO.person, "镜像")
    app = make_app(
        platform,
        Settings(secret="of the tests", second_factor="offered", terms="offered"),
        ["public", "log"],
    )  # type: ignore[arg-type]
    async with TestServer(app) as server:
        yield Mirrored(platform, parties, str(server.make_url("/")), tmp_path / "mirror", token)


async def as_superuser(database: Dsns, *statements: str) -> None:
    async with await psycopg.AsyncConnection.connect(database.owner) as owner:
        await owner.execute("set session_replication_role = replica")
        for statement in statements:
            await owner.execute(statement.encode())


async def test_it_grows_with_the_log_and_verifies_by_itself(mirrored: Mirrored) -> None:
    for many, size in ((300, 300), (5, 305), (700, 1005), (19, 1024)):
        await mirrored.grow(many)
        report = await mirrored.pull()
        assert (report.verdict, report.figures) == (Verdict.OK, {"size": size, "new": many})
        assert mirrored.verified().verdict is Verdict.OK, mirrored.verified().said
    assert (await mirrored.pull()).figures == {"size": 1024, "new": 0}
    assert len(list(mirrored.directory.glob("checkpoints/*"))) == 3
    assert mirrored.verified().figures["states"] == 1024, "its own acts"
    totals = json.loads((mirrored.directory / "totals.json").read_text("utf-8"))
    assert totals["topic"] == {"complaint-accepted.v2": 1024}


async def test_of_others_it_keeps_that_they_acted_and_not_what(mirrored: Mirrored) -> None:
    other = PartyRef(id=str(new_id()), name="别的单位", kind="council")
    strange = accepted()
    strange = type(strange)(**{
        **{f: getattr(strange, f) for f in strange.__struct_fields__},
        "by": type(strange.by)(person="x", name="别人", party=other, role="clerk"),
    })  # fmt: skip
    await mirrored.platform.log.append([Append(new_id(), 0, [strange])])
    await mirrored.grow(3)
    assert (await mirrored.pull()).verdict is Verdict.OK
    figures = mirrored.verified().figures
    assert (figures["states"], figures["not_included"]) == (3, 1)
    assert Totals(Copy(mirrored.directory)).by["party"] == {other.id: 1, ZHAO.party.id: 3}


async def test_without_signing_in_it_keeps_the_tree(mirrored: Mirrored) -> None:
    for many in (300, 400):
        await mirrored.grow(many)
        assert (await mirrored.pull("")).verdict is Verdict.OK
    report = mirrored.verified()
    assert (report.verdict, report.figures["entries"]) == (Verdict.OK, 0)
    with pytest.raises(Away, match="403"):
        await mirrored._replace(directory=mirrored.directory / "x").pull("gzt_wrong")
    await tokens.end(mirrored.platform.pool, ZHAO.person, (await hers(mirrored))[0].id)
    with pytest.raises(Away, match="403"):
        await mirrored._replace(directory=mirrored.directory / "x").pull()


async def hers(mirrored: Mirrored) -> Sequence[tokens.Token]:
    return await tokens.tokens_of(mirrored.platform.pool, ZHAO.person)


async def test_too_few_witnesses_are_said_and_the_copy_goes_on(mirrored: Mirrored) -> None:
    await mirrored.grow(10, "council")
    assert (await mirrored.pull()).verdict is Verdict.UNWITNESSED
    assert Copy(mirrored.directory).size == 10
    await mirrored.parties.servers["regulator"].close()
    await mirrored.grow(10, "council", "association")
    report = await mirrored.pull()
    assert report.verdict is Verdict.OK
    assert any("regulator does not answer" in note.en for note in report.notes)


@pytest.mark.parametrize("what", EDITS)
async def test_what_was_changed_before_it_came_is_named(
    what: str, mirrored: Mirrored, database: Dsns
) -> None:
    await mirrored.grow(600)
    await as_superuser(database, *EDITS[what])
    report = await mirrored.pull()
    assert report.verdict is Verdict.TAMPERED
    if what != "reorders":  # with their leaves: then the tiles do not lead to the head
        assert "position 400" in report.said.en
    assert Copy(mirrored.directory).size == 0, "nothing of it is kept"


async def test_a_forged_tile_is_found_while_the_leaves_are_right(
    mirrored: Mirrored, database: Dsns
) -> None:
    await mirrored.grow(600)
    await as_superuser(
        database, "update log.tiles set hashes = set_byte(hashes, 3, 3) where level = 1"
    )
    report = await mirrored.pull()
    assert report.verdict is Verdict.TAMPERED
    assert "tile/1/000.p/2 is not what the leaves make" in report.said.en


@pytest.mark.parametrize("more", [0, 50])
async def test_a_log_that_was_rewritten_has_had_two_versions(
    mirrored: Mirrored, database: Dsns, more: int
) -> None:
    await mirrored.grow(600)
    assert (await mirrored.pull()).verdict is Verdict.OK
    await as_superuser(database, EDIT, *REMAKE)
    await grow(mirrored.platform, more)
    await restarted(mirrored.platform).publish()
    report = await mirrored.pull()
    assert report.verdict is Verdict.DIVERGED, report.said
    kept, other = (
        Checkpoint.parse((mirrored.directory / "evidence" / name).read_bytes())
        for name in ("600-kept", "600-log")
    )
    assert kept.verify_log([KEY.verifier]) == other.verify_log([KEY.verifier])
    assert kept.head.root != other.head.root
    assert mirrored.verified().verdict is Verdict.OK, "the copy stays as it was"


async def test_an_end_that_was_cut_off_is_missed(mirrored: Mirrored, database: Dsns) -> None:
    await mirrored.grow(600)
    await mirrored.pull()
    await as_superuser(database, "delete from log.events where position > 500", *REMAKE)
    await restarted(mirrored.platform).publish()
    report = await mirrored.pull()
    assert report.verdict is Verdict.INCOMPLETE
    assert "you keep 600" in report.said.en


@pytest.mark.parametrize(("size", "verdict"), [(300, 20), (500, 20), (900, 50)])
async def test_what_another_party_was_shown_is_compared(
    mirrored: Mirrored, size: int, verdict: int
) -> None:
    """The council's witness was shown another head: smaller, of the same size, or larger."""
    other = Checkpoint.sign(Head(KEY.name, size, bytes(32)), [KEY])
    async with ClientSession() as session:
        address = mirrored.parties.servers["council"].make_url("/add-checkpoint")
        async with session.post(address, data=bytes(Submission(0, (), bytes(other)))) as answer:
            assert answer.status == 200
    await mirrored.grow(500, "regulator", "association")
    report = await mirrored.pull()
    assert report.verdict == verdict, report.said
    assert "council" in report.said.en
    evidence = mirrored.directory / "evidence" / "500-council"
    assert evidence.exists() == (verdict == 20)


def shell(mirrored: Mirrored, *words: str) -> list[str]:
    (policy := mirrored.directory.parent / "policy.txt").write_bytes(mirrored.parties.text)
    return [
        str(Path(sys.executable).parent / "gongzhi"), "--lang", "en", "mirror", "pull",
        str(mirrored.directory), mirrored.address, "--policy", str(policy), *words,
    ]  # fmt: skip


async def started(
    mirrored: Mirrored, *words: str, token: str | None = None
) -> asyncio.subprocess.Process:
    token = mirrored.token if token is None else token
    return await asyncio.create_subprocess_exec(
        *shell(mirrored, *words), stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT, env=os.environ | {"GONGZHI_MIRROR_TOKEN": token},
    )  # fmt: skip


async def test_killed_in_the_middle_it_goes_on_where_it_was(mirrored: Mirrored) -> None:
    await mirrored.grow(300)
    await mirrored.pull()
    for _ in range(20):
        await grow(mirrored.platform, 2000)
    await mirrored.grow(7)
    running = await started(mirrored)
    async with asyncio.timeout(120):
        while not (mirrored.directory / "tile" / "0" / "010").exists():
            await asyncio.sleep(0.01)
    running.send_signal(signal.SIGKILL)
    await running.wait()
    assert Copy(mirrored.directory).size == 300
    assert mirrored.verified().verdict is Verdict.OK
    again = await started(mirrored)
    told = (await again.communicate())[0].decode()
    assert again.returncode == 0, told
    assert "40007 new of 40307" in told.replace(",", "") or "40307" in told
    assert mirrored.verified().figures["entries"] == 40307


async def test_an_alarm_within_a_minute(mirrored: Mirrored, database: Dsns) -> None:
    await mirrored.grow(600)
    running = await started(mirrored, "--every", "1")
    assert running.stdout is not None
    async with asyncio.timeout(120):
        assert b"all checked" in await running.stdout.readline()
    await as_superuser(database, EDIT, *REMAKE)
    await grow(mirrored.platform, 3)
    await restarted(mirrored.platform).publish()
    begun = time.monotonic()
    told = (await asyncio.wait_for(running.communicate(), 60))[0].decode()
    assert running.returncode == 20, told
    assert "two versions" in told
    assert time.monotonic() - begun < 60


async def test_a_log_that_is_away_is_said_and_is_no_alarm(mirrored: Mirrored) -> None:
    gone = mirrored._replace(address="http://127.0.0.1:9")
    running = await started(gone, token="")
    told = (await running.communicate())[0].decode()
    assert (running.returncode, "cannot be reached" in told) == (5, True), told
    await mirrored.grow(3)
    await mirrored.pull("")
    mixed = await started(mirrored)
    told = (await mixed.communicate())[0].decode()
    assert (mixed.returncode, "was begun without a token" in told) == (2, True), told
