"""merge: what a merged unit had open goes to its successor, each by its own event."""

from __future__ import annotations

from collections.abc import AsyncIterator

from events.event import Recorded
from events.parties import UnitMerged
from services.actions.hand_over import LapseHandOver, MoveRecord, lapse_hand_over, move_record
from services.policies.policy import Policy, Step
from services.policies.vacate import Lists, about

_LAPSED = "受让单位已经合并，移交自动失效"


def merging(lists: Lists) -> Policy:
    """The policy over the lists of every kind of case."""

    async def merge(recorded: Recorded) -> AsyncIterator[Step]:
        event = recorded.event
        if not isinstance(event, UnitMerged):
            return
        unit = event.unit.id
        for kind, cases in lists:
            for row in await cases.open_at(unit):
                known = about("merge", recorded, kind, row)
                yield move_record, MoveRecord(**known, giver=unit, to=event.into)
            for row in await cases.offered_at(unit):
                known, asked = about("merge", recorded, kind, row), row["offered_officer"] or unit
                yield lapse_hand_over, LapseHandOver(**known, asked=asked, reason=_LAPSED)

    return merge
