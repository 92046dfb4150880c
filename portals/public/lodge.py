"""Lodging a complaint in five steps, without an account and without JavaScript.

Nothing is kept on the server until it is sent: each page carries the earlier answers along, so
going back loses nothing. The key made on the first page makes sending twice one complaint.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from aiohttp import web

from events.event import today
from events.terms import CATEGORIES, Money
from events.words import Code, Words
from portals import complaint_form as cf
from portals import similar
from portals.attaching import BUTTONS, chosen, error_of, only_files, sent, take, uploads
from portals.complaint_files import with_files
from portals.complaint_form import Told, complaint_form, read_told
from portals.forms import Typed
from portals.pages import viewer
from portals.people import pairs
from portals.proof import prove
from portals.public import human, published
from portals.public.next_steps import by_when, deadline
from portals.public.report_as_well import report_as_well
from portals.web import OUT_OF_DATE, PLATFORM, FormState, consumer, forward, page, reshown
from services.actions.complaints import RegisterComplaint, register_complaint
from services.actions.refused import AlreadyDecided, Refused
from services.tries import TooMany


@dataclass(frozen=True)
class Step:
    """One page: its name in the address of buttons, its heading, what it asks."""

    code: str
    title: Words
    fields: tuple[str, ...]


STEPS = (
    Step("respondent", Words("您要投诉谁？", "Who is it about?"), cf.RESPONDENT),
    Step("facts", Words("发生了什么？", "What happened?"), cf.FACTS),
    Step(
        "request",
        Words("您的要求和同意", "What you want and agree to"),
        (*cf.JOINING, *cf.REQUEST, *cf.REPORTING),
    ),
    Step("identity", Words("您是谁？", "Who are you?"), cf.IDENTITY),
)
CHECK = Step("check", Words("核对并提交", "Check and send"), ())
_ALL = (*STEPS, CHECK)
_OURS = ("csrf", "key", "seen", "form", "step", "to", *BUTTONS, *human.FIELDS)
#: What is recorded otherwise than as it was typed.
_READ = ("claimed", "phone", "email", "agent_phone")
#: Where photos and files are asked for.
FILES = "facts"


async def begin(request: web.Request) -> web.StreamResponse:
    """The first page."""
    return await _show(request, STEPS[0], FormState())


@uploads
@reshown
async def go(request: web.Request) -> web.StreamResponse:
    """On from one page to the next, or back; the last one sends."""
    told = await read_told(request, consumer(request))
    step, to = _step(told.values.get("step")), str(told.values.get("to", "next"))
    not_taken = error_of(await take(request))
    if viewer(request).stale:
        viewer(request).status = 422
        return await _again(request, step, told, notice=OUT_OF_DATE)
    if human.trapped(request, told.values):
        viewer(request).status = 422
        return await _again(request, step, told, notice=human.TRAPPED)
    if any(to == each.code for each in STEPS):
        return await _show(request, _step(to), FormState(values=told.values))
    if step.code == FILES and (
        not_taken or (await only_files(request) and "to" not in told.values)
    ):
        viewer(request).status = 422 if not_taken else 200
        return await _show(request, step, FormState(values=told.values, errors=not_taken))
    if wrong := told.wrong_in(step.fields):
        viewer(request).status = 422
        return await _show(request, step, FormState(values=told.values, errors=wrong))
    return await _onward(request, told, to)


async def _onward(request: web.Request, told: Told, to: str) -> web.StreamResponse:
    """The first page that is not complete; else the check page; else it, or a code, is sent."""
    sending = to in ("send", "code")
    for each in STEPS:
        if wrong := told.wrong_in(each.fields):
            viewer(request).status = 422 if sending else 200
            errors = wrong if sending else {}
            return await _show(request, each, FormState(values=told.values, errors=errors))
    if told.command is None or not sending:
        return await _check(request, told)
    try:
        if to == "code":
            return await _code_sent(request, told, told.command)
        if not await human.is_shown(request):
            await human.let_in(request, told.command)
    except Refused as why:
        return await _asked_for_code(request, told, why)
    return await _send(request, told, told.command)


async def _code_sent(
    request: web.Request, told: Told, command: RegisterComplaint
) -> web.StreamResponse:
    sent = await human.send_code(request, command)
    return await _check(request, told, open=True, sent=sent)


async def _asked_for_code(request: web.Request, told: Told, why: Refused) -> web.StreamResponse:
    """The work was not done and the code is not right: why, with the place for it."""
    viewer(request).status = 429 if isinstance(why, TooMany) else 422
    return human.rests(await _check(request, told, open=True, wrong=why.words), why)


async def _send(request: web.Request, told: Told, command: RegisterComplaint) -> web.StreamResponse:
    """Record it, and on to the receipt; the same form sent again leads to the same receipt."""
    platform = request.app[PLATFORM]
    command = await with_files(request, command)
    try:
        if told.values.get("also_report") == "yes":
            response = await report_as_well(request, told, command)
            await sent(request)
            return response
        done = await platform.perform(register_complaint, command)
    except Refused as refused:
        viewer(request).status = 409 if isinstance(refused, AlreadyDecided) else 422
        return await _again(request, CHECK, told, refused=refused.words)
    if command.files:
        await sent(request)
    complaint, again = command.complaint, ""
    if done.repeated:
        (first,) = await platform.log.after(done.first - 1, 1)
        complaint, again = first.stream, "?again=1"
    response = forward(f"/receipt/{complaint}{again}", done, None if again else RegisterComplaint)
    prove(request, response, str(complaint))
    return response


async def _again(
    request: web.Request,
    step: Step,
    told: Told,
    notice: Words | None = None,
    refused: Words | None = None,
) -> web.StreamResponse:
    if step is CHECK and told.command is not None:
        return await _check(request, told, notice, refused)
    step = STEPS[0] if step is CHECK else step
    return await _show(request, step, FormState(values=told.values, notice=notice))


async def _show(request: web.Request, step: Step, state: FormState) -> web.StreamResponse:
    number = _ALL.index(step)
    form = await complaint_form(request, step.fields, state)
    place = form.fields.get("place")
    more: dict[str, Any] = {"similar": []} if step is STEPS[0] else {}
    if step.code == FILES:
        more["files"] = await chosen(request, form.key)
        more["published"] = await published.about(request, state.values)
        more["similar"] = list((await similar.topics(request, state.values)).values())
    return await page(
        request,
        "public/step.html",
        title=step.title,
        step=step,
        number=number + 1,
        back=_ALL[number - 1].code if number else None,
        form=form,
        carried=_carried(state.values, step.fields),
        hurt=_hurt(state.values),
        nobody=place is not None and not list(place.asked.options or ()),
        **more,
    )


async def _check(
    request: web.Request,
    told: Told,
    notice: Words | None = None,
    refused: Words | None = None,
    **code: Any,
) -> web.StreamResponse:
    """Everything once more, with who will handle it and until when; `code` = of `human.Human`."""
    state = FormState(values=told.values, notice=notice, refused=refused)
    handler = told.handler
    assert handler is not None
    row = {"state": "received", "handler_kind": handler.kind, "since": today()}
    form = await complaint_form(request, (), state)
    asked = human.asked_of(request, told.command, form.key, **code)
    if asked.wrong:
        form = replace(form, errors=[("code" if asked.to else "", asked.wrong)])
    return await page(
        request,
        "public/check.html",
        title=CHECK.title,
        steps=[(each, await _answers(request, each, told)) for each in STEPS],
        form=form,
        human=asked,
        files=await chosen(request, form.key),
        files_step=FILES,
        carried=_carried(told.values, ()),
        hurt=_hurt(told.values),
        handler=handler,
        enterprise=told.enterprise,
        by_when=by_when(deadline(row)),
        clock=deadline(row),
    )


async def _answers(request: web.Request, step: Step, told: Told) -> list[tuple[Words, Words | str]]:
    """Question and answer, as it will be recorded."""
    form = await complaint_form(request, step.fields, FormState(values=told.values))
    read = {name: getattr(told.command, name) for name in _READ} if told.command else {}
    return [
        (f.asked.label, _answer(f.name, read.get(f.name) or f.value, f.asked.options))
        for f in form.fields.values()
    ]


def _answer(name: str, value: object, options: Code | None) -> Words | str:
    if isinstance(value, Money):
        return value.said()
    typed = str(value or "").strip()
    if name in cf.CHOICES:
        return Words("是", "Yes") if typed == "yes" else Words("否", "No")
    if name == "category":
        return CATEGORIES[typed]
    if options is not None and typed in options:
        return options[typed]
    if not typed:
        return Words("未填写", "Not given")
    return typed


def _hurt(values: Typed) -> bool:
    """Who lodges must hear of the hotlines before anything else (R31)."""
    return values.get("injury") == "yes"


def _carried(values: Typed, without: tuple[str, ...]) -> list[tuple[str, str]]:
    """The answers of the other pages, as hidden fields."""
    return [(n, v) for n, v in pairs(values) if n not in without and n not in _OURS]


def _step(code: object) -> Step:
    return next((each for each in _ALL if each.code == code), STEPS[0])


ROUTES = [web.get("/complain", begin), web.post("/complain", go)]
