"""Who is in charge, in lists: the filter, and the list of what is offered to one's unit."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from aiohttp import web

from events.words import Code, Words
from portals.asking import page_number
from portals.remembered import remembered
from portals.web import PLATFORM, acting, page, staff
from services.actions.assigned import POOL as POOL

Row = dict[str, Any]

#: Whose records a list shows.
WHOSE = Code("whose", {"mine": Words("由我承办", "mine"), "pool": POOL})


def officer_of(request: web.Request, whose: str) -> str:
    """The filter of a list: the person who looks, the pool, or "" for all."""
    return {"mine": acting(request).person, "pool": "pool"}.get(whose, "")


#: Kinds of case with the views that list them, and the column that says about whom, if one does.
_LISTS = {
    "complaints": ("complaints", Words("投诉", "Complaints"), "respondent"),
    "reports": ("reports", Words("举报", "Reports"), "respondent"),
    "enquiries": ("enquiries", Words("咨询", "Enquiries"), ""),
    "followups": ("followups", Words("跟进", "Follow-ups"), "enterprise_name"),
}


def hand_over_routes(portal: str, *lists: str) -> list[web.RouteDef]:
    """The page of what one's unit is asked to take, in this portal."""

    @remembered
    async def offered(request: web.Request) -> web.StreamResponse:
        return await page(
            request,
            "hand_overs.html",
            title=HAND_OVERS[1],
            lists=[await _listed(request, portal, each) for each in lists],
        )

    return [web.get(f"/{portal}/{HAND_OVERS[0]}", staff(offered, portal))]


async def _listed(request: web.Request, portal: str, name: str) -> Row:
    view, words, about = _LISTS[name]
    rows = await getattr(request.app[PLATFORM].views, view).offered_to(
        acting(request).party.id, page_number(request)
    )
    shown = [
        {**row, "url": f"/{portal}/{name}/{row['id']}", "about": row[about] if about else "",
         "whom": row["offered_officer_name"] or _ANYBODY}
        for row in rows.rows
    ]  # fmt: skip
    return {"words": words, "rows": replace(rows, rows=shown)}


HAND_OVERS = ("hand-overs", Words("移交", "Hand-overs"))
_ANYBODY = Words("本单位", "our unit")
