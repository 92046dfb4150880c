"""Persons: their names stand in no table of a view; they are opened from the log when shown.

A view keeps the position of the event that says the name. Once the key is destroyed there is
nothing to clean up: not in the tables, not in their files, not in old backups of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from events.event import NAMED_LATER
from events.log import Log
from services.views.asking import Row


async def named(log: Log | None, rows: Sequence[Row]) -> list[Row]:
    """Rows with a `position`, and the `name` that the event there gives of `who`."""
    found = await log.at({row["position"] for row in rows}) if log and rows else {}
    return [{**row, "name": _name(found.get(row["position"]))} for row in rows]


def _name(recorded: Any) -> object:
    return recorded.event.who.shown("name") if recorded is not None else ""


async def said(log: Log | None, rows: list[Row]) -> list[Row]:
    """Rows of the trail, with the names in their sentences."""
    wanted = [row["position"] for row in rows if NAMED_LATER in row.get("zh", "")]
    if log is None or not wanted:
        return rows
    found = await log.at(wanted)
    return [_said(row, found[row["position"]]) if row["position"] in found else row for row in rows]


def _said(row: Row, recorded: Any) -> Row:
    words = recorded.event.said()
    return {**row, "zh": words.zh, "en": words.en}
