"""merge: what a merged unit had open goes to its successor, each by its own event.

Cases and enquiries, clues whose answer it owes, mediations it is entrusted with, parts in cases of
others, and proposals it has to answer; a part in a case that is closed moves too, since it is a
right to read.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from events.event import Recorded
from events.parties import UnitMerged
from services.actions.complaints import MoveClue, MoveEntrustment, move_clue, move_entrustment
from services.actions.hand_over import LapseHandOver, MoveRecord, lapse_hand_over, move_record
from services.actions.instruments import PassProposalOn, pass_proposal_on
from services.actions.sharing import MoveRelation, move_relation
from services.policies.policy import Policy, Step
from services.policies.vacate import Lists, about
from services.views.all import Views
from services.views.asking import Row

_LAPSED = "受让单位已经合并，移交自动失效"


def merging(lists: Lists, views: Views) -> Policy:
    """The policy over the lists of every kind of case, and what a unit owes or has a part in."""

    async def merge(recorded: Recorded) -> AsyncIterator[Step]:
        event = recorded.event
        if not isinstance(event, UnitMerged):
            return
        # Before the cases: with a follow-up goes its complaint's debt, by which clues are found.
        for row in await views.obligations.answers_owed(event.unit.id):
            yield move_clue, MoveClue(**_of_complaint(recorded, event, row))
        for row in await views.complaints.open_at(event.unit.id, "mediator"):
            yield move_entrustment, MoveEntrustment(**_of_complaint(recorded, event, row))
        for row in await views.relations.parts_of(event.unit.id):
            yield move_relation, _part(recorded, event, row)
        async for step in _answers(views, recorded, event):
            yield step
        async for step in _cases(lists, recorded, event):
            yield step

    return merge


async def _answers(views: Views, recorded: Recorded, event: UnitMerged) -> AsyncIterator[Step]:
    """What it has to answer that is no case."""
    for row in await views.instruments.owed_by(event.unit.id):
        yield pass_proposal_on, PassProposalOn(**_about(recorded, event, row))


async def _cases(lists: Lists, recorded: Recorded, event: UnitMerged) -> AsyncIterator[Step]:
    """What it handles, and what it was asked to take."""
    unit = event.unit.id
    for kind, cases in lists:
        for row in await cases.open_at(unit):
            known = about("merge", recorded, kind, row)
            yield move_record, MoveRecord(**known, giver=unit, to=event.into)
        for row in await cases.offered_at(unit):
            known, asked = about("merge", recorded, kind, row), row["offered_officer"] or unit
            yield lapse_hand_over, LapseHandOver(**known, asked=asked, reason=_LAPSED)


def _of_complaint(recorded: Recorded, event: UnitMerged, row: Row) -> dict[str, Any]:
    known = about("merge", recorded, "", row)
    known["complaint"] = known.pop("record")
    del known["kind"]
    return {**known, "giver": event.unit, "to": event.into}


def _part(recorded: Recorded, event: UnitMerged, row: Row) -> MoveRelation:
    known = about("merge", recorded, row["kind"], {"id": row["record"]})
    return MoveRelation(**known, giver=event.unit.id, to=event.into)


def _about(recorded: Recorded, event: UnitMerged, row: Row) -> dict[str, Any]:
    """A proposal that it has to answer goes to the successor."""
    known = about("merge", recorded, "", row)
    known["proposal"] = known.pop("record")
    del known["kind"]
    return {**known, "to": event.into}
