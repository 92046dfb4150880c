"""Policies: whom to trust, and how many of them."""

from __future__ import annotations

import itertools

import pytest

from events.proofs.cosignatures import COSIGNATURE, ED25519
from events.proofs.keys import SignerKey
from events.proofs.logproofs import HEADER, LogProof
from events.proofs.policies import Policy
from events.proofs.texts import b64
from events.proofs.verdicts import Malformed, Tampered, Unwitnessed
from tests.proofs.sample import BEGAN, LOG, POLICY, SALT, TOLD, WITNESSES, policy_text, sample_log

LOGS = f"log {LOG.verifier}\n"
A, B, C = (f"witness {n} {k.verifier}\n" for n, k in zip("ABC", WITNESSES, strict=True))


@pytest.mark.parametrize("least", [1, 2, 3])
def test_a_quorum_is_so_many_of_the_witnesses(least: int) -> None:
    policy = Policy.parse(policy_text(least))
    log = sample_log(3)
    for some in itertools.chain.from_iterable(
        itertools.combinations(WITNESSES, many) for many in range(4)
    ):
        opened = policy.open(log.checkpoint(witnesses=some))
        assert opened.witnessed == (len(some) >= least)
        assert len(opened.seen) == len(some)
        if not opened.witnessed:
            with pytest.raises(Unwitnessed, match="quorum"):
                opened.require_quorum()


def test_the_time_is_the_median_of_the_witnesses() -> None:
    note = Policy.parse(policy_text()).open(sample_log(3).checkpoint(witnesses=())).checkpoint.note
    for key, time in zip(WITNESSES, (BEGAN + 9, BEGAN - 500_000, BEGAN + 3), strict=True):
        note = note.signed(key, time)
    assert POLICY.open(bytes(note)).time == BEGAN + 3


def test_groups_of_groups_and_any_listed_log() -> None:
    other = SignerKey(LOG.name, ED25519, b"\x44" * 32)
    text = (
        f"# 注释\n{LOGS}\tlog {other.verifier}  https://log.example/\n{A} \n{B}{C}"
        "group one any A B\ngroup two all C\ngroup both all one two\nquorum both\n"
    )
    policy = Policy.parse(text.encode())
    assert policy.urls == {LOG.name: "https://log.example/"}
    log = sample_log(2)
    for signer in (LOG, other):
        assert policy.open(log.checkpoint(signer=signer)).log == signer.verifier
    assert policy.reached(["B", "C"])
    assert not policy.reached(["A", "B"])
    assert Policy.parse(f"{LOGS}quorum none".encode()).open(log.checkpoint()).witnessed
    assert Policy.parse(f"{LOGS}{A}quorum A\n".encode()).reached(["A"])


def test_names_are_bytes_of_any_encoding() -> None:
    text = LOGS.encode() + A.replace(" A ", " \u4e00 ").encode() + b"group \xff any \xe4\xb8\x80\n"
    assert Policy.parse(text + b"quorum \xff\n").reached(["\u4e00"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no quorum"), (f"{LOGS}{A}", "no quorum"), (f"{A}quorum B\n", "not defined"),
        ("quorum none\nquorum none\n", "second quorum"), (f"{LOGS}{LOGS}quorum none\n", "twice"),
        (f"{A}{A}quorum none\n", "taken"),
        (f"{A}{A.replace(' A ', ' B ')}quorum none\n", "twice"),
        (f"{A}group A any A\nquorum none\n", "taken"),
        (f"{A}group none any A\nquorum A\n", "taken"),
        (f"{A}group g 2 A\nquorum g\n", "threshold"), (f"{A}group g 0 A\nquorum g\n", "threshold"),
        (f"{A}group g +1 A\nquorum g\n", "threshold"),
        (f"{A}group g any\nquorum A\n", "not known"),
        (f"{A}group g any A A\nquorum g\n", "twice"),
        (f"group g any A\n{A}quorum g\n", "not defined"),
        (f"{A}group g any A\ngroup h any A\nquorum h\n", "twice"),
        (f"{A}quorum A B\n", "not known"),
        (f"log {WITNESSES[0].verifier}\nquorum none\n", "not for this use"),
        (f"witness A {LOG.verifier}\nquorum none\n", "not for this use"),
        ("witness A x\nquorum none\n", "a key reads"), ("quorum none\r\n", "control"),
        ("Quorum none\n", "not known"), (f"{A}group g none A\nquorum g\n", "threshold"),
    ],
)  # fmt: skip
def test_what_is_no_policy_is_refused_with_its_line(text: str, said: str) -> None:
    with pytest.raises(Malformed, match=said):
        Policy.parse(text.encode())


def test_a_witness_line_that_does_not_verify_rejects_the_head() -> None:
    data = sample_log(3).checkpoint()
    with pytest.raises(Tampered, match="not valid"):
        POLICY.open(data.replace(b"\n3\n", b"\n4\n"))
    name = WITNESSES[0].name.encode()
    stranger = SignerKey(WITNESSES[0].name, COSIGNATURE, b"\x55" * 32)
    seen = POLICY.open(sample_log(3).checkpoint(witnesses=[stranger])).seen
    assert (name in data, seen) == (True, {})


# -- proof files ---------------------------------------------------------------------------


def test_a_proof_file_is_read_as_it_was_written() -> None:
    log = sample_log(300)
    data = log.receipt(256, SALT, TOLD)
    proof = LogProof.parse(data)
    assert bytes(proof) == data
    assert proof.verify(log.entries[256], POLICY).witnessed
    bare = LogProof(proof.index, proof.hashes, proof.checkpoint)
    assert LogProof.parse(bytes(bare)) == bare
    assert bytes(bare).splitlines()[1] == b"index 256"
    with pytest.raises(Tampered, match="not at index 256"):
        proof.verify(log.entries[255], POLICY)


def test_a_log_of_one_has_an_empty_proof() -> None:
    log = sample_log(1)
    proof = LogProof.parse(log.receipt(0))
    assert proof.hashes == ()
    assert proof.verify(log.entries[0], POLICY).witnessed


BODY = sample_log(2).receipt(1).decode()


@pytest.mark.parametrize(
    "text",
    [
        "", BODY.replace("@v1", "@v2"), BODY.replace("index 1", "index 01"), "index 1\n\nx",
        BODY.replace("index 1\n", ""), BODY.replace("extra ", "extra"), BODY.replace("\n\n", "\n"),
        BODY.replace("extra ", "extra \n"), BODY.replace("\nindex", "\nextra AA==\nindex"),
        f"{HEADER}\nindex 0\n" + f"{b64(bytes(32))}\n" * 64 + "\nx",
        f"{HEADER}\nindex 0\nAAAA\n\nx",
        BODY.replace("\n", "\r\n"),
    ],
)  # fmt: skip
def test_what_is_no_proof_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        LogProof.parse(text.encode())
