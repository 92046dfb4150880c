"""Source: what a log serves, asked over HTTP as C2SP tlog-tiles says; and what witnesses saw."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256
from typing import NamedTuple

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, CookieJar, FormData

from events.proofs.texts import lines_of, unhash
from events.proofs.tiles import Place, number_path

#: Seconds for one answer, and requests at once.
TIMEOUT, AT_ONCE = 30.0, 8
#: Bytes of one answer at most: 256 entries or states, however long they may be.
LARGEST = 1 << 28
_CSRF = re.compile(r'name="csrf" value="([^"]+)"')


class Away(Exception):
    """The log cannot be reached, or does not serve what was asked for."""


class _Refused(Away):
    """What was asked for is for who is signed in."""


class Person(NamedTuple):
    """On whose behalf entries and states are read."""

    name: str
    password: str


class Source:
    """One log at an address, for example https://gz.example.cn."""

    def __init__(self, session: ClientSession, address: str, person: Person | None = None) -> None:
        self._session, self._address = session, address.rstrip("/")
        self._person, self._door = person, asyncio.Lock()
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

    async def _sign_in(self, person: Person) -> None:
        """Entries are for parties. Raises `Away` where name or password is wrong."""
        page = (await self._read(f"{self._address}/sign-in")).decode("utf-8", "replace")
        found = _CSRF.search(page)
        form = FormData({
            "name": person.name, "password": person.password, "csrf": found[1] if found else "",
        })  # fmt: skip
        address = f"{self._address}/sign-in"
        try:
            async with self._session.post(address, data=form, allow_redirects=False) as answer:
                if answer.status != 303:
                    raise Away(f"{self._address}: {answer.status}, {person.name} is not let in")
        except (ClientError, TimeoutError) as gone:
            raise Away(f"{self._address}: {gone or 'timeout'}") from None

    async def head_at(self, witness: str, origin: str) -> bytes | None:
        """The last head that a witness saw of a log; None where it saw none or is away."""
        address = f"{witness.rstrip('/')}/{sha256(origin.encode()).hexdigest()}/checkpoint"
        try:
            return await self._read(address)
        except Away:
            return None

    async def _get(self, path: str) -> bytes:
        address = f"{self._address}{path}"
        async with self._few:
            try:
                return await self._read(address)
            except _Refused:
                if self._person is None:
                    raise
            await self._come_in(address, self._person)
            return await self._read(address)

    async def _come_in(self, address: str, person: Person) -> None:
        """Sign in, unless another request has just done so: sessions end by themselves."""
        async with self._door:
            try:
                await self._read(address)
            except _Refused:
                await self._sign_in(person)

    async def _read(self, address: str) -> bytes:
        try:
            async with self._session.get(address) as answer:
                if answer.status == 403:
                    raise _Refused(f"{address}: 403")
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
async def open_source(address: str, person: Person | None = None) -> AsyncIterator[Source]:
    """A log to be asked, on behalf of a person where one is given; her session is kept."""
    jar = CookieJar(unsafe=True)  # a log may be at an address without a name
    async with ClientSession(timeout=ClientTimeout(total=TIMEOUT), cookie_jar=jar) as session:
        yield Source(session, address, person)
