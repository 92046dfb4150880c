"""Intake: a complaint told by telephone, at the counter or by letter, recorded for the consumer."""

from __future__ import annotations

from dataclasses import replace

import msgspec
from aiohttp import web

from events.event import Acting
from events.words import Code, Words
from portals import complaint_form as cf
from portals.complaint_form import Told, complaint_form, read_told
from portals.council.complaints import CHANNELS, CRUMBS, LIST
from portals.forms import Field, Form, FormState
from portals.pages import viewer
from portals.web import OUT_OF_DATE, PLATFORM, acting, forward, page, reshown, staff
from services.actions.command import Asked
from services.actions.complaints import RegisterComplaint, register_complaint
from services.actions.refused import AlreadyDecided, Refused

HERE = "/council/new"
_WAYS = Code("channel", {code: CHANNELS[code] for code in ("phone", "counter", "letter")})
_CHANNEL = Asked(
    Words("消费者怎样投诉的？", "How did the consumer complain?"), widget="radios", options=_WAYS
)
_NO_CHANNEL = Words("请选择消费者怎样投诉的", "Choose how the consumer complained")
_TITLE = Words("代消费者登记投诉", "Record a complaint for a consumer")
_FIELDS = tuple(name for name in cf.ALL if name != "place")


async def form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """All questions on one page; the council itself will handle the complaint."""
    made = await _form(request, state or FormState())
    return await page(request, "form.html", title=_TITLE, form=made, breadcrumbs=CRUMBS[:1])


async def _form(request: web.Request, state: FormState) -> Form:
    made = await complaint_form(request, _FIELDS, state)
    value, error = state.values.get("channel", ""), state.errors.get("channel")
    channel = Field("channel", _CHANNEL, "radios", value, error, False)
    errors = [("channel" if w == _NO_CHANNEL else a, w) for a, w in made.errors]
    button = Words("登记投诉", "Record the complaint")
    fields = {"channel": channel, **made.fields}
    return replace(made, fields=fields, errors=errors, button=button)


@reshown
async def record(request: web.Request) -> web.StreamResponse:
    """Record it on behalf of the consumer, and on to its page."""
    channel = str((await request.post()).get("channel", ""))
    by = acting(request)
    told = await read_told(request, _recording(by, channel), by.party)
    if viewer(request).stale:
        return await _again(request, 422, FormState(values=told.values, notice=OUT_OF_DATE))
    if channel not in _WAYS or told.command is None:
        return await _wrong(request, told, channel)
    try:
        done = await request.app[PLATFORM].perform(register_complaint, told.command)
    except Refused as refused:
        status = 409 if isinstance(refused, AlreadyDecided) else 422
        return await _again(request, status, FormState(values=told.values, refused=refused.words))
    (first,) = await request.app[PLATFORM].log.after(done.first - 1, 1)
    return forward(f"{LIST}/{first.stream}", done, RegisterComplaint)


async def _wrong(request: web.Request, told: Told, channel: str) -> web.StreamResponse:
    first = {} if channel in _WAYS else {"channel": _NO_CHANNEL}
    return await _again(request, 422, FormState(values=told.values, errors=first | told.errors))


async def _again(request: web.Request, status: int, state: FormState) -> web.StreamResponse:
    viewer(request).status = status
    return await form(request, state)


def _recording(by: Acting, channel: str) -> Acting:
    """She who writes down what the consumer told, by this way."""
    way = channel if channel in _WAYS else "counter"
    return msgspec.structs.replace(by, channel=way, on_behalf_of="消费者")


ROUTES = [web.get(HERE, staff(form, "council")), web.post(HERE, staff(record, "council"))]
