"""Report acts: what the handling regulator does with one; a page each, the same form for all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import msgspec
from aiohttp import web

from events.credit_code import tidy
from events.event import Acting, PartyRef
from events.terms import ROLES
from events.words import Words, both
from portals import bodies
from portals.complaint_form import CREDIT_CODE
from portals.forms import Field, Form, FormState, typed
from portals.pages import viewer
from portals.regulator.reports import ACTS, CRUMBS, LIST, makes_sense, the_report
from portals.web import PLATFORM, act, acting, form_page, page, reshown, staff
from services import access, numbers
from services.actions import reports as r
from services.actions.refused import AlreadyDecided, NotAllowed, NotFound

Row = dict[str, Any]
DO: dict[type[r.OnReport], Callable[..., Awaitable[Any]]] = {
    r.StartVerification: r.start_verification,
    r.DecideFiling: r.decide_filing,
    r.DecideNotFiling: r.decide_not_filing,
    r.EndTesting: r.end_testing,
    r.PauseForTesting: r.pause_for_testing,
    r.ExtendVerification: r.extend_verification,
    r.ProposeReward: r.propose_reward,
    r.DecideReward: r.decide_reward,
    r.NotifyResult: r.notify_result,
    r.CloseReport: r.close_report,
    r.MergeWithNewFacts: r.merge_with_new_facts,
    r.MarkDuplicate: r.mark_duplicate,
    r.TellNoPower: r.tell_no_power,
    r.SupplementReport: r.supplement_report,
    r.WithdrawReport: r.withdraw_report,
}
#: What the reporter does, and the office only records for her.
_HERS = (r.SupplementReport, r.WithdrawReport)
_EARLIER = (r.MergeWithNewFacts, r.MarkDuplicate)


def _kind(request: web.Request) -> type[r.OnReport]:
    kind = ACTS.get(request.match_info["act"])
    if kind is None:
        raise NotFound(Words("没有这个操作", "There is no such act"))
    return kind


async def form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """The form of one act."""
    row, kind = await the_report(request), _kind(request)
    if state is None:
        _refuse_untimely(acting(request), row, kind)
    made = form_page(kind, state, seen=row["version"], intro=_about(row, kind), dated=True)
    if kind is r.DecideFiling and not row["reported"]:
        made["form"] = _with_code(made["form"], state or FormState())
    here = (f"{LIST}/{row['id']}", both(row["number"]))
    return await page(request, "form.html", breadcrumbs=[*CRUMBS, here], **made)


def _with_code(form: Form, state: FormState) -> Form:
    """Asks for the credit code, where the enterprise is not known from the report."""
    value, error = state.values.get("credit_code", ""), state.errors.get("credit_code")
    code = Field("credit_code", replace(CREDIT_CODE), "text", value, error, False)
    errors = [("credit_code" if words == error else anchor, words) for anchor, words in form.errors]
    return replace(form, fields={"credit_code": code, **form.fields}, errors=errors)


def _about(row: Row, kind: type[r.OnReport]) -> Words:
    """Which report it is, and whose word is recorded."""
    said = both(f"{row['number']} · {row['respondent']}")
    return _FOR_HER.fill(about=said) if kind in _HERS else said


def _refuse_untimely(by: Acting, row: Row, kind: type[r.OnReport]) -> None:
    """A form whose act is not possible for this person, or not now, is not offered."""
    if not access.may(by, kind.__name__, "handler"):
        raise NotAllowed(_NOT_YOURS.fill(role=ROLES[by.role], said=kind.SAYS))
    if access.may(by, kind.__name__, "handler", row["state"]) and makes_sense(kind, row):
        return
    now = r.STATES[row["state"]]
    raise AlreadyDecided(_NOT_NOW.fill(number=row["number"], now=now, said=kind.SAYS))


@reshown
async def do(request: web.Request) -> web.StreamResponse:
    """Do it, and back to the report."""
    row, kind = await the_report(request), _kind(request)
    known: Row = {"by": acting(request), "report": row["id"]}
    if kind in _HERS:
        known["by"] = msgspec.structs.replace(known["by"], on_behalf_of="举报人")
    missing = await _looked_up(request, row, kind, known)
    if missing and not viewer(request).stale:
        viewer(request).status = 422
        return await form(request, FormState(typed(await request.post()), missing))
    return await act(request, DO[kind], kind, f"{LIST}/{row['id']}", again=form, **known)


async def _looked_up(
    request: web.Request, row: Row, kind: type[r.OnReport], known: Row
) -> dict[str, Words]:
    """What an act refers to besides the report, put into `known`; else what is missing."""
    posted = typed(await request.post())
    if kind in _EARLIER:
        number = numbers.tidy(str(posted.get("earlier_number", "")))
        views, by = request.app[PLATFORM].views, acting(request)
        earlier = await views.reports.numbered(number, by.party.id)
        if earlier is None:
            return {"earlier_number": _NO_EARLIER}
        known["earlier"] = earlier["id"]
    if kind is r.DecideFiling:
        code = tidy(str(posted.get("credit_code", "")))
        enterprise = _reported(row) or await bodies.enterprise(request, code, "")
        if enterprise is None:
            return {"credit_code": _NO_ENTERPRISE}
        known["enterprise"] = enterprise
    return {}


def _reported(row: Row) -> PartyRef | None:
    """The enterprise, where it was known when the report was made."""
    if not row["reported"]:
        return None
    return PartyRef(id=row["reported"], name=row["reported_name"], kind="enterprise")


_FOR_HER = Words(
    "{about} · 由举报人提出，您代为记录", "{about} · the reporter's word, recorded by you"
)
_NOT_YOURS = Words(
    "以{role}的身份不能办理“{said}”，请由负责人办理。",
    "Not for a {role}: {said}. Ask the head.",
)
_NOT_NOW = Words(
    "举报 {number} 现在是“{now}”，不能“{said}”。请回到这件举报查看经过。",
    "Report {number} is now {now}; not possible: {said}. Its page shows what happened.",
)
_NO_EARLIER = Words(
    "没有找到由本单位处理的这件举报，请核对编号",
    "Your office handles no report with that number; check it",
)
_NO_ENTERPRISE = Words(
    "请填写企业的统一社会信用代码；平台上没有的，请先登记这家企业",
    "Give the enterprise's credit code; if it is not here, enter it first",
)

ROUTES = [
    web.get(f"{LIST}/{{id}}/{{act}}", staff(form, "regulator")),
    web.post(f"{LIST}/{{id}}/{{act}}", staff(do, "regulator")),
]
