"""tell: what a body must know of without looking for it becomes a notice to it, once.

Whoever is late is told, and its superior a working day later; the council whose clue came back is
told why. Of a report only the body that handles it is told (121 §37); of a restricted case nobody
above it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import UUID

from events.clocks import ClockBreached, ClockEvent, ClockWarned
from events.complaints import ReferralReturned
from events.event import PartyRef, Recorded, system
from services.actions.notices import TellParty, tell_party
from services.policies.policy import Policy, Step
from services.views.directory import Directory
from services.views.relations import Relations

RULE = "clock"
#: Who has a page of notices.
_PARTIES = ("regulator", "council", "association", "enterprise")


def telling(directory: Directory, relations: Relations) -> Policy:
    """The policy over the directory, which knows who is above whom, and what is restricted."""

    async def tell(recorded: Recorded) -> AsyncIterator[Step]:
        match recorded.event:
            case ClockBreached() as late if late.debtor.kind in _PARTIES:
                yield tell_party, _late(recorded, late, late.debtor)
            case ClockWarned(stage="superior") as late if not late.only_for:
                above = await _above(directory, late.debtor)
                if above is not None and await relations.restricted(late.record) is None:
                    yield tell_party, _late(recorded, late, above)
            case ReferralReturned(council=council) as back:
                yield tell_party, _returned(recorded, back, council)

    return tell


async def _above(directory: Directory, party: PartyRef) -> PartyRef | None:
    """The body directly above, where there is one."""
    row = await directory.party(party.id)
    return await directory.ref(row["superior"]) if row and row["superior"] else None


def _late(recorded: Recorded, event: ClockEvent, to: PartyRef) -> TellParty:
    """What a clock says stands in a stream of its own."""
    return TellParty(
        by=system(RULE), at=recorded.recorded_at, to=to, number=event.number, case="clock",
        record=UUID(event.record), stream=recorded.stream, version=recorded.version,
        position=recorded.position, only_for=event.only_for, **_caused(recorded, to),
    )  # fmt: skip


def _returned(recorded: Recorded, event: ReferralReturned, council: PartyRef) -> TellParty:
    return TellParty(
        by=system("referral"), at=recorded.recorded_at, to=council, number=event.number,
        case="complaint", record=recorded.stream, version=recorded.version,
        position=recorded.position, **_caused(recorded, council),
    )  # fmt: skip


def _caused(recorded: Recorded, to: PartyRef) -> dict[str, str]:
    """The key names cause and party, so that twice is once."""
    cause = f"{recorded.stream}:{recorded.version}"
    return {
        "key": f"{cause}:{to.id}", "correlation": recorded.event.correlation, "causation": cause,
    }  # fmt: skip
