"""Board: who owes whom an answer, by whose turn, matter and lateness; the filters are its address.

Regulators see what is open between all parties (`regulator/obligations.py`); everybody else sees
what concerns herself.
"""

from __future__ import annotations

from typing import NamedTuple

from aiohttp import web

from events.event import today
from events.words import Code, Words
from portals.asking import page_number, text
from portals.owed import Address, cards
from portals.remembered import remembered
from portals.saved_filters import KINDS, saved_for
from portals.web import PLATFORM, acting, page, staff
from services.views.view import Page

TITLE = Words("谁该答复谁", "Who owes whom")
WHATS = Code(
    "obligation",
    {
        "decision": Words("受理决定", "decision on a complaint"),
        "mediation": Words("调解结果", "result of mediation"),
        "identity": Words("身份证明", "proof of identity"),
        "settle": Words("直接和解", "direct settlement"),
        "confirm": Words("确认和解", "confirming a settlement"),
        "entrusted": Words("受托调解", "entrusted mediation"),
        "recusal": Words("回避决定", "decision on a mediator"),
        "proposal": Words("答复方案", "answer to a proposal"),
        "notice": Words("告知终止调解", "notice that mediation ended"),
        "performance": Words("履行协议", "keeping an agreement"),
        "default": Words("协议未履行", "an agreement not kept"),
        "kept": Words("后续回访", "call-back afterwards"),
        "callback": Words("履行回访", "call-back on an agreement"),
        "clue": Words("核查线索", "verifying signs"),
        "answer": Words("答复线索", "answer to a referral"),
        "result": Words("告知结果", "result of a follow-up"),
        "verification": Words("核查举报", "verification of a report"),
        "delivery": Words("送达文书", "delivery of a directive"),
        "directive": Words("答复文书", "answer to a directive"),
        "recheck": Words("复查", "re-check"),
        "evidence": Words("承诺证明", "evidence on a pledge"),
        "judgement": Words("承诺认定", "judgement of a pledge"),
        "explanation": Words("答复询问", "answer to a question"),
        "proposed": Words("答复建议", "answer to a proposal of a council"),
        "promise": Words("落实约谈承诺", "keeping a promise made to a council"),
        "enquiry": Words("答复咨询", "answer to an enquiry"),
        "session": Words("主持调解", "holding a session"),
        "attendance": Words("答复调解邀请", "answer to an invitation"),
        "another-time": Words("另定调解时间", "finding another time"),
        "message": Words("答复消息", "answer to a message"),
        "reply": Words("回复来信", "answer to what was written"),
    },
)


class Side(NamedTuple):
    """The filter by whose turn it is: its name in the address, its label, its choices."""

    name: str
    label: Words
    choices: Code


class Filters(NamedTuple):
    """What was asked for; "" = all."""

    side: str
    what: str
    late: bool


_OURS = Side(
    "whose", Words("轮到谁", "Whose turn"),
    Code("whose_turn", {
        "yours": Words("轮到本单位", "our turn"),
        "others": Words("等别人", "waiting for others"),
    }),
)  # fmt: skip
_INTRO = Words(
    "本单位应答复别人的、别人应答复本单位的，最早到期的在前。没有规定天数的排在最后，不算逾期。",
    "What you owe others and others owe you, the earliest date first. What has no number of days "
    "comes last and is never overdue.",
)


def board_routes(kind: str, address: Address) -> list[web.RouteDef]:
    """The board under the portal of this kind of party; `address` = where a row leads there."""

    @remembered
    async def board(request: web.Request) -> web.StreamResponse:
        asked = filters(request, _OURS)
        rows = await request.app[PLATFORM].views.obligations.between(
            acting(request).party.id, page_number(request), whose=asked.side, what=asked.what,
            overdue_on=today() if asked.late else None,
        )  # fmt: skip
        return await show(request, _OURS, asked, cards(rows, address), _INTRO)

    return [web.get(_here(kind), staff(board, kind))]


def board_nav(kind: str) -> tuple[str, Words]:
    return _here(kind), TITLE


def _here(kind: str) -> str:
    return f"/{kind}/obligations"


def filters(request: web.Request, side: Side) -> Filters:
    """As they stand in the address; what is no choice is none."""
    whose, what = text(request, side.name), text(request, "what")
    return Filters(
        whose if whose in side.choices else "", what if what in WHATS else "",
        text(request, "late") == "1",
    )  # fmt: skip


async def show(
    request: web.Request, side: Side, asked: Filters, rows: Page, intro: Words
) -> web.StreamResponse:
    """The page of a board; who can keep filters finds hers beside it."""
    return await page(
        request, "board.html", title=TITLE, intro=intro, rows=rows, here_board=request.path,
        side=side, choices=list(side.choices), whats=list(WHATS), asked=asked,
        active=_chips(side, asked),
        saved=await saved_for(request) if acting(request).party.kind in KINDS else None,
    )  # fmt: skip


def _chips(side: Side, asked: Filters) -> list[dict[str, object]]:
    """The filters that are on."""
    found: list[tuple[str, object]] = []
    if asked.side:
        found.append((side.name, side.choices[asked.side]))
    if asked.what:
        found.append(("what", WHATS[asked.what]))
    if asked.late:
        found.append(("late", Words("只看已逾期", "Only overdue")))
    return [{"key": key, "label": label} for key, label in found]
