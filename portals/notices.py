"""Notices: what this party was told of cases in which it has a part, and that it has seen it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from aiohttp import web

from events.clocks import ClockBreached
from events.event import Acting
from events.words import Words
from portals.asking import found, page_number, record_id, text
from portals.web import PLATFORM, FormState, act, acting, form_page, page, reshown, staff
from services import access
from services.actions.notices import DANGER, AcknowledgeNotice, acknowledge_notice
from services.actions.refused import NotFound
from services.views.notices import LISTS

Row = dict[str, Any]
LIST = "/notices"
TITLE = Words("通知", "Notices")
_PARTIES = ("regulator", "council", "association", "enterprise")
_LISTS = {"open": Words("未阅", "not acknowledged"), "all": Words("全部", "all")}


async def notices(request: web.Request) -> web.StreamResponse:
    """What the party was told, the newest first, each with what happened."""
    by, views, show = acting(request), request.app[PLATFORM].views, text(request, "show")
    show = show if show in LISTS else "open"
    rows = await views.notices.of_party(by.party.id, show, page_number(request))
    happened = await views.trail.at([row["about"] for row in rows.rows])
    may = access.may(by, AcknowledgeNotice.__name__, "told", "open")
    return await page(
        request,
        "notices.html",
        title=TITLE,
        rows=replace(rows, rows=[_shown(by, row, happened) for row in rows.rows]),
        lists=_LISTS,
        show=show,
        may_acknowledge=may,
    )


def _shown(by: Acting, row: Row, happened: dict[int, Row]) -> Row:
    """With the sentence of what happened, and where the record is read in this portal."""
    said = happened.get(row["about"])
    return {
        **row,
        "over": bool(row["over_on"]) and not row["seen_on"],
        "said": _said(row, said),
        "url": _leads(by, row, said or {}),
    }


def _said(row: Row, said: Row | None) -> Words:
    happened = Words(said["zh"], said["en"]) if said else Words("", "")
    return _IN_DANGER.fill(said=happened) if row["record_kind"] == DANGER else happened


_IN_DANGER = Words(
    "有人受伤或有危险：{said}。详情请向承办单位了解。",
    "Somebody is hurt or in danger: {said}. Ask the body that handles it for more.",
)


def _leads(by: Acting, row: Row, said: Row) -> str:
    """Where it is read: what is late in its list, a case in the portal that has it."""
    if row["record_kind"] == "clock":
        return "/late" if said.get("topic") == ClockBreached.TOPIC else "/late?whose=below"
    if row["over_on"]:  # what was settled or moved may not be this party's any more
        return ""
    return _PAGES.get((by.party.kind, row["record_kind"]), "").format(row["record"])


_PAGES = {
    ("regulator", "complaint"): "/regulator/complaints/{}",
    ("council", "complaint"): "/council/complaints/{}",
    ("enterprise", "complaint"): "/enterprise/complaints/{}",
    ("regulator", "figures"): "/regulator/firm-figures/{}",
    ("council", "figures"): "/council/firm-figures/{}",
    ("enterprise", "figures"): "/enterprise/firm-figures/{}",
    ("regulator", "follow-up"): "/regulator/followups/{}",
    ("enterprise", "follow-up"): "/enterprise/directives/{}",
    ("enterprise", "comparison"): "/enterprise/comparisons/{}",
    ("regulator", "clue"): "/regulator/referrals/{}",
    ("regulator", "report"): "/regulator/reports/{}",
    ("association", "member-pledge"): "/association/signed/{}",
    ("enterprise", "member-pledge"): "/enterprise/pledges/{}",
}


async def the_notice(request: web.Request) -> Row:
    """The party's own notice of this address, or 404."""
    row = found(await request.app[PLATFORM].views.notices.one(record_id(request)))
    if row["party"] != acting(request).party.id:
        raise NotFound(Words("没有找到这条通知", "There is no such notice"))
    return row


async def form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """One notice once more, and one button."""
    row, by = await the_notice(request), acting(request)
    access.check_kind(by, AcknowledgeNotice, "told")
    happened = await request.app[PLATFORM].views.trail.at([row["about"]])
    about = _shown(by, row, happened)["said"]
    asked = form_page(AcknowledgeNotice, state, intro=about)
    return await page(request, "form.html", breadcrumbs=[(LIST, TITLE)], **asked)


@reshown
async def acknowledge(request: web.Request) -> web.StreamResponse:
    """Seen, for the whole party."""
    row = await the_notice(request)
    return await act(
        request, acknowledge_notice, AcknowledgeNotice, LIST, again=form, notice=row["id"]
    )


ROUTES = [
    web.get(LIST, staff(notices, *_PARTIES)),
    web.get(LIST + "/{id}", staff(form, *_PARTIES)),
    web.post(LIST + "/{id}", staff(acknowledge, *_PARTIES)),
]
