"""An administrator with every right on the database, and with the log's key, against the parties.

Each threat is done as superuser, past all triggers. What finds it is what a party holds: an export,
the policy, the head it kept, its witness. Nothing here asks our server whether all is well.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest

from events.proofs.checkpoints import Checkpoint
from events.proofs.heads import Head
from events.proofs.writing import write_verifier
from services.heads.export import Export, Span
from services.heads.publisher import Heads, Rewritten
from services.heads.witnesses import Refused
from services.platform import Platform
from tests.database import Dsns
from tests.heads.conftest import KEY, NAMES, Parties, ask, grow, restarted

pytestmark = pytest.mark.postgres
SIZE = 600

#: The tree made again from what now stands in the log, and nothing left of what was signed.
REMAKE = (
    """update log.events set leaf = log.leaf(party,
        (extract(epoch from recorded_at) * 1000)::bigint, sha256(state), version, stream, topic)""",
    "delete from log.tiles",
    """update log.head set size = (select count(*) from log.events), edge = log.grow(0, ''::bytea,
        (select string_agg(leaf, ''::bytea order by position) from log.events))""",
    "delete from log.cosignatures",
    "delete from log.heads",
)
EDIT = "update log.events set state = state || ' ' where position = 400"
EDITS = {
    "edits a state": [EDIT],
    "reorders": [
        "update log.events set position = -1 where position = 400",
        "update log.events set position = 400 where position = 401",
        "update log.events set position = 401 where position = -1",
    ],
    "back-dates": [
        "update log.events set recorded_at = recorded_at - interval '9 days' where position = 400"
    ],
    "acts for another party": ["update log.events set party = 'other' where position = 400"],
}


class Held(NamedTuple):
    """What a party keeps: a folder with policy, verifier and the head that it saw witnessed."""

    folder: Path

    def verifies(self, *words: str, code: int) -> str:
        """What its own verifier says, by its own policy."""
        done = subprocess.run(
            [sys.executable, "-I", "verify.pyz", "--lang", "en", *words, "--policy", "policy.txt"],
            cwd=self.folder, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout


@pytest.fixture
async def held(platform: Platform, parties: Parties, tmp_path: Path) -> Held:
    """Of a log whose head all three witnesses have cosigned."""
    await grow(platform, SIZE)
    await parties.publisher.publish()
    await ask(parties, *NAMES)
    opened = await parties.witnesses.witnessed()
    assert opened is not None
    folder = tmp_path / "held"
    folder.mkdir()
    (folder / "policy.txt").write_bytes(parties.text)
    (folder / "kept").write_bytes(bytes(opened.checkpoint))
    write_verifier(folder / "verify.pyz")
    return Held(folder)


async def administrator(database: Dsns, *statements: str) -> None:
    """Does what only a superuser can; no trigger hears of it."""
    async with await psycopg.AsyncConnection.connect(database.owner) as owner:
        await owner.execute("set session_replication_role = replica")
        for statement in statements:
            await owner.execute(statement.encode())


async def export(platform: Platform, parties: Parties, held: Held, span: Span) -> None:
    """Into the party's folder `bundle`."""
    into = held.folder / "bundle"
    await Export(platform.pool, into, parties.text).log(span, lambda done, of: None)


async def test_a_log_that_nobody_touched_is_accepted(
    platform: Platform, parties: Parties, held: Held
) -> None:
    await export(platform, parties, held, Span())
    assert f"{SIZE} states checked" in held.verifies("bundle", "bundle", "--time", code=0)
    held.verifies("heads", "kept", "bundle/checkpoint", code=0)


@pytest.mark.parametrize("threat", EDITS)
async def test_what_was_changed_is_named(
    platform: Platform, parties: Parties, held: Held, database: Dsns, threat: str
) -> None:
    await administrator(database, *EDITS[threat])
    await export(platform, parties, held, Span(300, 500))
    assert "400" in held.verifies("bundle", "bundle", code=30)


async def test_a_tile_that_was_forged_with_its_event_does_not_fit_the_one_above(
    platform: Platform, parties: Parties, held: Held, database: Dsns
) -> None:
    await administrator(
        database, EDIT, REMAKE[0],
        """update log.tiles set hashes = (select string_agg(leaf, ''::bytea order by position)
            from log.events where position between 257 and 512) where level = 0 and index = 1""",
    )  # fmt: skip
    await export(platform, parties, held, Span(300, 500))
    assert "records 257 to 512" in held.verifies("bundle", "bundle", code=30)


async def test_a_log_that_was_made_anew_and_signed_is_cosigned_by_nobody(
    platform: Platform, parties: Parties, held: Held, database: Dsns
) -> None:
    await administrator(database, EDIT, *REMAKE)
    await grow(platform, 1)
    await restarted(platform).publish()
    for name in NAMES:
        with pytest.raises(Refused, match="422"):
            await ask(parties, name)
    await export(platform, parties, held, Span())
    assert "too few witnesses" in held.verifies("bundle", "bundle", code=10)
    held.verifies("heads", "kept", "bundle/checkpoint", "--bundle", "bundle", code=20)


async def test_our_own_publisher_signs_no_log_that_was_rewritten(
    platform: Platform, parties: Parties, held: Held, database: Dsns
) -> None:
    await administrator(database, EDIT, *REMAKE[:3])
    await grow(platform, 1)
    with pytest.raises(Rewritten):
        await parties.publisher.publish()


async def test_a_tail_that_was_cut_off_is_missed(
    platform: Platform, parties: Parties, held: Held, database: Dsns
) -> None:
    await administrator(database, "delete from log.events where position > 550", *REMAKE)
    await restarted(platform).publish()
    for one in parties.witnesses.asked:
        one.size = 0  # the forger's software knows nothing; the witness does
    with pytest.raises(Refused, match="409"):
        await ask(parties, "council")
    await export(platform, parties, held, Span())
    held.verifies("bundle", "bundle", code=10)
    said = held.verifies("heads", "kept", "bundle/checkpoint", "--bundle", "bundle", code=50)
    assert "tile/0/002.p/88 is missing" in said, "what the head of 600 covers is not there"


async def test_two_parties_who_are_shown_different_logs_find_out(
    platform: Platform, parties: Parties, held: Held
) -> None:
    other = Checkpoint.sign(Head(KEY.verifier.name, SIZE, bytes(32)), [KEY])
    (held.folder / "theirs").write_bytes(bytes(other))
    held.verifies("heads", "kept", "theirs", code=20)


async def test_two_who_sign_at_once_publish_one_head(
    platform: Platform, parties: Parties, held: Held
) -> None:
    await grow(platform, 5)
    heads = Heads(platform.pool)
    signed = await asyncio.gather(*(parties.publisher.publish() for _ in range(8)))
    latest = await heads.latest()
    assert latest is not None
    assert {each.head for each in signed if each is not None} == {latest.head}
