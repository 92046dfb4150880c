"""What can be done on a follow-up: each act with its form, as the rights and duties allow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from aiohttp import web

from events.event import Acting, today
from events.log import Appended, Log
from events.words import Words, both
from portals.asking import found, record_id
from portals.own_work import turn_away
from portals.rectification import choices
from portals.risk import question
from portals.seeing import the_case
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
    Act("vote", e.VoteOnItems, e.vote_on_items),
    Act("confirm", e.ConfirmConclusion, e.confirm_conclusion),
    Act("conclude", e.ConcludeJointly, e.conclude_jointly),
    Act("align", e.AlignLevel, e.align_level),
    Act("confirm-level", e.ConfirmLevel, e.confirm_level),
    Act("passes", e.RecheckPasses, e.recheck_passes),
    Act("fails", e.RecheckFails, e.recheck_fails),
    Act("result", e.SendResult, e.send_result),
    Act("close", e.CloseFollowUp, e.close_follow_up),
    Act("item", e.HandInItem, e.hand_in_item),
    Act("replace", e.ReplaceItem, e.replace_item),
    Act("assess", e.AssessRisk, e.assess_risk),
    Act("level", e.SetLevel, e.set_level),
)


#: Evidence that reached the office on paper or by telephone.
FOR_THE_ENTERPRISE = ("item", "replace")


async def the_follow_up(request: web.Request) -> Row:
    """The follow-up the address names, or 404."""
    record, me = await the_case(request, "follow-up"), acting(request).party.id
    row = found(await request.app[PLATFORM].views.followups.one(record_id(request), me=me))
    return {**row, "visibility": record.visibility}


def relation(row: Row, by: Acting) -> str:
    """What the acting party is to this follow-up, as the rules see it."""
    return "regulator" if row["regulator"] == by.party.id else "none"


async def the_record(request: web.Request, row: Row) -> e.FollowUp:
    """The follow-up with its rules."""
    return await load(_log(request), e.FollowUp, UUID(str(row["id"])))


def own_work(by: Acting, row: Row, record: e.FollowUp) -> dict[str, str]:
    """The acts that are for somebody else than who looks, each with what she did herself."""
    found = {a.kind.__name__: duties.own_work(by, a.kind.__name__, record) for a in ACTS}
    return {name: code for name, code in found.items() if code and _possible(by, name, row, record)}


def acts(by: Acting, row: Row, record: e.FollowUp) -> Iterator[Act]:
    """The acts that are possible now, the main one first."""
    own = own_work(by, row, record)
    for each in ACTS:
        name = each.kind.__name__
        if name not in own and _possible(by, name, row, record):
            yield each


def _possible(by: Acting, name: str, row: Row, record: e.FollowUp) -> bool:
    if not access.may(by, name, relation(row, by), row["state"]):
        return False
    return _in_time(name, row) and _is_next(name, by.person, record)


def _in_time(name: str, row: Row) -> bool:
    """What the rules would refuse anyway is not offered."""
    if name == "CloseFollowUp":
        return row["state"] in ("opened", "passed", "failed")
    if name == "RecheckFails" and row["state"] == "delivered":
        return bool(row["due"] < today())
    if name == "SendResult":
        return row["raised_by_kind"] == "council" and row["result_sent_on"] is None
    return True


def _is_next(name: str, person: str, record: e.FollowUp) -> bool:
    """Whether evidence and risk are at the point where this comes next."""
    asked = _NEXT.get(name)
    return asked is None or asked(record, person)


_NEXT: dict[str, Callable[[e.FollowUp, str], bool]] = {
    "VoteOnItems": lambda record, person: bool(record.review.to_vote(person)),
    "ConcludeJointly": lambda record, person: bool(record.review.to_conclude(person)),
    "ConfirmConclusion": lambda record, person: bool(record.review.to_confirm(person)),
    "RecheckPasses": lambda record, _: record.review.accepted,
    "RecheckFails": lambda record, _: record.state == "delivered" or record.review.decided,
    "ReplaceItem": lambda record, _: bool(record.review.items),
    "AlignLevel": lambda record, _: record.risk.differs,
    "ConfirmLevel": lambda record, _: record.risk.to_confirm,
}


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
    by, record = acting(request), await the_record(request, row)
    access.check_kind(by, asked.kind, relation(row, by))
    duties.check(by, asked.kind.__name__, record)
    here = (f"{BOARD}/{row['id']}", both(row["number"]))
    about = both(f"{row['number']} · {row['enterprise_name']}")
    if asked.kind is e.AlignLevel:
        about = question(record.risk)
    kind = _form_of(asked.kind, by, record)
    form = form_page(
        kind, state, seen=row["version"], intro=about, dated=kind.__name__ not in _UNDATED,
        **choices(kind, by, record),
    )  # fmt: skip
    return await page(request, "form.html", breadcrumbs=[*CRUMBS, here], **form)


def _form_of(kind: type[Command], by: Acting, record: e.FollowUp) -> type[Command]:
    """A ballot asks of each item that is to be voted on."""
    if kind is not e.VoteOnItems:
        return kind
    return e.ballot(tuple((item.n, item.what) for item in record.review.to_vote(by.person)))


@reshown
async def do(request: web.Request) -> web.StreamResponse:
    """Do it, and back to the follow-up."""
    row, asked, by = await the_follow_up(request), _asked(request), acting(request)
    record = await the_record(request, row)
    access.check_kind(by, asked.kind, relation(row, by))
    await turn_away(request, asked.kind, record)
    kind = _form_of(asked.kind, by, record)
    here = f"{BOARD}/{row['id']}"

    def then(done: Appended, command: Command) -> str:
        """An assessment that differs from the level of the case is answered next."""
        level = command.level if isinstance(command, e.AssessRisk) else record.risk.level
        return here if level == record.risk.level else f"{here}/align"

    return await act(request, asked.action, kind, then, again=act_form, follow_up=row["id"])


#: What is dated by the moment it is sent.
_UNDATED = (
    "VoteOnItems", "ConcludeJointly", "ConfirmConclusion", "AlignLevel", "SetLevel", "ConfirmLevel",
)  # fmt: skip

ROUTES = [
    web.get(BOARD + "/{id}/{act}", staff(act_form, "regulator")),
    web.post(BOARD + "/{id}/{act}", staff(do, "regulator")),
]
