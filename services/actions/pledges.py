"""Pledges (自律承诺): what an association's members promise, in words that can be measured.

A pledge names what is measured, the target, the evidence and the period (GB/T 46277-2025,
R45): all are asked already in the draft, because nobody can judge a promise without them.
The draft may be reworded as often as needed, each wording stays in the record. Publishing
freezes the text under its SHA-256; other words afterwards are another pledge, which members
sign anew. What one member signed stands in its own record (`member_pledges`).

Open dilemma: the Anti-Monopoly Law forbids associations to agree on prices, output or
boycotts. The form says so; whether a text does is for people to see, not for software.
"""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import Field, field_validator

from events.event import Acting, Event
from events.ids import new_id
from events.log import Appended
from events.pledges import PledgeDrafted, PledgePublished
from events.words import Code, Words
from services import numbers
from services.actions.aggregate import Aggregate
from services.actions.change import Log, begin, change
from services.actions.command import Command, Given, Reason, RecordId, ask, wrong

STATES = Code(
    "pledge_state",
    {
        "draft": Words("草稿", "draft"),
        "published": Words("已发布", "published"),
    },
)

Title = Annotated[Given, Field(max_length=100)]

#: The fields that publishing freezes, in the order in which they are hashed.
TEXT = ("title", "text", "metric", "target", "evidence", "period_from", "period_to")


class PledgeText(Command):
    """The words of a pledge, as a draft asks for them."""

    title: Title = ask(
        "承诺叫什么？", "What is the pledge called?",
        hint=Words("例如：充电器追溯标签承诺", "For example: traceable labels on chargers"),
    )  # fmt: skip
    text: Reason = ask(
        "会员承诺做什么？", "What do members promise to do?", widget="area",
        hint=Words(
            "写会员自己能做到的事。不能约定价格、产量或者联合抵制，《反垄断法》第二十一条禁止。",
            "What a member can do itself. Prices, output or boycotts may not be agreed: "
            "Anti-Monopoly Law, Article 21.",
        ),
    )  # fmt: skip
    metric: Given = ask(
        "用什么衡量？", "What is measured?",
        hint=Words(
            "例如：抽查的充电器中贴有追溯标签的比例",
            "For example: the share of sampled chargers with a traceable label",
        ),
    )  # fmt: skip
    target: Given = ask(
        "达到多少算履行？", "Which target must be met?",
        hint=Words("例如：不低于 95%", "For example: at least 95%"),
    )  # fmt: skip
    evidence: Given = ask(
        "凭什么证明？", "What counts as evidence?",
        hint=Words("例如：标签照片和出货数量表", "For example: photos of labels, shipping counts"),
    )  # fmt: skip
    period_from: date = ask("从哪一天开始？", "From which date?", widget="date")
    period_to: date = ask("到哪一天为止？", "Until which date?", widget="date")

    @field_validator("period_to")
    @classmethod
    def _not_before_it_begins(cls, value: date, info: Any) -> date:
        begins = info.data.get("period_from")
        if begins is not None and value < begins:
            wrong(
                f"结束日期 {value} 早于开始日期 {begins}，请核对",
                f"The last date {value} is before the first, {begins}; please check",
            )
        return value


class DraftPledge(PledgeText):
    """Draft a pledge; the association is the acting party."""

    SAYS = Words("起草承诺", "Draft a pledge")

    pledge: UUID = Field(default_factory=new_id)
    number: str = ""


class RedraftPledge(PledgeText):
    """Reword a draft; the earlier wording stays in the record."""

    SAYS = Words("修改草稿", "Reword the draft")

    pledge: RecordId


class PublishPledge(Command):
    """Publish the draft; from then on its text is frozen and members can sign."""

    SAYS = Words("发布", "Publish")

    pledge: RecordId


async def draft_pledge(log: Log, command: DraftPledge) -> Appended:
    """Give the pledge its number and record the draft."""
    if not command.number:
        number = await numbers.next_number(log, numbers.PLEDGE, command.on)
        command = command.model_copy(update={"number": number})
    return await begin(log, Pledge, command.pledge, command, Pledge.draft)


async def redraft_pledge(log: Log, command: RedraftPledge) -> Appended:
    return await change(log, Pledge, command.pledge, command, Pledge.redraft)


async def publish_pledge(log: Log, command: PublishPledge) -> Appended:
    return await change(log, Pledge, command.pledge, command, Pledge.publish)


class Pledge(Aggregate):
    """The rules of the text of one pledge."""

    WORD: ClassVar[Words] = Words("承诺", "pledge")

    def __init__(self, id: UUID) -> None:
        super().__init__(id)
        self.drafted: PledgeDrafted | None = None

    def relation(self, by: Acting) -> str:
        if self.drafted is None:
            return "new"
        return "association" if by.party.id == self.drafted.association.id else "none"

    @property
    def wording(self) -> PledgeDrafted:
        """The latest wording."""
        assert self.drafted is not None
        return self.drafted

    # -- rules ---------------------------------------------------------------------------

    def draft(self, command: DraftPledge) -> None:
        self._word(command, command.number)

    def redraft(self, command: RedraftPledge) -> None:
        self._word(command, self.wording.number)

    def _word(self, command: PledgeText, number: str) -> None:
        words = command.model_dump(include=set(TEXT))
        about = {"number": number, "association": command.by.party}
        self.record(PledgeDrafted, command, **about, **words)

    def publish(self, command: PublishPledge) -> None:
        self.record(
            PledgePublished,
            command,
            number=self.wording.number,
            title=self.wording.title,
            association=self.wording.association,
            text_hash=text_hash(self.wording),
        )

    # -- state ---------------------------------------------------------------------------

    def when(self, event: Event) -> None:
        match event:
            case PledgeDrafted():
                self.state, self.drafted = "draft", event
            case PledgePublished():
                self.state = "published"


def text_hash(wording: PledgeDrafted) -> str:
    """SHA-256 (hex) of the JSON list of the fields named in `TEXT`, dates as 2026-12-31."""
    said = [str(getattr(wording, name)) for name in TEXT]
    return sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
