"""The association's desk: what waits for it, evidence to judge, breaches to ask about."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from aiohttp import web

from events.event import today
from events.words import Words
from portals.owed import desk
from portals.web import PLATFORM, acting, page, staff

HOME = "/association"
#: A pledge that ends within so many days is due soon.
SOON = 30
#: Lists of members' pledges, as the board names them.
LISTS = {
    "waiting": Words("证明材料待认定", "Evidence to judge"),
    "due": Words(f"{SOON} 天内到期、还没有证明", f"Due within {SOON} days, no evidence yet"),
    "asked": Words("询问后未答复", "Questions unanswered"),
    "all": Words("全部会员承诺", "All members' pledges"),
}
_BREACHES = Words("疑似违反、还没有询问", "Possible breaches, not asked yet")


def until() -> date:
    """Up to which day a pledge counts as due soon."""
    return today() + timedelta(days=SOON)


def address(row: dict[str, Any]) -> str:
    """Where an obligation leads in this portal."""
    if row["kind"] == "instruments":
        return f"{HOME}/proposals/{row['record']}"
    return f"{HOME}/signed/{row['record']}" if row["kind"] == "pledges" else ""


async def home(request: web.Request) -> web.StreamResponse:
    board = request.app[PLATFORM].views.pledges
    counts = await board.counts(acting(request).party.id, until())
    lists = [
        {"url": f"{HOME}/signed?show={code}", "words": words, "count": counts[code]}
        for code, words in LISTS.items()
        if code != "all"
    ]
    lists.append({"url": f"{HOME}/breaches", "words": _BREACHES, "count": counts["breaches"]})
    title = Words("工作台", "Desk")
    context = await desk(request, address)
    return await page(request, "association/home.html", title=title, lists=lists, **context)


ROUTES = [web.get(HOME, staff(home, "association"))]
