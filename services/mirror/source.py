"""Source: what a log serves, asked over HTTP as C2SP tlog-tiles says; and what witnesses saw."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout

from events.proofs.texts import lines_of, unhash
from events.proofs.tiles import Place, number_path

#: Seconds for one answer, and requests at once.
TIMEOUT, AT_ONCE = 30.0, 8
#: Bytes of one answer at most: 256 entries or states, however long they may be.
LARGEST = 1 << 28


class Away(Exception):
    """The log cannot be reached, or does not serve what was asked for."""


class Source:
    """One log at an address, for example https://gz.example.cn."""

    def __init__(self, session: ClientSession, address: str, token: str = "") -> None:
        self._session, self._address, self._token = session, address.rstrip("/"), token
        self._few = asyncio.Semaphore(AT_ONCE)

    async def checkpoint(self) -> bytes:
        return await self._get("/log/checkpoint")

    async def tile(self, place: Place) -> bytes:
        """Hashes or entries of a tile, as wide as asked."""
        return await self._get(f"/log/{place}")

    async def states(self, index: int, width: int) -> bytes:
        """The states beside a bundle of entries, as `pack_states` writes them."""
        ending = Place(None, index, width).ending
        return await self._get(f"/log/states/{number_path(index)}{ending}")

    async def consistency(self, old: int, new: int) -> list[bytes]:
        """The hashes that prove the tree of `old` to begin that of `new`."""
        data = await self._get(f"/log/consistency?old={old}&new={new}")
        return [unhash(line) for line in lines_of(data).split()]

    async def head_at(self, witness: str, origin: str) -> bytes | None:
        """The last head that a witness saw of a log; None where it saw none or is away."""
        address = f"{witness.rstrip('/')}/{sha256(origin.encode()).hexdigest()}/checkpoint"
        try:
            return await self._read(address)
        except Away:
            return None

    async def _get(self, path: str) -> bytes:
        async with self._few:
            return await self._read(f"{self._address}{path}", self._token)

    async def _read(self, address: str, token: str = "") -> bytes:
        """The token goes to the log alone, never to others' witnesses."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        try:
            async with self._session.get(address, headers=headers) as answer:
                if answer.status != 200:
                    raise Away(f"{address}: {answer.status}")
                return await _bounded(answer, address)
        except (ClientError, TimeoutError, OSError) as gone:
            raise Away(f"{address}: {gone or 'timeout'}") from None


async def _bounded(answer: ClientResponse, address: str) -> bytes:
    """The whole answer, unless it is longer than anything that is asked for."""
    data = bytearray()
    async for piece in answer.content.iter_chunked(1 << 16):
        data += piece
        if len(data) > LARGEST:
            raise Away(f"{address}: the answer is too long")
    return bytes(data)


@asynccontextmanager
async def open_source(address: str, token: str = "") -> AsyncIterator[Source]:
    """A log to be asked; with a token, for entries and states too, which are for parties."""
    async with ClientSession(timeout=ClientTimeout(total=TIMEOUT)) as session:
        yield Source(session, address, token)
