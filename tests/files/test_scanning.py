"""Files are scanned by a real clamd; what waits goes on when it is back; the bad are set aside."""

from __future__ import annotations

import asyncio
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest

from deploy.cli.doctor_files import files_finding, scanner_finding
from events.evidence import FileScanned, NewFile
from events.ids import new_id
from services.actions.evidence import AddEvidence, add_evidence
from services.files import scanning
from services.files.checking import unnamed_files, wrong_files
from services.files.clamd import Clamd, ScannerAway
from services.files.scanning import Scanning
from services.files.store import Store
from services.platform import Platform
from services.records import seen_by
from services.settings import Settings
from tests.caught_up import caught_up
from tests.files.clamav import CLAMD, SIGNATURE, running
from tests.files.samples import VIRUS, document
from tests.people import ZHAO
from tests.portals.lodging import a_complaint

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(CLAMD is None, reason="no clamd here: apt install clamav-daemon"),
]


async def handed_in(platform: Platform, record: UUID, *contents: bytes) -> list[str]:
    """Files with these contents in the complaint; their hashes."""
    files = []
    for data in contents:
        kept = await platform.files.keep(str(record), BytesIO(data))
        files.append(NewFile(id=str(new_id()), name="a.txt", media="text/plain",
                             size=kept.size, sha256=kept.sha256))  # fmt: skip
    command = AddEvidence(by=ZHAO, kind="complaint", record=record, files=tuple(files))
    await platform.perform(add_evidence, command)
    await caught_up(platform)
    return [each.sha256 for each in files]


async def scans(platform: Platform, record: UUID) -> list[str]:
    """Where each file stands."""
    found = await seen_by(platform.log, ZHAO, "complaint", record)
    return [each.scan for each in found.files.values()]


async def test_from_waiting_to_a_verdict(platform: Platform, tmp_path: Path) -> None:
    platform.files = Store(tmp_path / "files", platform.vault)
    record = (await a_complaint(platform))["id"]
    large = bytes(3_000_000)
    hidden = document(**{"word/x.bin": VIRUS})
    hashes = await handed_in(platform, record, b"plain", VIRUS, hidden, large)
    gone = Scanning(platform, Clamd(str(tmp_path / "clamd.ctl")))
    with pytest.raises(ScannerAway):
        await gone.turn()
    assert await scans(platform, record) == ["pending"] * 4
    with running(tmp_path) as address:
        assert await Scanning(platform, Clamd(address)).turn() == 4
        await caught_up(platform)
        assert await Scanning(platform, Clamd(address)).turn() == 0, "each once"
        assert (await scanner_finding(Settings(clamd=address))).well
    assert await scans(platform, record) == ["safe", "suspicious", "suspicious", "unscanned"]
    events = [each.event for each in await platform.log.load(record)]
    said = [each for each in events if isinstance(each, FileScanned)]
    assert said[1].signature.startswith(SIGNATURE)
    assert "ClamAV" in said[1].engine
    assert "可疑，已隔离" in said[1].said().zh
    assert await platform.files.state(str(record), hashes[1]) == "missing"
    assert await platform.files.is_aside(str(record), hashes[1])
    assert [each async for each in wrong_files(platform)] == [], "quarantine is where it belongs"


async def test_what_is_wrong_on_disk_is_found(platform: Platform, tmp_path: Path) -> None:
    platform.files = Store(tmp_path / "files", platform.vault)
    record = (await a_complaint(platform))["id"]
    one, two, three = await handed_in(platform, record, b"one", b"two", b"three")
    assert (await files_finding(platform)).well
    folder = tmp_path / "files" / "kept" / str(record)
    (folder / one).unlink()
    (folder / two).write_bytes((folder / three).read_bytes())
    found = {each.sha256: each.state async for each in wrong_files(platform)}
    assert found == {one: "missing", two: "altered"}
    finding = await files_finding(platform)
    assert not finding.well
    assert one[:8] in finding.found.zh
    left = await platform.files.keep(str(record), BytesIO(b"of an act that was refused"))
    assert await unnamed_files(platform) == [(str(record), left.sha256)]


async def test_the_worker_scans_by_itself_and_rests_while_nobody_answers(
    platform: Platform, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanning, "POLL", 0.05)
    monkeypatch.setattr(scanning, "REST", 0.05)
    record = (await a_complaint(platform))["id"]
    await handed_in(platform, record, b"while it is away")
    worker = asyncio.create_task(Scanning(platform, Clamd(str(tmp_path / "clamd.ctl"))).run())
    await asyncio.sleep(0.3)
    assert await scans(platform, record) == ["pending"]
    with running(tmp_path):
        async with asyncio.timeout(120):
            while await scans(platform, record) != ["safe"]:
                await asyncio.sleep(0.05)
    worker.cancel()
