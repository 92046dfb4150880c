"""Go's own code for transparency logs accepts what we make, and nothing that was changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from events.proofs.cosignatures import ML_DSA_44
from events.proofs.keys import SignerKey, ml_dsa_offered
from events.proofs.logproofs import LogProof
from events.proofs.merkle import consistency_proof
from events.proofs.notes import Note
from events.proofs.texts import b64
from tests.interop.golang import CheckLog, build
from tests.proofs.sample import BEGAN, LOG, ORIGIN, SALT, TOLD, WITNESSES, sample_log

SIZES = (1, 2, 3, 7, 8, 255, 256, 257, 300)
WHOLE = sample_log(300)


@pytest.fixture(scope="module")
def go(tmp_path_factory: pytest.TempPathFactory) -> CheckLog:
    folder = tmp_path_factory.mktemp("go")
    return CheckLog(build(folder), str(LOG.verifier), folder)


@pytest.mark.parametrize("size", SIZES)
def test_checkpoints(go: CheckLog, size: int) -> None:
    data = WHOLE.checkpoint(size)
    assert go.accepts("checkpoint", data)
    assert not go.accepts("checkpoint", data.replace(f"\n{size}\n".encode(), b"\n9999\n"))
    assert not go.accepts("checkpoint", WHOLE.checkpoint(size, signer=WITNESSES[0]))


def test_a_checkpoint_with_a_post_quantum_line(go: CheckLog) -> None:
    if not ml_dsa_offered():
        pytest.skip("the installed cryptography offers no ML-DSA-44")
    key = SignerKey.generate(ORIGIN, ML_DSA_44)
    assert go.accepts("checkpoint", bytes(Note.parse(WHOLE.checkpoint()).signed(key, BEGAN)))


@pytest.mark.parametrize("index", [0, 1, 7, 127, 255, 256, 257, 298, 299])
def test_inclusion(go: CheckLog, index: int) -> None:
    receipt = WHOLE.receipt(index, SALT, TOLD)
    assert go.accepts("inclusion", WHOLE.entries[index], receipt)
    assert not go.accepts("inclusion", WHOLE.entries[index] + b" ", receipt)
    proof = LogProof.parse(receipt)
    moved = LogProof(index ^ 1, proof.hashes, proof.checkpoint)
    assert not go.accepts("inclusion", WHOLE.entries[index], bytes(moved))
    shorter = LogProof(index, proof.hashes[:-1], proof.checkpoint)
    assert not go.accepts("inclusion", WHOLE.entries[index], bytes(shorter))


@pytest.mark.parametrize("old", SIZES)
def test_consistency(go: CheckLog, old: int) -> None:
    for new in (size for size in SIZES if size > old):
        proof = consistency_proof(old, new, WHOLE.tree.subtree)
        text = "".join(f"{b64(one)}\n" for one in proof).encode()
        heads = WHOLE.checkpoint(old), WHOLE.checkpoint(new)
        assert go.accepts("consistency", *heads, text)
        assert not go.accepts("consistency", *heads, text + text[:45])
        other = sample_log(old - 1)
        other.add(b"another")
        assert not go.accepts("consistency", other.checkpoint(), heads[1], text)


def test_the_programs_own_source_is_small() -> None:
    source = (Path(__file__).parent / "go/src/checklog/main.go").read_text()
    code = [line for line in source.splitlines() if not line.startswith("//")]
    assert "TileHashReader" not in "\n".join(code)
    assert len(code) < 150
