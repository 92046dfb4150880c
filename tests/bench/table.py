"""The table for people, and the same as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.bench.row import Row, figure

_COLUMNS = {
    "zh": ("项目", "本平台", "对照", "极限", "比值", "目标", "达到", "对照方 / 说明"),
    "en": ("what", "ours", "peer", "limit", "ratio", "goal", "met", "peer / note"),
}
_MET = {
    "zh": {True: "是", False: "否", None: "–"},
    "en": {True: "yes", False: "no", None: "–"},
}


def show(console: Console, rows: Sequence[Row], language: str, limits: dict[str, float]) -> None:
    """One line per row; wide text wraps, nothing is cut."""
    table = Table(box=None, pad_edge=False)
    for nth, column in enumerate(_COLUMNS[language]):
        table.add_column(column, justify="right" if 0 < nth < 6 else "left", no_wrap=nth < 7)
    for row in rows:
        table.add_row(*_cells(row, language))
    console.print(table)
    raw = " · ".join(f"{name} {figure(limit)} /s" for name, limit in limits.items())
    console.print(f"{_COLUMNS[language][3]}: {raw}" if raw else "")


def _cells(row: Row, language: str) -> list[str]:
    ours = f"{figure(row.ours)} {row.unit}" if row.ours is not None else "–"
    ratio = f"{figure(row.ratio)} ×" if row.ratio is not None else "–"
    goal = str(row.goal) if row.goal else "–"
    said = " · ".join(part for part in (row.against, row.note) if part)
    met = _MET[language][row.met]
    return [
        row.name.say(language), ours, figure(row.peer), figure(row.limit), ratio, goal, met, said,
    ]  # fmt: skip


def as_json(rows: Sequence[Row], machine: dict[str, Any], limits: dict[str, float]) -> str:
    """`rows`, what they were measured on, and what that machine can do by itself."""
    whole = {"rows": [row.as_json() for row in rows], "machine": machine, "limits": limits}
    return json.dumps(whole, ensure_ascii=False, indent=2)
