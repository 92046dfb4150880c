"""A comparative test as a table: one row per sample, one column per item, for pages and files."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from events.words import Words, both
from portals.pages import language
from services.platform import Platform
from services.spreadsheets import csv_line

Row = dict[str, Any]
_MET = {True: Words("符合", "met"), False: Words("不符合", "not met")}
_NOT_MEASURED = both("—")


async def table_of(platform: Platform, edition: Row, enterprise: str = "") -> Row:
    """Columns and rows of an edition; only the samples of one enterprise where it is named."""
    view, id, number = platform.views.comparisons, str(edition["id"]), edition["edition"]
    samples = [
        row for row in await view.samples_of(id, number)
        if not enterprise or row["enterprise"] == enterprise
    ]  # fmt: skip
    found = {(row["n"], row["what"]): row for row in await view.findings_of(id, number)}
    shown = {row["n"] for row in samples}
    items = list(dict.fromkeys(what for n, what in found if n in shown))
    rows = [
        {**row, "cells": [_cell(found.get((row["n"], what))) for what in items]} for row in samples
    ]
    return {"items": items, "rows": rows}


def _cell(finding: Row | None) -> Words:
    if finding is None:
        return _NOT_MEASURED
    if finding["met"] is not None:
        return _MET[finding["met"]]
    return both(f"{finding['value']} {finding['unit']}".rstrip())


def file_of(request: web.Request, number: str, table: Row) -> web.Response:
    """The table as a CSV file that spreadsheets open without harm."""
    lang = language(request)
    head = [*_BEFORE, *map(both, table["items"]), *_AFTER]
    lines = [[words.say(lang) for words in head]]
    for row in table["rows"]:
        cells = [each.say(lang) for each in row["cells"]]
        said = [row["remark"], row["comment"]]
        lines.append([row["n"], row["brand"], row["enterprise_name"], *cells, *said])
    return web.Response(
        body=b"\xef\xbb\xbf" + b"".join(map(csv_line, lines)),
        content_type="text/csv", charset="utf-8",
        headers={"Content-Disposition": f'attachment; filename="{number}.csv"'},
    )  # fmt: skip


_BEFORE = (
    Words("序号", "No."), Words("品牌和型号", "Brand and model"), Words("企业", "Enterprise"),
)  # fmt: skip
_AFTER = (Words("备注", "Remark"), Words("企业的说明", "What the enterprise says"))
