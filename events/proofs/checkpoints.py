"""Checkpoints (C2SP tlog-checkpoint): a log's head as a signed note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from events.proofs.heads import Head
from events.proofs.keys import SignerKey, VerifierKey
from events.proofs.notes import Note
from events.proofs.verdicts import Tampered


@dataclass(frozen=True)
class Checkpoint:
    """A head and the note that states it."""

    head: Head
    note: Note

    def __bytes__(self) -> bytes:
        return bytes(self.note)

    @classmethod
    def parse(cls, data: bytes) -> Checkpoint:
        """Reads without verifying; raises `Malformed`."""
        note = Note.parse(data)
        return cls(Head.parse(note.text), note)

    @classmethod
    def sign(cls, head: Head, keys: Sequence[SignerKey], time: int = 0) -> Checkpoint:
        """A head signed by its log; `time` (seconds) only for types that carry one."""
        note = Note(str(head))
        for key in keys:
            note = note.signed(key, time)
        return cls(head, note)

    def verify_log(self, keys: Sequence[VerifierKey]) -> VerifierKey:
        """The log's key that has signed; raises `Tampered` where none of these has."""
        of_origin = [key for key in keys if key.name == self.head.origin]
        for key in self.note.verify(of_origin).times:
            return key
        raise Tampered(
            f"检查点不是由认可的日志签名的（来源 {self.head.origin}）",
            f"no known log has signed the checkpoint (origin {self.head.origin})",
        )
