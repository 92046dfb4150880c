"""Complaint intake: told by telephone, at the counter or by letter, recorded for the consumer."""

from __future__ import annotations

from dataclasses import replace

import msgspec
from aiohttp import web

from events.event import Acting
from events.words import Code, Words
from portals import complaint_form as cf
from portals.attaching import chosen, error_of, only_files, sent, take, uploads
from portals.complaint_files import with_files
from portals.complaint_form import Told, complaint_form, read_told
from portals.complaint_office import CHANNELS, office
from portals.forms import Field, Form, FormState
from portals.pages import viewer
from portals.web import OUT_OF_DATE, PLATFORM, acting, forward, page, reshown
from services.actions.command import Asked
from services.actions.complaints import REQUIRED, RegisterComplaint, register_complaint
from services.actions.refused import AlreadyDecided, Refused

_WAYS = Code("channel", {code: CHANNELS[code] for code in ("phone", "counter", "letter")})
_CHANNEL = Asked(
    Words("消费者怎样投诉的？", "How did the consumer complain?"), widget="radios", options=_WAYS
)
_NO_CHANNEL = Words("请选择消费者怎样投诉的", "Choose how the consumer complained")
_TITLE = Words("代消费者登记投诉", "Record a complaint for a consumer")
_FIELDS = (*(name for name in cf.ALL if name != "place"), "reference")
#: The same questions, asked of the person who writes down what somebody else tells.
_ASKED = {
    "respondent": Words("消费者投诉哪一家？", "Who is the complaint about?"),
    "request": Words("消费者希望怎样解决？", "What does the consumer want?"),
    "claimed": Words("消费者要求多少金额？", "How much does the consumer claim?"),
    "may_mediate": Words(
        "消费者同意由消委会或者其他调解组织调解吗？",
        "Does the consumer agree to mediation by a council or another mediation body?",
    ),
    "may_publish": Words(
        "消费者同意公示投诉信息吗？",
        "Does the consumer agree that the complaint may be made public?",
    ),
    "name": Words("消费者的真实姓名", "The consumer's real name"),
    "phone": Words("消费者的电话", "The consumer's telephone number"),
    "email": Words("消费者的电子邮箱", "The consumer's e-mail address"),
    "address": Words("消费者的地址", "The consumer's address"),
    "agent": Words("受托人的姓名", "Who complains for the consumer"),
    "agent_phone": Words("受托人的电话", "That person's telephone"),
}
_HINTS = {
    "may_publish": Words(
        "只公示商家和问题，不公示消费者的姓名、电话和地址。",
        "Only the business and the problem, never the consumer's name, telephone or address.",
    ),
    "phone": Words(
        "消费者查询进度时要用后四位。",
        "The consumer needs its last four digits to follow progress.",
    ),
    "agent": Words(
        "消费者本人投诉的不用填。请核对授权委托书原件和受托人身份证明，并存为证据"
        "（第 121 号令第十一条）。",
        "Empty if the consumer complains in person. Check the original power of attorney and the "
        "identity document, and keep them as evidence (Order 121, Article 11).",
    ),
    "email": Words(
        "没有手机号码的，回执和进展发到这里。", "Without a mobile number, receipt and news go here."
    ),
}
_MISSING = {
    REQUIRED["request"]: Words("请填写消费者希望怎样解决", "Say what the consumer wants"),
    REQUIRED["name"]: Words("请填写消费者的真实姓名", "Give the consumer's real name"),
    REQUIRED["phone"]: Words("请填写消费者的电话", "Give the consumer's telephone number"),
    REQUIRED["address"]: Words("请填写消费者的地址", "Give the consumer's address"),
}


async def form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """All questions on one page; the acting body itself will handle the complaint."""
    made = await _form(request, state or FormState())
    crumbs = office(request).crumbs
    files = await chosen(request, made.key)
    return await page(
        request, "form.html", title=_TITLE, form=made, breadcrumbs=crumbs, files=files
    )


async def _form(request: web.Request, state: FormState) -> Form:
    made = await complaint_form(request, _FIELDS, state)
    value, error = state.values.get("channel", ""), state.errors.get("channel")
    channel = Field("channel", _CHANNEL, "radios", value, error, False)
    errors = [("channel" if w == _NO_CHANNEL else a, w) for a, w in made.errors]
    button = Words("登记投诉", "Record the complaint")
    fields = {"channel": channel, **{n: _of_another(f) for n, f in made.fields.items()}}
    return replace(made, fields=fields, errors=errors, button=button)


def _of_another(field: Field) -> Field:
    """The question as it is put to the clerk; the browser must not fill in the clerk's own name."""
    label = _ASKED.get(field.name, field.asked.label)
    hint = _HINTS.get(field.name, field.asked.hint)
    return replace(field, asked=replace(field.asked, label=label, hint=hint, autocomplete=""))


@uploads
@reshown
async def record(request: web.Request) -> web.StreamResponse:
    """Record it on behalf of the consumer, and on to its page."""
    channel = str((await request.post()).get("channel", ""))
    by = acting(request)
    told = await read_told(request, _recording(by, channel), by.party)
    if viewer(request).stale:
        return await _again(request, 422, FormState(values=told.values, notice=OUT_OF_DATE))
    if await only_files(request):
        errors = error_of(await take(request))
        state = FormState(values=told.values, errors=errors)
        return await _again(request, 422 if errors else 200, state)
    if channel not in _WAYS or told.command is None:
        return await _wrong(request, told, channel)
    try:
        command = await with_files(request, told.command)
        done = await request.app[PLATFORM].perform(register_complaint, command)
    except Refused as refused:
        status = 409 if isinstance(refused, AlreadyDecided) else 422
        return await _again(request, status, FormState(values=told.values, refused=refused.words))
    await sent(request)
    (first,) = await request.app[PLATFORM].log.after(done.first - 1, 1)
    return forward(office(request).address(first.stream), done, RegisterComplaint)


async def _wrong(request: web.Request, told: Told, channel: str) -> web.StreamResponse:
    errors = {} if channel in _WAYS else {"channel": _NO_CHANNEL}
    errors |= {name: _MISSING.get(words, words) for name, words in told.errors.items()}
    return await _again(request, 422, FormState(values=told.values, errors=errors))


async def _again(request: web.Request, status: int, state: FormState) -> web.StreamResponse:
    viewer(request).status = status
    return await form(request, state)


def _recording(by: Acting, channel: str) -> Acting:
    """She who writes down what the consumer told, by this way."""
    way = channel if channel in _WAYS else "counter"
    return msgspec.structs.replace(by, channel=way, on_behalf_of="消费者")
