"""Calendars: which arrangements of holidays were loaded, from where, by whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from events.clocks import CalendarYearLoaded
from events.event import Recorded
from services.views.view import Put, Row, View, Write


class Calendars(View):
    """One row per version of a year; the shipped ones have none."""

    name = "calendars"
    tables: ClassVar = {
        "rows": """
            year int, edition int, position bigint not null, source text not null,
            sha256 text not null, file text not null, effective date not null,
            days_off int not null, makeups int not null,
            loaded_on date not null, loaded_by text not null"""
    }
    keys: ClassVar = {"rows": ("year", "edition")}

    def see(self, recorded: Recorded) -> Iterator[Write]:
        event = recorded.event
        if not isinstance(event, CalendarYearLoaded):
            return
        off = sum(each.off for each in event.days)
        yield Put("rows", {
            "year": event.year, "edition": event.edition, "position": recorded.position,
            "source": event.source, "sha256": event.sha256, "file": event.file,
            "effective": event.effective, "days_off": off, "makeups": len(event.days) - off,
            "loaded_on": recorded.on, "loaded_by": event.by.said("zh"),
        })  # fmt: skip

    async def versions(self, year: int | None = None) -> list[Row]:
        """What was loaded, of one year or of all, the newest first."""
        return await self.rows(
            "select * from {rows} where %(year)s::int is null or year = %(year)s"
            " order by year desc, edition desc",
            {"year": year},
        )
