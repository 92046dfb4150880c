"""An administrator with every key swaps a kept file: its hash in the log finds it, and names it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest

from events.evidence import NewFile
from events.ids import new_id
from events.letters import LetterMade
from services.actions.evidence import AddEvidence, add_evidence
from services.actions.letters import MakeLetter, make_letter
from services.files.checking import Found, unnamed_files, wrong_files
from services.files.store import Store
from services.platform import Platform
from services.records import seen_by
from tests.caught_up import caught_up
from tests.people import ZHAO
from tests.portals.lodging import a_complaint

pytestmark = pytest.mark.postgres


async def evidence(platform: Platform, record: UUID) -> str:
    """The hash of a file in the complaint."""
    kept = await platform.files.keep(str(record), BytesIO(b"the receipt of the charger"))
    file = NewFile(id=str(new_id()), name="a.txt", media="text/plain", size=kept.size,
                   sha256=kept.sha256)  # fmt: skip
    command = AddEvidence(by=ZHAO, kind="complaint", record=record, files=(file,))
    await platform.perform(add_evidence, command)
    return kept.sha256


async def letter(platform: Platform, record: UUID) -> str:
    """The hash of a letter about the complaint."""
    kept = await platform.files.keep_bytes(str(record), b"%PDF what was decided")
    seen = await seen_by(platform.log, ZHAO, "complaint", record)
    command = MakeLetter(
        by=ZHAO, kind="complaint", record=record, form="form-1", to="complainant",
        letter_number="LETTER-1", sha256=kept.sha256, size=kept.size, as_of=seen.changed,
    )  # fmt: skip
    await platform.perform(make_letter, command)
    return kept.sha256


@pytest.mark.parametrize("swapped", ["bytes", "sealed anew", "another file"])
async def test_what_was_swapped_is_found_by_hash_and_named(
    platform: Platform, tmp_path: Path, swapped: str
) -> None:
    platform.files = Store(tmp_path / "files", platform.vault)
    row = await a_complaint(platform)
    record, store = row["id"], platform.files
    hashes = [await evidence(platform, record), await letter(platform, record)]
    await caught_up(platform)
    assert [each async for each in wrong_files(platform)] == []
    assert await unnamed_files(platform) == []
    forged = await Store(tmp_path / "forged", platform.vault).keep_bytes(str(record), b"forged")
    folder = tmp_path / "files" / "kept" / str(record)
    other = tmp_path / "forged" / "kept" / str(record) / forged.sha256
    whole = [(folder / each).read_bytes() for each in hashes]
    contents = {
        "bytes": [data[:-1] + bytes([data[-1] ^ 1]) for data in whole],
        # With the right key, so that nothing but the hash tells.
        "sealed anew": [other.read_bytes()] * 2,
        "another file": whole[::-1],
    }[swapped]
    for sha256, data in zip(hashes, contents, strict=True):
        (folder / sha256).write_bytes(data)
    (made,) = await platform.log.of_kinds([LetterMade])
    assert isinstance(made.event, LetterMade)
    said = f"{row['number']} {made.event.letter_number}"
    assert [each async for each in wrong_files(platform)] == [
        Found(row["number"], hashes[0], "altered"), Found(said, hashes[1], "altered"),
    ]  # fmt: skip
    (folder / hashes[1]).unlink()
    assert await store.state(str(record), hashes[1]) == "missing"
    missing = [each async for each in wrong_files(platform, whole=False)]
    assert missing == [Found(said, hashes[1], "missing")]
