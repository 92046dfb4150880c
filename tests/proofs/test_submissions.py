"""The witness's rule: each status of the specification, and that the log understands the answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.proofs.checkpoints import Checkpoint
from events.proofs.cosignatures import COSIGNATURE
from events.proofs.heads import Head
from events.proofs.keys import SignerKey
from events.proofs.merkle import EMPTY, consistency_proof
from events.proofs.submissions import SIZE_TYPE, Answer, Seen, Submission, cosign, cosigned, judge
from events.proofs.texts import b64
from events.proofs.verdicts import Malformed, Tampered
from tests.proofs.sample import BEGAN, LOG, ORIGIN, POLICY, WITNESSES, sample_log

WHOLE = sample_log(40)
KEYS = [LOG.verifier]
FORKED = sample_log(29)
FORKED.add(b"another")


def seen(size: int) -> dict[str, Seen]:
    return {ORIGIN: Seen(size, WHOLE.tree.root(size))} if size else {}


def body(old: int, new: int, checkpoint: bytes | None = None) -> bytes:
    proof = consistency_proof(old, new, WHOLE.tree.subtree) if old <= new else []
    return bytes(Submission(old, tuple(proof), checkpoint or WHOLE.checkpoint(new, witnesses=())))


@pytest.mark.parametrize(("old", "new"), [(0, 0), (0, 1), (0, 40), (1, 40), (30, 31), (40, 40)])
def test_growth_and_the_same_again_are_cosigned(old: int, new: int) -> None:
    answer = judge(body(old, new), KEYS, seen(old))
    assert answer.status == 200, answer.body
    assert answer.checkpoint
    text = cosign(answer.checkpoint, WITNESSES[:2], BEGAN)
    lines = cosigned(answer.checkpoint, text.encode(), [WITNESSES[0].verifier])
    assert [line.name for line in lines] == [WITNESSES[0].name]
    note = answer.checkpoint.note.with_lines(lines)
    assert POLICY.open(bytes(note)).seen == {"council": BEGAN}


FORK = FORKED.checkpoint(30, witnesses=())
ELSEWHERE = bytes(Checkpoint.sign(Head("x", 3, b"\1" * 32), [LOG]))
HASH = f"{b64(EMPTY)}\n".encode()
CASES = [
    ("another log", body(0, 3, ELSEWHERE), 0, 404),
    ("another key", body(0, 3, WHOLE.checkpoint(3, signer=WITNESSES[0], witnesses=())), 0, 403),
    ("a broken signature", body(0, 3).replace(b"\n3\n", b"\n4\n"), 0, 403),
    ("older than it says", body(7, 3), 7, 400),
    ("no body", b"", 0, 400),
    ("no head", b"old 0\n\nx", 0, 400),
    ("not a size", body(0, 3).replace(b"old 0", b"old 00"), 0, 400),
    ("64 hashes", b"old 1\n" + HASH * 64 + b"\n" + WHOLE.checkpoint(3), 1, 400),
    ("stale", body(7, 9), 8, 409),
    ("never seen", body(7, 9), 0, 409),
    ("same size, another root", body(30, 30, FORK), 30, 409),
    ("grown from another", body(20, 30, FORK), 20, 422),
    ("too long a proof", body(20, 30).replace(b"\n\n", b"\n" + HASH + b"\n", 1), 20, 422),
    ("a proof from nothing", b"old 0\n" + HASH + b"\n" + WHOLE.checkpoint(3), 0, 422),
]  # fmt: skip


@pytest.mark.parametrize(("what", "data", "size", "status"), CASES, ids=[one[0] for one in CASES])
def test_everything_else_is_refused_as_the_specification_says(
    what: str, data: bytes, size: int, status: int
) -> None:
    answer = judge(data, KEYS, seen(size))
    assert (answer.status, answer.checkpoint) == (status, None), (what, answer.body)
    assert answer.body.endswith("\n")


def test_a_stale_log_is_told_the_size() -> None:
    assert judge(body(7, 9), KEYS, seen(8)) == Answer(409, "8\n", SIZE_TYPE)
    assert judge(body(7, 9), KEYS, {}) == Answer(409, "0\n", SIZE_TYPE)


def test_an_answer_is_believed_only_where_it_verifies() -> None:
    checkpoint = Checkpoint.parse(WHOLE.checkpoint(9, witnesses=()))
    key = WITNESSES[0]
    good = cosign(checkpoint, [key], BEGAN)
    stranger = SignerKey.generate(key.name, COSIGNATURE)
    assert cosigned(checkpoint, cosign(checkpoint, [stranger], 1).encode(), [key.verifier]) == []
    other = Checkpoint.parse(WHOLE.checkpoint(8, witnesses=()))
    with pytest.raises(Tampered):
        cosigned(other, good.encode(), [key.verifier])
    for wrong in (good[:-1], "", "\n", "x\n", good + "\n"):
        with pytest.raises(Malformed):
            cosigned(checkpoint, wrong.encode(), [key.verifier])


@given(st.binary(max_size=200), st.integers(0, 400))
def test_no_body_breaks_it(data: bytes, at: int) -> None:
    good = body(20, 30)
    for one in (data, good[:at] + data + good[at:], good[:at]):
        assert judge(one, KEYS, seen(20)).status in (200, 400, 403, 404, 409, 422)
    assert Submission.parse(good) == Submission.parse(bytes(Submission.parse(good)))
