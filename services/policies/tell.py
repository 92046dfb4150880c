"""tell: what a body must know of without looking for it becomes a notice to it, once.

Whoever is late is told, and its superior a working day later; the council whose clue came back is
told why; where a council is told of somebody hurt or in danger, the regulator of the place hears of
it at once, and nothing of who told it. Of a report only the body that handles it is told (121 §37);
of a restricted case nobody above it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

from events.clocks import ClockBreached, ClockEvent, ClockWarned
from events.complaints import ComplaintRegistered, ReferralReturned
from events.event import CHINA, PartyRef, Recorded, system
from services.actions.notices import DANGER, TellParty, tell_party
from services.policies.policy import Policy, Step
from services.views.directory import Directory
from services.views.relations import Relations

RULE = "clock"
#: Who has a page of notices.
_PARTIES = ("regulator", "council", "association", "enterprise")
#: What was entered later than this is no news.
_LATE = timedelta(days=7)


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
            case ComplaintRegistered(injury=True) as hurt if _is_news(recorded, hurt):
                regulator = await _of_the_place(directory, hurt.handler)
                if regulator is not None:
                    yield tell_party, _in_danger(recorded, hurt, regulator)

    return tell


def _is_news(recorded: Recorded, event: ComplaintRegistered) -> bool:
    """A council has it, and it was not entered long afterwards nor brought from elsewhere."""
    entered = recorded.recorded_at.astimezone(CHINA).date()
    fresh = entered - recorded.on <= _LATE and event.by.channel != "import"
    return fresh and event.handler.kind == "council"


async def _of_the_place(directory: Directory, council: PartyRef) -> PartyRef | None:
    """The regulator of the council's county, else of its city, else of the province."""
    row = await directory.party(council.id)
    found = await directory.regulator_for(row["division"]) if row else None
    return PartyRef(id=str(found["id"]), name=found["name"], kind="regulator") if found else None


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


def _in_danger(recorded: Recorded, event: ComplaintRegistered, to: PartyRef) -> TellParty:
    return TellParty(
        by=system("danger"), at=recorded.recorded_at, to=to, number=event.number, case=DANGER,
        record=recorded.stream, version=recorded.version, position=recorded.position,
        **_caused(recorded, to),
    )  # fmt: skip


def _caused(recorded: Recorded, to: PartyRef) -> dict[str, str]:
    """The key names cause and party, so that twice is once."""
    cause = f"{recorded.stream}:{recorded.version}"
    return {
        "key": f"{cause}:{to.id}", "correlation": recorded.event.correlation, "causation": cause,
    }  # fmt: skip
