"""Figures of a month: on the desk of each body that handles complaints, and as published.

On the desk they are counted when asked, up to a position of the log that stands in the address:
the same address gives the same numbers. The public reads what was published.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from aiohttp import web

from events.event import PartyRef, today
from events.terms import TERMINATION_GROUNDS
from events.words import Words, both
from portals.asking import page_number
from portals.figure_links import linked
from portals.outcomes import CLASSES, OUTCOMES
from portals.web import PLATFORM, FormState, act, acting, form_page, page, reshown, staff
from services import access
from services.actions.indicators import PublishFigures
from services.actions.refused import NotFound
from services.indicators.counting import METHOD, Figures
from services.indicators.gathering import figures_of, month_of
from services.indicators.published import Public, mark_of, public, rates_of, read, text_of, whole
from services.indicators.publishing import publishing
from services.indicators.rates import GROUNDS, Rate
from services.indicators.suppressing import LEAST

Row = dict[str, Any]
TITLE = Words("投诉处理月报", "Figures of a month")
#: In a navigation that has to fit one line.
NAV = Words("月报", "Figures")
#: The first line: what was in time beside what came of it.
_TOGETHER = ("decision", "mediation", "agreed")


# -- on the desk -------------------------------------------------------------------------


async def desk(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    """The own figures of a month; a regulator also sees those of the other bodies."""
    platform, by = request.app[PLATFORM], acting(request)
    month, upto = await _asked(request)
    every = await figures_of(platform.log, platform.views, month, upto)
    own = _own(every, by.party)
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
            _shown(own.body.name, own.body.kind, whole(own)),
            month, f"/{by.party.kind}/complaints",
        ),
        others=[_shown(each.body.name, each.body.kind, whole(each))
                for each in (_with_all(every, others) if by.party.kind == "regulator" else [])],
        mark=mark_of(text_of(told)), published=published,
        breadcrumbs=[(f"/{by.party.kind}", Words("工作台", "Desk"))],
    )  # fmt: skip


@reshown
async def publish(request: web.Request) -> web.StreamResponse:
    """Publish them as they were shown: at the position in the address."""
    platform, by = request.app[PLATFORM], acting(request)
    access.check_kind(by, PublishFigures, "body")
    month, upto = await _asked(request)
    then = f"/{by.party.kind}/figures?month={month}&upto={upto}"
    known = {"month": month, "upto": upto}
    return await act(request, publishing(platform), PublishFigures, then, again=desk, **known)


async def _asked(request: web.Request) -> tuple[str, int]:
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


def _own(every: Iterable[Figures], body: PartyRef) -> Figures:
    return next((each for each in every if each.body.id == body.id), Figures(body, 0, {}))


def _with_all(every: list[Figures], others: list[Figures]) -> list[Figures]:
    """All bodies together, then each of the others."""
    groups: dict[str, Counter[str]] = {}
    for each in every:
        for name, counts in each.groups.items():
            groups.setdefault(name, Counter()).update(counts)
    whole = PartyRef(id="", name="全省合计", kind="system")
    together = Figures(whole, sum(each.received for each in every), {**groups})
    return [together, *others]


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
        {**row, "shown": _shown(row["body_name"], row["body_kind"], read(row["figures"]))}
        for row in found.rows
    ]
    return await page(
        request, "public/figures.html", title=TITLE, months=months, month=month, found=found,
        rows=rows, least=LEAST,
    )  # fmt: skip


# -- how they look -----------------------------------------------------------------------


def _shown(name: str, kind: str, told: Public) -> Row:
    made = [_line(each) for each in rates_of(told)]
    return {
        "name": Words("全省合计", "All bodies") if kind == "system" else both(name),
        "kind": kind, "received": told.received,
        "together": [line for line in made if line["code"] in _TOGETHER],
        "rates": _told_of(made), "grounds": _grounds(told),
        "kept_back": _kept_back(told),
    }  # fmt: skip


def _kept_back(told: Public) -> list[Words]:
    """What is not told of how complaints ended, so that no few can be told apart."""
    return [OUTCOMES[name] for name in told.kept_back.get("outcome", ())]


def _told_of(lines: list[Row]) -> list[Row]:
    """Those of which there is something to tell; none where all of it is withheld."""
    told = [line for line in lines if line["n"] or line["withheld"] or line["beside"]]
    return told if any(not line["withheld"] for line in told) else []


def _line(rate: Rate) -> Row:
    interval = rate.interval
    return {
        "code": rate.about.code, "label": rate.about.label, "definition": rate.about.definition,
        "k": rate.k, "n": rate.n, "withheld": rate.withheld,
        "percent": None if rate.share is None else _percent(rate.share),
        "low": _percent(interval.low) if interval else None,
        "high": _percent(interval.high) if interval else None,
        "beside": [
            {"code": name, "words": CLASSES[name], "n": n} for name, n in rate.beside.items()
        ],
    }  # fmt: skip


def _percent(share: float) -> float:
    """One digit; what is not all is never rounded up to all."""
    return min(round(100 * share, 1), 99.9) if share < 1 else 100.0


def _grounds(told: Public) -> list[Row]:
    """What the complaints ended with, the terminations by ground: bars."""
    counts = told.groups.get("outcome") or {}
    named = {name: TERMINATION_GROUNDS[name] for name in GROUNDS if name in TERMINATION_GROUNDS}
    words = {"agreed": CLASSES["agreed"], **named, **CLASSES}
    return [
        {"code": name, "label": words[name], "value": counts[name]}
        for name in words
        if counts.get(name)
    ]


def figures_routes(kind: str) -> list[web.RouteDef]:
    """The desk page of one kind of body."""
    here = f"/{kind}/figures"
    return [web.get(here, staff(desk, kind)), web.post(here, staff(publish, kind))]


ROUTES = [web.get("/figures", published)]
