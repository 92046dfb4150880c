"""Asking a council or a regulator online, without an account: one page, a check, a receipt.

As with a complaint nothing is kept before it is sent, and sending twice is one enquiry.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from aiohttp import web

from events.event import PartyRef
from events.words import Words
from portals.asking import found
from portals.enquiry_form import FIELDS, Told, enquiry_form, read_enquiry
from portals.forms import Field
from portals.pages import viewer
from portals.people import pairs
from portals.proof import ENQUIRY, prove, proven
from portals.public import human
from portals.public.receipt import origin
from portals.qr import qr
from portals.query_code import query_code
from portals.web import OUT_OF_DATE, PLATFORM, FormState, consumer, forward, page, reshown
from services.actions.enquiries import SubmitEnquiry, submit_enquiry
from services.actions.refused import AlreadyDecided, Refused
from services.clocks.rules import RULES
from services.tries import TooMany

HERE, RECEIPT = "/ask", "/ask/receipt"
TITLE = Words("咨询", "Ask a question")
_CHECK = Words("核对并提交", "Check and send")


async def begin(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """All questions on one page."""
    form = await enquiry_form(request, state or FormState())
    return await page(request, "public/ask.html", title=TITLE, form=form)


@reshown
async def go(request: web.Request) -> web.StreamResponse:
    """On to the check, back to the questions; or send it."""
    told = await read_enquiry(request, consumer(request))
    to = str(told.values.get("to", "check"))
    if viewer(request).stale:
        return await _again(request, told, 422, notice=OUT_OF_DATE)
    if human.trapped(request, told.values):
        return await _again(request, told, 422, notice=human.TRAPPED)
    if to == "edit":
        return await begin(request, FormState(values=told.values))
    if told.command is None:
        return await _again(request, told, 422, errors=told.errors)
    if to not in ("send", "code"):
        return await _check(request, told)
    return await _sent(request, told, told.command, to)


async def _sent(
    request: web.Request, told: Told, command: SubmitEnquiry, to: str
) -> web.StreamResponse:
    """It is sent, or a code is; where neither can be, why, with the place for the code."""
    try:
        if to == "code":
            said = await human.send_code(request, command, human.ENQUIRY)
            return await _check(request, told, open=True, sent=said)
        if not await human.is_shown(request):
            await human.let_in(request, command, human.ENQUIRY)
    except Refused as why:
        viewer(request).status = 429 if isinstance(why, TooMany) else 422
        return human.rests(await _check(request, told, open=True, wrong=why.words), why)
    return await _send(request, told, command)


async def _send(request: web.Request, told: Told, command: SubmitEnquiry) -> web.StreamResponse:
    """Record it, and on to the receipt; the same form sent again leads to the same receipt."""
    platform = request.app[PLATFORM]
    try:
        done = await platform.perform(submit_enquiry, command)
    except Refused as refused:
        status = 409 if isinstance(refused, AlreadyDecided) else 422
        return await _again(request, told, status, refused=refused.words)
    (first,) = await platform.log.after(done.first - 1, 1)
    response = forward(RECEIPT, done, SubmitEnquiry)
    prove(request, response, str(first.stream), ENQUIRY)
    return response


async def _again(request: web.Request, told: Told, status: int, **more: Any) -> web.StreamResponse:
    """The form with all that was typed."""
    viewer(request).status = status
    return await begin(request, FormState(values=told.values, **more))


async def _check(request: web.Request, told: Told, **code: Any) -> web.StreamResponse:
    """Everything once more, with who will answer and why; `code` = of `human.Human`."""
    form = await enquiry_form(request, FormState(values=told.values))
    asked = human.asked_of(request, told.command, form.key, door=human.ENQUIRY, **code)
    errors = [("code" if asked.to else "", asked.wrong)] if asked.wrong else []
    read = told.command.phone if told.command else ""
    answers = [
        (each.asked.label, read if each.name == "phone" and read else _answer(each))
        for each in form.fields.values()
    ]
    handler = told.handler
    assert handler is not None
    return await page(
        request, "public/ask_check.html", title=_CHECK, answers=answers, human=asked,
        form=replace(form, errors=errors), handler=handler, basis=_basis(handler),
        asked=human.ENQUIRY.beside,
        carried=[(n, v) for n, v in pairs(told.values) if n in FIELDS],
    )  # fmt: skip


def _answer(field: Field) -> Words | str:
    """As the person will read it."""
    typed, options = str(field.value or "").strip(), field.asked.options
    if options is not None and typed in options:
        return options[typed]
    return typed or Words("未填写", "Not given")


def _basis(handler: PartyRef) -> Words:
    """What the law says of the time to answer: no number."""
    term = RULES["M9" if handler.kind == "regulator" else "M10"].terms[-1]
    return term.basis


async def receipt(request: web.Request) -> web.StreamResponse:
    """Number and query code, and what happens next; only in the browser that sent it."""
    id = proven(request, ENQUIRY)
    if id is None:
        raise web.HTTPSeeOther("/track")
    row = found(await request.app[PLATFORM].views.enquiries.asked(id))
    if not row["online"]:
        raise web.HTTPSeeOther("/track/enquiry")
    return await page(
        request, "public/ask_receipt.html", title=_RECEIVED, row=row,
        code=query_code(request.app, id),
        picture=qr(f"{origin(request)}/track?number={row['number']}"),
    )  # fmt: skip


_RECEIVED = Words("咨询已收到", "Your enquiry was received")
ROUTES = [web.get(HERE, begin), web.post(HERE, go), web.get(RECEIPT, receipt)]
