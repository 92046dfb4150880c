"""Members' pledges: the lists, the page of one with every act on it, and possible breaches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from aiohttp import web

from events.event import Acting, today
from events.log import Log
from events.pledges import BREACH_CAUSES
from events.words import Words
from portals.asking import found, page_number, record_id, text
from portals.association import shown
from portals.association.home import HOME, LISTS, address, until
from portals.attaching import act_with_files, chosen, uploads
from portals.evidence_pages import evidence_of
from portals.evidence_place import address as evidence_address
from portals.internal_notes import notes_for
from portals.owed import card, history
from portals.own_work import turn_away
from portals.pledge_standing import colour, standing
from portals.seeing import the_case
from portals.web import PLATFORM, FormState, act, acting, form_page, page, reshown, staff
from services import access, duties, presence
from services.actions import member_pledges as m
from services.actions import member_questions as q
from services.actions.change import load
from services.actions.command import Command
from services.actions.refused import NotFound

Row = dict[str, Any]
LIST = f"{HOME}/signed"
BREACHES = f"{HOME}/breaches"
CRUMBS = [(HOME, Words("工作台", "Desk")), (LIST, Words("会员承诺", "Members' pledges"))]


@dataclass(frozen=True)
class Act:
    """One act on a member's pledge: its address, what is asked, what is done."""

    slug: str
    kind: type[Command]
    action: Any


ACTS = (
    Act("met", m.JudgeMet, m.judge_met),
    Act("not-met", m.JudgeNotMet, m.judge_not_met),
    Act("answer", q.AnswerQuestion, q.answer_question),
    Act("question", q.QuestionMember, q.question_member),
    Act("evidence", m.SubmitEvidence, m.submit_evidence),
    Act("withdraw", m.WithdrawPledge, m.withdraw_pledge),
)


async def signed(request: web.Request) -> web.StreamResponse:
    """The members' pledges of one list, the soonest end first."""
    show = text(request, "show")
    show = show if show in LISTS else "all"
    board, by = request.app[PLATFORM].views.pledges, acting(request)
    rows = await board.listed(by.party.id, show, until=until(), number=page_number(request))
    return await page(
        request,
        "association/signed.html",
        title=LISTS[show],
        rows=replace(rows, rows=[shown.member_pledge(row) for row in rows.rows]),
        lists=LISTS,
        counts=await board.counts(by.party.id, until()),
        show=show,
    )


async def breaches(request: web.Request) -> web.StreamResponse:
    """What the shared record shows that may breach a pledge; each leads to the question."""
    board = request.app[PLATFORM].views.pledges
    rows = await board.breaches(acting(request).party.id, page_number(request))
    title = Words("疑似违反", "Possible breaches")
    return await page(
        request,
        "association/breaches.html",
        title=title,
        rows=replace(rows, rows=[_to_ask(request, row) for row in rows.rows]),
    )


def _to_ask(request: web.Request, row: Row) -> Row:
    """A breach with what can be done: ask, or wait for the answer to what was asked before."""
    may = access.may(acting(request), "QuestionMember", "association", row["state"])
    waits = row["question"] == "questioned"
    return {**_breach(row), "waits": waits and not row["asked"], "may_ask": may and not waits}


def _breach(row: Row) -> Row:
    return {**row, "cause": BREACH_CAUSES[row["cause"]], "url": f"{LIST}/{row['member_pledge']}"}


async def the_member_pledge(request: web.Request) -> Row:
    """The member's pledge of this address, where it is under this association; else 404."""
    record = await the_case(request, "member-pledge", "association")
    row = found(await request.app[PLATFORM].views.pledges.member_pledge(record_id(request)))
    return {**row, "visibility": record.visibility, "record": record}


async def record(request: web.Request) -> web.StreamResponse:
    """The page of one: whose turn, evidence, questions, history."""
    row, views = await the_member_pledge(request), request.app[PLATFORM].views
    id = str(row["id"])
    evidence = await views.pledges.evidence_of(id)
    obligations = await views.obligations.of_record(id)
    owed = [{**card(each, address), "what_code": each["what"]} for each in obligations]
    own = await _own_work(request, row)
    return await page(
        request,
        "association/member_pledge.html",
        title=Words(f"{row['enterprise_name']}：{row['title']}", row["title"]),
        breadcrumbs=CRUMBS,
        row=row,
        state=m.STATES[row["state"]],
        standing=standing(row),
        colour=colour(row, shown.COLOURS[row["state"]]),
        checks=await views.pledges.checks_of(id),
        asked=q.ASKED[row["asked"]] if row["asked"] else None,
        turn=turn(owed),
        acts=[{"url": f"{LIST}/{id}/{a.slug}", "words": a.kind.SAYS}
              for a in _acts(request, row, own)],
        withheld=[duties.said(code) for code in dict.fromkeys(own.values())],
        evidence=evidence,
        notes=await notes_for(request, "member-pledge", row["record"]),
        present=await presence.opened(request.app[PLATFORM].pool, acting(request), id),
        files_here=await evidence_of(request, "member-pledge", id),
        files_url=evidence_address("member-pledge", id),
        breaches=[_breach(each) for each in await views.pledges.breaches_of(id)],
        entries=history(await views.trail.of_record(id)),
        show=request.query.get("show", "all"),
    )  # fmt: skip


def turn(owed: list[Row]) -> Row:
    """Whose turn it is, until when, and why: an open question first, else what is owed."""
    still = [each for each in owed if each["open"]]
    for each in sorted(still, key=lambda each: each["what_code"] != "explanation"):
        who = {"kind": each["debtor_kind"], "name": each["debtor"]}
        return {"who": who, "until": each["clock"], "why": each["what"]}
    return {"who": None, "until": None, "why": None}


async def _own_work(request: web.Request, row: Row) -> dict[str, str]:
    """The acts that are for somebody else than who looks, each with what she did herself."""
    by, record = acting(request), await load(_log(request), m.MemberPledge, row["id"])
    found = {a.kind.__name__: duties.own_work(by, a.kind.__name__, record) for a in ACTS}
    return {name: code for name, code in found.items() if code and _possible(by, name, row)}


def _log(request: web.Request) -> Log:
    return request.app[PLATFORM].log


def _acts(request: web.Request, row: Row, own: dict[str, str]) -> Iterator[Act]:
    """The acts that are possible now, the main one first."""
    for each in ACTS:
        name = each.kind.__name__
        if name not in own and _possible(acting(request), name, row):
            yield each


def _possible(by: Acting, name: str, row: Row) -> bool:
    return access.may(by, name, "association", row["state"]) and _makes_sense(name, row)


def _makes_sense(name: str, row: Row) -> bool:
    """What the rules would refuse anyway is not offered."""
    match name:
        case "JudgeNotMet":
            return bool(row["state"] == "evidence" or row["period_to"] < today())
        case "QuestionMember":
            return bool(row["asked"] != "questioned")
        case "AnswerQuestion":
            return bool(row["asked"] == "questioned")
    return True


def _asked_act(request: web.Request) -> Act:
    for each in ACTS:
        if each.slug == request.match_info["act"]:
            return each
    raise NotFound(Words("没有这个操作", "There is no such act"))


async def act_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """The form of one act; a question begins with what was pointed out."""
    row, asked = await the_member_pledge(request), _asked_act(request)
    record = await load(_log(request), m.MemberPledge, row["id"])
    duties.check(acting(request), asked.kind.__name__, record)
    here = (f"{LIST}/{row['id']}", Words(row["number"], row["number"]))
    about = f"{row['enterprise_name']} · {row['title']}"
    known: Row = {"question": await _question(request)} if asked.kind is q.QuestionMember else {}
    form = form_page(
        asked.kind, state, seen=row["version"], intro=Words(about, about), dated=True,
        needed=("way",), **known,
    )  # fmt: skip
    if asked.kind is m.SubmitEvidence:
        form["files"] = await chosen(request, form["form"].key)
    return await page(request, "form.html", breadcrumbs=[*CRUMBS, here], **form)


async def _question(request: web.Request) -> str:
    """The question that lies at hand, in the words of the association."""
    rows = await request.app[PLATFORM].views.pledges.breaches_of(record_id(request))
    open_ones = [row for row in rows if not row["asked"]]
    if not open_ones:
        return ""
    causes = "；".join(f"{BREACH_CAUSES[r['cause']].zh}（{r['cause_number']}）" for r in open_ones)
    return f"贵单位{causes}。请说明原因，以及是否违反本承诺。"


@uploads
@reshown
async def do(request: web.Request) -> web.StreamResponse:
    """Do it, and back to the member's pledge."""
    row, asked = await the_member_pledge(request), _asked_act(request)
    await turn_away(request, asked.kind, await load(_log(request), m.MemberPledge, row["id"]))
    to, id = f"{LIST}/{row['id']}", row["id"]
    if asked.kind is m.SubmitEvidence:
        return await act_with_files(
            request, asked.action, asked.kind, to, again=act_form, subject=str(id),
            member_pledge=id,
        )  # fmt: skip
    return await act(request, asked.action, asked.kind, to, again=act_form, member_pledge=id)


ROUTES = [
    web.get(LIST, staff(signed, "association")),
    web.get(BREACHES, staff(breaches, "association")),
    web.get(LIST + "/{id}", staff(record, "association")),
    web.get(LIST + "/{id}/{act}", staff(act_form, "association")),
    web.post(LIST + "/{id}/{act}", staff(do, "association")),
]
