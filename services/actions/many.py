"""Many: what is asked for several cases at once, and the record of what came of it.

The acts on the cases are done one by one (`services/many.py`), each by its own command and rules.
"""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from pydantic import Field

from events.assigning import Officer
from events.event import Acting, Event, PartyRef
from events.ids import new_id
from events.many import ACTS, Item, ManyActed, ManyUndone
from events.words import Words
from services.actions.aggregate import Aggregate
from services.actions.change import idempotency_key
from services.actions.command import Command, RecordId, Text, ask
from services.actions.refused import AlreadyDecided, NotAllowed, Refused

#: Cases at once: a page of a list.
MOST = 50
#: Characters of a reason.
_REASON = 5


class ActOnMany(Command):
    """Do the same with several cases of one kind."""

    SAYS = Words("批量办理", "Act on several cases")

    key: str = Field(default_factory=lambda: str(new_id()))
    kind: str
    records: tuple[UUID, ...] = ()
    act: str = ask("怎样办理？", "What is to be done?", options=ACTS)
    to: PartyRef | None = ask(
        "交给谁？", "To whom?", widget="select", default=None,
        hint=Words("指派或者变更承办人时选择", "Where somebody is put in charge or asked to be"),
    )  # fmt: skip
    officer: Officer | None = None
    reason: Text = ask(
        "为什么？", "Why?", widget="area", default="", most=2_000,
        hint=Words("变更承办人或者退回待领时填写，每件都用这一句",
                   "Where it is handed over or returned; the same for each"),
    )  # fmt: skip

    @property
    def many(self) -> UUID:
        """Where it is recorded: the same for a form that is sent again."""
        key = idempotency_key(self)
        assert key is not None
        return key


class UndoMany(Command):
    """Undo what was done, case by case."""

    SAYS = Words("撤销这次批量办理", "Undo it")

    many: RecordId


class Many(Aggregate):
    """What was done with several cases at once."""

    WORD: ClassVar[Words] = Words("批量办理", "act on several cases")

    def __init__(self, id: UUID) -> None:
        super().__init__(id)
        self.acted: ManyActed | None = None
        self.undone: ManyUndone | None = None

    def relation(self, by: Acting) -> str:
        if self.acted is None:
            return "new"
        return "own" if by.party.id == self.acted.by.party.id else "none"

    def act(self, command: ActOnMany, items: list[Item]) -> None:
        self.record(
            ManyActed, command, act=command.act, case=command.kind, items=items,
            only_for=command.by.party.id, to=command.to, officer=command.officer,
            reason=command.reason,
        )  # fmt: skip

    def undo(self, command: UndoMany, items: list[Item]) -> None:
        acted = self.acted
        assert acted is not None
        self.record(
            ManyUndone, command, act=acted.act, case=acted.case, items=items,
            only_for=acted.only_for,
        )  # fmt: skip

    def when(self, event: Event) -> None:
        match event:
            case ManyActed():
                self.acted, self.state = event, "acted"
            case ManyUndone():
                self.undone, self.state = event, "undone"


def refuse_incomplete(command: ActOnMany) -> None:
    """Before anything is done: what the act needs for every case."""
    if not 1 <= len(command.records) <= MOST:
        raise Refused(_TOO_MANY if command.records else _NONE)
    if command.act == "assign" and command.officer is None:
        raise Refused(_NO_OFFICER, "to")
    if command.act == "hand-over" and command.to is None:
        raise Refused(_NOBODY, "to")
    if command.act in ("hand-over", "return") and len(command.reason) < _REASON:
        raise Refused(_NO_REASON, "reason")


def refuse_undo(many: Many, command: UndoMany) -> ManyActed:
    """What can be undone, by whom; else `Refused`."""
    assert many.acted is not None
    if many.undone is not None:
        raise AlreadyDecided(_UNDONE.fill(who=many.undone.by.name))
    if command.by.person != many.acted.by.person and command.by.role != "head":
        raise NotAllowed(_NOT_HERS.fill(name=many.acted.by.name))
    return many.acted


_NONE = Words(
    "还没有选择。请回到列表，勾选要办理的记录。",
    "Nothing is chosen. Go back to the list and tick the records.",
)
_TOO_MANY = Words(f"一次最多办理 {MOST} 件", f"At most {MOST} at once")
_NO_OFFICER = Words("请选择本单位的一位同事", "Choose somebody of your unit")
_NOBODY = Words("请选择交给谁承办", "Choose who is to take charge")
_NO_REASON = Words(
    f"请说明原因，至少写 {_REASON} 个字", f"Say why, in {_REASON} characters at least"
)
_UNDONE = Words("{who} 已经撤销过这次批量办理", "{who} has undone it already")
_NOT_HERS = Words(
    "这次批量办理由 {name} 提交，只有本人或者负责人可以撤销",
    "{name} did it; she or the head can undo it",
)
