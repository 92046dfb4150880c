"""Head: what a log says of itself at one size, the text of a tlog-checkpoint (C2SP v1.0.0).

Extension lines are read, never written: no party could audit them.
"""

from __future__ import annotations

from dataclasses import dataclass

from events.proofs.texts import b64, decimal, unhash
from events.proofs.verdicts import Malformed


@dataclass(frozen=True)
class Head:
    """Origin, number of leaves and root of the log's tree."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __str__(self) -> str:
        lines = (self.origin, str(self.size), b64(self.root), *self.extensions)
        return "".join(f"{line}\n" for line in lines)

    @classmethod
    def parse(cls, text: str) -> Head:
        """The head that a note's text states; raises `Malformed`."""
        if not text.endswith("\n"):
            raise Malformed("检查点末尾没有换行", "the checkpoint does not end in a newline")
        lines = text[:-1].split("\n")
        if len(lines) < 3 or "" in lines:
            raise Malformed(
                "检查点应有来源、大小、根哈希三行，且没有空行",
                "a checkpoint has the lines origin, size, root, and no empty one",
            )
        origin, size, root, *extensions = lines
        return cls(origin, decimal(size), unhash(root), tuple(extensions))
