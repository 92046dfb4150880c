"""Enterprises: the search, and the page with everything the shared record holds about one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from aiohttp import web

from events.event import Acting, today
from events.terms import CATEGORIES, PRODUCT_CLASSES, SIZES, UNIT_KINDS
from events.words import Code, Words, both
from portals.asking import found, page_number, record_id, text
from portals.owed import cards, entry
from portals.places import places
from portals.pledge_standing import colour, in_short
from portals.regulator.archive_acts import acts_on, leaving
from portals.regulator.as_at import as_at, place_of
from portals.regulator.complaints import COMPLAINTS
from portals.regulator.followups import shown as follow_up
from portals.regulator.home import address
from portals.regulator.records import UNITS, problem
from portals.remembered import remembered
from portals.web import PLATFORM, acting, page, staff
from services.actions import complaints
from services.views.all import Views
from services.views.view import Page

Row = dict[str, Any]
CRUMBS = [("/regulator", Words("工作台", "Desk")), (UNITS, Words("企业", "Enterprises"))]

#: Which enterprises a list shows; the codes are those of the figures.
WHICH = Code(
    "which",
    {
        "units": Words("纳入监管的单位", "units under supervision"),
        "producers": Words("生产单位", "producers"),
        "sellers": Words("销售单位", "sellers"),
        "without_director": Words("没有质量安全总监", "without a director"),
        "without_officer": Words("没有质量安全员", "without an officer"),
        "with_problems": Words("检查发现问题", "with problems found"),
        "ordered": Words("已责令改正", "ordered to correct"),
        "without_order": Words("有问题而没有责令改正", "with a problem but no order"),
        "not_enrolled": Words("没有建立档案", "without an archive"),
    },
)
_TWO = Words(
    "请至少写两个字的名称，或者完整的统一社会信用代码",
    "Give at least two characters of the name, or the whole credit code",
)


@remembered
async def search(request: web.Request) -> web.StreamResponse:
    """Enterprises by name or code, place, kind, class and vacancy."""
    asked, words = await as_at(request), text(request, "q")
    which = text(request, "which")
    narrow = {name: text(request, name) for name in ("unit_kind", "product_class")}
    too_short = len(words) == 1
    rows = await request.app[PLATFORM].views.archives.units(
        which if which in WHICH else "all",
        as_of=asked.on, division=asked.division, text="" if too_short else words,
        number=page_number(request), **narrow,
    )  # fmt: skip
    return await page(
        request,
        "regulator/enterprises.html",
        title=WHICH[which] if which in WHICH else Words("企业", "Enterprises"),
        rows=replace(rows, rows=[listed(row) for row in rows.rows]),
        asked=asked,
        given={"q": words, "which": which, **narrow},
        active=[*_chips({"q": words, "which": which, **narrow}), *asked.chips],
        which=list(WHICH),
        places=places(),
        kinds=list(UNIT_KINDS),
        classes=list(PRODUCT_CLASSES),
        hint=_TWO if too_short else None,
    )


def _chips(given: dict[str, str]) -> list[Row]:
    """The filters that are on; a code that is none filters nothing."""
    known = {"which": WHICH, "unit_kind": UNIT_KINDS, "product_class": PRODUCT_CLASSES}
    return [
        {"key": key, "label": known[key][value] if key in known else both(f"“{value}”")}
        for key, value in given.items()
        if value and (key not in known or value in known[key])
    ]


def listed(row: Row) -> Row:
    """An enterprise as a list shows it."""
    return {
        **row,
        "url": f"{UNITS}/{row['id']}",
        "place": place_of(row),
        "kind": UNIT_KINDS[row["unit_kind"]] if row["unit_kind"] else "—",
        "class": PRODUCT_CLASSES[row["product_class"]] if row["product_class"] else "—",
    }


# -- the page of one ---------------------------------------------------------------------

PARTS = Code(
    "part",
    {
        "history": Words("各方经过", "History across parties"),
        "checks": Words("检查", "Checks"),
        "problems": Words("发现的问题", "Problems found"),
        "trainings": Words("培训", "Training"),
        "complaints": Words("投诉", "Complaints"),
        "pledges": Words("自律承诺", "Pledges"),
        "followups": Words("跟进", "Follow-ups"),
        "owed": Words("谁该答复谁", "Who owes whom"),
    },
)


async def enterprise(request: web.Request) -> web.StreamResponse:
    """Who it is, its archive and posts, and one list of what all parties recorded."""
    id, views, number = record_id(request), request.app[PLATFORM].views, page_number(request)
    row = found(await views.archives.unit(id))
    part = text(request, "part")
    part = part if part in PARTS else "history"
    posts, by = await views.archives.posts_of(id), acting(request)
    return await page(
        request,
        "regulator/enterprise.html",
        title=both(str(row["name"])),
        breadcrumbs=CRUMBS,
        row={**listed(row), "size": SIZES[str(row["size"])] if row["size"] else "—"},
        posts=[leaving(each, by) for each in posts],
        associations=[m for m in await views.directory.memberships_of(id) if m["current"]],
        part=part,
        parts=[
            (code, words, (await _LISTS[code](views, id, 1, by)).known) for code, words in PARTS
        ],
        rows=await _LISTS[part](views, id, number, by),
        acts=acts_on(row, posts, by),
        show=request.query.get("show", "all"),
    )


List = Callable[[Views, str, int, Acting], Awaitable[Page]]


async def _history(views: Views, id: str, number: int, by: Acting) -> Page:
    return _each(await views.trail.of_enterprise(id, number, me=by.party.id), entry)


async def _checks(views: Views, id: str, number: int, by: Acting) -> Page:
    return await views.archives.checks(as_of=today(), enterprise=id, number=number)


async def _problems(views: Views, id: str, number: int, by: Acting) -> Page:
    rows = await views.archives.problems(as_of=today(), enterprise=id, number=number)
    return _each(rows, problem)


async def _trainings(views: Views, id: str, number: int, by: Acting) -> Page:
    rows = await views.archives.trainings_of(id, number)
    return _each(rows, lambda r: {**r, "url": f"/regulator/sessions/{r['session']}"})


async def _complaints(views: Views, id: str, number: int, by: Acting) -> Page:
    rows = await views.complaints.about(id, number, me=by.party.id)
    return _each(rows, lambda row: _complaint(row, by))


async def _pledges(views: Views, id: str, number: int, by: Acting) -> Page:
    return _each(await views.pledges.of_enterprise(id, number, me=by.party.id), _pledge)


async def _follow_ups(views: Views, id: str, number: int, by: Acting) -> Page:
    rows = await views.followups.of_enterprise(id, number, me=by.party.id)
    return _each(rows, follow_up)


async def _owed(views: Views, id: str, number: int, by: Acting) -> Page:
    rows = await views.obligations.of_enterprise(id, number, me=by.party.id)
    return cards(rows, address)


def _complaint(row: Row, by: Acting) -> Row:
    """What the bodies know of a complaint; who complained is the handler's to see."""
    own, trail = COMPLAINTS.address(row["id"]), f"/regulator/trail?record={row['number']}"
    return {
        **row,
        "url": own if row["handler"] == by.party.id else trail,
        "state": complaints.STATES[row["state"]],
        "state_colour": "done" if row["state"] in ("agreed", "closed") else "none",
        "category": CATEGORIES[row["category"]],
        "handler": row["handler_name"],
    }


def _pledge(row: Row) -> Row:
    return {
        **row,
        "url": f"/regulator/pledged/{row['id']}",
        "state": in_short(row),
        "state_colour": colour(row),
    }


def _each(rows: Page, shown: Callable[[Row], Row]) -> Page:
    return replace(rows, rows=[shown(row) for row in rows.rows])


_LISTS: dict[str, List] = {
    "history": _history,
    "checks": _checks,
    "problems": _problems,
    "trainings": _trainings,
    "complaints": _complaints,
    "pledges": _pledges,
    "followups": _follow_ups,
    "owed": _owed,
}

ROUTES = [
    web.get(UNITS, staff(search, "regulator")),
    web.get(UNITS + r"/{id:[0-9a-f-]{36}}", staff(enterprise, "regulator")),
]
