"""Receipts: a proof file whose `extra` holds the event itself and what its author may open.

`extra` is the canonical JSON {"entry": base64, "openings": […], "state": base64}. The proof covers
the entry, the entry covers the state by its hash, and the state holds commitments; each opening
{"at": pointer, "salt": base64} names one of them, as a JSON pointer (RFC 6901) whose last but one
part is "commitments": /complainant/commitments/name. A commitment counts nowhere else in the state,
so that nobody can plant a second one in a text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, NamedTuple

from events.proofs.canonical import canonical, parse, read_json
from events.proofs.commitments import field_salt, opens
from events.proofs.entries import Entry
from events.proofs.logproofs import LogProof
from events.proofs.texts import b64, shown, unb64, unhash
from events.proofs.verdicts import Malformed, Tampered

COMMITMENTS = "commitments"


class Opening(NamedTuple):
    """The salt of a commitment that stands in the state, and where it stands."""

    at: str
    salt: bytes


@dataclass(frozen=True)
class Receipt:
    """An entry with its state and openings; the proof stands in the same file."""

    entry: bytes
    state: bytes | None = None
    openings: tuple[Opening, ...] = ()

    @property
    def extra(self) -> bytes:
        """The canonical bytes for the proof's `extra`."""
        found: dict[str, Any] = {
            "entry": b64(self.entry),
            "openings": [{"at": one.at, "salt": b64(one.salt)} for one in self.openings],
        }
        if self.state is not None:
            found["state"] = b64(self.state)
        return canonical(found)

    @classmethod
    def of(cls, proof: LogProof) -> Receipt:
        """The receipt in a proof; raises `Malformed`."""
        if proof.extra is None:
            raise Malformed("证明中没有条目（extra）", "the proof holds no entry (extra)")
        found = parse(proof.extra)
        if not isinstance(found, dict) or not {"entry"} <= set(found) <= _KEYS:
            raise Malformed("extra 的内容不对", "the extra is not a receipt's")
        openings = found.get("openings", [])
        if not isinstance(openings, list):
            raise Malformed("openings 应为列表", "the openings are no list")
        state = _bytes(found["state"]) if "state" in found else None
        return cls(_bytes(found["entry"]), state, tuple(map(_opening, openings)))

    def check(self) -> Entry:
        """The entry, when state and openings fit it; raises `Tampered`, `Malformed`."""
        entry = Entry.parse(self.entry)
        if self.state is not None and sha256(self.state).digest() != entry.state_hash:
            raise Tampered(
                "事件内容与条目中的哈希不符", "the state is not the one whose hash the entry holds"
            )
        for opening in self.openings:
            self._commitment(opening)
        return entry

    def matches(self, text: bytes) -> Opening | None:
        """Which commitment is to exactly these bytes, or None."""
        for opening in self.openings:
            if opens(opening.salt, text, self._commitment(opening)):
                return opening
        return None

    def _commitment(self, opening: Opening) -> bytes:
        path = opening.at.split("/")[1:]
        found: Any = read_json(self.state) if self.state is not None else None
        for part in path:
            found = found.get(_unescaped(part)) if isinstance(found, dict) else None
        if path[-2:-1] != [COMMITMENTS] or not isinstance(found, str):
            raise Tampered(
                f"事件内容中没有承诺 {shown(opening.at)}",
                f"the state holds no commitment at {shown(opening.at)}",
            )
        return unhash(found)


def openings_of(pointer: str, salt: bytes, fields: Mapping[str, str]) -> list[Opening]:
    """The openings of an envelope's fields; `pointer` says where the envelope stands."""
    return [
        Opening(f"{pointer}/{COMMITMENTS}/{_escaped(name)}", field_salt(salt, name))
        for name in fields
    ]


_KEYS = {"entry", "state", "openings"}


def _opening(found: Any) -> Opening:
    if not isinstance(found, dict) or set(found) != {"at", "salt"}:
        raise Malformed("承诺的打开值不对", "an opening is {at, salt}")
    if not isinstance(found["at"], str) or not found["at"].startswith("/"):
        raise Malformed("打开值的位置不对", "the place of an opening is a JSON pointer")
    salt = _bytes(found["salt"])
    if len(salt) != 32:
        raise Malformed("盐应为 32 字节", "a salt has 32 bytes")
    return Opening(found["at"], salt)


def _bytes(found: Any) -> bytes:
    if not isinstance(found, str):
        raise Malformed("应为 base64 字符串", "base64 is expected")
    return unb64(found)


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _unescaped(part: str) -> str:
    return part.replace("~1", "/").replace("~0", "~")
