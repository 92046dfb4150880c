"""What is exported proves itself to whoever has the file and Python: whole, a part, or a case."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from events.ids import new_id
from events.log import Append
from events.proofs.keys import SignerKey
from events.proofs.verdicts import Tampered
from services.actions.refused import Refused
from services.heads.export import Case, Export, Exported, Span
from services.heads.publisher import Publisher
from services.heads.signing import KeySigner
from services.platform import Platform
from tests.database import Dsns
from tests.events.test_log import accepted

pytestmark = pytest.mark.postgres
KEY = SignerKey.generate("test.example/log")
POLICY = f"log {KEY.verifier}\nquorum none\n".encode()
SIZE = 700


@pytest.fixture
async def stream(platform: Platform) -> UUID:
    """The second of some streams of a log whose head is signed."""
    ids = [new_id() for _ in range(SIZE - 4)]
    for start in range(0, len(ids), 100):
        await platform.log.append([Append(id, 0, [accepted()]) for id in ids[start : start + 100]])
    await platform.log.append([Append(ids[1], 1, [accepted()] * 4)])
    await Publisher(platform.pool, KeySigner(KEY)).publish()
    return ids[1]


async def exported(platform: Platform, into: Path, span: Span = Span()) -> Exported:  # noqa: B008
    return await Export(platform.pool, into, POLICY).log(span, lambda done, of: None)


async def verified(directory: Path, code: int = 0, language: str = "en") -> str:
    """What the bundle's own verifier says of it, in a process that has nothing of ours."""
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-I", "verify.pyz", "--lang", language, "bundle", ".", "--time"],
        cwd=directory, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


@pytest.mark.usefixtures("stream")
async def test_the_whole_log_is_verified_by_the_bundle_alone(
    platform: Platform, tmp_path: Path
) -> None:
    done = await exported(platform, tmp_path / "bundle")
    assert (done.events, done.size) == (SIZE, SIZE)
    said = await verified(tmp_path / "bundle")
    assert f"{SIZE} entries and {SIZE} states checked (0 not included, 0 erased)" in said
    assert f"核对了 {SIZE} 个条目" in await verified(tmp_path / "bundle", language="zh")


@pytest.mark.usefixtures("stream")
async def test_of_a_part_nothing_else_is_told(platform: Platform, tmp_path: Path) -> None:
    done = await exported(platform, tmp_path, Span(300, 520))
    assert (done.events, done.size) == (221, SIZE)
    assert "221 states checked (223 not included" in await verified(tmp_path)
    assert not (tmp_path / "tile/entries/000").exists()


async def test_a_case_is_read_and_proved(platform: Platform, tmp_path: Path, stream: UUID) -> None:
    done = await Export(platform.pool, tmp_path, POLICY).case(Case("GZ-1", [stream]))
    assert done.events == 5
    assert "5 receipts" in await verified(tmp_path)
    for language, words in (("zh", "受理了投诉"), ("en", "accepted complaint")):
        page = (tmp_path / f"case.{language}.html").read_text("utf-8")
        assert page.count("<li id=") == page.count(words) == 5
    assert not (tmp_path / "tile").exists()


@pytest.mark.usefixtures("stream")
async def test_a_state_that_was_changed_is_found_at_its_position(
    platform: Platform, tmp_path: Path, database: Dsns
) -> None:
    async with await psycopg.AsyncConnection.connect(database.owner) as owner:
        await owner.execute("set session_replication_role = replica")
        await owner.execute("update log.events set state = state || ' ' where position = 400")
    with pytest.raises(Tampered):
        await exported(platform, tmp_path / "whole")
    await exported(platform, tmp_path / "part", Span(350, 450))
    assert "400" in await verified(tmp_path / "part", code=30)


@pytest.mark.usefixtures("stream")
async def test_files_that_are_there_are_left_alone(platform: Platform, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(Refused, match="请换一个空目录"):
        await exported(platform, tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]


async def test_without_a_head_nothing_is_exported(platform: Platform, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="还没有签名的检查点"):
        await exported(platform, tmp_path / "new")
    assert not (tmp_path / "new").exists()


async def test_what_is_not_signed_yet_is_not_exported(
    platform: Platform, tmp_path: Path, stream: UUID
) -> None:
    await platform.log.append([Append(stream, 5, [accepted()])])
    assert (await exported(platform, tmp_path / "all")).size == SIZE
    with pytest.raises(Refused, match="还没有签名的检查点包含它们"):
        await exported(platform, tmp_path / "end", Span(1, SIZE + 1))
    with pytest.raises(Refused, match="还没有签名的检查点包含它们"):
        await Export(platform.pool, tmp_path / "case", POLICY).case(Case("GZ-1", [stream]))
    with pytest.raises(Refused, match="范围不对"):
        await exported(platform, tmp_path / "back", Span(9, 3))
