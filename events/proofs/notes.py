"""Signed notes (C2SP signed-note v1.0.0): a text and the signatures below it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from events.proofs.keys import SignerKey, VerifierKey, check_name
from events.proofs.texts import b64, lines_of, unb64
from events.proofs.verdicts import Malformed, Tampered

#: Enough for a hundred post-quantum signatures; more is an attack on the reader.
LARGEST = 1 << 20
MOST_SIGNATURES = 128
_DASH = "— "


@dataclass(frozen=True)
class Signature:
    """One signature line: who says to have signed, by name and key id, and the bytes."""

    name: str
    key_id: bytes
    data: bytes

    def __str__(self) -> str:
        return f"{_DASH}{self.name} {b64(self.key_id + self.data)}\n"

    @classmethod
    def parse(cls, line: str) -> Signature:
        """A line without its newline; raises `Malformed`."""
        name, space, encoded = line.removeprefix(_DASH).partition(" ")
        if not line.startswith(_DASH) or not space:
            raise Malformed("签名行应为“— 名称 base64”", "a signature line reads “— name base64”")
        check_name(name)
        data = unb64(encoded)
        if len(data) < 5:
            raise Malformed("签名过短", "a signature is too short")
        return cls(name, data[:4], data[4:])

    def by(self, key: VerifierKey) -> bool:
        """Whether the line claims to be this key's."""
        return self.name == key.name and self.key_id == key.id


@dataclass(frozen=True)
class Verified:
    """What of a note's signatures holds: by key, the time (0 where the type has none)."""

    times: dict[VerifierKey, int] = field(default_factory=dict)
    #: Known keys that have signed, but whose type cannot be verified here.
    unchecked: tuple[VerifierKey, ...] = ()


@dataclass(frozen=True)
class Note:
    """A text that ends in a newline, with its signature lines in their order."""

    text: str
    signatures: tuple[Signature, ...] = ()

    def __bytes__(self) -> bytes:
        return f"{self.text}\n{''.join(map(str, self.signatures))}".encode()

    @classmethod
    def parse(cls, data: bytes) -> Note:
        """The note; raises `Malformed`. Nothing is verified by it."""
        if len(data) > LARGEST:
            raise Malformed("签名文本过长", "the note is too long")
        text, blank, below = lines_of(data).rpartition("\n\n")
        if not blank or not below.endswith("\n"):
            raise Malformed(
                "签名文本应以空行和签名行结尾", "a note ends in an empty line and signature lines"
            )
        lines = below[:-1].split("\n")
        if len(lines) > MOST_SIGNATURES:
            raise Malformed("签名过多", "the note has too many signatures")
        return cls(f"{text}\n", tuple(map(Signature.parse, lines)))

    def signed(self, key: SignerKey, time: int = 0) -> Note:
        """The note with one more signature."""
        line = Signature(key.name, key.verifier.id, key.sign(self.text, time))
        return self.with_lines([line])

    def with_lines(self, lines: Iterable[Signature]) -> Note:
        """The note with these lines too; lines that it has already are not repeated."""
        return Note(self.text, tuple(dict.fromkeys([*self.signatures, *lines])))

    def verify(self, keys: Iterable[VerifierKey]) -> Verified:
        """Which of the known keys have signed; others are ignored, as the specification asks.

        Raises `Tampered` where a line of a known key does not verify.
        """
        times: dict[VerifierKey, int] = {}
        unchecked: list[VerifierKey] = []
        for key in keys:
            for line in filter(lambda line: line.by(key), self.signatures):
                if key.usable:
                    times.setdefault(key, self._time(key, line))
                else:
                    unchecked.append(key)
        return Verified(times, tuple(unchecked))

    def _time(self, key: VerifierKey, line: Signature) -> int:
        time = key.verify(self.text, line.data)
        if time is None:
            raise Tampered(f"{key.name} 的签名无效", f"the signature of {key.name} is not valid")
        return time
