"""flag-breach: an order or a failed re-check about a member is pointed out on its pledges.

Whether it breaches the pledge is for the association to ask and to judge; the rule points.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

from events.enforcement import DirectiveIssued, RecheckFailed
from events.event import Recorded, system
from services.actions.member_questions import FlagBreach, flag_breach
from services.policies.policy import Policy, Step
from services.views.pledge_board import PledgeBoard
from services.views.relations import Relations


def flagging(board: PledgeBoard, relations: Relations) -> Policy:
    """The policy over the board of pledges; of a restricted follow-up nobody is told."""

    async def flag(recorded: Recorded) -> AsyncIterator[Step]:
        cause = _cause(recorded)
        if cause and await relations.restricted(str(recorded.stream)) is None:
            for row in await board.active_of(cause.enterprise.id, recorded.on):
                yield flag_breach, _flagged(recorded, cause, row["id"])

    return flag


def _cause(recorded: Recorded) -> DirectiveIssued | RecheckFailed | None:
    match recorded.event:
        case DirectiveIssued(directive="rectification") | RecheckFailed() as cause:
            return cause
    return None


def _flagged(recorded: Recorded, cause: DirectiveIssued | RecheckFailed, pledge: str) -> FlagBreach:
    """Dated like its cause; the key names cause and pledge, so that twice is once."""
    return FlagBreach(
        by=system("flag-breach"),
        at=recorded.recorded_at,
        occurred_on=cause.occurred_on,
        member_pledge=pledge,
        cause="recheck" if isinstance(cause, RecheckFailed) else "directive",
        cause_number=cause.number,
        key=f"{recorded.stream}:{recorded.version}:{pledge}",
        correlation=cause.correlation,
        causation=f"{recorded.stream}:{recorded.version}",
    )
