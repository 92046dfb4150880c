"""A small log with keys, witnesses, heads, states and a bundle, for the tests."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from events.proofs.bundles import Bundle
from events.proofs.checkpoints import Checkpoint
from events.proofs.commitments import commit_fields
from events.proofs.cosignatures import COSIGNATURE, ED25519
from events.proofs.deep import Deep
from events.proofs.entries import entry
from events.proofs.heads import Head
from events.proofs.keys import SignerKey
from events.proofs.logproofs import LogProof
from events.proofs.merkle import Tree, inclusion_proof, leaf_hash
from events.proofs.policies import Policy
from events.proofs.receipts import Receipt, openings_of
from events.proofs.reports import Report
from events.proofs.states import State
from events.proofs.writing import Writer, write_sums, write_verifier

ORIGIN = "log.example/gongzhi"
LOG = SignerKey(ORIGIN, ED25519, b"\x11" * 32)
WITNESSES = [SignerKey(f"{name}.example/w", COSIGNATURE, bytes([n]) * 32) for n, name in
             enumerate(("council", "regulator", "association"), 1)]  # fmt: skip
#: Seconds since 1970 of the first record; one a second follows.
BEGAN = 1_795_420_000
STREAMS = [f"00000000-0000-4000-8000-{n:012d}" for n in range(3)]
SALT = b"\x5a" * 32
TOLD = {"name": "申诉人2", "text": "商品与描述不符，商家拒绝退货。"}


def policy_text(least: int = 2) -> bytes:
    """Any `least` of the three."""
    names = [key.name.partition(".")[0] for key in WITNESSES]
    lines = [f"log {LOG.verifier}"]
    lines += [f"witness {n} {k.verifier}" for n, k in zip(names, WITNESSES, strict=True)]
    lines += [f"group parties {least} {' '.join(names)}", "quorum parties"]
    return "".join(f"{line}\n" for line in lines).encode()


POLICY = Policy.parse(policy_text())


@dataclass
class SampleLog:
    """Records in memory, as a log has them; `record` may be changed before a head is signed."""

    entries: list[bytes] = field(default_factory=list)
    states: list[State] = field(default_factory=list)
    _versions: dict[str, int] = field(default_factory=dict)

    def add(self, state: bytes, topic: str = "complaint-accepted.v1", at: int | None = None) -> int:
        """One more record; its leaf index."""
        index = len(self.entries)
        stream = STREAMS[index % len(STREAMS)]
        version = self._versions[stream] = self._versions.get(stream, 0) + 1
        moment = (BEGAN + index) * 1000 if at is None else at
        self.entries.append(entry(stream, version, topic, moment, "system", state))
        self.states.append(state)
        return index

    @property
    def tree(self) -> Tree:
        return Tree(map(leaf_hash, self.entries))

    def checkpoint(
        self,
        size: int | None = None,
        signer: SignerKey = LOG,
        witnesses: Sequence[SignerKey] = WITNESSES,
        seen_at: int | None = None,
    ) -> bytes:
        """The signed head of this size, seen by the witnesses a second after its last record."""
        size = len(self.entries) if size is None else size
        note = Checkpoint.sign(Head(ORIGIN, size, self.tree.root(size)), [signer]).note
        for key in witnesses:
            note = note.signed(key, BEGAN + size if seen_at is None else seen_at)
        return bytes(note)

    def receipt(self, index: int, salt: bytes = SALT, told: dict[str, str] | None = None) -> bytes:
        """The proof file of one record; with what was told, its openings."""
        openings = openings_of("/complainant", salt, told) if told else []
        state = self.states[index]
        assert isinstance(state, bytes)
        extra = Receipt(self.entries[index], state, tuple(openings)).extra
        path = inclusion_proof(index, len(self.entries), self.tree.subtree)
        return bytes(LogProof(index, tuple(path), self.checkpoint(), extra))


def state_of(number: int) -> bytes:
    """The state of an event like those of complaints; personal fields sealed."""
    personal = {"subject": f"s{number}", "sealed": "…", "commitments": commit_fields(SALT, TOLD)}
    return json.dumps({"number": number, "complainant": personal}, ensure_ascii=False).encode()


def sample_log(size: int) -> SampleLog:
    """So many records."""
    log = SampleLog()
    for number in range(size):
        log.add(state_of(number))
    return log


def write_bundle(
    directory: Path,
    log: SampleLog,
    *,
    checkpoint: bytes | None = None,
    more: Callable[[Writer], None] = lambda _: None,
    sums: bool = True,
) -> Path:
    """A bundle of the log, with its older head, the policy, and whatever else is put into it."""
    writer = Writer(directory)
    for one, state in zip(log.entries, log.states, strict=True):
        writer.add(one, state)
    writer.close()
    writer.put("checkpoint", log.checkpoint() if checkpoint is None else checkpoint)
    writer.put("policy.txt", policy_text())
    more(writer)
    if sums:
        write_sums(directory)
    return directory


def with_verifier(directory: Path) -> Path:
    """The verifier as one file, in the bundle."""
    write_verifier(directory / "verify.pyz")
    return directory / "verify.pyz"


def checked(directory: Path, **how: Any) -> Report:
    """The deep check of a bundle by the sample's policy."""
    return Deep(Bundle(directory), POLICY, **how).run()
