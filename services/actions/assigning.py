"""Assigning (承办): who is in charge of a record within its unit.

A record comes into the pool of the unit that handles it. One of its people claims it, or the head
puts somebody in charge; she gives it back with a reason. Everybody of the unit may still act on
it, so that nothing waits for somebody who is away; the record says who answers for it.

Handing it to somebody else, who is asked first, stands in `hand_over`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from events.assigning import Officer, RecordAssigned, RecordClaimed, RecordPooled, RecordReturned
from events.event import PartyRef
from events.log import Appended
from events.words import Words
from services.access import NOT_THERE
from services.actions.assigned import Assigned
from services.actions.change import Log, change, load
from services.actions.command import Reason, ask
from services.actions.evidence.adding import OnRecord
from services.actions.kinds import CHARGED
from services.actions.people import Person
from services.actions.refused import NotFound, Refused
from services.rights.roles import STAFF


class ClaimRecord(OnRecord):
    """Take it out of the unit's pool."""

    SAYS = Words("由我承办", "Take charge")


class AssignRecord(OnRecord):
    """Put somebody of one's own unit in charge."""

    SAYS = Words("指派承办人", "Put somebody in charge")

    officer: Officer = ask("指派谁承办？", "Who is put in charge?", widget="select")


class ReturnRecord(OnRecord):
    """Give it back to the unit's pool."""

    SAYS = Words("退回待领", "Return to the pool")

    reason: Reason = ask("为什么退回？", "Why is it returned?", widget="area")


class PoolRecord(OnRecord):
    """The person in charge has left: it goes back to the unit's pool."""

    SAYS = Words("转入待领", "Put into the pool")

    former: str
    why: str


async def on_charged(log: Log, command: OnRecord, rule: Callable[[Any, Any], None]) -> Appended:
    """Change the record by this rule, whatever kind of those it is that have somebody in charge."""
    if command.kind not in CHARGED:
        raise NotFound(NOT_THERE)
    return await change(log, CHARGED[command.kind], command.record, command, rule)


async def claim_record(log: Log, command: ClaimRecord) -> Appended:
    return await on_charged(log, command, claim)


async def assign_record(log: Log, command: AssignRecord) -> Appended:
    await refuse_absent(log, command.officer, command.by.party, "officer")
    return await on_charged(log, command, put_in_charge)


async def return_record(log: Log, command: ReturnRecord) -> Appended:
    return await on_charged(log, command, give_back)


async def pool_record(log: Log, command: PoolRecord) -> Appended:
    return await on_charged(log, command, pool)


def claim(record: Assigned, command: ClaimRecord) -> None:
    if record.officer is not None:
        raise Refused(_HAS_OFFICER.fill(name=record.officer.name))
    record.assign(RecordClaimed, command)


def put_in_charge(record: Assigned, command: AssignRecord) -> None:
    if record.officer is not None and record.officer.person == command.officer.person:
        raise Refused(_IS_OFFICER.fill(name=record.officer.name), "officer")
    record.assign(RecordAssigned, command, officer=command.officer)


def give_back(record: Assigned, command: ReturnRecord) -> None:
    if record.officer is None:
        raise Refused(_IN_POOL)
    if command.by.role != "head" and record.officer.person != command.by.person:
        raise Refused(_NOT_HERS.fill(name=record.officer.name))
    record.assign(RecordReturned, command, former=record.officer, reason=command.reason)


def pool(record: Assigned, command: PoolRecord) -> None:
    if record.officer is None or record.officer.person != command.former:
        raise Refused(_IN_POOL)
    record.assign(
        RecordPooled, command, unit=record.unit, former=record.officer, why=command.why
    )  # fmt: skip


async def refuse_absent(log: Log, officer: Officer, unit: PartyRef, field: str) -> None:
    """Refuse somebody who does not work at the unit now."""
    person = await load(log, Person, UUID(officer.person))
    if person.state != "active" or person.roles.get(unit.id) not in STAFF:
        raise Refused(_ABSENT.fill(name=officer.name, unit=unit.name), field)


_HAS_OFFICER = Words(
    "{name} 已经在承办。需要换人时，请负责人指派，或者由 {name} 变更承办人。",
    "{name} is in charge already. The head can put somebody else in charge, or {name} can hand "
    "it over.",
)
_IS_OFFICER = Words(
    "{name} 已经是承办人，不需要再指派", "{name} is in charge already; nothing was changed"
)
_IN_POOL = Words(
    "现在没有承办人，已经在待领中", "Nobody is in charge; it waits in the pool already"
)
_NOT_HERS = Words(
    "由 {name} 承办，只有本人或者负责人可以退回",
    "{name} is in charge; she or the head can return it",
)
_ABSENT = Words(
    "{name} 现在不是“{unit}”的在职经办人或者负责人，请另选一位",
    "{name} is no case officer or head of {unit} now; choose somebody else",
)
