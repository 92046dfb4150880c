"""Who owes whom an answer: every open obligation between the parties."""

from __future__ import annotations

from aiohttp import web

from events.event import today
from events.terms import PARTY_KINDS
from events.words import Words
from portals.asking import page_number, text
from portals.board import WHATS
from portals.owed import cards
from portals.regulator.home import own_address
from portals.remembered import remembered
from portals.saved_filters import saved_for
from portals.web import PLATFORM, acting, page, staff

DEBTORS = ("regulator", "council", "association", "enterprise")


@remembered
async def board(request: web.Request) -> web.StreamResponse:
    debtor, what = text(request, "debtor"), text(request, "what")
    late = text(request, "late") == "1"
    rows = await request.app[PLATFORM].views.obligations.open(
        page_number(request),
        debtor=debtor,
        what=what,
        overdue_on=today() if late else None,
        reader=acting(request).party.id,
    )
    return await page(
        request,
        "regulator/obligations.html",
        title=Words("谁该答复谁", "Who owes whom an answer"),
        rows=cards(rows, own_address(acting(request))),
        debtors=[(code, PARTY_KINDS[code]) for code in DEBTORS],
        whats=list(WHATS),
        asked={"debtor": debtor, "what": what, "late": late},
        active=_chips(debtor, what, late),
        saved=await saved_for(request),
    )


def _chips(debtor: str, what: str, late: bool) -> list[dict[str, object]]:
    """The filters that are on."""
    found: list[tuple[str, object]] = []
    if debtor in DEBTORS:
        found.append(("debtor", PARTY_KINDS[debtor]))
    if what in WHATS:
        found.append(("what", WHATS[what]))
    if late:
        found.append(("late", Words("只看已逾期", "Only overdue")))
    return [{"key": key, "label": label} for key, label in found]


ROUTES = [web.get("/regulator/obligations", staff(board, "regulator"))]
