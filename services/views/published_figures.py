"""Published figures: which body published what of which month, by which method."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from events.event import Recorded
from events.indicators import FiguresPublished
from services.views.view import Page, Put, Row, View, Write

_SELECT = "select * from {rows}"


class PublishedFigures(View):
    """One row per publication; nothing is replaced."""

    name = "published_figures"
    by_stream = True
    tables: ClassVar = {
        "rows": """
            position bigint, month text not null, body text not null, body_name text not null,
            body_kind text not null, method int not null, upto bigint not null,
            sha256 text not null, figures text not null, published_on date not null"""
    }
    keys: ClassVar = {"rows": ("position",)}
    indexes: ClassVar = {
        "rows": ("(month desc, body_name, position)", "(body, month desc, position)")
    }

    def see(self, recorded: Recorded) -> Iterator[Write]:
        event = recorded.event
        if not isinstance(event, FiguresPublished):
            return
        yield Put("rows", {
            "position": recorded.position, "month": event.month, "body": event.body.id,
            "body_name": event.body.name, "body_kind": event.body.kind, "method": event.method,
            "upto": event.upto, "sha256": event.sha256, "figures": event.figures,
            "published_on": recorded.on,
        })  # fmt: skip

    async def months(self, most: int = 120) -> list[str]:
        """Of which months something is published, the latest first."""
        rows = await self.rows(
            "with recursive each as ((select max(month) as month from {rows}) union all"
            " select (select max(r.month) from {rows} r where r.month < each.month) from each"
            " where each.month is not null)"
            " select month from each where month is not null limit %(most)s",
            {"most": most},
        )
        return [row["month"] for row in rows]

    async def of_month(self, month: str, number: int = 1) -> Page:
        """What all bodies published of a month."""
        return await self.page(
            _SELECT, "month = %(m)s", "month desc, body_name, position", {"m": month}, number
        )

    async def of_body(self, body: str, month: str) -> list[Row]:
        """What a body published of a month, the first first."""
        return await self.rows(
            f"{_SELECT} where body = %(b)s and month = %(m)s order by position",
            {"b": body, "m": month},
        )
