"""Pledges as others read them: the public, and regulators and councils, who can spot-check one.

The same pages stand in three places (`Shelf`): under `/pledges` for everybody, and in the portals
of regulators and councils with the evidence and the form of a spot check.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any
from uuid import UUID

from aiohttp import web

from events.words import Words, both
from portals.asking import found, page_number, record_id
from portals.owed import entry
from portals.own_work import turn_away
from portals.pledge_standing import colour, in_short, standing
from portals.web import PLATFORM, FormState, act, acting, form_page, page, reshown, staff
from services import access, duties
from services.actions import member_pledges as m
from services.actions.change import load
from services.actions.pledge_checks import SpotCheckPledge, percent_of, spot_check_pledge
from services.actions.refused import NotFound

Row = dict[str, Any]
Handler = Callable[..., Awaitable[web.StreamResponse]]

#: What of a member's pledge everybody may read: what was promised, judged, checked and withdrawn.
PUBLIC = ("pledge-signed", "pledge-met", "pledge-not-met", "pledge-spot-checked",
          "pledge-withdrawn")  # fmt: skip
_LIST = Words("自律承诺", "Pledges")


@dataclass(frozen=True)
class Shelf:
    """Where the pages stand: the kind of body whose portal it is, "" = for everybody."""

    kind: str = ""

    @property
    def shown_at(self) -> str:
        return f"/{self.kind}/pledges" if self.kind else "/pledges"

    def member(self, id: object) -> str:
        """The page of one member's pledge."""
        return f"/{self.kind}/pledged/{id}" if self.kind else f"/pledged/{id}"

    @property
    def crumbs(self) -> list[tuple[str, Words]]:
        desk = Words("工作台", "Desk") if self.kind else Words("首页", "Home")
        return [(f"/{self.kind}", desk), (self.shown_at, _LIST)]

    def page(self, handler: Handler) -> Handler:
        """The handler on this shelf."""

        @wraps(handler)
        async def on_the_shelf(request: web.Request) -> web.StreamResponse:
            request[SHELF] = self
            return await handler(request)

        return staff(on_the_shelf, self.kind) if self.kind else on_the_shelf


SHELF = web.RequestKey("SHELF", Shelf)


async def published(request: web.Request) -> web.StreamResponse:
    """What associations published, the newest first."""
    shelf, board = request[SHELF], request.app[PLATFORM].views.pledges
    rows = await board.published(page_number(request))
    by = {"association_kind": "association"}
    listed = [
        {
            **row,
            **by,
            "association": row["association_name"],
            "url": f"{shelf.shown_at}/{row['id']}",
        }
        for row in rows.rows
    ]
    return await page(request, "pledge/list.html", title=_LIST, rows=replace(rows, rows=listed))


async def one(request: web.Request) -> web.StreamResponse:
    """The text of one pledge, and how each member that signed it stands."""
    shelf, board = request[SHELF], request.app[PLATFORM].views.pledges
    row = found(await board.pledge(record_id(request), public=True))
    if row["state"] != "published":
        raise NotFound(Words("没有找到这份承诺", "There is no such pledge"))
    signed = await board.signatories(str(row["id"]), page_number(request), public=True)
    return await page(
        request,
        "pledge/one.html",
        title=both(row["title"]),
        breadcrumbs=shelf.crumbs,
        row=row,
        signed=replace(signed, rows=[_listed(shelf, each) for each in signed.rows]),
    )


def _listed(shelf: Shelf, row: Row) -> Row:
    return {
        **row,
        "url": shelf.member(row["id"]),
        "state": in_short(row),
        "state_colour": colour(row),
        "by": _verified_by(row) or "—",
    }


def _verified_by(row: Row) -> str:
    """Who checked or judged it; whoever withdrew it verified nothing."""
    return "" if row["state"] == "withdrawn" else row["checked_by"] or row["decided_by"]


async def the_signed(request: web.Request) -> tuple[Row, m.MemberPledge]:
    """One member's pledge, where it is for everybody or this party has a part in it; else 404."""
    platform = request.app[PLATFORM]
    row = found(await platform.views.pledges.member_pledge(record_id(request)))
    record = await load(platform.log, m.MemberPledge, UUID(str(row["id"])))
    if record.restricted and not (request[SHELF].kind and access.sees(acting(request), record)):
        raise NotFound(access.NOT_THERE)
    return row, record


async def member(request: web.Request) -> web.StreamResponse:
    """How one member keeps its pledge: what it declared, what others found, what was done."""
    shelf, (row, record) = request[SHELF], await the_signed(request)
    views, id = request.app[PLATFORM].views, str(row["id"])
    return await page(
        request,
        "pledge/member.html",
        title=Words(f"{row['enterprise_name']}：{row['title']}", row["title"]),
        breadcrumbs=[*shelf.crumbs, (f"{shelf.shown_at}/{row['pledge']}", both(row["number"]))],
        row=row,
        text=await views.pledges.pledge(row["pledge"], public=True),
        standing=standing(row),
        colour=colour(row),
        checks=await views.pledges.checks_of(id),
        evidence=await views.pledges.evidence_of(id) if shelf.kind else [],
        staff=bool(shelf.kind),
        check=_may_check(request, record),
        entries=_history(await views.trail.of_record(id), shelf),
        show=request.query.get("show", "all"),
    )


def _may_check(request: web.Request, record: m.MemberPledge) -> str:
    """Where this person can record a spot check; "" where she cannot."""
    shelf = request[SHELF]
    if not shelf.kind:
        return ""
    by, name = acting(request), SpotCheckPledge.__name__
    may = access.may(by, name, record.relation(by), record.state, record.visibility)
    own = duties.own_work(by, name, record)
    return f"{shelf.member(record.id)}/check" if may and not own else ""


def _history(rows: Iterable[Row], shelf: Shelf) -> list[Row]:
    """Everybody reads what the parties did, without the names of those who acted in office."""
    if shelf.kind:
        return [entry(row) for row in rows]
    return [entry(_unnamed(row)) for row in rows if row["topic"] in PUBLIC]


def _unnamed(row: Row) -> Row:
    named = f"{row['party_name']} {row['person_name']}"
    return {
        **row,
        **{lang: row[lang].replace(named, row["party_name"], 1) for lang in ("zh", "en")},
    }


async def check_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """The form of a spot check; the target it is held against stands above it."""
    shelf, (row, record) = request[SHELF], await the_signed(request)
    access.check_kind(acting(request), SpotCheckPledge, record.relation(acting(request)))
    duties.check(acting(request), SpotCheckPledge.__name__, record)
    text = found(await request.app[PLATFORM].views.pledges.pledge(row["pledge"], public=True))
    percent = percent_of(text["target"])
    about = (_AGAINST if percent else _NO_PERCENT).fill(
        member=row["enterprise_name"], metric=text["metric"], target=text["target"]
    )
    crumbs = [*shelf.crumbs, (shelf.member(row["id"]), both(row["enterprise_name"]))]
    form = form_page(SpotCheckPledge, state, intro=about, dated=True)
    return await page(request, "form.html", breadcrumbs=crumbs, **form)


@reshown
async def check(request: web.Request) -> web.StreamResponse:
    """Record it, and back to the member's pledge."""
    row, record = await the_signed(request)
    await turn_away(request, SpotCheckPledge, record)
    return await act(
        request, spot_check_pledge, SpotCheckPledge, request[SHELF].member(row["id"]),
        again=check_form, member_pledge=row["id"],
    )  # fmt: skip


def pledge_routes(kind: str = "") -> list[web.RouteDef]:
    """The pages on one shelf; the form only where there is somebody who may fill it in."""
    shelf = Shelf(kind)
    routes = [
        web.get(shelf.shown_at, shelf.page(published)),
        web.get(shelf.shown_at + "/{id}", shelf.page(one)),
        web.get(shelf.member("{id}"), shelf.page(member)),
    ]
    if kind:
        routes.append(web.get(shelf.member("{id}") + "/check", shelf.page(check_form)))
        routes.append(web.post(shelf.member("{id}") + "/check", shelf.page(check)))
    return routes


NAV = Words("自律承诺", "Pledges")
_AGAINST = Words(
    "{member}。衡量：{metric}；目标：{target}。抽查结果将与目标对照，公开显示日期、样本和核验单位。",
    "{member}. Measured: {metric}; target: {target}. The result is held against the target and "
    "shown to the public with date, sample and your body.",
)
_NO_PERCENT = Words(
    "{member}。衡量：{metric}；目标：{target}。目标没有写明至少百分之几，只显示抽查的比例。",
    "{member}. Measured: {metric}; target: {target}. The target names no percentage to be reached, "
    "so the share is shown by itself.",
)
