"""Asking: what the address of a page asks for: which record, which page of a list, which days."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from aiohttp import web

from events.words import Words
from services.actions.refused import NotFound, Refused
from services.views.asking import Row

_NO_RECORD = Words("没有找到这条记录", "There is no such record")
_MOST = 1_000_000


def record_id(request: web.Request, name: str = "id") -> str:
    """The id in the address; one that cannot be an id names nothing."""
    try:
        return str(UUID(request.match_info[name]))
    except ValueError:
        raise NotFound(_NO_RECORD) from None


def page_number(request: web.Request) -> int:
    """Which page of the list; 1 where nothing sensible is asked."""
    asked = request.query.get("page", "")
    return min(max(1, int(asked)), _MOST) if asked.isdecimal() and len(asked) < 9 else 1


def text(request: web.Request, name: str) -> str:
    """What was typed into a filter."""
    return request.query.get(name, "").replace("\0", "").strip()[:100]


def day(request: web.Request, name: str) -> date | None:
    """A day typed into a filter. Raises `Refused` for one that does not exist."""
    asked = text(request, name)
    try:
        return date.fromisoformat(asked) if asked else None
    except ValueError:
        said = Words(
            "“{day}”不是日期，请写成 2026-11-23", "“{day}” is not a date; write 2026-11-23"
        )
        raise Refused(said.fill(day=asked)) from None


def found(row: Row | None) -> Row:
    """The row, or 404."""
    if row is None:
        raise NotFound(_NO_RECORD)
    return row
