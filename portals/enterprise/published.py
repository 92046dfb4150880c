"""Published pledges of the associations the enterprise belongs to: read one and sign it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from aiohttp import web

from events.event import today
from events.words import Words, both
from portals.asking import page_number, record_id, text
from portals.enterprise.home import CRUMB, PLEDGES, PUBLISHED
from portals.web import PLATFORM, FormState, act, acting, form_page, page, reshown, staff
from services import access
from services.actions.member_pledges import STATES, SignPledge, member_pledge_id, sign_pledge
from services.actions.refused import AlreadyDecided, NotFound
from services.views.pledge_board import OFFERS

Row = dict[str, Any]
CRUMBS = [CRUMB, (PUBLISHED, Words("协会的承诺", "Pledges to sign"))]
LISTS = {
    "open": Words("可以签署", "Can be signed"),
    "all": Words("已发布的全部承诺", "All published pledges"),
}
_OVER = Words("期间已过", "period over")


async def published(request: web.Request) -> web.StreamResponse:
    """What its associations published: what can be signed, or all."""
    show, id = text(request, "show"), acting(request).party.id
    show = show if show in OFFERS else "open"
    views = request.app[PLATFORM].views
    rows = await views.pledges.offered(id, show, on=today(), number=page_number(request))
    counts = {which: (await views.pledges.offered(id, which, on=today())).known for which in LISTS}
    return await page(
        request,
        "enterprise/published.html",
        title=Words("协会的承诺", "Pledges to sign"),
        rows=replace(rows, rows=[_listed(row) for row in rows.rows]),
        lists=LISTS,
        counts=counts,
        show=show,
        is_member=any(m["current"] for m in await views.directory.memberships_of(id)),
    )


def _listed(row: Row) -> Row:
    state, colour = stands(row)
    return {
        **row,
        "url": f"{PUBLISHED}/{row['id']}",
        "association": row["association_name"],
        "association_kind": "association",
        "state": state,
        "state_colour": colour,
    }


def stands(row: Row) -> tuple[Words, str]:
    """How the pledge stands for this enterprise, in words and colour."""
    if is_signed(row):
        return STATES[row["mine"]], "done" if row["mine"] == "met" else "none"
    return (LISTS["open"], "yours") if row["period_to"] >= today() else (_OVER, "none")


def is_signed(row: Row) -> bool:
    """Whether the enterprise's signature stands."""
    return row["mine"] not in ("", "withdrawn")


async def the_offer(request: web.Request) -> Row:
    """The published pledge of this address, where this enterprise may read it; else 404."""
    board = request.app[PLATFORM].views.pledges
    row = await board.offer(record_id(request), acting(request).party.id)
    if row is None:
        raise NotFound(Words("没有找到这份承诺", "There is no such pledge"))
    return row


async def pledge(request: web.Request) -> web.StreamResponse:
    """The text of one pledge, and what the enterprise can do with it."""
    row, by = await the_offer(request), acting(request)
    views = request.app[PLATFORM].views
    state, colour = stands(row)
    is_member = await views.directory.is_member(row["association"], by.party.id)
    is_open = is_member and not is_signed(row) and row["period_to"] >= today()
    return await page(
        request,
        "enterprise/promise.html",
        title=both(row["title"]),
        breadcrumbs=CRUMBS,
        row=row,
        state=state,
        colour=colour,
        sign=f"{PUBLISHED}/{row['id']}/sign"
        if is_open and access.may(by, "SignPledge", "member", "withdrawn")
        else "",
        own=f"{PLEDGES}/{row['signed_as']}" if row["signed_as"] else "",
    )


async def _to_sign(request: web.Request) -> Row:
    """The pledge that is to be signed. Raises `AlreadyDecided` where it is signed."""
    row = await the_offer(request)
    if is_signed(row):
        raise AlreadyDecided(_SIGNED.fill(title=row["title"]))
    return row


async def sign_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """The text once more, what signing means, and one button."""
    row = await the_offer(request) if state else await _to_sign(request)
    title = Words(f"签署《{row['title']}》", f"Sign {row['title']}")
    return await page(
        request,
        "enterprise/sign.html",
        breadcrumbs=[*CRUMBS, (f"{PUBLISHED}/{row['id']}", both(row["number"]))],
        row=row,
        **form_page(SignPledge, state, title=title),
    )


@reshown
async def sign(request: web.Request) -> web.StreamResponse:
    """Sign it by the enterprise's own hand, and on to what it then owes."""
    row, member = await _to_sign(request), acting(request).party
    return await act(
        request, sign_pledge, SignPledge, f"{PLEDGES}/{member_pledge_id(row['id'], member)}",
        again=sign_form, pledge=row["id"], enterprise=member,
    )  # fmt: skip


_SIGNED = Words(
    "贵单位已经签署《{title}》，不用再签。它的情况在“本企业的承诺”里。",
    "Your enterprise has signed {title} already and need not sign again. "
    "How it stands is under Our pledges.",
)

ROUTES = [
    web.get(PUBLISHED, staff(published, "enterprise")),
    web.get(PUBLISHED + "/{id}", staff(pledge, "enterprise")),
    web.get(PUBLISHED + "/{id}/sign", staff(sign_form, "enterprise")),
    web.post(PUBLISHED + "/{id}/sign", staff(sign, "enterprise")),
]
