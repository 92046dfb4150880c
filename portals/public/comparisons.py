"""Comparative tests that councils published: each edition with its table, also as a file."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from aiohttp import web

from events.words import Words, both
from portals.asking import found, page_number, record_id, text
from portals.comparisons import file_of, table_of
from portals.web import PLATFORM, page

Row = dict[str, Any]
LIST = "/comparisons"
TITLE = Words("比较试验", "Comparative tests")
_STATES = {
    False: (Words("已发布", "published"), "done"), True: (Words("已撤回", "withdrawn"), "none"),
}  # fmt: skip


async def listed(request: web.Request) -> web.StreamResponse:
    """The current edition of every test, the newest first."""
    rows = await request.app[PLATFORM].views.comparisons.public(page_number(request))
    shown = replace(rows, rows=[_shown(row) for row in rows.rows])
    return await page(request, "public/comparisons.html", title=TITLE, rows=shown)


def _shown(row: Row) -> Row:
    state, colour = _STATES[row["withdrawn_on"] is not None]
    return {**row, "url": f"{LIST}/{row['id']}", "state": state, "state_colour": colour}


async def _editions(request: web.Request) -> tuple[Row, list[Row]]:
    """The edition that is asked for, else the current one; and all that were published."""
    every = await request.app[PLATFORM].views.comparisons.published(record_id(request))
    asked = text(request, "edition")
    wanted = [row for row in every if str(row["edition"]) == asked] if asked else every
    return found(wanted[0] if wanted else None), every


async def show(request: web.Request) -> web.StreamResponse:
    """One edition with its table; older ones stay here too."""
    row, every = await _editions(request)
    table = await table_of(request.app[PLATFORM], row)
    return await page(
        request, "public/comparison.html", title=both(row["title"]), breadcrumbs=[(LIST, TITLE)],
        row=_shown(row), every=every, table=table,
    )  # fmt: skip


async def file(request: web.Request) -> web.StreamResponse:
    """The table of an edition as a CSV file."""
    row, _ = await _editions(request)
    table = await table_of(request.app[PLATFORM], row)
    return file_of(request, f"{row['number']}-{row['edition']}", table)


ROUTES = [
    web.get(LIST, listed),
    web.get(LIST + "/{id}", show),
    web.get(LIST + "/{id}/results.csv", file),
]
