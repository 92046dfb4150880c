"""risk-desk: a case that becomes serious or high reaches the desk for serious risks.

The desk gets a part as contributor, once, also when the level rises further; it keeps it when the
level is lowered. Then every party with a part in the case, but that of who acted, is told.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

from events.event import PartyRef, Recorded, system
from events.log import Log
from events.risk import RISKS, RiskLevelDecided
from services.actions.change import load
from services.actions.enforcement import FollowUp
from services.actions.notices import TellParty, tell_party
from services.actions.sharing import PrescribeRelation, prescribe_relation
from services.policies.policy import Policy, Step
from services.risk_matrix import GRAVE
from services.views.notices import Notices

RULE = "risk-desk"


def escalating(log: Log, notices: Notices) -> Policy:
    """The policy over the log, and the view that knows the desk."""

    async def escalate(recorded: Recorded) -> AsyncIterator[Step]:
        event = recorded.event
        if not isinstance(event, RiskLevelDecided):
            return
        if event.level in GRAVE and event.was not in GRAVE:
            desk = await notices.risk_desk()
            if desk is not None:
                yield prescribe_relation, _prescribed(recorded, event, desk)
        # Loaded only now: the desk has its part, and is told.
        record = await load(log, FollowUp, recorded.stream)
        for party in _with_access(record):
            if party.id != event.by.party.id:
                yield tell_party, _told(recorded, event, party)

    return escalate


def _prescribed(recorded: Recorded, event: RiskLevelDecided, desk: PartyRef) -> PrescribeRelation:
    level = RISKS[event.level]
    return PrescribeRelation(
        by=system(RULE), at=recorded.recorded_at, kind=FollowUp.CASE, record=recorded.stream,
        to=desk, relation="contributor",
        reason=f"风险等级定为“{level.zh}”（日志第 {recorded.position} 条）",
        **_caused(recorded, "desk"),
    )  # fmt: skip


def _told(recorded: Recorded, event: RiskLevelDecided, party: PartyRef) -> TellParty:
    return TellParty(
        by=system(RULE), at=recorded.recorded_at, to=party, number=event.number,
        case=FollowUp.CASE, record=recorded.stream, version=recorded.version,
        position=recorded.position, **_caused(recorded, party.id),
    )  # fmt: skip


def _caused(recorded: Recorded, what: str) -> dict[str, str]:
    """The key names cause and consequence, so that twice is once."""
    cause = f"{recorded.stream}:{recorded.version}"
    return {
        "key": f"{cause}:{what}", "correlation": recorded.event.correlation, "causation": cause,
    }  # fmt: skip


def _with_access(record: FollowUp) -> Iterator[PartyRef]:
    """Who is in charge, and who accepted or was given a part."""
    yield record.opening.regulator
    for part in record.parts.values():
        if part.relation:
            yield part.party
