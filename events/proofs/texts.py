"""Texts: base64 and decimal numbers, read strictly.

One value has exactly one text: else a signed or hashed text could be changed without notice.
"""

from __future__ import annotations

import re
from base64 import b64encode
from binascii import Error, a2b_base64

from events.proofs.verdicts import Malformed

#: Bytes of a SHA-256 hash.
HASH = 32
#: The largest size or index (of int64, which other implementations use).
MOST = (1 << 63) - 1
_DECIMAL = re.compile(r"(?:0|[1-9][0-9]{0,18})\Z", re.ASCII)


def b64(data: bytes) -> str:
    """Standard base64 with padding (RFC 4648, section 4)."""
    return b64encode(data).decode("ascii")


def unb64(text: str) -> bytes:
    """The bytes; raises `Malformed` where `b64` would not give back the same text."""
    try:
        data = a2b_base64(text.encode("ascii"), strict_mode=True)
    except (Error, UnicodeEncodeError):
        data = None
    if data is None or b64(data) != text:
        raise Malformed(f"不是规范的 base64：{shown(text)}", f"not strict base64: {shown(text)}")
    return data


def unhash(text: str) -> bytes:
    """A SHA-256 hash in base64; raises `Malformed`."""
    data = unb64(text)
    if len(data) != HASH:
        raise Malformed(
            f"哈希值应为 32 字节，实为 {len(data)}", f"a hash has 32 bytes, not {len(data)}"
        )
    return data


def decimal(text: str) -> int:
    """A number of at most 2⁶³-1 without sign or leading zeros; raises `Malformed`."""
    if not _DECIMAL.match(text) or int(text) > MOST:
        raise Malformed(
            f"不是规范的十进制数：{shown(text)}", f"not a plain decimal number: {shown(text)}"
        )
    return int(text)


def lines_of(data: bytes) -> str:
    """Text of a format whose lines end in newline: UTF-8, no other control character."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as wrong:
        raise Malformed(
            f"第 {wrong.start} 字节起不是 UTF-8", f"not UTF-8 from byte {wrong.start} on"
        ) from wrong
    for place, character in enumerate(text):
        if character < " " and character != "\n":
            raise Malformed(
                f"第 {place} 个字符是控制字符", f"character {place} is a control character"
            )
    return text


def shown(text: str) -> str:
    """A piece of foreign text, short and printable, for a sentence."""
    short = text if len(text) <= 60 else f"{text[:60]}…"
    return ascii(short) if not short.isprintable() else f"“{short}”"
