"""Recording a training session: who came is written line by line, each with a number."""

from __future__ import annotations

import re
from dataclasses import replace

from aiohttp import web

from events.archives import Attendance
from events.event import PartyRef
from events.words import Words
from portals.asking import found
from portals.forms import typed
from portals.pages import viewer
from portals.web import (
    PLATFORM,
    FormErrors,
    FormState,
    act,
    acting,
    form_page,
    page,
    read,
    reshown,
    staff,
)
from services.actions.trainings import HoldTraining, hold_training

SESSIONS = "/regulator/sessions"
CRUMBS = [("/regulator", Words("工作台", "Desk")), (SESSIONS, Words("培训", "Training sessions"))]
CAME = "attended"
#: 企业名称或者信用代码，then how many people.
_LINE = re.compile(r"^(?P<who>.*?\S)[\s,，:：]+(?P<people>\d{1,4})\s*人?$")
_NOT_A_LINE = Words(
    "第 {n} 行“{line}”看不懂。请写企业全称或者统一社会信用代码，空一格，再写人数。",
    "Line {n}, “{line}”, cannot be read. Write the name or the credit code, a space, the number.",
)
_UNKNOWN = Words(
    "第 {n} 行：平台上没有“{who}”。请核对名称或者代码，或者先登记这家企业。",
    "Line {n}: there is no enterprise “{who}” here. Check it, or enter the enterprise first.",
)
_TWICE = Words("第 {n} 行：“{who}”已经写过", "Line {n}: {who} stands there already")


async def hold_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """The form of a training session."""
    context = form_page(HoldTraining, state, dated=True)
    wrong = state.errors.get(CAME) if state else None
    form = context["form"]
    errors = [(CAME if words == wrong else anchor, words) for anchor, words in form.errors]
    return await page(
        request,
        "regulator/hold.html",
        title=context["title"],
        breadcrumbs=CRUMBS,
        form=replace(form, errors=errors),
        came=state.values.get(CAME, "") if state else "",
        came_error=wrong,
    )


@reshown
async def hold(request: web.Request) -> web.StreamResponse:
    """Record it in the division of the acting regulator."""
    views, by = request.app[PLATFORM].views, acting(request)
    posted = typed(await request.post())
    attended, wrong = await _came(request, str(posted.get(CAME, "")))
    place = found(await views.directory.party(by.party.id))
    known: dict[str, object] = {
        "division": str(place["division"]), "division_name": str(place["division_name"]),
        CAME: attended,
    }  # fmt: skip
    if wrong:
        viewer(request).status = 422
        others = await _others(request, known)
        return await hold_form(request, FormState(posted, {**others, CAME: wrong}))
    return await act(request, hold_training, HoldTraining, SESSIONS, again=hold_form, **known)


async def _others(request: web.Request, known: dict[str, object]) -> dict[str, Words]:
    """What else is wrong with the form, so that everything is said at once."""
    try:
        await read(request, HoldTraining, **known)
    except FormErrors as wrong:
        return wrong.errors
    return {}


async def _came(request: web.Request, text: str) -> tuple[list[Attendance], Words | None]:
    """The units and their people, or what is wrong with the first line that cannot be true."""
    attended: dict[str, Attendance] = {}
    for n, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        read_line = _LINE.match(line.strip())
        if read_line is None or not int(read_line["people"]):
            return [], _NOT_A_LINE.fill(n=n, line=line.strip()[:60])
        unit = await _unit(request, read_line["who"])
        if unit is None:
            return [], _UNKNOWN.fill(n=n, who=read_line["who"])
        if unit.id in attended:
            return [], _TWICE.fill(n=n, who=unit.name)
        attended[unit.id] = Attendance(enterprise=unit, people=int(read_line["people"]))
    return list(attended.values()), None


async def _unit(request: web.Request, who: str) -> PartyRef | None:
    directory = request.app[PLATFORM].views.directory
    row = await directory.by_credit_code(who) or await directory.named(who)
    if row is None or row["kind"] != "enterprise":
        return None
    return PartyRef(id=row["id"], name=row["name"], kind="enterprise")


ROUTES = [
    web.get(SESSIONS + "/hold", staff(hold_form, "regulator")),
    web.post(SESSIONS + "/hold", staff(hold, "regulator")),
]
