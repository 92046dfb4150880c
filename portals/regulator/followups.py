"""Follow-ups: the board, the page of one, and every act on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from aiohttp import web

from events.event import Acting, today
from events.terms import DIRECTIVES, SOURCES
from events.words import Code, Words, both
from portals.asking import found, page_number, record_id, text
from portals.owed import card, history
from portals.regulator.complaints import COMPLAINTS
from portals.regulator.home import address
from portals.regulator.subject import by_subject, subject_form
from portals.remembered import remembered
from portals.web import PLATFORM, FormState, act, acting, form_page, page, reshown, staff
from services import access
from services.actions import enforcement as e
from services.actions.command import Command
from services.actions.refused import NotFound

Row = dict[str, Any]
BOARD = "/regulator/followups"
CRUMBS = [("/regulator", Words("工作台", "Desk")), (BOARD, Words("跟进", "Follow-ups"))]

#: How a state looks in a list: whose turn it is from the regulator's side.
COLOURS = {
    "opened": "yours",
    "issued": "yours",
    "delivered": "waiting",
    "answered": "yours",
    "passed": "done",
    "failed": "yours",
    "closed": "done",
}


@dataclass(frozen=True)
class Act:
    """One act on a follow-up: its address, what is asked, what is done."""

    slug: str
    kind: type[Command]
    action: Any


ACTS = (
    Act("issue", e.IssueDirective, e.issue_directive),
    Act("deliver", e.DeliverDirective, e.deliver_directive),
    Act("answer", e.AnswerDirective, e.answer_directive),
    Act("passes", e.RecheckPasses, e.recheck_passes),
    Act("fails", e.RecheckFails, e.recheck_fails),
    Act("result", e.SendResult, e.send_result),
    Act("close", e.CloseFollowUp, e.close_follow_up),
)


@remembered
async def board(request: web.Request) -> web.StreamResponse:
    """The regulator's own follow-ups, or everybody's."""
    by = acting(request)
    asked = {name: text(request, name) for name in ("whose", "state", "source", "q")}
    rows = await request.app[PLATFORM].views.followups.board(
        regulator="" if asked["whose"] == "all" else by.party.id,
        state=asked["state"],
        source=asked["source"],
        text=asked["q"],
        number=page_number(request),
    )
    rows = replace(rows, rows=[shown(row) for row in rows.rows])
    title = Words("跟进", "Follow-ups")
    return await page(
        request,
        "regulator/followups.html",
        title=title,
        rows=rows,
        asked=asked,
        active=_chips(asked),
        states=list(e.STATES),
        sources=list(SOURCES),
    )


def _chips(asked: dict[str, str]) -> list[Row]:
    """The filters that are on; a code that is none filters nothing."""
    known = {"whose": {"all": _ALL}, "state": e.STATES.terms, "source": SOURCES.terms}
    return [
        {"key": key, "label": known[key].get(value) if key in known else both(f"“{value}”")}
        for key, value in asked.items()
        if value and (key not in known or value in known[key])
    ]


def shown(row: Row) -> Row:
    """A follow-up as a list shows it."""
    return {
        **row,
        "url": f"{BOARD}/{row['id']}",
        "state": e.STATES[row["state"]],
        "state_colour": COLOURS[row["state"]],
        "source": SOURCES[row["source"]],
        "enterprise": row["enterprise_name"],
        "enterprise_kind": "enterprise",
        "regulator": row["regulator_name"],
        "regulator_kind": "regulator",
    }


async def the_follow_up(request: web.Request) -> Row:
    """The follow-up the address names, or 404."""
    return found(await request.app[PLATFORM].views.followups.one(record_id(request)))


async def record(request: web.Request) -> web.StreamResponse:
    """The page of one follow-up: facts, history, whose turn, what can be done."""
    row, views = await the_follow_up(request), request.app[PLATFORM].views
    owed = [card(each, address) for each in await views.obligations.of_record(str(row["id"]))]
    return await page(
        request,
        "regulator/followup.html",
        title=Words(f"跟进 {row['number']}", f"Follow-up {row['number']}"),
        breadcrumbs=CRUMBS,
        row=row,
        state=e.STATES[row["state"]],
        colour=COLOURS[row["state"]],
        source=SOURCES[row["source"]],
        source_url=await _source(request, row),
        directive=DIRECTIVES[row["directive"]] if row["directive"] else None,
        turn=turn(row, owed),
        owed=owed,
        acts=[
            {"url": f"{BOARD}/{row['id']}/{a.slug}", "words": a.kind.SAYS}
            for a in _acts(request, row)
        ],
        entries=history(await views.trail.of_record(str(row["id"]))),
        show=request.query.get("show", "all"),
    )


async def _source(request: web.Request, row: Row) -> str:
    """Where its source is read: a complaint of this office's own on its page, else the trail."""
    id, views = row["complaint"], request.app[PLATFORM].views
    complaint = await views.complaints.one(id) if id else None
    if complaint and complaint["handler"] == acting(request).party.id:
        return COMPLAINTS.address(id)
    return f"/regulator/trail?record={row['source_number']}"


def turn(row: Row, owed: list[Row]) -> Row:
    """Whose turn it is, until when, and why: the open obligation, else the regulator's choice."""
    for each in owed:
        if each["open"]:
            who = {"kind": each["debtor_kind"], "name": each["debtor"]}
            return {"who": who, "until": each["clock"], "why": each["what"]}
    regulator = {"kind": "regulator", "name": row["regulator_name"]}
    if (
        row["raised_by_kind"] == "council"
        and row["result_sent_on"] is None
        and row["state"] in _OVER
    ):
        return {"who": regulator, "until": None, "why": _TELL}
    if row["state"] == "closed":
        return {"who": None, "until": None, "why": None}
    return {"who": regulator, "until": None, "why": _WHY[row["state"]]}


def relation(row: Row, by: Acting) -> str:
    """What the acting party is to this follow-up, as the rules see it."""
    return "regulator" if row["regulator"] == by.party.id else "none"


def _acts(request: web.Request, row: Row) -> Iterator[Act]:
    """The acts that are possible now, the main one first."""
    by = acting(request)
    for each in ACTS:
        name = each.kind.__name__
        if access.may(by, name, relation(row, by), row["state"]) and _makes_sense(name, row):
            yield each


def _makes_sense(name: str, row: Row) -> bool:
    """What the rules would refuse anyway is not offered."""
    if name == "CloseFollowUp":
        return row["state"] in ("opened", "passed", "failed")
    if name == "RecheckFails" and row["state"] == "delivered":
        return bool(row["due"] < today())
    if name == "SendResult":
        return row["raised_by_kind"] == "council" and row["result_sent_on"] is None
    return True


async def open_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """Open a follow-up of the regulator's own, on the enterprise in the address or by its code."""
    problem = await _problem(request)
    form = form_page(
        e.OpenFollowUp, state, options={"source": _OWN}, leave_out=("source",) if problem else (),
        source="own", matter=f"检查发现：{problem['what']}" if problem else "",
    )  # fmt: skip
    return await subject_form(request, form, state, CRUMBS, known=_on(request, problem))


@reshown
async def open_one(request: web.Request) -> web.StreamResponse:
    """Open it, and on to its page."""
    problem = await _problem(request)
    found_in = {"source": "check", "problem": problem["id"]} if problem else {}
    return await by_subject(request, open_form, known=_on(request, problem), **found_in)


async def _problem(request: web.Request) -> Row | None:
    """The problem in the address, found in a check; the follow-up and its orders belong to it."""
    asked = text(request, "problem")
    return found(await request.app[PLATFORM].views.archives.problem(asked)) if asked else None


def _on(request: web.Request, problem: Row | None) -> str:
    """The id of the enterprise that is known from the address, else ""."""
    return str(problem["enterprise"]) if problem else text(request, "enterprise")


def _asked(request: web.Request) -> Act:
    for each in ACTS:
        if each.slug == request.match_info["act"]:
            return each
    raise NotFound(Words("没有这个操作", "There is no such act"))


async def act_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """The form of one act."""
    row, asked = await the_follow_up(request), _asked(request)
    by = acting(request)
    access.check_kind(by, asked.kind, relation(row, by))
    here = (f"{BOARD}/{row['id']}", Words(row["number"], row["number"]))
    about = Words(
        f"{row['number']} · {row['enterprise_name']}", f"{row['number']} · {row['enterprise_name']}"
    )
    form = form_page(asked.kind, state, seen=row["version"], intro=about, dated=True)
    return await page(request, "form.html", breadcrumbs=[*CRUMBS, here], **form)


@reshown
async def do(request: web.Request) -> web.StreamResponse:
    """Do it, and back to the follow-up."""
    asked, id = _asked(request), record_id(request)
    return await act(
        request, asked.action, asked.kind, f"{BOARD}/{id}", again=act_form, follow_up=id
    )


#: What a regulator can open by itself; referrals are opened from the list of clues.
_OWN = Code("source", {code: words for code, words in SOURCES if code != "referral"})
_ALL = Words("全部监管部门", "All regulators")
_OVER = ("passed", "failed", "closed")
_TELL = Words("把结果告知提出线索的消委会", "Tell the council that raised it the result")
_WHY = {
    "opened": Words(
        "决定发出文书，或者说明理由后办结", "Issue a directive, or close with a reason"
    ),
    "issued": Words("送达文书", "Deliver the directive"),
    "delivered": Words("等企业答复", "The enterprise's answer"),
    "answered": Words("复查整改情况", "Re-check"),
    "passed": Words("整改已合格，可以办结", "All is put right; it can be closed"),
    "failed": Words(
        "再发一份文书，或者说明理由后办结", "Issue another directive, or close with a reason"
    ),
}

ROUTES = [
    web.get(BOARD, staff(board, "regulator")),
    web.get(BOARD + "/open", staff(open_form, "regulator")),
    web.post(BOARD + "/open", staff(open_one, "regulator")),
    web.get(BOARD + "/{id}", staff(record, "regulator")),
    web.get(BOARD + "/{id}/{act}", staff(act_form, "regulator")),
    web.post(BOARD + "/{id}/{act}", staff(do, "regulator")),
]
