"""Cosignatures (C2SP tlog-cosignature): the messages that cosigners sign over a head.

0x04 is cosignature/v1 with Ed25519; 0x06 is ML-DSA-44 over `subtree/v1`, which names the cosigner
too. Both carry the time, in seconds since 1970, at which the cosigner had seen no larger head.
"""

from __future__ import annotations

from events.proofs.heads import Head
from events.proofs.texts import MOST
from events.proofs.verdicts import Malformed

#: Signature types of signed notes.
ED25519 = 0x01
COSIGNATURE = 0x04
ML_DSA_44 = 0x06

_LABEL = b"subtree/v1\n\x00"


def message(kind: int, name: str, time: int, text: str) -> bytes:
    """The bytes that a signature of this type covers; `text` is the note's, with its newline."""
    if kind == ED25519:
        return text.encode()
    if not 0 <= time <= MOST:
        raise Malformed(f"时间 {time} 超出范围", f"the time {time} is out of range")
    if kind == COSIGNATURE:
        return f"cosignature/v1\ntime {time}\n{text}".encode()
    head = Head.parse(text)
    return b"".join([
        _LABEL, _short(name), _u64(time), _short(head.origin), _u64(0), _u64(head.size), head.root
    ])  # fmt: skip


def timed(kind: int) -> bool:
    """Whether signatures of this type begin with eight bytes of time."""
    return kind in (COSIGNATURE, ML_DSA_44)


def _u64(number: int) -> bytes:
    return number.to_bytes(8, "big")


def _short(text: str) -> bytes:
    """TLS `opaque<1..2^8-1>`."""
    data = text.encode()
    if not 1 <= len(data) <= 255:
        raise Malformed("名称超过 255 字节", "a name is longer than 255 bytes")
    return bytes([len(data)]) + data
