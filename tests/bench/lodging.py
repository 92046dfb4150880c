"""Lodging a complaint over HTTP beside Django: the whole form, its token, the number, 64 at once.

Ours checks the browser's work, reads and checks five pages' answers, finds the council and the
enterprise, gives a number, records an event in the log with its tree and answers with the way to
the receipt. The peer keeps a row and its history. The limit reads the same form with the same
server in one process and does nothing with it. All clients run in a process of their own.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from http.client import HTTPConnection

from aiohttp import web

from events.words import Words
from tests.bench.bench import Bench
from tests.bench.filling import fill
from tests.bench.http import EFFORT, KEY, call_apart, listening, post
from tests.bench.pages import SMALL, served
from tests.bench.peers import django_served
from tests.bench.row import Row, faster, lower

CONNECTIONS = 64
#: What a consumer tells on the five pages; council and business are looked up, each time another.
TOLD = {
    "respondent": f"闽海充电器有限公司 {KEY}", "respondent_address": "八一七路1号",
    "credit_code": "", "category": "quality", "product": "充电器", "bought_on": "2026年10月",
    "facts": django_served.FORM["facts"], "injury": "no", "request": "退货退款",
    "claimed": "168.00", "may_mediate": "yes", "may_publish": "no", "name": "林晓",
    "phone": "13800001111", "address": "福州市鼓楼区",
}  # fmt: skip


async def rows(bench: Bench) -> AsyncIterator[Row]:
    """Both take turns; each answer is a complaint that is kept."""
    async with (
        django_served.served(bench) as port,
        bench.platform(working=False) as platform,
    ):
        await fill(platform, SMALL)
        async with served(platform) as shown, _reading() as limit:
            peer_form, our_form = await _peer(port), await asyncio.to_thread(_ours, shown.port)
            asked = partial(call_apart, connections=CONNECTIONS, seconds=bench.seconds)
            found = await bench.turns(
                reading=partial(asked, limit, request=post("/", limit, TOLD), status=303),
                Django=partial(asked, port, request=peer_form, status=201),
                ours=partial(asked, shown.port, request=our_form, status=303),
            )
        kept = await platform.log.size()
    peer, we, most = found.get("Django"), found["ours"], found["reading"]
    note = bench.why_not("Django") or f"{kept:,} complaints recorded; limit: the form read only"
    named = {"against": "Django + simple-history, 2 workers", "note": note}
    yield faster(
        Words("提交投诉，一个进程", "lodging a complaint, one process"), we.per_second,
        peer and peer.per_second, 8, unit="/s", limit=most.per_second, **named,
    )  # fmt: skip
    yield lower(
        Words("提交投诉 p99", "lodging a complaint, p99"), we.p99, peer and peer.p99, 8,
        unit="ms", limit=most.p99, **named,
    )  # fmt: skip


@asynccontextmanager
async def _reading() -> AsyncIterator[int]:
    """The port of a server that reads the form, sends the browser on and does nothing else."""
    app = web.Application()
    app.add_routes([web.post("/", _read)])
    async with listening(app) as port:
        yield port


async def _read(request: web.Request) -> web.Response:
    await request.post()
    return web.Response(status=303, headers={"Location": "/"})


async def _peer(port: int) -> bytes:
    """The peer's form with its token; nothing has to be different each time."""
    token, cookie = await django_served.token(port)
    form = django_served.FORM | {"csrfmiddlewaretoken": token}
    return post("/complain", port, form, Cookie=cookie)


def _ours(port: int) -> bytes:
    """The last of the five pages as a browser sends it, with a key of its own each time."""
    connection = HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/complain")
    answer = connection.getresponse()
    page, cookie = answer.read().decode(), answer.headers["Set-Cookie"].split(";")[0]
    connection.close()
    (token,) = re.findall(r'name="csrf" value="([^"]+)"', page)[:1]
    place = next(filter(None, re.findall(r'<option value="(\w*)"', page)))
    form = TOLD | {"csrf": token, "key": KEY, "place": place, "step": "check", "to": "send"}
    form["effort"] = EFFORT
    return post("/complain", port, form, Cookie=cookie)
