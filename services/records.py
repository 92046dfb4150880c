"""Records: every kind of case, and the one question whether a party may see one.

Pages, files, lists and exports ask here; the answer stands in the table of rights (`SeeComplaint`
and so on). What may not be seen is refused in the words of what is not there, so that nobody
learns which of the two it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from events.event import Acting, PartyRef, Recorded
from events.parties import UnitMerged
from services import access
from services.actions.assigned import Assigned
from services.actions.change import Log, load
from services.actions.kinds import CHARGED, KINDS
from services.actions.refused import NotFound
from services.actions.shared import Shared


async def seen_by(log: Log, by: Acting, kind: str, id: UUID) -> Shared:
    """The record, where this party may see it. Raises `NotFound`, also for what is hidden."""
    aggregate = await load(log, KINDS[kind], id) if kind in KINDS else None
    if aggregate is None or not (may_see(by, aggregate) or await _as_successor(log, by, aggregate)):
        raise NotFound(access.NOT_THERE)
    return aggregate


async def charged_to(log: Log, by: Acting, kind: str, id: UUID) -> Assigned:
    """The same of all that somebody is in charge of, cases or not."""
    if kind in KINDS:
        record = await seen_by(log, by, kind, id)
        assert isinstance(record, Assigned)
        return record
    found = await load(log, CHARGED[kind], id) if kind in CHARGED else None
    if found is None or not may_see(by, found):
        raise NotFound(access.NOT_THERE)
    return found


async def _as_successor(log: Log, by: Acting, aggregate: Shared) -> bool:
    """Whether the unit in charge, which had closed it, was merged into this party."""
    if not aggregate.version or not isinstance(aggregate, Assigned):
        return False
    merged = [each.event for each in await mergers(log, aggregate)]
    aggregate.successors = frozenset(e.into.id for e in merged if isinstance(e, UnitMerged))
    return may_see(by, aggregate)


async def mergers(log: Log, aggregate: Assigned) -> list[Recorded]:
    """How the unit in charge was merged into another, and that one perhaps into a third."""
    found: list[Recorded] = []
    unit = aggregate.in_charge
    while unit:
        ends = [r for r in await log.load(UUID(unit)) if isinstance(r.event, UnitMerged)]
        found += ends[-1:]
        last = ends[-1].event if ends else None
        unit = last.into.id if isinstance(last, UnitMerged) else ""
    return found


def may_see(by: Acting, aggregate: Shared) -> bool:
    """Whether the record is there and this party may see it."""
    return bool(aggregate.version) and access.sees(by, aggregate)


def kind_of(id: UUID, history: Sequence[Recorded]) -> str:
    """Which kind of case this stream is; "" where it is none."""
    for kind, made in KINDS.items():
        record = made(id)
        record.replay(history[:1])
        if record.version and record.own_relation(_NOBODY) != "new":
            return kind
    return ""


_NOBODY = Acting(person="", name="", role="", party=PartyRef(id="nobody", name="", kind="consumer"))
__all__ = ["KINDS", "charged_to", "kind_of", "may_see", "mergers", "seen_by"]
