"""Reporting a violation: one page, without an account, anonymously if wished."""

from __future__ import annotations

from aiohttp import web

from events.words import Words
from portals.asking import found
from portals.attaching import chosen, error_of, only_files, sent, take, uploads
from portals.forms import FormState
from portals.pages import viewer
from portals.proof import REPORT, prove, proven
from portals.public import human
from portals.report_code import code_of, show_code, shown_code
from portals.report_files import with_files
from portals.report_form import Told, read_report, report_form
from portals.web import OUT_OF_DATE, PLATFORM, consumer, forward, page, reshown
from services.actions.refused import AlreadyDecided, Refused
from services.actions.reports import RegisterReport, register_report
from services.clocks.due import due
from services.clocks.rules import RULES
from services.tries import TooMany

_TITLE = Words("举报违法行为", "Report a violation")


async def form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """All questions on one page."""
    made = await report_form(request, state or FormState())
    files, asked = await chosen(request, made.key), human.asked(request, made.key)
    return await page(
        request, "public/report.html", title=_TITLE, form=made, files=files, human=asked
    )


@uploads
@reshown
async def send(request: web.Request) -> web.StreamResponse:
    """Record it, and on to number and query code; the same form again leads to the same."""
    code = await code_of(request)
    told = await read_report(request, consumer(request), code=code)
    if viewer(request).stale:
        return await _again(request, told, 422, notice=OUT_OF_DATE)
    if human.trapped(request, told.values):
        return await _again(request, told, 422, notice=human.TRAPPED)
    if await only_files(request):
        errors = error_of(await take(request))
        viewer(request).status = 422 if errors else 200
        return await form(request, FormState(values=told.values, errors=errors))
    if told.command is None:
        viewer(request).status = 422
        return await form(request, FormState(values=told.values, errors=told.errors))
    try:
        if not await human.is_shown(request):
            await human.few(request)
    except TooMany as why:
        return human.rests(await _again(request, told, 429, refused=why.words), why)
    platform = request.app[PLATFORM]
    try:
        command = await with_files(request, told.command, told.command.key)
        done = await platform.perform(register_report, command)
    except Refused as refused:
        status = 409 if isinstance(refused, AlreadyDecided) else 422
        return await _again(request, told, status, refused=refused.words)
    await sent(request)
    (first,) = await platform.log.after(done.first - 1, 1)
    response = forward("/report/receipt", done, RegisterReport)
    prove(request, response, str(first.stream), REPORT)
    show_code(request, response, code)
    return response


async def _again(
    request: web.Request, told: Told, status: int, **more: Words | None
) -> web.StreamResponse:
    viewer(request).status = status
    return await form(request, FormState(values=told.values, **more))  # type: ignore[arg-type]


async def receipt(request: web.Request) -> web.StreamResponse:
    """Number and query code, and what happens next; only in the browser that made it."""
    id = proven(request, REPORT)
    if id is None:
        raise web.HTTPSeeOther("/report/follow")
    row = found(await request.app[PLATFORM].views.report_tracking.one(id))
    clock = due(RULES["C5"], row["received_on"])
    return await page(
        request,
        "public/report_receipt.html",
        title=Words("举报已收到", "Your report was received"),
        row=row,
        code=shown_code(request, row),
        until=clock.safe,
        clock=clock,
        basis=clock.basis,
    )


ROUTES = [
    web.get("/report", form),
    web.post("/report", send),
    web.get("/report/receipt", receipt),
]
