"""Signed notes, keys, cosignatures and heads: made, read back, and every way of being wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.proofs.checkpoints import Checkpoint
from events.proofs.cosignatures import COSIGNATURE, ED25519, ML_DSA_44, message
from events.proofs.heads import Head
from events.proofs.keys import SignerKey, VerifierKey, ml_dsa_offered
from events.proofs.notes import LARGEST, Note, Signature
from events.proofs.texts import b64
from events.proofs.verdicts import Malformed, Tampered
from tests.proofs.sample import LOG, ORIGIN, WITNESSES, sample_log
from tests.proofs.vectors import VECTORS, needs_vectors

HEAD = Head(ORIGIN, 7, b"\x07" * 32)
KINDS = [ED25519, COSIGNATURE, ML_DSA_44]
#: From the documentation of Go's note package.
PETER = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
PETERS = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"


@needs_vectors
def test_the_example_of_the_specification() -> None:
    example = VECTORS / "c2sp-examples"
    key = VerifierKey.parse((example / "signed-note.vkey").read_text().strip())
    data = (example / "signed-note.txt").read_bytes()
    note = Note.parse(data)
    assert bytes(note) == data
    assert set(note.verify([key]).times) == {key}


@needs_vectors
def test_the_golden_keys_sign_as_they_did() -> None:
    import json

    keys = VECTORS / "golden/keys"
    seeds = json.loads((keys / "TEST-ONLY-seeds.json").read_text())
    log = VerifierKey.parse((keys / "log.vkey").read_text().strip())
    signer = SignerKey(log.name, ED25519, bytes.fromhex(seeds["log"]))
    assert signer.verifier == log
    for path in (VECTORS / "golden/checkpoints").iterdir():
        was = Checkpoint.parse(path.read_bytes())
        assert was.head.size == int(path.name)
        assert was.verify_log([log]) == log
        mine = Checkpoint.sign(was.head, [signer])
        assert bytes(mine) in (
            path.read_bytes(),
            bytes(Note(was.note.text, was.note.signatures[:1])),
        )


def test_gos_own_signer_key_is_read_and_written() -> None:
    key = SignerKey.parse(PETER)
    assert str(key.verifier) == PETERS
    assert key.text == PETER
    assert VerifierKey.parse(PETERS) == key.verifier
    assert PETER.rpartition("+")[2] not in repr(key)
    text = (
        "If you think cryptography is the answer to your problem,\n"
        "then you don't know what your problem is.\n"
    )
    signature = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"  # noqa: E501
    assert bytes(Note(text).signed(key)).decode() == f"{text}\n{signature}"


@pytest.mark.parametrize("kind", KINDS)
def test_a_key_of_each_type_signs_and_is_written(kind: int) -> None:
    if kind == ML_DSA_44 and not ml_dsa_offered():
        pytest.skip("the installed cryptography offers no ML-DSA-44")
    key = SignerKey.generate("w.example/一号", kind)
    assert SignerKey.parse(key.text + "\n") == key
    assert VerifierKey.parse(str(key.verifier)) == key.verifier
    note = Note.parse(bytes(Note(str(HEAD)).signed(key, 1_795_420_000)))
    assert note.verify([key.verifier]).times == {key.verifier: 1_795_420_000 * (kind != ED25519)}
    other = Note(str(HEAD).replace("\n7\n", "\n8\n"), note.signatures)
    with pytest.raises(Tampered, match="not valid"):
        other.verify([key.verifier])


@pytest.mark.parametrize("kind", [COSIGNATURE, ML_DSA_44])
def test_the_time_of_a_cosignature_is_signed(kind: int) -> None:
    if kind == ML_DSA_44 and not ml_dsa_offered():
        pytest.skip("the installed cryptography offers no ML-DSA-44")
    key = SignerKey.generate("w.example/1", kind)
    (line,) = Note(str(HEAD)).signed(key, 1000).signatures
    later = Signature(line.name, line.key_id, (1001).to_bytes(8, "big") + line.data[8:])
    with pytest.raises(Tampered):
        Note(str(HEAD), (later,)).verify([key.verifier])


def test_the_messages_are_those_of_the_specification() -> None:
    text = str(HEAD)
    assert message(COSIGNATURE, "w", 12, text) == f"cosignature/v1\ntime 12\n{text}".encode()
    assert message(ML_DSA_44, "w", 12, text) == (
        b"subtree/v1\n\0" b"\x01w" + (12).to_bytes(8, "big") + bytes([len(ORIGIN)])
        + ORIGIN.encode() + bytes(8) + (7).to_bytes(8, "big") + HEAD.root
    )  # fmt: skip
    with pytest.raises(Malformed):
        message(COSIGNATURE, "w", 1 << 63, text)
    with pytest.raises(Malformed):
        message(ML_DSA_44, "w" * 256, 1, text)


def test_a_type_that_cannot_be_checked_here_is_said_not_guessed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if not ml_dsa_offered():
        pytest.skip("the installed cryptography offers no ML-DSA-44")
    key = SignerKey.generate("w.example/pq", ML_DSA_44)
    note, known = Note(str(HEAD)).signed(key, 5), key.verifier
    monkeypatch.setattr("events.proofs.keys.MLDSA44PrivateKey", None)
    found = note.verify([known])
    assert (found.times, found.unchecked) == ({}, (known,))
    with pytest.raises(Malformed, match="offers no ML-DSA-44"):
        SignerKey(key.name, key.kind, key.seed).sign(str(HEAD))


def test_unknown_keys_are_ignored_even_with_a_known_name_or_id() -> None:
    note = Note(str(HEAD)).signed(LOG)
    (line,) = note.signatures
    strangers = [
        Signature("log.example/other", line.key_id, b"x" * 64),
        Signature(ORIGIN, b"\0\0\0\0", b"x" * 64),
    ]
    mixed = note.with_lines([*strangers, line])
    assert len(mixed.signatures) == 3
    assert set(mixed.verify([LOG.verifier]).times) == {LOG.verifier}
    with pytest.raises(Tampered):
        mixed.with_lines([Signature(ORIGIN, line.key_id, b"x" * 64)]).verify([LOG.verifier])


def test_sixteen_signatures_and_more_are_read() -> None:
    lines = [Signature(f"w{n}", bytes(4), b"x" * 4700) for n in range(100)]
    note = Note(str(HEAD)).signed(LOG).with_lines(lines)
    assert Note.parse(bytes(note)) == note
    with pytest.raises(Malformed, match="too many"):
        Note.parse(bytes(note.with_lines(Signature(f"v{n}", bytes(4), b"x") for n in range(99))))
    with pytest.raises(Malformed, match="too long"):
        Note.parse(b"x" * (LARGEST + 1))


def test_the_text_ends_at_the_last_empty_line() -> None:
    text = "一\n\n— not a signature\n\n— w AAAAAAA=\n"
    note = Note(text).signed(LOG)
    assert Note.parse(bytes(note)).text == text


GOOD = bytes(Note(str(HEAD)).signed(LOG)).decode()


@pytest.mark.parametrize(
    "text",
    [
        "", "\n", "\n\n", "text\n", "text\n\n", GOOD[:-1], GOOD + "\n", GOOD + "x\n", f"{GOOD}— \n",
        GOOD.replace("— ", "- "), GOOD.replace("— ", "—"), f"{GOOD}— a b\n", f"{GOOD}— w AAAA\n",
        f"{GOOD}— w+x AAAAAAA=\n", f"{GOOD}— w\u2003x AAAAAAA=\n", f"{GOOD}—  AAAAAAA=\n",
        GOOD.replace("\n\n", "\r\n\r\n"), GOOD.replace("7", "7\t"), GOOD.replace("\n\n", "\n \n"),
        f"{GOOD}— w AAAAAAB=\n", f"{GOOD}— w AAAAAAA\n", f"{GOOD}— w AAAA AAA=\n",
    ],
)  # fmt: skip
def test_what_is_no_note_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        Note.parse(text.encode())


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(Malformed, match="UTF-8"):
        Note.parse(b"\xff\n\n" + GOOD.encode())


@pytest.mark.parametrize(
    "text",
    [
        "a\n1\n", "a\n1\n\n", "\n1\nx\n", "a\n01\n" + b64(bytes(32)) + "\n", "a\n1\nAAAA\n",
        "a\n-1\n" + b64(bytes(32)) + "\n", "a\n1\n" + b64(bytes(32)),
        "a\n²\n" + b64(bytes(32)) + "\n",
        f"a\n{1 << 63}\n{b64(bytes(32))}\n", "a\n1\n" + b64(bytes(32))[:-2] + "B=\n",
        f"a\n1\n{b64(bytes(32))}\n\nx\n",
    ],
)  # fmt: skip
def test_what_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        Head.parse(text)


def test_a_head_is_read_with_its_extensions() -> None:
    head = Head("o", 0, bytes(32), ("one", "two"))
    assert Head.parse(str(head)) == head


@pytest.mark.parametrize(
    "text",
    [
        "", "name", "name+hash", PETERS.replace("c74f20a3", "c74f20a4"), PETERS + "=",
        PETERS.replace("Peter", "Peter "), PETERS.replace("PeterNeumann", ""), "+c74f20a3+AQ==",
        PETERS.replace("c74f20a3", "C74F20A3"), "n+00000000+" + b64(b"\x01" + bytes(31)),
        "n+00000000+" + b64(b"\x09" + bytes(32)),
    ],
)  # fmt: skip
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        VerifierKey.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        PETERS, PETER.replace("c74f20a3", "c74f20a4"), "PRIVATE+KEY+", PETER[:-5],
        "PRIVATE+KEY+n+00000000+" + b64(b"\x07" + bytes(32)),
    ],
)  # fmt: skip
def test_what_is_no_signer_key_is_refused_and_not_shown(text: str) -> None:
    with pytest.raises(Malformed) as refused:
        SignerKey.parse(text)
    assert "AYEKFALVFGyNhPJEMzD1" not in refused.value.said.zh + refused.value.said.en


@given(st.text(), st.binary(min_size=32, max_size=32))
def test_any_name_is_refused_or_makes_a_key_that_is_read_back(name: str, seed: bytes) -> None:
    try:
        key = SignerKey(name, ED25519, seed).verifier
    except (Malformed, UnicodeEncodeError):
        return
    assert VerifierKey.parse(str(key)) == key


def test_a_checkpoint_names_the_log_that_signed_it() -> None:
    data = sample_log(5).checkpoint()
    checkpoint = Checkpoint.parse(data)
    assert bytes(checkpoint) == data
    assert checkpoint.verify_log([WITNESSES[0].verifier, LOG.verifier]) == LOG.verifier
    with pytest.raises(Tampered, match="no known log"):
        checkpoint.verify_log([WITNESSES[0].verifier])
