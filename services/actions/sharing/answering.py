"""Answering: the party that was offered a part accepts or declines it; it may leave the case."""

from __future__ import annotations

from events.log import Appended
from events.sharing import (
    LEVELS,
    RelationAccepted,
    RelationDeclined,
    RelationGivenUp,
)
from events.words import Words
from services.actions.change import Log
from services.actions.command import Reason, ask
from services.actions.evidence.adding import OnRecord, on_record
from services.actions.refused import AlreadyDecided
from services.actions.shared import Part, Shared


class AcceptRelation(OnRecord):
    """Accept the part, or the higher level, that was offered: the one she had before her eyes."""

    SAYS = Words("同意加入", "Accept the part")

    relation: str = ask("同意的权限", "The level you accept", widget="hidden")


async def accept_relation(log: Log, command: AcceptRelation) -> Appended:
    return await on_record(log, command, accept)


def accept(record: Shared, command: AcceptRelation) -> None:
    part = _offered(record, command)
    if command.relation != part.offered:
        raise AlreadyDecided(_ANOTHER.fill(level=LEVELS[part.offered]))
    record.share(RelationAccepted, command, relation=part.offered, was=part.relation)


class DeclineRelation(OnRecord):
    """Decline it; what the party had before stays."""

    SAYS = Words("不同意加入", "Decline the part")

    reason: Reason = ask("为什么不同意？", "Why not?", widget="area")


async def decline_relation(log: Log, command: DeclineRelation) -> Appended:
    return await on_record(log, command, decline)


def decline(record: Shared, command: DeclineRelation) -> None:
    part = _offered(record, command)
    record.share(
        RelationDeclined, command, relation=part.offered, was=part.relation, reason=command.reason
    )


class GiveUpRelation(OnRecord):
    """Leave the case."""

    SAYS = Words("退出", "Give the part up")

    reason: Reason = ask("为什么退出？", "Why is it given up?", widget="area")


async def give_up_relation(log: Log, command: GiveUpRelation) -> Appended:
    return await on_record(log, command, give_up)


def give_up(record: Shared, command: GiveUpRelation) -> None:
    part = record.parts[command.by.party.id]
    record.share(RelationGivenUp, command, relation=part.relation, reason=command.reason)


def _offered(record: Shared, command: OnRecord) -> Part:
    part = record.parts.get(command.by.party.id)
    if part is None or not part.offered:
        raise AlreadyDecided(_NOTHING_OFFERED)
    return part


_NOTHING_OFFERED = Words(
    "现在没有等待您单位答复的邀请：它已经被答复或者撤回。",
    "No offer waits for your party: it was answered or withdrawn.",
)
_ANOTHER = Words(
    "对方已经改了邀请，现在是“{level}”。请核对后再答复。",
    "The offer was changed meanwhile: it is {level} now. Please check it and answer again.",
)
