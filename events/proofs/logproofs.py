"""Proof files (C2SP tlog-proof@v1): that an entry stands in a log, checked without the log."""

from __future__ import annotations

from dataclasses import dataclass

from events.proofs.merkle import includes, leaf_hash
from events.proofs.policies import Opened, Policy
from events.proofs.texts import b64, decimal, lines_of, unb64, unhash
from events.proofs.verdicts import Malformed, Tampered

HEADER = "c2sp.org/tlog-proof@v1"
#: A tree of 2⁶³ leaves has proofs of 63 hashes.
MOST_HASHES = 63


@dataclass(frozen=True)
class LogProof:
    """Index, path and checkpoint; `extra` is not authenticated by any of them."""

    index: int
    hashes: tuple[bytes, ...]
    #: The checkpoint verbatim.
    checkpoint: bytes
    extra: bytes | None = None

    def __bytes__(self) -> bytes:
        lines = [HEADER]
        if self.extra is not None:
            lines.append(f"extra {b64(self.extra)}")
        lines += [f"index {self.index}", *map(b64, self.hashes)]
        return "".join(f"{line}\n" for line in lines).encode() + b"\n" + self.checkpoint

    @classmethod
    def parse(cls, data: bytes) -> LogProof:
        """The proof of a file; raises `Malformed`. Nothing is verified by it."""
        above, blank, checkpoint = data.partition(b"\n\n")
        lines = lines_of(above).split("\n")
        if not blank or lines.pop(0) != HEADER:
            raise Malformed(
                f"不是证明文件：第一行应为 {HEADER}", f"not a proof: the first line is {HEADER}"
            )
        extra = None
        if lines and lines[0].startswith("extra "):
            extra = unb64(lines.pop(0).removeprefix("extra "))
        if not lines or not lines[0].startswith("index "):
            raise Malformed("缺少 index 行", "there is no index line")
        index = decimal(lines.pop(0).removeprefix("index "))
        if len(lines) > MOST_HASHES:
            raise Malformed("证明过长", "the proof is too long")
        return cls(index, tuple(map(unhash, lines)), checkpoint, extra)

    def verify(self, entry: bytes, policy: Policy) -> Opened:
        """The head that holds this entry; raises `Tampered`, `Malformed`.

        Whether enough witnesses have seen the head is said in the answer.
        """
        opened = policy.open(self.checkpoint)
        head = opened.checkpoint.head
        if not includes(self.index, head.size, leaf_hash(entry), self.hashes, head.root):
            raise Tampered(
                f"条目不在日志的第 {self.index} 位：证明不通向签名的根哈希",
                f"the entry is not at index {self.index}: the proof leads to another root",
            )
        return opened
