"""Comparative tests (比较试验): drafted, published by the head, corrected, withdrawn.

Councils may organise them (Order 778, Article 38). What was published is never deleted: a
correction is a further edition, a withdrawal says why.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import AfterValidator, Field

from events.event import Acting, Event, PartyRef, today
from events.ids import new_id
from events.instruments import (
    ComparisonCommented,
    ComparisonCorrected,
    ComparisonDetails,
    ComparisonDrafted,
    ComparisonEvent,
    ComparisonPublished,
    ComparisonRewritten,
    ComparisonShown,
    ComparisonWithdrawn,
    Sample,
    SampleAdded,
    SampleDropped,
)
from events.log import Appended
from events.words import Code, Words
from services import numbers
from services.actions.change import Log, begin, change
from services.actions.command import Command, Given, Reason, RecordId, Text, ask, wrong
from services.actions.instruments.instrument import TITLE, Instrument
from services.actions.refused import Refused

COMPARISON_STATES = Code(
    "comparison_state",
    {
        "draft": Words("草稿", "draft"),
        "shown": Words("企业可以说明", "enterprises may comment"),
        "published": Words("已发布", "published"),
        "correcting": Words("已发布，正在更正", "published, being corrected"),
        "rechecked": Words("已发布，更正待企业说明", "published, correction with enterprises"),
        "withdrawn": Words("已撤回", "withdrawn"),
    },
)
#: In which a sample can be added; while an earlier edition is public or not.
DRAFTS = ("draft", "correcting")


class Comparison(Instrument):
    """One comparative test as its events have made it."""

    WORD: ClassVar[Words] = Words("比较试验", "comparative test")
    STATE_AFTER: ClassVar[dict[type[Event], str]] = {
        ComparisonDrafted: "draft",
        ComparisonPublished: "published",
        ComparisonWithdrawn: "withdrawn",
    }

    def __init__(self, id: UUID) -> None:
        super().__init__(id)
        self.edition, self.published, self.counted = 1, 0, 0
        self.details: ComparisonDetails | None = None
        self.samples: dict[int, Sample] = {}
        #: Of this edition: until when each enterprise may comment, and who has.
        self.asked: dict[str, date] = {}
        self.commented: set[str] = set()

    def relation(self, by: Acting) -> str:
        return "named" if by.party.id in self.asked else super().relation(by)

    def when(self, event: Event) -> None:
        super().when(event)
        match event:
            case ComparisonDrafted() | ComparisonRewritten():
                self.details = event.details
            case SampleAdded(sample=sample):
                self.samples[sample.n], self.counted = sample, max(self.counted, sample.n)
            case SampleDropped(n=n):
                del self.samples[n]
            case ComparisonShown(enterprise=firm, until=until):
                self.asked[firm.id] = until
                self.state = "rechecked" if self.edition > 1 else "shown"
            case ComparisonCommented(enterprise=firm):
                self.commented.add(firm.id)
            case ComparisonPublished():
                self.published = self.edition
            case ComparisonCorrected():
                self._begin_edition(event)

    def _begin_edition(self, event: ComparisonCorrected) -> None:
        self.edition, self.details = event.edition, event.details
        self.asked, self.commented = {}, set()
        self.state = "correcting" if self.edition > 1 else "draft"

    def next_edition(self) -> int:
        """The one that a correction changes: what is published stays as it is."""
        return self.edition + (self.published == self.edition)

    def enterprises(self) -> list[PartyRef]:
        """Those that are named, each once."""
        named = [each.enterprise for each in self.samples.values() if each.enterprise]
        return list({each.id: each for each in named}.values())

    def say(self, kind: type[ComparisonEvent], command: Command, **fields: object) -> None:
        """Record a further event of this test."""
        known = {"number": self.number, "council": self.council, "title": self.title}
        self.record(kind, command, **{**known, "edition": self.edition, **fields})


def _tested(value: date) -> date:
    if value > today():
        wrong("检测日期不能在将来", "The day of testing cannot be in the future")
    return value


class Described(Command):
    """A command that says what was compared and how."""

    title: Given = TITLE
    goods: Given = ask("比较的是哪类商品？", "Which group of goods?")
    method: Given = ask("按什么方法或者标准比较？", "By which method or standard?", hint=Words(
        "写明标准的编号和名称。", "Give the number and name of the standard."
    ))  # fmt: skip
    tested_by: Given = ask("由哪家机构检测？", "Which testing body tested them?")
    tested_on: Annotated[date, AfterValidator(_tested)] = ask(
        "什么时候检测完？", "When was testing finished?", widget="date"
    )
    bought: Given = ask("样品在哪里、怎样买的？", "Where and how were samples bought?")
    text: Text = ask("说明", "Summary", widget="area", default="", hint=Words(
        "可以不填。结果只说明买到的样品，不代表同一品牌的全部商品。",
        "May be left empty. Results speak of the samples that were bought, not of all of a brand.",
    ))  # fmt: skip

    def described(self) -> ComparisonDetails:
        """What the events say of it."""
        names = ("goods", "method", "tested_by", "tested_on", "bought", "text")
        return ComparisonDetails(**{name: getattr(self, name) for name in names})


class DraftComparison(Described):
    """Begin a comparative test; it is published by the head."""

    SAYS = Words("起草比较试验", "Draft a comparative test")

    comparison: UUID = Field(default_factory=new_id)


async def draft_comparison(log: Log, command: DraftComparison) -> Appended:
    """Give it its number and record it."""
    number = await numbers.next_number(log, numbers.COMPARISON, command.on)

    def draft(test: Comparison, command: DraftComparison) -> None:
        test.record(
            ComparisonDrafted, command, number=number, council=command.by.party,
            title=command.title, edition=1, details=command.described(),
        )  # fmt: skip

    return await begin(log, Comparison, command.comparison, command, draft)


class OnComparison(Command):
    """A command on one comparative test."""

    comparison: RecordId


class RewriteComparison(Described, OnComparison):
    """Change what the draft says of goods, method and testing."""

    SAYS = Words("修改草稿", "Rewrite the draft")


async def rewrite_comparison(log: Log, command: RewriteComparison) -> Appended:
    return await change(log, Comparison, command.comparison, command, rewrite)


def rewrite(test: Comparison, command: RewriteComparison) -> None:
    test.say(ComparisonRewritten, command, title=command.title, details=command.described())


class PublishComparison(OnComparison):
    """Let everybody read it, with the comments of the enterprises."""

    SAYS = Words("发布", "Publish")


async def publish_comparison(log: Log, command: PublishComparison) -> Appended:
    return await change(log, Comparison, command.comparison, command, publish)


def publish(test: Comparison, command: PublishComparison) -> None:
    """Not before each enterprise that is named had its say, or its term is over."""
    if not test.samples:
        raise Refused(_NO_SAMPLE)
    if any(each.id not in test.asked for each in test.enterprises()):
        raise Refused(_NOT_SHOWN)
    waiting = [until for firm, until in test.asked.items() if firm not in test.commented]
    if waiting and max(waiting) >= command.on:
        raise Refused(_STILL_OPEN.fill(day=max(waiting)))
    test.say(ComparisonPublished, command, samples=len(test.samples))


class CorrectComparison(OnComparison):
    """Draft it anew from what it says; an edition that was published stays readable."""

    SAYS = Words("更正", "Correct it")

    reason: Reason = ask("更正什么，为什么？", "What is corrected, and why?", widget="area")


async def correct_comparison(log: Log, command: CorrectComparison) -> Appended:
    return await change(log, Comparison, command.comparison, command, correct)


def correct(test: Comparison, command: CorrectComparison) -> None:
    test.say(
        ComparisonCorrected, command, edition=test.next_edition(), details=test.details,
        samples=list(test.samples.values()), reason=command.reason,
    )  # fmt: skip


class WithdrawComparison(OnComparison):
    """Say that it holds no longer, and why; it stays readable."""

    SAYS = Words("撤回", "Withdraw")

    reason: Reason = ask("为什么撤回？", "Why is it withdrawn?", widget="area")


async def withdraw_comparison(log: Log, command: WithdrawComparison) -> Appended:
    return await change(log, Comparison, command.comparison, command, withdraw)


def withdraw(test: Comparison, command: WithdrawComparison) -> None:
    test.say(ComparisonWithdrawn, command, reason=command.reason)


_NO_SAMPLE = Words("还没有登记样品的结果", "No results of a sample are recorded yet")
_NOT_SHOWN = Words(
    "先把结果发给写明的企业，让它们说明",
    "First send the enterprises that are named their results, so that they can comment",
)
_STILL_OPEN = Words(
    "企业到 {day} 还可以说明；都说明了，或者过了这一天，才能发布",
    "Enterprises may comment until {day}; publish once all have, or after that day",
)
