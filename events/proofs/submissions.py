"""Submissions (C2SP tlog-witness): what a log sends to a witness, and how the witness must answer.

The witness's rule is a pure function of what it last saw; keeping that, atomically and before it
answers, is the matter of whoever calls it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from events.proofs.checkpoints import Checkpoint
from events.proofs.keys import SignerKey, VerifierKey
from events.proofs.logproofs import MOST_HASHES
from events.proofs.merkle import EMPTY, consistent
from events.proofs.notes import Signature
from events.proofs.texts import b64, decimal, lines_of, unhash
from events.proofs.verdicts import Malformed, Tampered

#: The content type of a size that is told with 409.
SIZE_TYPE = "text/x.tlog.size"
TEXT_TYPE = "text/plain; charset=utf-8"


@dataclass(frozen=True)
class Submission:
    """The body of `add-checkpoint`: a head and that it follows the one of size `old`."""

    old: int
    proof: tuple[bytes, ...]
    #: The checkpoint verbatim.
    checkpoint: bytes

    def __bytes__(self) -> bytes:
        lines = [f"old {self.old}", *map(b64, self.proof)]
        return "".join(f"{line}\n" for line in lines).encode() + b"\n" + self.checkpoint

    @classmethod
    def parse(cls, data: bytes) -> Submission:
        """The submission of a body; raises `Malformed`."""
        above, blank, checkpoint = data.partition(b"\n\n")
        first, *lines = lines_of(above).split("\n")
        if not blank or not first.startswith("old "):
            raise Malformed("请求应以 old 行开头", "the request begins with an old line")
        if len(lines) > MOST_HASHES:
            raise Malformed("证明过长", "the proof is too long")
        old = decimal(first.removeprefix("old "))
        return cls(old, tuple(map(unhash, lines)), checkpoint)


class Seen(NamedTuple):
    """The last head of a log that a witness has cosigned; of none, the empty tree."""

    size: int = 0
    root: bytes = EMPTY


class Answer(NamedTuple):
    """How to answer: on 200 the head is to be kept and cosigned."""

    status: int
    body: str
    kind: str = TEXT_TYPE
    checkpoint: Checkpoint | None = None


def judge(data: bytes, logs: Sequence[VerifierKey], seen: Mapping[str, Seen]) -> Answer:
    """The witness's answer to a body, by origin -> last head; 200 asks for `cosign`."""
    try:
        submission = Submission.parse(data)
        checkpoint = Checkpoint.parse(submission.checkpoint)
        head = checkpoint.head
        if not any(key.name == head.origin for key in logs):
            return Answer(404, "the log is not known\n")
        checkpoint.verify_log(logs)
    except Tampered as forged:
        return Answer(403, f"{forged.said.en}\n")
    except Malformed as wrong:
        return Answer(400, f"{wrong.said.en}\n")
    last = seen.get(head.origin, Seen())
    if submission.old > head.size:
        return Answer(400, "the old size is larger than the checkpoint's\n")
    if submission.old != last.size:
        return Answer(409, f"{last.size}\n", SIZE_TYPE)
    if head.size == last.size and head.root != last.root:
        return Answer(409, "the root is another one than that of this size before\n")
    if not _follows(last, submission, checkpoint):
        return Answer(422, "the consistency proof does not verify\n")
    return Answer(200, "", TEXT_TYPE, checkpoint)


def cosign(checkpoint: Checkpoint, keys: Sequence[SignerKey], time: int) -> str:
    """The signature lines of a witness, for the body of 200; `time` in seconds since 1970."""
    text = checkpoint.note.text
    return "".join(str(Signature(key.name, key.verifier.id, key.sign(text, time))) for key in keys)


def cosigned(checkpoint: Checkpoint, body: bytes, keys: Sequence[VerifierKey]) -> list[Signature]:
    """The lines of a witness's answer that are its own and valid; others are ignored.

    Raises `Malformed` where the body is none, `Tampered` where a line of a known key is wrong.
    """
    text = lines_of(body)
    if not text.endswith("\n"):
        raise Malformed("回答末尾没有换行", "the answer does not end in a newline")
    lines = [Signature.parse(line) for line in text[:-1].split("\n")]
    note = type(checkpoint.note)(checkpoint.note.text, tuple(lines))
    valid = note.verify(keys).times
    return [line for line in lines if any(line.by(key) for key in valid)]


def _follows(last: Seen, submission: Submission, checkpoint: Checkpoint) -> bool:
    head = checkpoint.head
    if last.size == 0:
        return not submission.proof and (head.size > 0 or head.root == EMPTY)
    return consistent(last.size, head.size, last.root, head.root, submission.proof)
