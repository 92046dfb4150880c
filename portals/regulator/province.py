"""The province: its figures as at a day, and how they lie over its cities and counties."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from events.words import Code, Words
from portals.asking import text
from portals.regulator.as_at import AsAt, as_at
from portals.remembered import remembered
from portals.web import PLATFORM, page, staff
from services import divisions
from services.figures import figures, link
from services.views.view import Page

Row = dict[str, Any]
HERE = "/regulator/province"

#: What the tiles can show; each is a number of units.
MEASURES = Code(
    "measure",
    {
        "units": Words("监管单位", "units under supervision"),
        "without_director": Words("没有质量安全总监", "without a director"),
        "with_problems": Words("发现问题", "with problems found"),
        "without_order": Words("有问题而没有责令改正", "with a problem but no order"),
    },
)


#: What the published numbers do not show, because they add up what was done.
APART = ("without_director", "without_order")


@remembered
async def province(request: web.Request) -> web.StreamResponse:
    """Every figure with its definition; a tile for each city, or each county of a city."""
    views, asked = request.app[PLATFORM].views, await as_at(request)
    measure = text(request, "measure")
    measure = measure if measure in MEASURES else "units"
    rows = await _below(request, asked)
    counted = await figures(views, asked.on, asked.division)
    return await page(
        request,
        "regulator/province.html",
        title=Words(f"{asked.words.zh}监管概况", f"{asked.words.en}: supervision at a glance"),
        breadcrumbs=_crumbs(asked),
        asked=asked,
        figures=[each for each in counted if each.code not in APART],
        apart=[each for each in counted if each.code in APART],
        problems=link("problems?ordered=no", asked.on, asked.division),
        measure=measure,
        measures=list(MEASURES),
        tiles=_tiles(rows, measure, asked),
        rows=Page(rows, len(rows)),
    )


async def _below(request: web.Request, asked: AsAt) -> list[Row]:
    """The cities of the province or the counties of a city, each with its numbers."""
    place = asked.place
    if place.level == "county":
        return []
    digits = 4 if place.level == "province" else 6
    archives = request.app[PLATFORM].views.archives
    counted = {
        row["division"].ljust(6, "0"): row
        for row in await archives.by_division(asked.on, asked.division, digits)
    }
    none = {code: 0 for code, _ in MEASURES}
    return [
        {**none, **counted.get(each.code, {}), "name": each.words, "code": each.code,
         "url": _address(each.code, asked)}
        for each in divisions.children(place.code)
        if each.governed
    ]  # fmt: skip


def _tiles(rows: list[Row], measure: str, asked: AsAt) -> list[Row]:
    """A city leads to its counties, a county to the very units."""
    most = max((row[measure] for row in rows), default=0)
    return [
        {
            "name": row["name"],
            "number": row[measure],
            "shade": _shade(row[measure], most),
            "link": _tile_link(row, measure, asked),
        }
        for row in rows
    ]


def _tile_link(row: Row, measure: str, asked: AsAt) -> str:
    if divisions.level_of(row["code"]) == "city":
        return f"{row['url']}&measure={measure}"
    return link(f"enterprises?which={measure}", asked.on, row["code"])


def _shade(value: int, most: int) -> int:
    """From 0 (none) to 5 (as many as anywhere here)."""
    return -(-5 * value // most) if most else 0


def _address(code: str, asked: AsAt) -> str:
    return f"{HERE}?as_of={asked.on.isoformat()}&division={code}"


def _crumbs(asked: AsAt) -> list[tuple[str, Words]]:
    """The places above this one."""
    above = [code for code in divisions.lineage(asked.place.code)[1:] if code != asked.place.code]
    names = [(code, divisions.division(code)) for code in reversed(above)]
    found = [(_address(code, asked), place.words) for code, place in names if place is not None]
    return [("/regulator", Words("工作台", "Desk")), *found]


ROUTES = [web.get(HERE, staff(province, "regulator"))]
