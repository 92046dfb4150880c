"""Bundles: whatever is changed in one is found, and where."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.proofs.bundles import Bundle
from events.proofs.deep import Deep
from events.proofs.merkle import leaf_hash, root_of
from events.proofs.policies import Policy
from events.proofs.tiles import pack, split, unpack
from events.proofs.verdicts import Verdict
from events.proofs.writing import Writer, write_sums
from tests.proofs.sample import (
    LOG,
    SALT,
    TOLD,
    WITNESSES,
    SampleLog,
    checked,
    policy_text,
    sample_log,
    state_of,
    write_bundle,
)  # fmt: skip
from tests.proofs.vectors import VECTORS, needs_vectors

SIZE = 600
WHOLE = sample_log(SIZE)


def _with_heads(writer: Writer) -> None:
    for size in (1, 256, 300):
        writer.put(f"checkpoints/{size}", WHOLE.checkpoint(size))
    writer.put("receipts/7.tlog-proof", WHOLE.receipt(7, SALT, TOLD))
    writer.put("README.md", "怎样核验 / how to check\n".encode())


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_bundle(tmp_path_factory.mktemp("whole"), WHOLE, more=_with_heads)


@pytest.fixture
def copy(bundle: Path, tmp_path: Path) -> Path:
    """One that may be spoilt; without sums, so that only what is signed finds it."""
    shutil.copytree(bundle, tmp_path / "copy")
    (tmp_path / "copy" / "SHA256SUMS").unlink()
    return tmp_path / "copy"


def test_an_untouched_bundle_verifies_in_every_way(bundle: Path) -> None:
    for how in ({}, {"times": True}, {"tree_only": True}):
        report = checked(bundle, **how)
        assert report.verdict is Verdict.OK, report.text("en")
    figures = checked(bundle).figures
    assert figures["size"] == figures["entries"] == figures["states"] == SIZE
    assert (figures["heads"], figures["receipts"]) == (4, 1)
    assert json.loads(checked(bundle).as_json())["code"] == 0


def test_its_own_policy_is_taken_only_with_a_warning(bundle: Path) -> None:
    report = Deep(Bundle(bundle)).run()
    assert report.verdict is Verdict.OK
    assert any("compare it with yours" in note.en for note in report.notes)


@pytest.mark.parametrize("size", [0, 1, 2, 255, 256, 257, 512])
def test_bundles_of_every_edge_size(size: int, tmp_path: Path) -> None:
    report = checked(write_bundle(tmp_path, sample_log(size)), times=True)
    assert report.verdict is Verdict.OK, report.text("en")


def test_every_byte_matters(tmp_path: Path) -> None:
    """A small bundle, each file at many places, each byte changed in one bit: always found."""
    log = sample_log(5)
    bundle = write_bundle(tmp_path, log, more=lambda w: w.put("checkpoints/3", log.checkpoint(3)))
    chance = random.Random(4)
    for name in Bundle(bundle).files:
        path = bundle / name
        data = path.read_bytes()
        for at in range(0, len(data), max(1, len(data) // 150)):
            path.write_bytes(
                data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]
            )
            report = checked(bundle)
            assert report.verdict is not Verdict.OK, (name, at)
            assert report.said.en
        for shorter in (b"", data[: len(data) // 2], data[:-1], data + b"x"):
            path.write_bytes(shorter)
            assert checked(bundle).verdict is not Verdict.OK, (name, len(shorter))
        path.unlink()
        assert checked(bundle).verdict is not Verdict.OK or name == "SHA256SUMS", name
        path.write_bytes(data)
    assert checked(bundle).verdict is Verdict.OK


PLACES = re.compile(
    r"#\d+ \(leaf \d+\)|records \d+ to \d+|tile/|states/|receipts/|checkpoints?\b|policy|README|"
    r"SHA256SUMS"
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_byte_that_is_changed_is_found_and_located(bundle: Path, data: st.DataObject) -> None:
    """In the larger bundle: any file, any byte, any other value; the sentence names a place."""
    path = bundle / data.draw(st.sampled_from(Bundle(bundle).files))
    was = path.read_bytes()
    at = data.draw(st.integers(0, len(was) - 1))
    now = bytearray(was)
    now[at] ^= data.draw(st.integers(1, 255))
    try:
        path.write_bytes(now)
        report = Deep(Bundle(bundle)).run()
        assert report.verdict is not Verdict.OK
        assert PLACES.search(report.said.en), report.said.en
    finally:
        path.write_bytes(was)


def test_without_sums_everything_that_is_signed_still_matters(copy: Path) -> None:
    """With every witness required: a line whose name was changed is an unknown one's, ignored."""
    everybody = Policy.parse(policy_text(3))
    chance = random.Random(7)
    for name in Bundle(copy).files:
        if name in ("README.md", "policy.txt"):
            continue
        path = copy / name
        data = path.read_bytes()
        # Of an older head only the log's signature is asked for; salts are checked with a text.
        start = data.index(b"\nindex") if name.startswith("receipts") else 0
        end = data.index("— council".encode()) if name.startswith("checkpoints") else len(data)
        for at in chance.sample(range(start, end), 12):
            path.write_bytes(data[:at] + bytes([data[at] ^ 64]) + data[at + 1 :])
            report = Deep(Bundle(copy), everybody).run()
            assert report.verdict is not Verdict.OK, (name, at)
        path.write_bytes(data)


# -- what an administrator with all rights may try ----------------------------------------------


def _edit_state(copy: Path) -> None:
    path = copy / "states/001"
    path.write_bytes(path.read_bytes().replace(b'"number": 300', b'"number": 301'))


def _edit_entry(copy: Path) -> None:
    path = copy / "tile/entries/000"
    entries = unpack(path.read_bytes())
    entries[57] = entries[57].replace(b"accepted", b"rejected")
    path.write_bytes(pack(entries))


def _edit_entry_and_tile(copy: Path) -> None:
    _edit_entry(copy)
    entries = unpack((copy / "tile/entries/000").read_bytes())
    (copy / "tile/0/000").write_bytes(b"".join(map(leaf_hash, entries)))


def _edit_up_to_the_root(copy: Path) -> None:
    _edit_entry_and_tile(copy)
    path = copy / "tile/1/000.p/2"
    top = root_of(split((copy / "tile/0/000").read_bytes()))
    path.write_bytes(top + path.read_bytes()[32:])


def _reorder(copy: Path) -> None:
    path = copy / "tile/entries/001"
    entries = unpack(path.read_bytes())
    entries[10], entries[11] = entries[11], entries[10]
    path.write_bytes(pack(entries))


def _cut_the_tail(copy: Path) -> None:
    for name, width in (("tile/entries/002.p/88", 80), ("tile/0/002.p/88", 80)):
        path = copy / name
        data = path.read_bytes()
        entries = "entries" in name
        path.write_bytes(pack(unpack(data)[:width]) if entries else data[: width * 32])


def _cut_only_entries(copy: Path) -> None:
    path = copy / "tile/entries/002.p/88"
    path.write_bytes(pack(unpack(path.read_bytes())[:80]))


def _lose_entries(copy: Path) -> None:
    (copy / "tile/entries/001").unlink()


def _swap_a_state(copy: Path) -> None:
    path = copy / "states/000"
    data = path.read_bytes()
    long = 4 + int.from_bytes(data[:4], "big")
    path.write_bytes(data[long : 2 * long] + data[:long] + data[2 * long :])


def _pipe(copy: Path) -> None:
    import os

    (copy / "tile/0/001").unlink()
    os.mkfifo(copy / "tile/0/001")


def _folder(copy: Path) -> None:
    (copy / "checkpoint").unlink()
    (copy / "checkpoint").mkdir()


TRIED = [
    (_edit_state, Verdict.TAMPERED, "#301 (leaf 300): the state"),
    (_edit_entry, Verdict.TAMPERED, "#58 (leaf 57): the entry does not fit its hash in tile/0/000"),
    (
        _edit_entry_and_tile,
        Verdict.TAMPERED,
        "records 1 to 256: tile/0/000 does not fit tile/1/000",
    ),
    (_edit_up_to_the_root, Verdict.TAMPERED, "do not lead to the root that the checkpoint signs"),
    (_reorder, Verdict.TAMPERED, "#267 (leaf 266)"),
    (_cut_the_tail, Verdict.INCOMPLETE, "tile/0/002.p/88 is too short"),
    (_cut_only_entries, Verdict.INCOMPLETE, "tile/entries/002.p/88: 80 of 88 are there"),
    (_lose_entries, Verdict.INCOMPLETE, "the entries 257 to 512 are missing"),
    (_swap_a_state, Verdict.TAMPERED, "#1 (leaf 0): the state"),
    (_pipe, Verdict.MALFORMED, "tile/0/001 cannot be read"),
    (_folder, Verdict.MALFORMED, "checkpoint cannot be read"),
]


@pytest.mark.parametrize(
    ("spoil", "verdict", "said"), TRIED, ids=lambda one: getattr(one, "__name__", "")
)
def test_what_was_done_is_named_with_its_place(
    copy: Path, spoil: Callable[[Path], None], verdict: Verdict, said: str
) -> None:
    spoil(copy)
    report = checked(copy)
    assert (report.verdict, said in report.said.en) == (verdict, True), report.said.en
    assert report.said.zh != report.said.en


def test_everything_recomputed_and_signed_anew_contradicts_an_older_head(tmp_path: Path) -> None:
    log = sample_log(300)
    was = log.checkpoint(200)
    other = SampleLog()
    for number in range(300):
        other.add(state_of(number if number != 57 else 999))
    bundle = write_bundle(tmp_path, other, more=lambda w: w.put("checkpoints/200", was))
    report = checked(bundle)
    assert report.verdict is Verdict.DIVERGED
    assert "checkpoints/200" in report.said.en


def test_a_shorter_log_than_was_once_seen(tmp_path: Path) -> None:
    log = sample_log(300)
    was = log.checkpoint()
    bundle = write_bundle(tmp_path, sample_log(250), more=lambda w: w.put("checkpoints/300", was))
    report = checked(bundle)
    assert report.verdict is Verdict.INCOMPLETE
    assert "of 300 entries, the bundle ends at 250" in report.said.en


def test_no_quorum_is_said_when_all_else_holds(tmp_path: Path) -> None:
    log = sample_log(9)
    bundle = write_bundle(tmp_path, log, checkpoint=log.checkpoint(witnesses=WITNESSES[:1]))
    report = checked(bundle)
    assert report.verdict is Verdict.UNWITNESSED
    assert "council" in report.said.en


def test_another_log_is_not_trusted(tmp_path: Path) -> None:
    log = sample_log(9)
    bundle = write_bundle(tmp_path, log, checkpoint=log.checkpoint(signer=WITNESSES[0]))
    assert checked(bundle).verdict is Verdict.TAMPERED


# -- parts, cases and what lies beside --------------------------------------------------


def test_a_part_of_a_log_is_checked_as_that_part(bundle: Path, tmp_path: Path) -> None:
    shutil.copytree(bundle, tmp_path / "part")
    part = tmp_path / "part"
    for name in ("000", "002.p/88"):
        (part / "tile/entries" / name).unlink()
        (part / "states" / name).unlink()
    (part / "extent.json").write_text('{"from":300,"to":400}')
    write_sums(part)
    report = checked(part, times=True)
    assert report.verdict is Verdict.OK, report.text("en")
    assert report.figures["entries"] == 256
    shutil.copy(bundle / "tile/entries/000", part / "tile/entries/000")
    write_sums(part)
    assert checked(part).verdict is Verdict.OK, "entries before the extent are only hashed"
    (part / "extent.json").write_text('{"from":300,"to":520}')
    assert checked(part).verdict is Verdict.INCOMPLETE
    for wrong in (
        '{"from":3}',
        '{"from":5,"to":4}',
        '{"from":0,"to":601}',
        "[]",
        '{"from":"0","to":1}',
    ):
        (part / "extent.json").write_text(wrong)
        assert checked(part).verdict is Verdict.MALFORMED, wrong


def test_a_case_may_be_receipts_alone(tmp_path: Path) -> None:
    writer = Writer(tmp_path)
    writer.put("checkpoint", WHOLE.checkpoint())
    for index in (7, 300):
        writer.put(f"receipts/{index}.tlog-proof", WHOLE.receipt(index))
    report = checked(tmp_path)
    assert (report.verdict, report.figures["receipts"]) == (Verdict.OK, 2)
    writer.put("receipts/8.tlog-proof", WHOLE.receipt(7).replace(b"index 7", b"index 8"))
    report = checked(tmp_path)
    assert report.verdict is Verdict.TAMPERED
    assert report.said.en.startswith("receipts/8.tlog-proof")
    shutil.rmtree(tmp_path / "receipts")
    assert checked(tmp_path).verdict is Verdict.INCOMPLETE


def test_a_receipt_of_another_history_is_found(copy: Path) -> None:
    other = sample_log(100)
    other.add(b"another")
    (copy / "receipts/100.tlog-proof").write_bytes(other.receipt(100))
    report = checked(copy)
    assert report.verdict is Verdict.DIVERGED
    assert "receipts/100" in report.said.en


def test_a_file_that_nobody_listed_is_named(copy: Path) -> None:
    write_sums(copy)
    (copy / "tile/surplus").write_bytes(b"x")
    assert "tile/surplus is not in SHA256SUMS" in checked(copy).said.en


def test_sha256sum_reads_our_sums(bundle: Path) -> None:
    program = shutil.which("sha256sum")
    if program is None:
        pytest.skip("there is no sha256sum here")
    subprocess.run([program, "--quiet", "--strict", "-c", "SHA256SUMS"], cwd=bundle, check=True)


def test_a_broken_policy_or_another_one(bundle: Path, tmp_path: Path) -> None:
    shutil.copytree(bundle, tmp_path / "b")
    (tmp_path / "b/policy.txt").write_bytes(b"quorum x\n")
    assert Deep(Bundle(tmp_path / "b")).run().verdict is Verdict.MALFORMED
    strict = Policy.parse(policy_text(3))
    assert Deep(Bundle(bundle), strict).run().verdict is Verdict.OK
    unknown = policy_text().replace(str(LOG.verifier).encode(), str(_other()).encode())
    assert Deep(Bundle(bundle), Policy.parse(unknown)).run().verdict is Verdict.TAMPERED


def _other() -> object:
    from events.proofs.keys import SignerKey

    return SignerKey(LOG.name, 1, b"\x66" * 32).verifier


# -- golden logs ---------------------------------------------------------------------------------

GOLDEN = VECTORS / "golden"
NEGATIVE = [
    ("edited-entry", Verdict.TAMPERED, "#58 (leaf 57)"),
    ("forged-level0-tile", Verdict.TAMPERED, "records 1 to 256: tile/0/000"),
    ("reordered", Verdict.TAMPERED, "#267 (leaf 266)"),
    ("truncated-tail", Verdict.INCOMPLETE, "tile/0/002.p/255 is too short"),
]


@needs_vectors
def test_the_golden_log_verifies() -> None:
    policy = Policy.load(GOLDEN / "policy.txt")
    report = Deep(Bundle(GOLDEN / "log-767"), policy, tree_only=True).run()
    assert report.verdict is Verdict.OK, report.text("en")


@needs_vectors
@pytest.mark.parametrize(("name", "verdict", "said"), NEGATIVE)
def test_the_golden_logs_that_must_fail(name: str, verdict: Verdict, said: str) -> None:
    policy = Policy.load(GOLDEN / "policy.txt")
    report = Deep(Bundle(GOLDEN / "negative" / name), policy, tree_only=True).run()
    assert (report.verdict, said in report.said.en) == (verdict, True), report.said.en


@needs_vectors
def test_an_erased_part_of_a_golden_leaf_stays_bound_by_its_hash() -> None:
    from hashlib import sha256

    leaf = json.loads((GOLDEN / "erasure/entry-0.leaf").read_bytes())
    blob = (GOLDEN / "erasure/entry-0.p1.blob").read_bytes()
    (part,) = (part for part in leaf["p"] if part["id"] == "p1")
    assert b64encode(sha256(blob).digest()).decode() == part["h"]
