"""RFC 3161 time-stamp tokens: what they say, and whether they are genuine.

What a token says (hash and time) is read here; that its signature is right and its certificate
leads to a trusted one is asked of `openssl ts -verify`, where that program is present.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from events.proofs.verdicts import Malformed, Tampered

_INTEGER, _OCTETS, _OID, _SEQUENCE, _TIME = 0x02, 0x04, 0x06, 0x30, 0x18
_CONTEXT_0 = 0xA0
_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
_TST_INFO = bytes.fromhex("2a864886f70d0109100104")
_SHA_256 = bytes.fromhex("608648016503040201")
_SECONDS = 30


@dataclass(frozen=True)
class Token:
    """What a time-stamp response says: this SHA-256 existed at this time."""

    imprint: bytes
    time: datetime
    #: The response as it came.
    data: bytes

    @classmethod
    def parse(cls, data: bytes) -> Token:
        """The token of a TimeStampResp in DER; raises `Malformed`."""
        try:
            return _read(data)
        except (ValueError, IndexError, StopIteration, OverflowError) as wrong:
            if isinstance(wrong, Malformed):
                raise
            raise Malformed("不是 RFC 3161 时间戳", "not an RFC 3161 time stamp") from wrong

    def covers(self, data: bytes) -> bool:
        """Whether these bytes are what was stamped."""
        return sha256(data).digest() == self.imprint

    def verify(self, trusted: Path) -> bool:
        """Checks signature and certificate with openssl; False where that is not installed.

        `trusted` holds the certificates of the time-stamping authority (PEM). Raises `Tampered`.
        """
        program = shutil.which("openssl")
        if program is None:
            return False
        with tempfile.NamedTemporaryFile(suffix=".tsr") as response:
            response.write(self.data)
            response.flush()
            command = [
                program, "ts", "-verify", "-digest", self.imprint.hex(),
                "-in", response.name, "-CAfile", str(trusted),
            ]  # fmt: skip
            try:
                done = subprocess.run(command, capture_output=True, timeout=_SECONDS)
            except (OSError, subprocess.TimeoutExpired):
                return False
        if done.returncode:
            raise Tampered("时间戳未能通过 openssl 核验", "openssl does not accept the time stamp")
        return True


def _read(data: bytes) -> Token:
    status, content = _sequence(_only(data, _SEQUENCE))[:2]
    granted = _sequence(status.expect(_SEQUENCE))[0].expect(_INTEGER)
    if granted not in (b"\x00", b"\x01"):
        raise Malformed("时间戳机构未签发", "the time stamp was not granted")
    kind, signed = _sequence(content.expect(_SEQUENCE))[:2]
    _same(kind.expect(_OID), _SIGNED_DATA)
    parts = _sequence(_only(signed.expect(_CONTEXT_0), _SEQUENCE))
    inner, wrapped = _sequence(parts[2].expect(_SEQUENCE))[:2]
    _same(inner.expect(_OID), _TST_INFO)
    info = _sequence(_only(_only(wrapped.expect(_CONTEXT_0), _OCTETS), _SEQUENCE))
    algorithm, imprint = _sequence(info[2].expect(_SEQUENCE))[:2]
    _same(_sequence(algorithm.expect(_SEQUENCE))[0].expect(_OID), _SHA_256)
    return Token(imprint.expect(_OCTETS), _time(info[4].expect(_TIME)), data)


@dataclass(frozen=True)
class _Value:
    """One DER value: its tag and its content."""

    tag: int
    content: bytes

    def expect(self, tag: int) -> bytes:
        if self.tag != tag:
            raise ValueError(f"tag {self.tag:#x}, not {tag:#x}")
        return self.content


def _values(data: bytes) -> Iterator[_Value]:
    at = 0
    while at < len(data):
        tag, length = data[at], data[at + 1]
        at += 2
        if length & 0x80:
            many = length & 0x7F
            length = int.from_bytes(data[at : at + many], "big")
            at += many
        if at + length > len(data):
            raise ValueError("a value is longer than its surroundings")
        yield _Value(tag, data[at : at + length])
        at += length


def _sequence(content: bytes) -> list[_Value]:
    return list(_values(content))


def _only(data: bytes, tag: int) -> bytes:
    (value,) = _values(data)
    return value.expect(tag)


def _same(found: bytes, wanted: bytes) -> None:
    if found != wanted:
        raise ValueError(f"{found.hex()} instead of {wanted.hex()}")


def _time(content: bytes) -> datetime:
    """GeneralizedTime in UTC, with or without a fraction of a second."""
    text = content.decode("ascii")
    if not text.endswith("Z"):
        raise ValueError("the time is not UTC")
    whole, _, fraction = text[:-1].partition(".")
    moment = datetime.strptime(whole, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    return moment.replace(microsecond=int(fraction[:6].ljust(6, "0")) if fraction else 0)
