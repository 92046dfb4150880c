"""Records: every kind of case, and the one question whether a party may see one.

Pages, files, lists and exports ask here; what may not be seen is refused in the words of what is
not there, so that nobody learns which of the two it is.
"""

from __future__ import annotations

from uuid import UUID

from events.event import Acting
from events.words import Words
from services.actions.aggregate import Aggregate
from services.actions.change import Log, load
from services.actions.complaints.complaint import Complaint
from services.actions.enforcement.follow_up import FollowUp
from services.actions.member_pledges import MemberPledge
from services.actions.refused import NotFound

#: Kind of case -> what holds its rules.
KINDS: dict[str, type[Aggregate]] = {
    "complaint": Complaint,
    "follow-up": FollowUp,
    "member-pledge": MemberPledge,
}
_NOTHING = ("none", "new")


async def seen_by(log: Log, by: Acting, kind: str, id: UUID) -> Aggregate:
    """The record, where this party may see it. Raises `NotFound`, also for what is hidden."""
    aggregate = await load(log, KINDS[kind], id) if kind in KINDS else None
    if aggregate is None or not aggregate.version or not may_see(by, aggregate):
        raise NotFound(Words("没有找到这条记录", "There is no such record"))
    return aggregate


def may_see(by: Acting, aggregate: Aggregate) -> bool:
    """Whether this party has a relation to the record."""
    return aggregate.relation(by) not in _NOTHING
