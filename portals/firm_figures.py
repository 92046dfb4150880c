"""Figures of one enterprise on the desk of a body: counted, told, commented, published.

Counted when asked, for the complaints about it that the body received in a month or twelve, up to
a position that stands in the address: the same address gives the same numbers.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode

from aiohttp import web

from events.complaints.terms import COMMENT_GROUNDS
from events.event import PartyRef, today
from events.indicators import period
from events.words import Words
from portals import bodies
from portals.asking import found, page_number, record_id, text
from portals.figure_shown import shown_figures
from portals.figures import month_and_position
from portals.owed import history
from portals.web import PLATFORM, FormState, act, acting, form_page, page, reshown, staff, viewer
from services import access
from services.actions import enterprise_figures as f
from services.actions.refused import NotFound, Refused
from services.indicators.counting import METHOD
from services.indicators.published import mark_of, public, read, text_of, whole
from services.indicators.publishing import own_figures_about, telling

Row = dict[str, Any]
TITLE = Words("企业投诉数据", "Figures by enterprise")
STATES = {
    "told": (Words("已告知企业", "the enterprise was told"), "waiting"),
    "published": (Words("已公布", "published"), "done"),
}
#: What each side does with them, by the last part of the address.
ACTS: dict[str, type[f.OnFigures]] = {
    "publish": f.PublishEnterpriseFigures,
    "comment-shown": f.ShowFiguresComment,
    "comment-declined": f.DeclineFiguresComment,
    "comment": f.WriteFiguresComment,
    "comment-withdrawn": f.WithdrawFiguresComment,
}
_MAIN = ("publish", "comment-shown", "comment")
_SENSE: dict[type[f.OnFigures], Callable[[Row], object]] = {
    f.ShowFiguresComment: lambda row: row["waits"],
    f.DeclineFiguresComment: lambda row: row["waits"] or row["comment"],
    f.WithdrawFiguresComment: lambda row: row["waits"] or row["comment"],
}
PERIODS = {"1": Words("一个月", "one month"), "12": Words("十二个月", "twelve months")}


class Place(NamedTuple):
    """In whose portal the pages stand, and which column says whose the figures are."""

    portal: str
    whose: str
    relation: str

    @property
    def here(self) -> str:
        return f"/{self.portal}/firm-figures"


def place(request: web.Request) -> Place:
    """The portal of this address."""
    portal = acting(request).party.kind
    enterprise = portal == "enterprise"
    return Place(portal, *(("enterprise", "about") if enterprise else ("body", "body")))


def listed(row: Row, *, for_body: bool = True) -> Row:
    """As a list shows it."""
    state, colour = STATES[row["state"]]
    waits = Words("有说明等待查看", "a comment waits")
    turn = "yours" if for_body else "waiting"
    return {
        **row, "period": period(row["month"], row["months"]),
        "enterprise_kind": "enterprise", "enterprise": row["enterprise_name"],
        "body": row["body_name"], "state": waits if row["waits"] else state,
        "state_colour": turn if row["waits"] else colour,
    }  # fmt: skip


# -- on the desk of a body ----------------------------------------------------------------


async def desk(request: web.Request) -> web.StreamResponse:
    """What was told and published, and where to count for one enterprise."""
    return await _desk(request)


async def _desk(request: web.Request, wrong: Words | None = None) -> web.StreamResponse:
    here, by = place(request), acting(request)
    rows = await request.app[PLATFORM].views.enterprise_figures.of_body(
        by.party.id, page_number(request)
    )
    month, _ = await month_and_position(request)
    shown = [{**listed(row), "url": f"{here.here}/{row['id']}"} for row in rows.rows]
    return await page(
        request, "firm_figures/desk.html", title=TITLE, rows=replace(rows, rows=shown),
        here_=here.here, wrong=wrong, month=month, asked=text(request, "enterprise"),
        months=_months(request), periods=list(PERIODS.items()), breadcrumbs=_crumbs(here)[:1],
    )  # fmt: skip


def _months(request: web.Request) -> str:
    asked = text(request, "months") or "1"
    if asked not in PERIODS:
        raise NotFound(Words("只能统计一个月或者十二个月", "One month or twelve are counted"))
    return asked


async def count(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """The figures of one enterprise, for the body alone; a head tells the enterprise."""
    about = await _enterprise(request)
    if about is None:
        viewer(request).status = 422
        return await _desk(request, _NOBODY)
    here, by, months = place(request), acting(request), _months(request)
    month, upto = await month_and_position(request)
    platform = request.app[PLATFORM]
    own = await own_figures_about(platform, by.party, about.id, month, int(months), upto)
    asked = {"enterprise": text(request, "enterprise"), "month": month, "months": months}
    address = f"{here.here}/count?{urlencode({**asked, 'upto': upto})}"
    form: Row = {"form": None}
    if access.may(by, "TellEnterpriseFigures", "new") and month < today().isoformat()[:7]:
        by_then = today() + timedelta(days=f.COMMENT_DAYS)
        form = form_page(
            f.TellEnterpriseFigures, state, action=address, intro=_TELLS, comment_by=by_then
        )
    return await page(
        request, "firm_figures/count.html",
        **{**form, "title": Words(f"{about.name}的投诉数据", f"Figures of {about.name}")},
        about=about, period=period(month, int(months)), upto=upto, address=address, method=METHOD,
        mark=mark_of(text_of(public(own))),
        shown=shown_figures(about.name, "enterprise", whole(own)), breadcrumbs=_crumbs(here),
    )  # fmt: skip


async def _enterprise(request: web.Request) -> PartyRef | None:
    asked = text(request, "enterprise")
    return await bodies.enterprise(request, asked, asked)


@reshown
async def tell(request: web.Request) -> web.StreamResponse:
    """Tell the enterprise, as they were shown: at the position in the address."""
    access.check_kind(acting(request), f.TellEnterpriseFigures, "new")
    about, here = await _enterprise(request), place(request)
    if about is None:
        raise NotFound(_NOBODY)
    month, upto = await month_and_position(request)
    known = {"enterprise": about, "month": month, "months": int(_months(request)), "upto": upto}
    return await act(
        request, telling(request.app[PLATFORM]), f.TellEnterpriseFigures,
        lambda _, command: f"{here.here}/{command.id}", again=count, **known,
    )  # fmt: skip


# -- one of them, for the body and the enterprise -----------------------------------------


async def the_figures(request: web.Request) -> Row:
    """The row of this address, if the party has to do with it; else 404."""
    views, here = request.app[PLATFORM].views, place(request)
    row = found(await views.enterprise_figures.one(record_id(request)))
    if row[here.whose] != acting(request).party.id:
        raise NotFound(access.NOT_THERE)
    return row


async def record(request: web.Request) -> web.StreamResponse:
    """The figures as they were told, what the enterprise says, what can be done."""
    row, here = await the_figures(request), place(request)
    entries = await request.app[PLATFORM].views.trail.of_record(str(row["id"]))
    return await page(
        request, "firm_figures/record.html", title=_title(row),
        row=listed(row, for_body=here.relation == "body"),
        shown=shown_figures(row["enterprise_name"], "enterprise", read(row["figures"])),
        ground=COMMENT_GROUNDS[row["ground"]] if row["ground"] else None,
        acts=[
            {"url": f"{here.here}/{row['id']}/{slug}", "words": kind.SAYS, "main": slug in _MAIN}
            for slug, kind in ACTS.items()
            if _possible(request, row, kind)
        ],
        recount=_recount(here, row), entries=history(entries),
        show=request.query.get("show", "all"),
        breadcrumbs=_crumbs(here),
    )  # fmt: skip


def _recount(here: Place, row: Row) -> str:
    """Where the body counts them again; an enterprise cannot."""
    if here.relation != "body":
        return ""
    names = ("month", "months", "upto")
    asked = {"enterprise": row["enterprise_name"], **{name: row[name] for name in names}}
    return f"{here.here}/count?{urlencode(asked)}"


def _possible(request: web.Request, row: Row, kind: type[f.OnFigures]) -> bool:
    if not access.may(acting(request), kind.__name__, place(request).relation, row["state"]):
        return False
    return bool(_SENSE.get(kind, lambda _: True)(row))


def _act(request: web.Request) -> type[f.OnFigures]:
    kind = ACTS.get(request.match_info["act"])
    if kind is None:
        raise NotFound(Words("没有这个操作", "There is no such act"))
    return kind


async def form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """The form of one act."""
    row, kind, here = await the_figures(request), _act(request), place(request)
    access.check_kind(acting(request), kind, here.relation)
    if state is None and not _possible(request, row, kind):
        raise Refused(_NOT_NOW)
    crumbs = [*_crumbs(here), (f"{here.here}/{row['id']}", _title(row))]
    made = form_page(kind, state, seen=row["version"])
    return await page(request, "form.html", breadcrumbs=crumbs, **made)


@reshown
async def do(request: web.Request) -> web.StreamResponse:
    """Do it, and back to the figures."""
    row, then = await the_figures(request), f"{place(request).here}/{record_id(request)}"
    return await act(request, f.on_figures, _act(request), then, again=form, record=row["id"])


def _title(row: Row) -> Words:
    said = period(row["month"], row["months"])
    name = row["enterprise_name"]
    return Words(f"{name}：{said.zh}投诉数据", f"{name}: figures for {said.en}")


def _crumbs(here: Place) -> list[tuple[str, Words]]:
    return [(f"/{here.portal}", Words("工作台", "Desk")), (here.here, TITLE)]


_NOBODY = Words(
    "没有找到这家企业。请写统一社会信用代码，或者登记的完整名称",
    "There is no such enterprise. Give its credit code, or its whole registered name",
)
_TELLS = Words(
    "企业先看到公开的这些数据，可以写说明。到期或者说明处理之后，由负责人公布。",
    "The enterprise sees what will be public first and can comment. A head publishes when the "
    "time is over, or when the comment was dealt with.",
)
_NOT_NOW = Words(
    "现在不能这样做，请回到这份数据查看情况", "Not possible now; its page shows how it stands"
)


def firm_figures_routes(portal: str) -> list[web.RouteDef]:
    """The pages in the portal of a body, or of enterprises."""
    here = f"/{portal}/firm-figures"
    handle: Callable[..., Callable[..., Awaitable[web.StreamResponse]]] = staff
    one = [
        web.get(here + "/{id}", handle(record, portal)),
        web.get(here + "/{id}/{act}", handle(form, portal)),
        web.post(here + "/{id}/{act}", handle(do, portal)),
    ]
    if portal == "enterprise":
        return one
    return [
        web.get(here, handle(desk, portal)),
        web.get(f"{here}/count", handle(count, portal)),
        web.post(f"{here}/count", handle(tell, portal)),
        *one,
    ]
