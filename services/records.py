"""Records: every kind of case, and the one question whether a party may see one.

Pages, files, lists and exports ask here; the answer stands in the table of rights (`SeeComplaint`
and so on). What may not be seen is refused in the words of what is not there, so that nobody
learns which of the two it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from events.event import Acting, PartyRef, Recorded
from services import access
from services.actions.change import Log, load
from services.actions.kinds import KINDS
from services.actions.refused import NotFound
from services.actions.shared import Shared


async def seen_by(log: Log, by: Acting, kind: str, id: UUID) -> Shared:
    """The record, where this party may see it. Raises `NotFound`, also for what is hidden."""
    aggregate = await load(log, KINDS[kind], id) if kind in KINDS else None
    if aggregate is None or not may_see(by, aggregate):
        raise NotFound(access.NOT_THERE)
    return aggregate


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
__all__ = ["KINDS", "kind_of", "may_see", "seen_by"]
