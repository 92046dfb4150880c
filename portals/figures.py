"""Figures of a month: on the desk of each body that handles complaints, and as published.

On the desk they are counted when asked, up to a position of the log that stands in the address:
the same address gives the same numbers. The public reads what was published.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from aiohttp import web

from events.event import today
from events.words import Words
from portals.asking import page_number
from portals.figure_links import linked
from portals.figure_shown import shown_figures
from portals.web import PLATFORM, FormState, act, acting, form_page, page, reshown, staff
from services import access
from services.actions.indicators import TOGETHER, PublishFigures, PublishFiguresTogether
from services.actions.refused import NotFound
from services.indicators.counting import METHOD
from services.indicators.gathering import figures_of, month_of
from services.indicators.published import mark_of, public, read, text_of, whole
from services.indicators.publishing import (
    is_of_the_province,
    of_body,
    publishing,
    publishing_together,
)
from services.indicators.suppressing import LEAST
from services.indicators.together import public_together, summed

Row = dict[str, Any]
TITLE = Words("投诉处理月报", "Figures of a month")
#: In a navigation that has to fit one line.
NAV = Words("月报", "Figures")


# -- on the desk -------------------------------------------------------------------------


async def desk(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """The own figures of a month; a regulator also sees those of the other bodies."""
    platform, by = request.app[PLATFORM], acting(request)
    month, upto = await month_and_position(request)
    every = await figures_of(platform.log, platform.views, month, upto)
    own = of_body(every, by.party)
    told = public(own)
    published = await platform.views.published_figures.of_body(by.party.id, month)
    here = f"/{by.party.kind}/figures?month={month}&upto={upto}"
    form: Row = {"form": None}
    if access.may(by, "PublishFigures", "body") and month < today().isoformat()[:7]:
        form = form_page(PublishFigures, state, title=TITLE, action=here)
    others = [each for each in every if each.body.id != own.body.id]
    return await page(
        request, "figures.html",
        **{**form, "title": TITLE}, month=month, upto=upto, address=here, method=METHOD,
        own=linked(
            shown_figures(own.body.name, own.body.kind, whole(own)),
            month, f"/{by.party.kind}/complaints",
        ),
        others=[shown_figures(each.body.name, each.body.kind, whole(each))
                for each in ([summed(every), *others] if by.party.kind == "regulator" else [])],
        of_province=await is_of_the_province(platform, by.party),
        mark=mark_of(text_of(told)), published=published,
        breadcrumbs=[(f"/{by.party.kind}", Words("工作台", "Desk"))],
    )  # fmt: skip


@reshown
async def publish(request: web.Request) -> web.StreamResponse:
    """Publish them as they were shown: at the position in the address."""
    platform, by = request.app[PLATFORM], acting(request)
    access.check_kind(by, PublishFigures, "body")
    month, upto = await month_and_position(request)
    then = f"/{by.party.kind}/figures?month={month}&upto={upto}"
    known = {"month": month, "upto": upto}
    return await act(request, publishing(platform), PublishFigures, then, again=desk, **known)


async def month_and_position(request: web.Request) -> tuple[str, int]:
    """Month and cut-off of the address; else last month, and the log as it now is."""
    last = (today().replace(day=1) - timedelta(days=1)).isoformat()[:7]
    month = request.query.get("month", "") or last
    month_of(month)
    size = await request.app[PLATFORM].log.size()
    upto = request.query.get("upto", "") or str(size)
    if not (upto.isascii() and upto.isdigit() and len(upto) < 16 and 0 < int(upto) <= size):
        raise NotFound(
            Words(
                f"日志没有第 {upto[:40]} 条，请写 1 到 {size} 之间的数",
                f"The log has no position {upto[:40]}; give a number from 1 to {size}",
            )
        )
    return month, int(upto)


async def together(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """All bodies together as they will be public; the head of the province's body publishes."""
    platform, by = request.app[PLATFORM], acting(request)
    month, upto = await month_and_position(request)
    if not await is_of_the_province(platform, by.party):
        raise NotFound(access.NOT_THERE)
    told = public_together(await figures_of(platform.log, platform.views, month, upto))
    here = f"{_TOGETHER}?month={month}&upto={upto}"
    form: Row = {"form": None}
    if access.may(by, "PublishFiguresTogether", "body") and month < today().isoformat()[:7]:
        form = form_page(PublishFiguresTogether, state, title=TITLE, action=here)
    return await page(
        request, "figures.html",
        **{**form, "title": TITLE}, month=month, upto=upto, address=here, method=METHOD,
        own=shown_figures(TOGETHER.name, TOGETHER.kind, told), others=[], of_province=False,
        mark=mark_of(text_of(told)), breadcrumbs=[("/regulator/figures", TITLE)],
        published=await platform.views.published_figures.of_body(TOGETHER.id, month),
    )  # fmt: skip


@reshown
async def publish_together(request: web.Request) -> web.StreamResponse:
    """Publish them as they were shown."""
    access.check_kind(acting(request), PublishFiguresTogether, "body")
    month, upto = await month_and_position(request)
    return await act(
        request, publishing_together(request.app[PLATFORM]), PublishFiguresTogether,
        f"{_TOGETHER}?month={month}&upto={upto}", again=together, month=month, upto=upto,
    )  # fmt: skip


_TOGETHER = "/regulator/figures/together"


# -- for everybody -----------------------------------------------------------------------


async def published(request: web.Request) -> web.StreamResponse:
    """What was published: the months, and of one month every body."""
    views = request.app[PLATFORM].views
    months = await views.published_figures.months()
    month = request.query.get("month", "") or (months[0] if months else "")
    if month:
        month_of(month)
    found = await views.published_figures.of_month(month, page_number(request))
    rows = [
        {**row, "shown": shown_figures(row["body_name"], row["body_kind"], read(row["figures"]))}
        for row in found.rows
    ]
    return await page(
        request, "public/figures.html", title=TITLE, months=months, month=month, found=found,
        rows=rows, least=LEAST,
    )  # fmt: skip


def figures_routes(kind: str) -> list[web.RouteDef]:
    """The desk page of one kind of body."""
    here = f"/{kind}/figures"
    own = [web.get(here, staff(desk, kind)), web.post(here, staff(publish, kind))]
    if kind != "regulator":
        return own
    whole = [web.get(_TOGETHER, staff(together, kind))]
    return [*own, *whole, web.post(_TOGETHER, staff(publish_together, kind))]


ROUTES = [web.get("/figures", published)]
