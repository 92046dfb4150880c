"""Warnings (消费警示、消费提示): drafted, published, withdrawn with a reason, never deleted."""

from __future__ import annotations

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from events.event import Event
from events.ids import new_id
from events.instruments import (
    WARNINGS,
    WarningDrafted,
    WarningEvent,
    WarningPublished,
    WarningRewritten,
    WarningWithdrawn,
)
from events.log import Appended
from events.words import Code, Words
from services import numbers
from services.actions.change import Log, begin, change
from services.actions.command import Command, Given, Reason, RecordId, Text, ask, one_of
from services.actions.instruments.instrument import TITLE, Instrument, OnGrounds, grounds_of

WARNING_STATES = Code(
    "warning_state",
    {
        "draft": Words("草稿", "draft"),
        "published": Words("已发布", "published"),
        "withdrawn": Words("已撤回", "withdrawn"),
    },
)
_KIND = ask("是提示还是警示？", "Advice or warning?", widget="radios", options=WARNINGS)
_GOODS = ask("涉及的商品或服务", "Goods or services concerned", default="")
_TEXT = ask("内容", "Text", widget="area", hint=Words(
    "写明问题、怎样辨别、怎样避免。不要写消费者是谁。",
    "Say what is wrong, how to tell, how to avoid it; never who a consumer is.",
))  # fmt: skip


class ConsumerWarning(Instrument):
    """One warning as its events have made it."""

    WORD: ClassVar[Words] = Words("消费警示", "consumer warning")
    STATE_AFTER: ClassVar[dict[type[Event], str]] = {
        WarningDrafted: "draft",
        WarningPublished: "published",
        WarningWithdrawn: "withdrawn",
    }

    def __init__(self, id: UUID) -> None:
        super().__init__(id)
        self.nature = ""

    def when(self, event: Event) -> None:
        super().when(event)
        if isinstance(event, WarningEvent):
            self.nature = event.nature

    def say(self, kind: type[WarningEvent], command: Command, **fields: object) -> None:
        """Record a further event of this warning."""
        known = {"number": self.number, "council": self.council, "title": self.title}
        self.record(kind, command, **{**known, "nature": self.nature, **fields})


class DraftWarning(OnGrounds):
    """Begin a warning; it is published by the head."""

    SAYS = Words("起草消费警示或者提示", "Draft a warning or advice")

    warning: UUID = Field(default_factory=new_id)
    nature: Annotated[Given, one_of(WARNINGS)] = _KIND
    goods: Text = _GOODS
    text: Given = _TEXT


async def draft_warning(log: Log, command: DraftWarning) -> Appended:
    """Give it its number and record it."""
    grounds = await grounds_of(log, command)
    number = await numbers.next_number(log, numbers.WARNING, command.on)

    def draft(warning: ConsumerWarning, command: DraftWarning) -> None:
        warning.record(
            WarningDrafted, command, number=number, council=command.by.party, nature=command.nature,
            title=command.title, text=command.text, goods=command.goods, grounds=grounds,
        )  # fmt: skip

    return await begin(log, ConsumerWarning, command.warning, command, draft)


class OnWarning(Command):
    """A command on one warning."""

    warning: RecordId


class RewriteWarning(OnWarning):
    """Change the draft."""

    SAYS = Words("修改草稿", "Rewrite the draft")

    title: Given = TITLE
    nature: Annotated[Given, one_of(WARNINGS)] = _KIND
    goods: Text = _GOODS
    text: Given = _TEXT


async def rewrite_warning(log: Log, command: RewriteWarning) -> Appended:
    return await change(log, ConsumerWarning, command.warning, command, rewrite)


def rewrite(warning: ConsumerWarning, command: RewriteWarning) -> None:
    said = {name: getattr(command, name) for name in ("title", "nature", "goods", "text")}
    warning.say(WarningRewritten, command, **said)


class PublishWarning(OnWarning):
    """Let everybody read it."""

    SAYS = Words("发布", "Publish")


async def publish_warning(log: Log, command: PublishWarning) -> Appended:
    return await change(log, ConsumerWarning, command.warning, command, publish)


def publish(warning: ConsumerWarning, command: PublishWarning) -> None:
    warning.say(WarningPublished, command)


class WithdrawWarning(OnWarning):
    """Say that it holds no longer, and why; it stays readable."""

    SAYS = Words("撤回", "Withdraw")

    reason: Reason = ask("为什么撤回？", "Why is it withdrawn?", widget="area")


async def withdraw_warning(log: Log, command: WithdrawWarning) -> Appended:
    return await change(log, ConsumerWarning, command.warning, command, withdraw)


def withdraw(warning: ConsumerWarning, command: WithdrawWarning) -> None:
    warning.say(WarningWithdrawn, command, reason=command.reason)
