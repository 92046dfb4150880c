"""Posted: a form is read part by part; what was uploaded with it lasts as long as its request.

aiohttp would read it as well, but leaves the files of a form that breaks off, or is refused before
its end, to the collector; and it counts fields when all of them are read.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import Any

from aiohttp import BodyPartReader, web
from multidict import MultiDict, MultiDictProxy

from portals.limits import FIELDS, FORM_BYTES, LARGE_FORM, TooLarge, check_form

#: Of a file in memory, and of what is read at once.
SPOOL, PART = 1 << 20, 1 << 18


async def read_form(request: web.Request, held: ExitStack) -> None:
    """Read it, so that `request.post()` has it; files are closed with `held`.

    Raises what the parsers raise, `TooLarge` and aiohttp's own 413.
    """
    await check_form(request)
    if request.content_type == "multipart/form-data":
        request._post = MultiDictProxy(await _parts(request, held))  # where post() looks first
    for value in (await request.post()).values():
        str(value).encode()  # half a character cannot be kept


async def _parts(request: web.Request, held: ExitStack) -> MultiDict[Any]:
    found, reader, left = MultiDict[Any](), await request.multipart(), FORM_BYTES
    while (part := await reader.next()) is not None:
        if not isinstance(part, BodyPartReader) or part.name is None:
            raise ValueError("a part that is no field")
        if len(found) >= FIELDS:
            raise TooLarge(LARGE_FORM)
        if part.filename:
            found.add(part.name, await _file(request, part, held))
        else:
            data = await _text(request, part, left)
            left -= len(data)
            found.add(part.name, _read(part, data))
    return found


async def _file(request: web.Request, part: BodyPartReader, held: ExitStack) -> web.FileField:
    file = SpooledTemporaryFile(SPOOL)  # noqa: SIM115 - held, like a file of `with`
    held.callback(file.close)
    async for data in _data(request, part):
        await _write(file, data)
    file.seek(0)
    kind = part.headers.get("Content-Type", "application/octet-stream")
    known = (part.name or "", part.filename or "", file, kind, part.headers)
    return web.FileField(*known)  # type: ignore[arg-type,unused-ignore]


async def _text(request: web.Request, part: BodyPartReader, most: int) -> bytes:
    found = bytearray()
    async for data in _data(request, part):
        found += data
        if len(found) > most:
            raise TooLarge(LARGE_FORM)
    return bytes(found)


def _read(part: BodyPartReader, data: bytes) -> str | bytes:
    """Bytes where a browser says so: of a question for a file that was left empty."""
    if not part.headers.get("Content-Type", "text/").startswith("text/"):
        return data
    return data.decode(part.get_charset(default="utf-8"))


async def _data(request: web.Request, part: BodyPartReader) -> AsyncIterator[bytes]:
    most = request._client_max_size
    while chunk := await part.read_chunk(PART):
        if 0 < most < request._payload.total_bytes:
            raise web.HTTPRequestEntityTooLarge(most)
        async for decoded in part.decode_iter(chunk):
            yield decoded


async def _write(file: SpooledTemporaryFile[bytes], data: bytes) -> None:
    """What does not fit into memory goes to the disk, which nobody else waits for."""
    if file.tell() + len(data) > SPOOL:
        await asyncio.to_thread(file.write, data)
    else:
        file.write(data)
