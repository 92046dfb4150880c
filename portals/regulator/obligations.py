"""Who owes whom an answer: every open obligation between the parties."""

from __future__ import annotations

from aiohttp import web

from events.event import today
from events.terms import PARTY_KINDS
from events.words import Code, Words
from portals.asking import page_number
from portals.board import Side, filters, show
from portals.owed import cards
from portals.regulator.home import own_address
from portals.remembered import remembered
from portals.web import PLATFORM, acting, staff

_DEBTORS = Side(
    "debtor", Words("轮到哪一方", "Whose turn"),
    Code("debtor", {
        kind: PARTY_KINDS[kind] for kind in ("regulator", "council", "association", "enterprise")
    }),
)  # fmt: skip
_INTRO = Words(
    "各方之间还没有答复的事，最早到期的在前。没有规定天数的排在最后，不算逾期。",
    "Everything that is still to be answered between the parties, the earliest date first. What "
    "has no number of days comes last and is never overdue.",
)


@remembered
async def board(request: web.Request) -> web.StreamResponse:
    asked, by = filters(request, _DEBTORS), acting(request)
    rows = await request.app[PLATFORM].views.obligations.open(
        page_number(request), debtor=asked.side, what=asked.what,
        overdue_on=today() if asked.late else None, reader=by.party.id,
    )  # fmt: skip
    return await show(request, _DEBTORS, asked, cards(rows, own_address(by)), _INTRO)


ROUTES = [web.get("/regulator/obligations", staff(board, "regulator"))]
