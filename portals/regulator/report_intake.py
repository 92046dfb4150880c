"""Report intake: told by telephone, at the counter or by letter, recorded for the reporter."""

from __future__ import annotations

from dataclasses import replace

import msgspec
from aiohttp import web

from events.words import Code, Words
from portals.attaching import chosen, error_of, only_files, sent, take, uploads
from portals.complaint_office import CHANNELS
from portals.forms import Field, FormState
from portals.pages import viewer
from portals.regulator.reports import CRUMBS, LIST
from portals.report_code import code_of, show_code
from portals.report_files import with_files
from portals.report_form import Told, read_report, report_form
from portals.web import OUT_OF_DATE, PLATFORM, acting, forward, page, reshown, staff
from services.actions.command import Asked
from services.actions.refused import Refused
from services.actions.reports import RegisterReport, register_report

_WAYS = Code("channel", {code: CHANNELS[code] for code in ("phone", "counter", "letter")})
_CHANNEL = Asked(
    Words("举报人怎样举报的？", "How was it reported?"), widget="radios", options=_WAYS
)
_NO_CHANNEL = Words("请选择举报人怎样举报的", "Choose how it was reported")
_INTRO = Words(
    "您代为登记。登记后页面显示编号和查询码，请告诉举报人；以后连您也看不到举报人是谁。",
    "You record it for the reporter. Number and query code are shown then: tell them to her. "
    "Afterwards not even you see who she is.",
)
_TITLE = Words("代为登记举报", "Record a report")


async def form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """All questions on one page; this office itself will handle it."""
    state = state or FormState()
    made = await report_form(request, state, without=("place",), intro=_INTRO)
    value, error = state.values.get("channel", ""), state.errors.get("channel")
    channel = Field("channel", _CHANNEL, "radios", value, error, False)
    errors = [("channel" if words == _NO_CHANNEL else at, words) for at, words in made.errors]
    asked = {name: _of_another(field) for name, field in made.fields.items()}
    made = replace(made, fields={"channel": channel, **asked}, errors=errors)
    files = await chosen(request, made.key)
    return await page(
        request, "form.html", title=_TITLE, form=made, breadcrumbs=CRUMBS, files=files
    )


def _of_another(field: Field) -> Field:
    """The browser must not fill in the clerk's own name."""
    label = _ASKED.get(field.name, field.asked.label)
    return replace(field, asked=replace(field.asked, label=label, autocomplete=""))


@uploads
@reshown
async def record(request: web.Request) -> web.StreamResponse:
    """Record it on behalf of the reporter, and on to its page with the query code."""
    channel, code = str((await request.post()).get("channel", "")), await code_of(request)
    way = channel if channel in _WAYS else "counter"
    by = msgspec.structs.replace(acting(request), channel=way, on_behalf_of="举报人")
    told = await read_report(request, by, by.party, code)
    errors = ({} if channel in _WAYS else {"channel": _NO_CHANNEL}) | told.errors
    if viewer(request).stale:
        return await _again(request, FormState(values=told.values, notice=OUT_OF_DATE))
    if await only_files(request):
        return await _with_drafts(request, told)
    if errors or told.command is None:
        return await _again(request, FormState(values=told.values, errors=errors))
    platform = request.app[PLATFORM]
    try:
        command = await with_files(request, told.command, told.command.key)
        done = await platform.perform(register_report, command)
    except Refused as refused:
        return await _again(request, FormState(values=told.values, refused=refused.words))
    await sent(request)
    (first,) = await platform.log.after(done.first - 1, 1)
    response = forward(f"{LIST}/{first.stream}", done, RegisterReport)
    show_code(request, response, code)
    return response


async def _with_drafts(request: web.Request, told: Told) -> web.StreamResponse:
    """The form with the files it has now."""
    errors = error_of(await take(request))
    viewer(request).status = 422 if errors else 200
    return await form(request, FormState(values=told.values, errors=errors))


async def _again(request: web.Request, state: FormState) -> web.StreamResponse:
    viewer(request).status = 422
    return await form(request, state)


_ASKED = {
    "respondent": Words("举报的是哪一家？", "Whom is the report about?"),
    "anonymous": Words("举报人要匿名吗？", "Does the reporter stay anonymous?"),
    "name": Words("举报人的姓名", "The reporter's name"),
    "phone": Words("举报人的电话", "The reporter's telephone number"),
    "reward_wanted": Words(
        "查证属实的话，举报人要申请奖励吗？", "If it proves true, is a reward asked for?"
    ),
}
ROUTES = [
    web.get("/regulator/new-report", staff(form, "regulator")),
    web.post("/regulator/new-report", staff(record, "regulator")),
]
