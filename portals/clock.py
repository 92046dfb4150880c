"""A clock, asked by anybody: every date of the platform leads here, and answers with a calendar.

All that is asked stands in the address: rule, start, pauses, extensions. No record is looked at,
so that nothing about anybody can be learned.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from aiohttp import web

from events.event import today
from events.words import Words, in_words
from portals.pages import viewer
from portals.web import page
from services.actions.refused import NotFound
from services.clocks.asked import Asked, BadQuestion, answer
from services.clocks.calendar import in_force
from services.clocks.explaining import explanation
from services.clocks.picture import KINDS, picture
from services.clocks.rules import PROFILES, RULES

TITLE = Words("期限是怎样算出来的", "How a deadline is counted")
#: So many pauses or extensions of one clock are looked at.
MOST = 20


async def ask(request: web.Request) -> web.StreamResponse:
    """The form: which rule, from which day."""
    typed = _typed(request)
    if not typed["rule"] or not typed["start"]:
        return await _page(request, typed, wrong=_INCOMPLETE if _sent(request) else None)
    return await _answered(request, typed)


async def show(request: web.Request) -> web.StreamResponse:
    """One rule, as pages link to it."""
    typed = {**_typed(request), "rule": request.match_info["rule"]}
    if typed["rule"] not in RULES:
        raise NotFound(Words("没有这条计时规则", "There is no such rule"))
    if not typed["start"]:
        return await _page(request, typed)
    return await _answered(request, typed)


async def _answered(request: web.Request, typed: dict[str, Any]) -> web.StreamResponse:
    asked = Asked(
        typed["rule"], typed["start"], typed["pauses"], typed["extensions"], typed["profile"],
        typed["set"],
    )  # fmt: skip
    try:
        made = answer(asked, in_force())
    except BadQuestion as bad:
        return await _page(request, typed, wrong=bad.words)
    months = picture(made)
    return await _page(
        request, typed, made=made, said=explanation(made, today()),
        months=months, used={cell.kind for m in months for cell in m.cells},
    )  # fmt: skip


async def _page(
    request: web.Request, typed: dict[str, Any], wrong: Words | None = None, **more: Any
) -> web.StreamResponse:
    if wrong:
        viewer(request).status = 422
    shown = {"made": None, "months": [], "said": [], "used": set(), "wrong": wrong, **more}
    return await page(
        request, "clock.html", title=TITLE, typed=typed, kinds=KINDS, today=today(),
        month_name=lambda n: in_words(date(2026, n, 1)).en.split()[1],
        rules=list(RULES.values()), profiles=list(PROFILES.values()), **shown,
    )  # fmt: skip


def _sent(request: web.Request) -> bool:
    return "rule" in request.query or "from" in request.query


def _typed(request: web.Request) -> dict[str, Any]:
    """What stands in the address; blanks and what was left empty are nothing."""
    query = request.query
    found: dict[str, Any] = {name: query.get(key, "").strip()[:40] for name, key in _ONE}
    for name, key in (("pauses", "pause"), ("extensions", "extend")):
        found[name] = [each.strip()[:60] for each in query.getall(key, []) if each.strip()][:MOST]
    if found["paused"]:
        found["pauses"].append(f"testing:{found['paused']}..{found['resumed']}")
    elif tested := next((p for p in found["pauses"] if p.startswith("testing:")), ""):
        found["paused"], _, found["resumed"] = tested.removeprefix("testing:").partition("..")
    return found


#: What stands once in the address, under which name.
_ONE = (
    ("rule", "rule"), ("start", "from"), ("profile", "profile"), ("set", "set"),
    ("paused", "paused"), ("resumed", "resumed"),
)  # fmt: skip
_INCOMPLETE = Words("请选择事项，并填写起算日", "Choose what is to be done, and give the first day")

ROUTES = [web.get("/clock", ask), web.get("/clock/{rule}", show)]
