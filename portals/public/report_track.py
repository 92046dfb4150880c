"""Following a report by its number and query code: how far it is, adding to it, withdrawing it."""

from __future__ import annotations

import hmac
from typing import Any
from uuid import UUID

from aiohttp import web

from events.terms import Money
from events.words import Words
from portals.address import client_address
from portals.forms import Field, Form, FormState, typed
from portals.pages import viewer
from portals.proof import REPORT, forget, prove, proven
from portals.web import OUT_OF_DATE, PLATFORM, act, form_page, forward, page, reshown
from services import access, numbers
from services.actions import reports as r
from services.actions.command import Asked
from services.tries import MOST_FROM, TooMany, count_try, forget_tries, take_back

Row = dict[str, Any]
HERE = "/report/mine"
#: Wrong answers for one number before it rests.
MOST = 5
_QUESTIONS = {
    "number": Asked(
        Words("举报编号", "Number of the report"),
        Words("例如 JB-2026-000123-C。", "Like JB-2026-000123-C."),
    ),
    "code": Asked(
        Words("查询码", "Query code"),
        Words(
            "提交举报时得到的 12 位查询码，没有保存在别处。丢了的，请拨打 12315 补充情况，"
            "或者重新举报。",
            "The 12 characters you were given with it, kept nowhere else. If you lost them, call "
            "12315 to add something, or report it anew.",
        ),
    ),
}
_FIND = Words("查询举报", "Follow a report")
_WRONG = Words(
    "没有查到：编号和查询码对不上，请核对。",
    "Nothing found: number and code do not fit.",
)
_RESTS = Words(
    f"已经输错 {MOST} 次，请 {{minutes}} 分钟后再试。",
    f"There were {MOST} wrong answers. Try again in {{minutes}} minutes.",
)
_FROM_HERE = Words(
    f"从您所在的网络已经输错 {MOST_FROM} 次，请 {{minutes}} 分钟后再试。",
    f"There were {MOST_FROM} wrong answers from your network. Try again in {{minutes}} minutes.",
)
_EMPTY = {
    "number": Words("请填写举报编号", "Give the number of the report"),
    "code": Words("请填写查询码", "Give the query code"),
}
STAGES = {
    "received": Words("已收到，等待核查", "received, to be verified"),
    "no_power": Words("请向有权单位提出", "to be reported elsewhere"),
    "repeated": Words("与先前的举报相同", "same as an earlier report"),
    "merged": Words("已并入先前的举报", "merged into an earlier report"),
    "verifying": Words("正在处理", "being handled"),
    "decided": Words("已作出决定", "decided"),
    "ended": Words("已办结", "ended"),
}
_MILESTONES = {
    "report-registered": Words("{body}收到举报", "{body} received the report"),
    "report-supplemented": Words("您补充了内容", "You added to it"),
    "report-withdrawn": Words(
        "您撤回了举报，线索仍会核查", "You withdrew it; the clue is verified all the same"
    ),
    "power-lacking-told": Words(
        "{body}没有处理权限，请向{text}提出", "{body} has no power here; please turn to {text}"
    ),
    "duplicate-recorded": Words(
        "与您先前的举报 {text} 相同，不再另行处理",
        "It repeats your report {text} and is not handled again",
    ),
    "report-merged": Words(
        "新事实已并入您先前的举报 {text}", "Its new facts went into your report {text}"
    ),
    "verification-started": Words("{body}开始处理", "{body} began to handle it"),
    "report-result-notified": Words(
        "{body}依{law}告知结果：{text}", "{body} tells you the result under {law}: {text}"
    ),
    "reward-granted": Words(
        "批准奖励 {amount}，请等待联系", "A reward of {amount} was granted; you will be contacted"
    ),
    "informant-erasure-requested": Words("您请求删除个人信息", "You asked for deletion"),
    "informant-erasure-refused": Words(
        "没有删除您的个人信息：{text}", "Your data was not deleted: {text}"
    ),
    "informant-erased": Words("您的个人信息已依法删除", "Your personal data was deleted by law"),
}


async def ask(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """The two questions."""
    state = state or FormState(values={"number": request.query.get("number", "")[:40]})
    fields = {
        name: Field(
            name, asked, asked.widget, state.values.get(name, ""), state.errors.get(name), False
        )
        for name, asked in _QUESTIONS.items()
    }
    errors = [(name, words) for name, words in state.errors.items()]
    errors = [("number", state.refused)] if state.refused else errors
    action = "/report/follow"
    form = Form("", fields, Words("查询", "Find it"), "", "", errors, state.notice, None, action)
    return await page(request, "form.html", title=_FIND, form=form)


@reshown
async def find(request: web.Request) -> web.StreamResponse:
    """The same answer for a number that is unknown and for a wrong code."""
    values = typed(await request.post())
    if viewer(request).stale:
        return await _asked_again(request, 422, FormState(values=values, notice=OUT_OF_DATE))
    errors = {n: w for n, w in _EMPTY.items() if not str(values.get(n, "")).strip()}
    if errors:
        return await _asked_again(request, 422, FormState(values=values, errors=errors))
    try:
        row = await _tried(request, numbers.tidy(str(values["number"])), str(values["code"]))
    except TooMany as rests:
        state = FormState(values=values, refused=rests.words)
        response = await _asked_again(request, 429, state)
        response.headers["Retry-After"] = str(rests.seconds)
        return response
    if row is None:
        return await _asked_again(request, 422, FormState(values=values, refused=_WRONG))
    response = forward(HERE)
    prove(request, response, str(row["id"]), REPORT)
    return response


async def _tried(request: web.Request, number: str, code: str) -> Row | None:
    """One try, counted against where it comes from and against the number."""
    platform, where = request.app[PLATFORM], f"track from {client_address(request)}"
    what = f"report {number}"[:100]
    await count_try(platform.pool, where, MOST_FROM, _FROM_HERE)
    await count_try(platform.pool, what, MOST, _RESTS)
    row = await platform.views.report_tracking.numbered(number)
    kept = row["query"] if row else ""
    if not hmac.compare_digest(r.query_hash(code).encode(), kept.encode()):
        return None
    await forget_tries(platform.pool, what)
    await take_back(platform.pool, where)
    return row


async def _asked_again(request: web.Request, status: int, state: FormState) -> web.StreamResponse:
    viewer(request).status = status
    return await ask(request, state)


async def mine(request: web.Request) -> Row:
    """The report this browser has proved to know; else back to the questions."""
    id = proven(request, REPORT)
    row = await request.app[PLATFORM].views.report_tracking.one(id) if id else None
    if row is None:
        raise web.HTTPSeeOther("/report/follow")
    return row


async def show(request: web.Request) -> web.StreamResponse:
    """How far it is, what she is told, what she can do."""
    row = await mine(request)
    steps = await request.app[PLATFORM].views.report_tracking.milestones(str(row["id"]))
    return await page(
        request,
        "public/report_mine.html",
        title=Words(f"举报 {row['number']}", f"Report {row['number']}"),
        row=row,
        stage=STAGES[row["stage"]],
        steps=[{**each, "said": _said(each)} for each in steps],
        acts=_acts(row),
    )


def _said(row: Row) -> Words:
    amount = Money(minor=row["amount"]).said() if row["amount"] else ""
    values = {name: row[name] for name in ("body", "text", "law")}
    return _MILESTONES[row["what"]].fill(**values, amount=amount)


#: What she can do: its address, the command, what is done.
ACTS: dict[str, tuple[type[r.OnReport], Any]] = {
    "add": (r.SupplementReport, r.supplement_report),
    "withdraw": (r.WithdrawReport, r.withdraw_report),
    "erasure": (r.RequestInformantErasure, r.informant_erasure_step),
}


def _acts(row: Row) -> list[Row]:
    fits = {
        "add": row["open"],
        "withdraw": row["open"] and not row["withdrawn"],
        "erasure": not row["anonymous"] and row["personal"] in ("", "refused"),
    }
    return [{"url": f"{HERE}/{slug}", "words": ACTS[slug][0].SAYS} for slug in ACTS if fits[slug]]


async def act_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """The form of one act."""
    row, (kind, _) = await mine(request), ACTS[_slug(request)]
    access.check_kind(r.reporter(row["id"]), kind, "reporter")
    crumbs = [(HERE, Words(f"举报 {row['number']}", f"Report {row['number']}"))]
    form = form_page(kind, state, seen=row["version"])
    return await page(request, "form.html", breadcrumbs=crumbs, **form)


@reshown
async def do(request: web.Request) -> web.StreamResponse:
    id, (kind, action) = UUID(str((await mine(request))["id"])), ACTS[_slug(request)]
    return await act(request, action, kind, HERE, again=act_form, by=r.reporter(id), report=id)


def _slug(request: web.Request) -> str:
    return request.path.rpartition("/")[2]


async def end(request: web.Request) -> web.StreamResponse:
    """Stop looking, so that nobody else at this computer can."""
    response = forward("/report/follow")
    forget(request, response, REPORT)
    return response


ROUTES = [
    web.get("/report/follow", ask),
    web.post("/report/follow", find),
    web.get(HERE, show),
    web.post("/report/end", end),
    *(web.get(f"{HERE}/{slug}", act_form) for slug in ACTS),
    *(web.post(f"{HERE}/{slug}", do) for slug in ACTS),
]
