"""Entries: the leaf of an event, canonical bytes that can be made again from stored columns.

`{"a":party,"at":ms,"h":base64(SHA-256(state)),"n":version,"s":stream,"t":topic,"v":1}`, RFC 8785.
It holds no free text, no names and nothing guessable: the state holds a random salt, so its hash
gives nothing away.

Strings are written as JCS says: `"` and backslash with a backslash, \\b \\t \\n \\f \\r short,
other characters below U+0020 as \\u00xx, everything else as UTF-8. PostgreSQL's `to_json(text)`
writes the same, so the database makes the same bytes by `SQL` (tests/proofs/test_entries.py).
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Any, NamedTuple

from events.proofs.canonical import EXACT, canonical, parse
from events.proofs.texts import b64, unhash
from events.proofs.tiles import LONGEST
from events.proofs.verdicts import Malformed

FORMAT = 1
#: The entry of a row of `log.events`, as bytea.
SQL = """convert_to(concat(
    '{"a":', to_json(party), ',"at":', (extract(epoch from recorded_at) * 1000)::bigint,
    ',"h":"', encode(sha256(state), 'base64'), '","n":', version,
    ',"s":"', stream, '","t":', to_json(topic), ',"v":1}'), 'UTF8')"""

_PLAIN = rb'"([ !#-\[\]-~]*)"'
_NUMBER = rb"(0|[1-9][0-9]{0,14})"
#: An entry of plain ASCII, which nearly all are: whatever matches is canonical.
PLAIN = re.compile(
    rb'\{"a":' + _PLAIN + rb',"at":' + _NUMBER + rb',"h":"([A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=)"'
    rb',"n":' + _NUMBER + rb',"s":' + _PLAIN + rb',"t":' + _PLAIN + rb',"v":1\}'
)


class Entry(NamedTuple):
    """What a leaf says of an event."""

    party: str
    #: Milliseconds since 1970, UTC.
    recorded_at: int
    #: SHA-256 of the stored state.
    state_hash: bytes
    version: int
    stream: str
    topic: str

    def __bytes__(self) -> bytes:
        data = canonical({
            "a": self.party, "at": self.recorded_at, "h": b64(self.state_hash),
            "n": self.version, "s": self.stream, "t": self.topic, "v": FORMAT,
        })  # fmt: skip
        if len(data) > LONGEST:
            raise Malformed(f"条目超过 {LONGEST} 字节", f"an entry is longer than {LONGEST} bytes")
        return data

    @classmethod
    def parse(cls, data: bytes) -> Entry:
        """The entry of these bytes; raises `Malformed` where they are not exactly its bytes."""
        found = parse(data)
        if not isinstance(found, dict) or found.get("v") != FORMAT:
            raise Malformed("不是本格式的条目", "not an entry of this format")
        if set(found) != {"a", "at", "h", "n", "s", "t", "v"}:
            raise Malformed("条目的键不对", "the keys of the entry are not these")
        return cls(
            _text(found["a"]), _number(found["at"]), unhash(_text(found["h"])),
            _number(found["n"]), _text(found["s"]), _text(found["t"]),
        )  # fmt: skip


def entry(
    stream: str, version: int, topic: str, recorded_at: int, party: str, state: bytes
) -> bytes:
    """The leaf entry of an event as it is stored; `recorded_at` in milliseconds since 1970."""
    return bytes(Entry(party, recorded_at, sha256(state).digest(), version, stream, topic))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Malformed("条目中应为字符串", "a string is expected in the entry")
    return value


def _number(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= EXACT:
        raise Malformed("条目中应为非负整数", "a number from 0 on is expected in the entry")
    return value
