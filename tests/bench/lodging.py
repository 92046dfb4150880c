"""Lodging a complaint over HTTP beside Django: the whole form, its token, the number, 64 at once.

Ours checks the browser's work, reads and checks five pages' answers, finds the council and the
enterprise, gives a number, records an event in the log with its tree and answers with the way to
the receipt. The peer keeps a row and its history. The limit reads the same form with the same
server in one process and does nothing with it. Beside it stands what is left when nothing is asked
and nothing is checked: the form is read, numbered, sealed and recorded, with its tree and its key.
All clients run in a process of their own.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from functools import partial
from http.client import HTTPConnection

from aiohttp import web

from events.complaints import ComplaintRegistered
from events.event import PartyRef, Personal, today
from events.ids import new_id
from events.log import Append
from events.words import Words
from portals.forms import typed
from portals.people import CONSUMER
from services import numbers
from services.platform import Platform
from tests.bench.bench import Bench
from tests.bench.filling import fill
from tests.bench.http import EFFORT, KEY, call_apart, listening, post
from tests.bench.pages import SMALL, served
from tests.bench.peers import django_served
from tests.bench.rounds import Timing
from tests.bench.row import Row, faster, lower

CONNECTIONS = 64
Handler = Callable[[web.Request], Awaitable[web.Response]]
HANDLER = PartyRef(id="council", name="福州市消费者权益保护委员会", kind="council")
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
        kept, read = partial(_keep, platform), _only(_read)
        async with served(platform) as shown, read as limit, _only(kept) as bare:
            peer_form, our_form = await _peer(port), await asyncio.to_thread(_ours, shown.port)
            asked = partial(call_apart, connections=CONNECTIONS, seconds=bench.seconds)
            found = await bench.turns(
                reading=partial(asked, limit, request=post("/", limit, TOLD), status=303),
                Django=partial(asked, port, request=peer_form, status=201),
                ours=partial(asked, shown.port, request=our_form, status=303),
                recording=partial(asked, bare, request=post("/", bare, TOLD), status=303),
            )
        many = await platform.log.size()
    note = bench.why_not("Django") or f"{many:,} complaints recorded; limit: the form read only"
    for row in _judged(found, note):
        yield row


def _judged(found: dict[str, Timing], note: str) -> Iterator[Row]:
    peer, we, most, bare = (found.get(n) for n in ("Django", "ours", "reading", "recording"))
    assert we is not None
    assert most is not None
    named = {"against": "Django + simple-history, 2 workers", "note": note}
    yield faster(
        Words("提交投诉，一个进程", "lodging a complaint, one process"), we.per_second,
        peer and peer.per_second, 8, unit="/s", limit=most.per_second, **named,
    )  # fmt: skip
    yield lower(
        Words("提交投诉 p99", "lodging a complaint, p99"), we.p99, peer and peer.p99, 8,
        unit="ms", limit=most.p99, **named,
    )  # fmt: skip
    if bare is not None:
        yield faster(
            Words("只编号、密封、记录，不作检查", "only numbered, sealed and recorded, no check"),
            bare.per_second, peer and peer.per_second, None, unit="/s", limit=most.per_second,
            note=f"what lodging takes here at least; p99 {bare.p99:.1f} ms",
        )  # fmt: skip


@asynccontextmanager
async def _only(handler: Handler) -> AsyncIterator[int]:
    """The port of a server that does this with a form and nothing else."""
    app = web.Application()
    app.add_routes([web.post("/", handler)])
    async with listening(app) as port:
        yield port


async def _read(request: web.Request) -> web.Response:
    await request.post()
    return web.Response(status=303, headers={"Location": "/"})


async def _keep(platform: Platform, request: web.Request) -> web.Response:
    told, id = typed(await request.post()), new_id()
    number = await numbers.next_number(platform.log, numbers.COMPLAINT, today())
    who, what = (
        Personal.committed(str(id), {name: told[name] for name in names})
        for names in (("name", "phone", "address"), ("facts", "request"))
    )
    event = ComplaintRegistered(
        by=CONSUMER, number=number, handler=HANDLER, complainant=who, told=what,
        **{name: told[name] for name in ("respondent", "respondent_address", "product")},
    )  # fmt: skip
    await platform.log.append([Append(id, 0, [event])], new_id())
    return web.Response(status=303, headers={"Location": f"/receipt/{id}"})


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
