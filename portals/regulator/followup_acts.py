"""What can be done on a follow-up: each act with its form, as the rights and duties allow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from events.event import Acting, today
from events.log import Log
from events.words import Words
from portals.asking import found, record_id
from portals.web import PLATFORM, FormState, act, acting, form_page, page, reshown, staff
from services import access, duties
from services.actions import enforcement as e
from services.actions.change import load
from services.actions.command import Command
from services.actions.refused import NotFound

Row = dict[str, Any]
BOARD = "/regulator/followups"
CRUMBS = [("/regulator", Words("工作台", "Desk")), (BOARD, Words("跟进", "Follow-ups"))]


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


async def the_follow_up(request: web.Request) -> Row:
    """The follow-up the address names, or 404."""
    return found(await request.app[PLATFORM].views.followups.one(record_id(request)))


def relation(row: Row, by: Acting) -> str:
    """What the acting party is to this follow-up, as the rules see it."""
    return "regulator" if row["regulator"] == by.party.id else "none"


async def own_work(request: web.Request, row: Row) -> dict[str, str]:
    """The acts that are for somebody else than who looks, each with what she did herself."""
    by, record = acting(request), await load(_log(request), e.FollowUp, row["id"])
    found = {a.kind.__name__: duties.own_work(by, a.kind.__name__, record) for a in ACTS}
    return {name: code for name, code in found.items() if code and _possible(by, name, row)}


def acts(request: web.Request, row: Row, own: dict[str, str]) -> Iterator[Act]:
    """The acts that are possible now, the main one first."""
    for each in ACTS:
        name = each.kind.__name__
        if name not in own and _possible(acting(request), name, row):
            yield each


def _possible(by: Acting, name: str, row: Row) -> bool:
    return access.may(by, name, relation(row, by), row["state"]) and _makes_sense(name, row)


def _makes_sense(name: str, row: Row) -> bool:
    """What the rules would refuse anyway is not offered."""
    if name == "CloseFollowUp":
        return row["state"] in ("opened", "passed", "failed")
    if name == "RecheckFails" and row["state"] == "delivered":
        return bool(row["due"] < today())
    if name == "SendResult":
        return row["raised_by_kind"] == "council" and row["result_sent_on"] is None
    return True


def _log(request: web.Request) -> Log:
    return request.app[PLATFORM].log


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
    duties.check(by, asked.kind.__name__, await load(_log(request), e.FollowUp, row["id"]))
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


ROUTES = [
    web.get(BOARD + "/{id}/{act}", staff(act_form, "regulator")),
    web.post(BOARD + "/{id}/{act}", staff(do, "regulator")),
]
