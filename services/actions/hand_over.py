"""Hand-over (变更承办人): a record is offered to a colleague or another unit, who accepts first.

Until then whoever had it stays responsible, and clocks run on (R18). Who accepts is in charge from
then on; the former unit may go on reading, and acts no more. A complaint on which nobody has
decided yet, or that was only accepted, is decided on anew by the unit that takes it.
"""

from __future__ import annotations

from typing import Any

from pydantic import ConfigDict, field_validator

from events.assigning import (
    HandOverAccepted,
    HandOverDeclined,
    HandOverEvent,
    HandOverOffered,
    HandOverWithdrawn,
    Officer,
    RecordMoved,
)
from events.event import Acting, PartyRef
from events.log import Appended
from events.words import Words
from services.actions.assigned import Assigned
from services.actions.assigning import on_charged, refuse_absent
from services.actions.change import Log
from services.actions.command import Reason, ask, wrong
from services.actions.evidence.adding import OnRecord
from services.actions.merging import refuse_merged
from services.actions.refused import NotAllowed, Refused


class OfferHandOver(OnRecord):
    """Ask a colleague or another unit to take charge."""

    model_config = ConfigDict(validate_default=True)
    SAYS = Words("变更承办人", "Hand it over")

    to: PartyRef | None = ask("交给谁承办？", "Who is to take charge?", widget="select",
                              default=None)  # fmt: skip
    officer: Officer | None = None
    reason: Reason = ask("为什么变更？", "Why is it handed over?", widget="area")

    @field_validator("to", mode="before")
    @classmethod
    def _chosen(cls, value: object) -> object:
        if not isinstance(value, PartyRef):
            wrong("请选择承办人", "Choose who is to take charge")
        return value


class AcceptHandOver(OnRecord):
    """Take charge of what is offered."""

    SAYS = Words("接办", "Take it over")


class DeclineHandOver(OnRecord):
    """Leave it where it is."""

    SAYS = Words("不接办", "Decline")

    reason: Reason = ask("为什么不接办？", "Why do you decline?", widget="area")


class WithdrawHandOver(OnRecord):
    """Take the offer back."""

    SAYS = Words("撤回移交", "Withdraw the offer")


class LapseHandOver(OnRecord):
    """Whoever was asked cannot answer any more."""

    SAYS = Words("移交失效", "The offer lapses")

    asked: str
    reason: str


class MoveRecord(OnRecord):
    """The unit was merged: its successor has the record."""

    SAYS = Words("转入合并后的单位", "Move to the successor")

    giver: str
    to: PartyRef


async def offer_hand_over(log: Log, command: OfferHandOver) -> Appended:
    assert command.to is not None
    if command.officer is not None:
        await refuse_absent(log, command.officer, command.to, "to")
    else:
        await refuse_merged(log, command.to, "to")
    return await on_charged(log, command, offer)


async def accept_hand_over(log: Log, command: AcceptHandOver) -> Appended:
    return await on_charged(log, command, accept)


async def decline_hand_over(log: Log, command: DeclineHandOver) -> Appended:
    return await on_charged(log, command, decline)


async def withdraw_hand_over(log: Log, command: WithdrawHandOver) -> Appended:
    return await on_charged(log, command, withdraw)


async def lapse_hand_over(log: Log, command: LapseHandOver) -> Appended:
    return await on_charged(log, command, lapse)


async def move_record(log: Log, command: MoveRecord) -> Appended:
    return await on_charged(log, command, move)


def offer(record: Assigned, command: OfferHandOver) -> None:
    to, officer, by = command.to, command.officer, command.by
    assert to is not None
    refuse_stranger(record, by)
    if record.offer is not None:
        raise Refused(_OFFERED.fill(whom=_whom(record.offer)), "to")
    if to.kind not in record.UNITS:
        raise Refused(_NO_UNIT.fill(unit=to.name, record=record.WORD), "to")
    if to.id == by.party.id:
        _refuse_same(record, officer)
    else:
        record.refuse_offer(to)
    record.assign(
        HandOverOffered, command, giver=record.unit, to=to, officer=officer, reason=command.reason
    )


def _refuse_same(record: Assigned, officer: Officer | None) -> None:
    """Within the unit it goes to a person, and to another than now."""
    if officer is None:
        raise Refused(Words("请选择承办人", "Choose who is to take charge"), "to")
    if record.officer is not None and record.officer.person == officer.person:
        raise Refused(_IS_HERS.fill(name=officer.name), "to")


def accept(record: Assigned, command: AcceptHandOver) -> None:
    offered = _offer_to(record, command.by)
    other = offered.to.id != offered.giver.id
    officer = Officer(person=command.by.person, name=command.by.name)
    record.assign(
        HandOverAccepted, command, giver=offered.giver, to=command.by.party, officer=officer,
        anew=other and record.state in record.UNDECIDED,
    )  # fmt: skip


def decline(record: Assigned, command: DeclineHandOver) -> None:
    _end(record, HandOverDeclined, command, _offer_to(record, command.by), reason=command.reason)


def withdraw(record: Assigned, command: WithdrawHandOver) -> None:
    refuse_stranger(record, command.by)
    if record.offer is None:
        raise Refused(_NO_OFFER)
    _end(record, HandOverWithdrawn, command, record.offer)


def lapse(record: Assigned, command: LapseHandOver) -> None:
    offered = record.offer
    asked = (offered.officer.person if offered.officer else offered.to.id) if offered else ""
    if offered is None or asked != command.asked:
        raise Refused(_NO_OFFER)
    _end(record, HandOverDeclined, command, offered, reason=command.reason)


def move(record: Assigned, command: MoveRecord) -> None:
    if record.unit is None or record.unit.id != command.giver:
        raise Refused(_NO_OFFER)
    record.assign(RecordMoved, command, giver=record.unit, to=command.to)


def _end(
    record: Assigned, kind: type[HandOverEvent], command: OnRecord, offered: HandOverOffered,
    **fields: Any,
) -> None:  # fmt: skip
    record.assign(
        kind, command, giver=offered.giver, to=offered.to, officer=offered.officer, **fields
    )


def _offer_to(record: Assigned, by: Acting) -> HandOverOffered:
    """The open offer, if it is hers to answer."""
    offered = record.offer
    if offered is None:
        raise Refused(_NO_OFFER)
    if not is_asked(offered, by):
        raise NotAllowed(_TO_ANOTHER.fill(whom=_whom(offered)))
    return offered


def is_asked(offered: HandOverOffered, by: Acting) -> bool:
    """Whether it is hers to accept or decline: her own, or anybody's of her unit."""
    hers = offered.officer is None or offered.officer.person == by.person
    return by.party.id == offered.to.id and hers


def is_in_charge(record: Assigned, by: Acting) -> bool:
    """Whether she may give it away: herself in charge, the head, or nobody is in charge yet."""
    return record.officer is None or by.role == "head" or record.officer.person == by.person


def refuse_stranger(record: Assigned, by: Acting) -> None:
    """Refuse a colleague of who is in charge."""
    if record.officer is not None and not is_in_charge(record, by):
        raise NotAllowed(_NOT_HERS.fill(name=record.officer.name))


def _whom(offered: HandOverOffered) -> str:
    return f"{offered.to.name} {offered.officer.name}" if offered.officer else offered.to.name


_OFFERED = Words(
    "已经提出交由 {whom} 承办，还在等答复。要交给别人，请先撤回。",
    "It is offered to {whom}, whose answer is awaited. Withdraw that first to offer it to others.",
)
_NO_OFFER = Words("现在没有等待答复的移交", "No hand-over awaits an answer now")
_NO_UNIT = Words(
    "“{unit}”不能承办{record}，请另选", "{unit} cannot handle a {record}; choose another"
)
_IS_HERS = Words("{name} 已经是承办人，请选择其他人", "{name} is in charge already; choose another")
_NOT_HERS = Words(
    "由 {name} 承办，只有本人或者负责人可以变更承办人",
    "{name} is in charge; she or the head can hand it over",
)
_TO_ANOTHER = Words("这件移交是给 {whom} 的，由其答复", "This is offered to {whom}, who answers")
