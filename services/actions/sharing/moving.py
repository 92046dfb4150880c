"""Moving: the part of a unit that was merged, or the offer of one, goes to its successor."""

from __future__ import annotations

from events.event import Acting, PartyRef
from events.log import Appended
from events.sharing import RANK, RelationMoved
from events.words import Words
from services.actions.assigned import ASKED
from services.actions.change import Log
from services.actions.evidence.adding import OnRecord, on_record
from services.actions.refused import AlreadyDecided
from services.actions.shared import Part, Shared
from services.actions.sharing.offering import WITHOUT

#: Who is asked to take the case over keeps its part until it does.
_LEAVES_ROOM = (*WITHOUT, ASKED)


class MoveRelation(OnRecord):
    """The unit was merged: its successor has the part."""

    SAYS = Words("转入合并后的单位", "Move the part to the successor")

    giver: str
    to: PartyRef


async def move_relation(log: Log, command: MoveRelation) -> Appended:
    return await on_record(log, command, move)


def move(record: Shared, command: MoveRelation) -> None:
    """The successor has the higher of both parts; none where the case is its own anyway."""
    to, part = command.to, record.parts.get(command.giver)
    if part is None:
        raise AlreadyDecided(
            Words("该单位没有加入这件记录", "This party has no part in the record")
        )
    there = record.parts.get(to.id, Part(to))
    own = record.own_relation(Acting(person="", name="", party=to, role="")) not in _LEAVES_ROOM
    now = Part(to) if own else _both(part, there)
    record.share(
        RelationMoved, command, giver=part.party, to=to, was=part.relation or part.offered,
        unanswered=not part.relation, relation=now.relation, offered=now.offered,
        message=now.message, let_by=now.by,
    )  # fmt: skip


def _both(part: Part, there: Part) -> Part:
    """What says more of the two; an offer only where it says more than what is had."""
    has = max(part, there, key=lambda each: RANK[each.relation])
    asked = max(part, there, key=lambda each: RANK[each.offered])
    if RANK[asked.offered] <= RANK[has.relation]:
        return Part(there.party, has.relation, by=has.by)
    return Part(there.party, has.relation, asked.offered, asked.message, asked.by)
