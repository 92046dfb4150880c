"""Many: does what is asked for several cases, one after the other, and says what came of each.

Each case is decided on by its own command, rights and rules, and stands or falls alone; all of it
carries one correlation. Undone, each gets the act that takes it back, unless it went on meanwhile.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from events.assigning import Officer
from events.ids import new_id
from events.log import Append, Appended
from events.many import Item, ManyActed
from events.words import Words
from services import access
from services.actions import assigning as a
from services.actions import hand_over as h
from services.actions.assigned import Assigned
from services.actions.change import Log, idempotency_key, load
from services.actions.command import Command
from services.actions.evidence.adding import OnRecord
from services.actions.kinds import CHARGED
from services.actions.many import ActOnMany, Many, UndoMany, refuse_incomplete, refuse_undo
from services.actions.refused import NotFound, Refused
from services.platform import Platform
from services.records import may_see

Do = Callable[[Any, Any], Awaitable[Appended]]
Made = tuple[Do, OnRecord]
#: Why, in the record of a case whose act is taken back.
_WHY = "撤销批量办理"


class OnMany:
    """The two actions; each case goes through the platform's one door."""

    def __init__(self, platform: Platform) -> None:
        self.platform = platform

    async def act(self, log: Log, command: ActOnMany) -> Appended:
        """Do it case by case, and record what came of it."""
        refuse_incomplete(command)
        many = await load(log, Many, command.many)
        access.check(command, many)
        if many.acted is None:
            items = [await self._act_on(log, command, id) for id in command.records]
            many.act(command.model_copy(update={"correlation": str(many.id)}), items)
        return await _recorded(log, many, command)

    async def _act_on(self, log: Log, command: ActOnMany, id: UUID) -> Item:
        record = await _case(log, command, command.kind, id)
        if record is None:
            return _item(id, "", "refused", access.NOT_THERE)
        if _is_so(record, command):
            return _item(id, record.case_number, "same")
        former = record.officer
        refused = await self._perform(_asked(command, id))
        if refused:
            return _item(id, record.case_number, "refused", refused)
        return _item(id, record.case_number, "done", former=former)

    async def undo(self, log: Log, command: UndoMany) -> Appended:
        """Take back what was done, case by case; of what went on meanwhile it is said."""
        many = await load(log, Many, command.many)
        if many.acted is None:
            raise NotFound(access.NOT_THERE)
        access.check_part(command, many)
        acted = refuse_undo(many, command)
        done = [each for each in acted.items if each.result == "done"]
        many.undo(
            command.model_copy(update={"correlation": str(many.id)}),
            [await self._take_back(log, command, acted, each) for each in done],
        )
        return await _recorded(log, many, command)

    async def _take_back(self, log: Log, command: UndoMany, acted: ManyActed, was: Item) -> Item:
        id = UUID(was.record)
        record = await _case(log, command, acted.case, id)
        if record is None:
            return _item(id, "", "refused", access.NOT_THERE)
        if not _is_so(record, acted):
            refused: Words | None = _WENT_ON
        else:
            refused = await self._perform(_taken_back(command, acted, was))
        return _item(id, record.case_number, "refused" if refused else "done", refused)

    async def _perform(self, made: Made) -> Words | None:
        """Why it was refused; None where it was done."""
        action, command = made
        try:
            await self.platform.perform(action, command)
        except Refused as refused:
            return refused.words
        return None


async def _recorded(log: Log, many: Many, command: Command) -> Appended:
    """What was recorded before is found by its key."""
    before = many.version - len(many.new)
    key = idempotency_key(command)
    return await log.append([Append(many.id, before, many.new)], key)


async def _case(log: Log, command: Command, kind: str, id: UUID) -> Assigned | None:
    """The case, where the acting party sees it and a unit can be in charge of it."""
    found = await load(log, CHARGED[kind], id) if kind in CHARGED else None
    return found if found is not None and may_see(command.by, found) else None


def _is_so(record: Assigned, asked: ActOnMany | ManyActed) -> bool:
    """It is as asked: nothing is to be done, or nobody did anything about it since then."""
    person = record.officer.person if record.officer else ""
    match asked.act:
        case "claim":
            return person == asked.by.person
        case "assign":
            return asked.officer is not None and person == asked.officer.person
        case "return":
            return record.officer is None
    return _is_offered(record, asked)


def _is_offered(record: Assigned, asked: ActOnMany | ManyActed) -> bool:
    """It is offered to this unit or person, who has not answered yet."""
    offer, to = record.offer, asked.to
    return offer is not None and to is not None and (offer.to.id, offer.officer) == (
        to.id, asked.officer,
    )  # fmt: skip


def _asked(command: ActOnMany, id: UUID) -> Made:
    """The command for one case."""
    about = _about(command, command.kind, id, str(command.many))
    match command.act:
        case "claim":
            return a.claim_record, a.ClaimRecord(**about)
        case "assign":
            return a.assign_record, a.AssignRecord(**about, officer=command.officer)
        case "return":
            return a.return_record, a.ReturnRecord(**about, reason=command.reason)
    to = {"to": command.to, "officer": command.officer, "reason": command.reason}
    return h.offer_hand_over, h.OfferHandOver(**about, **to)


def _taken_back(command: UndoMany, acted: ManyActed, was: Item) -> Made:
    """The command that puts one case back where it was."""
    about = _about(command, acted.case, UUID(was.record), str(command.many))
    if acted.act == "hand-over":
        return h.withdraw_hand_over, h.WithdrawHandOver(**about)
    if was.former is None:
        return a.return_record, a.ReturnRecord(**about, reason=_WHY)
    if acted.act == "return" and was.former.person == command.by.person:
        return a.claim_record, a.ClaimRecord(**about)
    return a.assign_record, a.AssignRecord(**about, officer=was.former)


def _about(command: Command, kind: str, id: UUID, many: str) -> dict[str, Any]:
    """For each case a key of its own: what was done already is found, not done again."""
    key = f"{command.key or new_id()}/{id}"
    return {"by": command.by, "kind": kind, "record": id, "key": key, "correlation": many}


def _item(
    id: UUID, number: str, result: str, why: Words | None = None, former: Officer | None = None
) -> Item:
    zh, en = (why.zh, why.en) if why else ("", "")
    return Item(record=str(id), number=number, result=result, zh=zh, en=en, former=former)


_WENT_ON = Words(
    "之后承办人又有变化，没有动它；请打开这条记录处理",
    "Who is in charge has changed since; it was left as it is. Open the record to change it.",
)
