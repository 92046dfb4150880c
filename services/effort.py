"""Effort: a little work that a browser does while somebody checks what she has written.

The server gives out a challenge for one form, signed and good for some hours; whoever sends the
form adds a number whose SHA-256 with the challenge begins with so many zero bits. Finding it takes
a phone less than a second, checking it some microseconds, and it counts for that form alone, whose
key makes sending twice one act. Who sends a thousand forms does a thousand times the work.
"""

from __future__ import annotations

import hmac
import math
import time
from collections.abc import Callable
from hashlib import sha256

#: Seconds for which a challenge is good: long enough to write to the end.
GOOD = 4 * 3600
#: What is asked at most beyond the usual: 64 times the work.
MOST_MORE = 6


class Rush:
    """How many forms a minute come in at this process; each doubling beyond `calm` asks a bit more.

    Remembered as one number that fades within minutes.
    """

    def __init__(self, calm: int = 30, clock: Callable[[], float] = time.monotonic) -> None:
        self.calm, self._clock = calm, clock
        self._many, self._at = 0.0, clock()

    def came(self) -> None:
        """One more."""
        self._many, self._at = self._now() + 1, self._clock()

    @property
    def more(self) -> int:
        """Bits beyond the usual."""
        times = self._now() / self.calm
        return min(MOST_MORE, int(math.log2(times))) if times >= 2 else 0

    def _now(self) -> float:
        return self._many * math.exp((self._at - self._clock()) / 60)


def challenge(secret: bytes, key: str, bits: int, now: float) -> str:
    """What the browser is asked for this form."""
    said = f"{bits}.{int(now) + GOOD}.{_name(key)}"
    return f"{said}.{_mac(secret, said)}"


def done(secret: bytes, key: str, answer: str, now: float) -> bool:
    """Whether the work was done, for this form, in time. The answer is anything anybody typed.

    A form without a key counts for none: it could be sent again and again.
    """
    asked, _, _ = answer.rpartition(":")
    said, _, mac = asked.rpartition(".")
    if not hmac.compare_digest(mac.encode(errors="replace"), _mac(secret, said).encode()):
        return False
    bits, until, name = said.split(".")
    return bool(key) and name == _name(key) and now <= int(until) and zeros(answer) >= int(bits)


def zeros(answer: str) -> int:
    """With how many zero bits its hash begins."""
    return (
        256 - int.from_bytes(sha256(answer.encode(errors="replace")).digest(), "big").bit_length()
    )


def _name(key: str) -> str:
    """The form's key, whatever it holds, as short letters and digits."""
    return sha256(key.encode(errors="replace")).hexdigest()[:16]


def _mac(secret: bytes, said: str) -> str:
    return hmac.digest(secret, b"effort:" + said.encode(errors="replace"), "sha256").hex()[:32]
