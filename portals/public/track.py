"""Following a complaint or an enquiry: by number and last four digits of the telephone.

What was sent online has a query code as well (`portals/query_code.py`), which does instead.
"""

from __future__ import annotations

from typing import Any

from aiohttp import web

from events.words import Words
from portals.address import client_address
from portals.forms import Field, Form, FormState, typed
from portals.meetings import calendar_of, meeting_of_side
from portals.owed import card
from portals.pages import viewer
from portals.proof import COMPLAINT, ENQUIRY, forget, prove
from portals.public.enquiry import HERE as HERS_ASKED
from portals.public.hers import acts_on, her_turn
from portals.public.mine import HERE, my_complaint, my_lead, my_record
from portals.public.next_steps import clock_of, milestone, next_step, until
from portals.query_code import fits, is_code
from portals.talking import talk_of_side
from portals.web import OUT_OF_DATE, PLATFORM, forward, page, reshown
from services import numbers
from services.actions import complaints as c
from services.actions.command import Asked, as_typed
from services.following import find_coded, find_mine
from services.rights.complaints import OPEN
from services.tries import MOST_FROM, TooMany, count_try, forget_tries, take_back

Row = dict[str, Any]
#: Wrong answers for one number before it rests.
MOST = 5

_NUMBER = Asked(
    Words("投诉或者咨询的编号", "Number of the complaint or enquiry"),
    Words(
        "在回执上，例如 GZ-2026-000123-C；咨询的以 ZX 开头。由单位登记的，单位会告诉您。"
        "丢了的，看收到的短信或者邮件；也没有的，请问处理单位，说明商家和日期，"
        "核对身份后会告诉您。",
        "On the receipt, like GZ-2026-000123-C; that of an enquiry begins with ZX. What a body "
        "recorded, it tells you the number of. If you lost it, see the message you got; else ask "
        "the body in charge, naming business and day: it tells you when it knows who you are.",
    ),
)
_DIGITS = Asked(
    Words("电话后四位，或者查询码", "Last four digits of your telephone, or the query code"),
    Words(
        "当时登记的电话；网上提交的，回执上还有 12 位查询码，填一项就行。",
        "Of the telephone you gave with it. What was sent online also has a query code of 12 "
        "characters on its receipt; either will do.",
    ),
)
_FIND = Words("查询进度", "Follow a complaint or enquiry")
_WRONG = Words(
    "没有查到：编号和电话后四位（或者查询码）对不上。请核对编号和当时登记的电话、回执上的查询码。",
    "Nothing found: number and digits (or code) do not fit. Check the number, the telephone you "
    "gave, and the code on the receipt.",
)
_NUMBER_RESTS = Words(
    f"这个编号已经输错 {MOST} 次，请 {{minutes}} 分钟后再试。",
    f"This number had {MOST} wrong answers. Try again in {{minutes}} minutes.",
)
_ADDRESS_RESTS = Words(
    f"从您所在的网络查询，已经输错 {MOST_FROM} 次，请 {{minutes}} 分钟后再试。"
    "着急的话，可以凭编号向承办单位询问。",
    f"There were {MOST_FROM} wrong answers from your network. Try again in {{minutes}} minutes, "
    "or ask the body in charge, giving the number.",
)
_EMPTY = {
    "number": Words("请填写编号", "Give the number"),
    "digits": Words(
        "请填写电话后四位数字，或者回执上的 12 位查询码",
        "Give the last four digits of the telephone, or the 12 characters of the query code",
    ),
}


async def ask(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """The two questions."""
    state = state or FormState(values={"number": request.query.get("number", "")[:40]})
    fields = {
        name: Field(
            name, asked, asked.widget, state.values.get(name, ""), state.errors.get(name), False
        )
        for name, asked in (("number", _NUMBER), ("digits", _DIGITS))
    }
    errors = [(name, words) for name, words in state.errors.items()]
    if state.refused:
        errors = [("number", state.refused)]
    form = Form("", fields, Words("查询", "Find it"), "", "", errors, state.notice, None, "/track")
    return await page(request, "form.html", title=_FIND, form=form)


@reshown
async def find(request: web.Request) -> web.StreamResponse:
    """The same answer for a number that is unknown and for wrong digits."""
    values = typed(await request.post())
    if viewer(request).stale:
        return await _asked_again(request, 422, FormState(values=values, notice=OUT_OF_DATE))
    number = numbers.tidy(str(values.get("number", "")))
    digits = as_typed(str(values.get("digits", "")))
    whole = is_code(digits) or (len(digits) == 4 and digits.isdecimal())
    errors = {n: w for n, w in _EMPTY.items() if not (number if n == "number" else whole)}
    if errors:
        return await _asked_again(request, 422, FormState(values=values, errors=errors))
    try:
        row = await _tried(request, number, digits)
    except TooMany as rests:
        return await _rests(request, FormState(values=values, refused=rests.words), rests)
    if row is None:
        return await _asked_again(request, 422, FormState(values=values, refused=_WRONG))
    enquiry = "question" in row
    response = forward(HERS_ASKED if enquiry else HERE)
    prove(request, response, str(row["id"]), ENQUIRY if enquiry else COMPLAINT)
    return response


async def _tried(request: web.Request, number: str, digits: str) -> Row | None:
    """One try, counted against where it comes from and against the number."""
    platform, where = request.app[PLATFORM], f"track from {client_address(request)}"
    what = f"track {number}"[:100]
    await count_try(platform.pool, where, MOST_FROM, _ADDRESS_RESTS)
    await count_try(platform.pool, what, MOST, _NUMBER_RESTS)
    row = await _found(request, number, digits)
    if row is not None:
        await forget_tries(platform.pool, what)
        await take_back(platform.pool, where)
    return row


async def _found(request: web.Request, number: str, said: str) -> Row | None:
    """By the code where it has the form of one, else by the digits."""
    platform = request.app[PLATFORM]
    if is_code(said):
        return await find_coded(platform, number, lambda id: fits(request.app, id, said))
    return await find_mine(platform, number, said)


async def _rests(request: web.Request, state: FormState, rests: TooMany) -> web.StreamResponse:
    """Too many wrong answers: the form stays filled in, and says when to try again."""
    response = await _asked_again(request, 429, state)
    response.headers["Retry-After"] = str(rests.seconds)
    return response


async def _asked_again(request: web.Request, status: int, state: FormState) -> web.StreamResponse:
    viewer(request).status = status
    return await ask(request, state)


async def complaint(request: web.Request) -> web.StreamResponse:
    """Where it stands, what happened, what happens next, what she can do."""
    row = await my_complaint(request)
    views, id = request.app[PLATFORM].views, str(row["id"])
    steps = await views.tracking.milestones(id)
    record = await my_record(request, row)
    acts = acts_on(record, await my_lead(request, record))
    owed = [card(each) for each in await views.obligations.of_record(id) if each["open"]]
    return await page(
        request,
        "public/tracking.html",
        title=Words(f"投诉 {row['number']}", f"Complaint {row['number']}"),
        row=row,
        state=c.STATES[row["state"]],
        steps=[{**each, "said": milestone(each)} for each in steps],
        next_step=next_step(row),
        meeting=await meeting_of_side(request, record, "consumer"),
        talk=await talk_of_side(request, record, "consumer"),
        by_when=until(owed),
        clock=clock_of(owed),
        other_ways=c.OTHER_WAYS if _needs_other_ways(steps) else (),
        hers=her_turn(record, acts),
        theirs=_owed_after(row, owed),
        asked=[each for each in acts if each["asked"]],
        besides=[each for each in acts if not each["asked"]],
        at_work=OPEN,
        enquiries=await views.submissions.enquiries_of(id),
    )


def _owed_after(row: Row, owed: list[Row]) -> Row | None:
    """What a body owes her though it has ended: to tell her, or to look into what was not kept."""
    if row["state"] in OPEN:
        return None
    to_her = (each for each in owed if each["creditor_kind"] == "consumer")
    return next((each for each in to_her if each["debtor_kind"] != "consumer"), None)


_ENDS = ("complaint-refused", "mediation-terminated", "default-reported")


def _needs_other_ways(steps: list[Row]) -> bool:
    """A refusal and the end of mediation leave the ways of CPL §39 open."""
    return any(each["what"] in _ENDS for each in steps)


async def session_file(request: web.Request) -> web.StreamResponse:
    """The session, for her calendar."""
    return await calendar_of(request, await my_record(request, await my_complaint(request)))


async def end(request: web.Request) -> web.StreamResponse:
    """Stop looking, so that nobody else at this computer can."""
    response = forward("/track")
    forget(request, response)
    return response


ROUTES = [
    web.get("/track", ask),
    web.post("/track", find),
    web.post("/track/end", end),
    web.get(HERE, complaint),
    web.get(HERE + "/session.ics", session_file),
]
