"""clamd: asking ClamAV's daemon about a stream of bytes (INSTREAM), over a socket or TCP."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterable
from typing import NamedTuple

#: Seconds until it answers the call, and until it has looked at a file.
CALL, LOOK = 5.0, 120.0
#: Bytes sent at a time.
_PIECE = 1 << 16


class ScannerAway(Exception):
    """It cannot be reached, or does not answer: to be asked again later."""


class Verdict(NamedTuple):
    """What it found: a code of `SCANS`, and the name of what it found or why it could not look."""

    result: str
    signature: str = ""


class Clamd:
    """The daemon at an address: `/run/clamav/clamd.ctl`, or `host:port`."""

    def __init__(self, address: str) -> None:
        self.address = address

    async def version(self) -> str:
        """Engine and signatures. Raises `ScannerAway`."""
        return await self._ask(b"VERSION", CALL)

    async def scan(self, parts: AsyncIterable[bytes]) -> Verdict:
        """Its verdict. Raises `ScannerAway`; what the parts raise goes through."""
        answer = await self._ask(b"INSTREAM", LOOK, parts)
        if not answer:  # it hung up on this file: either it is gone, or it did not like the file
            await self.version()
            return Verdict("unscanned", "no answer")
        return _verdict(answer)

    async def _ask(
        self, command: bytes, seconds: float, parts: AsyncIterable[bytes] | None = None
    ) -> str:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(seconds):
                with await self._connected() as called:
                    await loop.sock_sendall(called, b"z" + command + b"\0")
                    if parts is not None:
                        await _send(called, parts)
                    answer = await _received(called)
        except (OSError, TimeoutError, ValueError) as gone:
            raise ScannerAway(f"{self.address}: {gone or 'no answer'}") from gone
        return answer.rstrip(b"\0\n").decode("utf-8", "replace")

    async def _connected(self) -> socket.socket:
        """Not a stream: what it says before it hangs up must still be read."""
        loop = asyncio.get_running_loop()
        if "/" in self.address:
            family, where = socket.AF_UNIX, self.address
        else:
            host, _, port = self.address.rpartition(":")
            (family, *_, where), *_ = await loop.getaddrinfo(  # type: ignore[assignment]
                host.strip("[]"), int(port), type=socket.SOCK_STREAM
            )
        called = socket.socket(family)
        called.setblocking(False)
        try:
            await loop.sock_connect(called, where)
        except BaseException:
            called.close()
            raise
        return called


async def _send(called: socket.socket, parts: AsyncIterable[bytes]) -> None:
    """Length and bytes, again and again, then 0; it hangs up early where it has seen enough."""
    loop = asyncio.get_running_loop()
    with contextlib.suppress(ConnectionError):
        async for part in parts:
            for at in range(0, len(part), _PIECE):
                piece = part[at : at + _PIECE]
                await loop.sock_sendall(called, len(piece).to_bytes(4, "big") + piece)
        await loop.sock_sendall(called, bytes(4))


async def _received(called: socket.socket) -> bytes:
    try:
        return await asyncio.get_running_loop().sock_recv(called, 4096)
    except ConnectionError:
        return b""


def _verdict(answer: str) -> Verdict:
    said = answer.removeprefix("stream: ")
    if said == "OK":
        return Verdict("safe")
    if said.endswith(" FOUND"):
        return Verdict("suspicious", said.removesuffix(" FOUND"))
    return Verdict("unscanned", said.removesuffix(" ERROR").strip(". "))
