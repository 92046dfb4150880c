"""Posted forms: read as they were sent, and their files closed whatever happens to the request."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from hashlib import sha256
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import Any

import pytest
from aiohttp import FormData, web
from aiohttp.test_utils import TestClient, TestServer

from portals import guard, posted
from portals.limits import FIELDS, FORM_BYTES, TooLarge

Client = TestClient[Any, Any]
BIG = bytes(range(256)) * 4 * 5000
_FILE = b'--b\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\nMZ\r\n'
_FIELD = b'--b\r\nContent-Disposition: form-data; name="x"'
#: Each after a whole file: how it goes on, and what is answered.
BROKEN = {
    "a form in a form": (_FIELD + b"\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n", 400),
    "no such charset": (
        _FIELD + b"\r\nContent-Type: text/plain; charset=nonsense\r\n\r\nx\r\n--b--", 400,
    ),
    "no such encoding": (_FIELD + b"\r\nContent-Transfer-Encoding: none\r\n\r\nx\r\n--b--", 400),
    "no utf-8": (_FIELD + b"\r\n\r\n\xff\xfe\r\n--b--", 400),
    "a part without a name": (b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--", 400),
    "too much text": (_FIELD + b"\r\n\r\n" + b"x" * FORM_BYTES + b"y\r\n--b--", 413),
    "too many fields": ((_FIELD + b"\r\n\r\n1\r\n") * FIELDS + b"--b--", 413),
    "too large": (_FILE[:-2] + b"x" * 7_000_000 + b"\r\n--b--", 413),
}  # fmt: skip


class Watched(SpooledTemporaryFile[bytes]):
    """A real one, that is remembered."""

    made: list[Watched]

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.made.append(self)


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> list[Watched]:
    monkeypatch.setattr(Watched, "made", [], raising=False)
    monkeypatch.setattr(posted, "SpooledTemporaryFile", Watched)
    return Watched.made


@web.middleware
async def refusing(request: web.Request, handler: guard.Handler) -> web.StreamResponse:
    """What `guard.errors` makes a page of."""
    try:
        return await handler(request)
    except TooLarge:
        return web.Response(status=413)


@pytest.fixture
async def she() -> AsyncIterator[Client]:
    async def echo(request: web.Request) -> web.Response:
        sent = await request.post()
        found = {
            name: sha256(value.file.read()).hexdigest() if isinstance(value, web.FileField)
            else str(value) for name, value in sent.items()
        }  # fmt: skip
        if "fault" in sent:
            raise RuntimeError("s3cr3t")
        return web.json_response(found)

    app = web.Application(middlewares=[refusing, guard.readable], client_max_size=6_000_000)
    app.add_routes([web.post("/", echo)])
    async with TestClient(TestServer(app)) as client:
        yield client


async def test_what_was_sent_is_read(she: Client, files: list[Watched]) -> None:
    form = FormData({"told": "充电器着火"}, default_to_multipart=True)
    form.add_field("files", BytesIO(BIG), filename="big", content_type="image/png")
    form.add_field("empty", b"", filename="", content_type="application/octet-stream")
    form.add_field("coded", "WkhB", content_type="text/plain")
    answer = await she.post("/", data=form)
    assert answer.status == 200, await answer.text()
    found = await answer.json()
    assert found["told"] == "充电器着火"
    assert found["files"] == sha256(BIG).hexdigest()
    assert found["empty"] == "b''"
    assert [each.closed for each in files] == [True]


@pytest.mark.parametrize("how", BROKEN)
async def test_files_of_a_form_that_breaks_off_are_closed(
    she: Client, files: list[Watched], how: str
) -> None:
    rest, status = BROKEN[how]
    kind = {"Content-Type": "multipart/form-data; boundary=b"}
    answer = await she.post("/", data=BytesIO(_FILE + rest), headers=kind)
    assert answer.status == status
    assert files
    assert all(each.closed for each in files)


async def test_files_are_closed_when_the_handler_fails(she: Client, files: list[Watched]) -> None:
    form = FormData({"fault": "1"}, default_to_multipart=True)
    form.add_field("files", b"MZ", filename="a")
    assert (await she.post("/", data=form)).status == 500
    assert [each.closed for each in files] == [True]


async def test_files_are_closed_when_the_sender_has_left(she: Client, files: list[Watched]) -> None:
    _, writer = await asyncio.open_connection(she.host, she.port)
    head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\n"
    writer.write(head.encode() + b"Content-Length: 100000\r\n\r\n" + _FILE[:-2] + b"x" * 5000)
    async with asyncio.timeout(120):
        while not files:
            await asyncio.sleep(0.01)
        writer.transport.abort()
        while not files[0].closed:
            await asyncio.sleep(0.01)
