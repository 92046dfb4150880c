"""Receipts: a person's own text, to the letter, also when the state itself is sealed."""

from __future__ import annotations

import hmac
import json
from base64 import b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.proofs.checks import check_receipt
from events.proofs.commitments import commit, commit_fields, field_salt, opens
from events.proofs.logproofs import LogProof
from events.proofs.policies import Policy
from events.proofs.receipts import Opening, Receipt, openings_of
from events.proofs.texts import b64
from events.proofs.verdicts import Malformed, Tampered, Verdict
from tests.proofs.sample import POLICY, SALT, TOLD, SampleLog, policy_text, sample_log
from tests.proofs.vectors import VECTORS, found, needs_vectors

LOG = sample_log(20)
RECEIPT = LOG.receipt(7, SALT, TOLD)


def test_the_commitment_is_the_documented_one() -> None:
    assert commit(SALT, b"x") == hmac.digest(SALT, b"gov-commit/v1\0x", "sha256")
    assert opens(SALT, b"x", commit(SALT, b"x"))
    assert field_salt(SALT, "name") != field_salt(SALT, "text") != SALT
    with pytest.raises(Malformed):
        commit(b"short", b"x")


@needs_vectors
@pytest.mark.parametrize("name", [path.stem for path in found("golden/receipts/*.tlog-proof")])
def test_the_golden_receipts(name: str) -> None:
    """Their leaf has parts instead of a state; proof, quorum and commitments are the same."""
    golden = VECTORS / "golden"
    policy = Policy.load(golden / "policy.txt")
    leaf = (golden / f"receipts/{name}.leaf").read_bytes()
    proof = LogProof.parse((golden / f"receipts/{name}.tlog-proof").read_bytes())
    assert proof.verify(leaf, policy).witnessed
    assert proof.extra
    extra = json.loads(proof.extra)
    assert b64decode(extra["entry"]) == leaf
    (part,) = (part for part in json.loads(leaf)["p"] if part["id"] == "p1")
    told = (golden / f"receipts/{name}.p1.plaintext").read_bytes()
    salt = b64decode(extra["open"]["p1"])
    assert opens(salt, told, b64decode(part["c"]))
    assert not opens(salt, told + b" ", b64decode(part["c"]))


@pytest.mark.parametrize("text", TOLD.values())
def test_her_own_text_is_recognised(text: str) -> None:
    report = check_receipt(RECEIPT, POLICY, text.encode())
    assert report.verdict is Verdict.OK, report.text("en")
    assert "/complainant/commitments/" in report.text("zh")


@given(st.text(max_size=40), st.integers(0, 100))
def test_any_other_text_fails(more: str, at: int) -> None:
    told = TOLD["text"]
    other = told[: at % len(told)] + more + told[(at + len(more)) % len(told) :]
    report = check_receipt(RECEIPT, POLICY, other.encode("utf-8", "surrogatepass"))
    assert (report.verdict is Verdict.OK) == (other in TOLD.values())


def test_one_field_can_be_opened_alone() -> None:
    only = {"text": TOLD["text"]}
    receipt = LOG.receipt(7, SALT, only)
    assert check_receipt(receipt, POLICY, only["text"].encode()).verdict is Verdict.OK
    assert check_receipt(receipt, POLICY, TOLD["name"].encode()).verdict is Verdict.TAMPERED


def test_without_openings_there_is_nothing_to_compare() -> None:
    report = check_receipt(LOG.receipt(7), POLICY, b"x")
    assert report.verdict is Verdict.INCOMPLETE
    assert check_receipt(LOG.receipt(7), POLICY).verdict is Verdict.OK


def _forged(**change: object) -> bytes:
    proof = LogProof.parse(RECEIPT)
    receipt = Receipt.of(proof)
    found = Receipt(**(vars(receipt) | change))  # type: ignore[arg-type]
    return bytes(LogProof(proof.index, proof.hashes, proof.checkpoint, found.extra))


def test_a_receipt_for_another_state_or_entry_fails() -> None:
    state = LOG.states[8]
    assert check_receipt(_forged(state=state), POLICY).verdict is Verdict.TAMPERED
    assert check_receipt(_forged(entry=LOG.entries[8]), POLICY).verdict is Verdict.TAMPERED
    moved = bytes(LogProof.parse(RECEIPT)).replace(b"index 7", b"index 8")
    assert check_receipt(moved, POLICY).verdict is Verdict.TAMPERED


def test_a_commitment_counts_only_where_commitments_stand() -> None:
    """A second commitment, smuggled into a text of the state, opens nothing."""
    planted = b64(commit(field_salt(SALT, "text"), b"another story"))
    state = json.dumps({
        "reason": planted, "complainant": {"commitments": commit_fields(SALT, TOLD)},
        "list": [{"commitments": {"text": planted}}],
    }).encode()  # fmt: skip
    log = SampleLog()
    log.add(state)
    for at in ("/reason", "/list/0/commitments/text", "/complainant/text", "/x/commitments/text"):
        opening = Opening(at, field_salt(SALT, "text"))
        receipt = Receipt(log.entries[0], state, (opening,))
        data = bytes(LogProof(0, (), log.checkpoint(), receipt.extra))
        report = check_receipt(data, POLICY, b"another story")
        assert report.verdict is Verdict.TAMPERED
        assert "holds no commitment" in report.said.en


def test_names_of_fields_may_hold_anything() -> None:
    fields = {"a/b~c": "x", "": "y"}
    state = json.dumps({"p": {"commitments": commit_fields(SALT, fields)}}).encode()
    log = SampleLog()
    log.add(state)
    extra = Receipt(log.entries[0], state, tuple(openings_of("/p", SALT, fields))).extra
    data = bytes(LogProof(0, (), log.checkpoint(), extra))
    assert check_receipt(data, POLICY, b"x").verdict is Verdict.OK
    assert check_receipt(data, POLICY, b"y").verdict is Verdict.OK


def test_a_receipt_without_quorum_is_said_after_all_else_holds() -> None:
    data = bytes(LogProof.parse(RECEIPT))
    proof = LogProof.parse(data)
    lonely = LogProof(proof.index, proof.hashes, LOG.checkpoint(witnesses=()), proof.extra)
    assert check_receipt(bytes(lonely), POLICY).verdict is Verdict.UNWITNESSED
    alone = Policy.parse(policy_text().replace(b"quorum parties", b"quorum none"))
    assert check_receipt(bytes(lonely), alone).verdict is Verdict.OK


@pytest.mark.parametrize(
    "extra",
    [
        b"", b"[]", b"{}", b'{"entry":1}', b'{"entry":"","x":1}', b'{"entry":"AA"}',
        b'{"entry":"","openings":1}', b'{"entry":"","openings":[1]}',
        b'{"entry":"","openings":[{"at":"x","salt":""}]}',
        b'{"entry":"","openings":[{"at":"/x","salt":""}]}', b'{"entry":"","state":1}',
    ],
)  # fmt: skip
def test_an_extra_that_is_no_receipt_is_malformed(extra: bytes) -> None:
    proof = LogProof.parse(RECEIPT)
    data = bytes(LogProof(proof.index, proof.hashes, proof.checkpoint, extra))
    assert check_receipt(data, POLICY).verdict is Verdict.MALFORMED


def test_a_proof_without_extra_holds_no_receipt() -> None:
    proof = LogProof.parse(RECEIPT)
    bare = bytes(LogProof(proof.index, proof.hashes, proof.checkpoint))
    assert check_receipt(bare, POLICY).verdict is Verdict.MALFORMED
    with pytest.raises(Tampered):
        Receipt(LOG.entries[0], b"{}").check()
