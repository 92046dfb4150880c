"""vacate: whoever leaves has her open records returned to her unit's pool, each by its own event.

What was offered to her is declined. What she had stays under her name in the history.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any, Protocol

from events.event import Recorded, system
from events.parties import PersonDisabled, RoleWithdrawn
from services.actions.assigning import PoolRecord, pool_record
from services.actions.hand_over import LapseHandOver, lapse_hand_over
from services.policies.policy import Policy, Step
from services.views.asking import Row

_LAPSED = "受让人已停用或者不再任职，移交自动失效"


class Cases(Protocol):
    """A list of one kind of case."""

    async def open_of(self, officer: str) -> list[Row]: ...

    async def asked_of(self, officer: str) -> list[Row]: ...

    async def open_at(self, unit: str) -> list[Row]: ...

    async def offered_at(self, unit: str) -> list[Row]: ...


#: How `services.records` calls a kind of case, and where its records are listed.
Lists = Sequence[tuple[str, Cases]]


def vacating(lists: Lists) -> Policy:
    """The policy over the lists of every kind of case."""

    async def vacate(recorded: Recorded) -> AsyncIterator[Step]:
        event, person = recorded.event, str(recorded.stream)
        if not isinstance(event, PersonDisabled | RoleWithdrawn):
            return
        left = event.party.id if isinstance(event, RoleWithdrawn) else ""
        why = "withdrawn" if left else "disabled"
        for kind, cases in lists:
            for row in await cases.open_of(person):
                if left in ("", row["unit"]):
                    known = about("vacate", recorded, kind, row)
                    yield pool_record, PoolRecord(**known, former=person, why=why)
            for row in await cases.asked_of(person):
                if left in ("", row["offered_to"]):
                    known = about("vacate", recorded, kind, row)
                    yield lapse_hand_over, LapseHandOver(**known, asked=person, reason=_LAPSED)

    return vacate


def about(rule: str, recorded: Recorded, kind: str, row: Row) -> dict[str, Any]:
    """By which rule, when, and for which record; the key makes twice the same as once."""
    return {
        "by": system(rule), "at": recorded.recorded_at, "kind": kind, "record": row["id"],
        "key": f"{recorded.stream}:{recorded.version}:{row['id']}",
        "correlation": recorded.event.correlation,
        "causation": f"{recorded.stream}:{recorded.version}",
    }  # fmt: skip
