"""What bodies judged of each sign of abuse: how often it was shown and there was none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from events.complaints import AbuseSignsJudged
from events.event import Recorded
from services.views.view import Put, Row, View, Write


class AbuseSigns(View):
    """One row for each sign of each judgement."""

    name = "abuse_signs"
    version = 1
    by_stream = True
    tables: ClassVar = {
        "rows": """
            position bigint, sign text, party text not null, verdict text not null,
            complaint uuid not null, judged_on date not null"""
    }
    keys: ClassVar = {"rows": ("position", "sign")}
    indexes: ClassVar = {"rows": ("(party, sign, verdict)",)}

    def see(self, recorded: Recorded) -> Iterator[Write]:
        event = recorded.event
        if not isinstance(event, AbuseSignsJudged):
            return
        row = {"position": recorded.position, "party": event.by.party.id, "verdict": event.verdict,
               "complaint": recorded.stream, "judged_on": recorded.on}  # fmt: skip
        for sign in event.signs:
            yield Put("rows", {**row, "sign": sign})

    async def judged_by(self, party: str) -> dict[str, Row]:
        """Sign -> how often the party judged it (`n`), and found no abuse (`genuine`)."""
        rows = await self.rows(
            "select sign, count(*) as n, count(*) filter (where verdict = 'genuine') as genuine"
            " from {rows} where party = %(p)s group by sign",
            {"p": party},
        )
        return {row["sign"]: row for row in rows}
