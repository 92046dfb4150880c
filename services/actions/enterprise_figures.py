"""Figures of one enterprise: it is told first, comments, and the body publishes both.

No text gives it a term; ours is `COMMENT_DAYS` at least. The body publishes once that is over, or
once it has shown or declined what the enterprise wrote; what is told is never counted anew.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Annotated, Any, ClassVar
from uuid import UUID

from events.complaints.terms import COMMENT_GROUNDS
from events.event import CHINA, Acting, Event, PartyRef
from events.ids import derived_id
from events.indicators import (
    EnterpriseFigures,
    EnterpriseFiguresPublished,
    EnterpriseFiguresTold,
    FiguresCommentDeclined,
    FiguresCommentShown,
    FiguresCommentWithdrawn,
    FiguresCommentWritten,
)
from events.log import Appended
from events.words import Words
from services.actions.aggregate import Aggregate
from services.actions.change import Log, begin, change
from services.actions.command import Command, Given, Reason, RecordId, ask, one_of
from services.actions.editions import Editions
from services.actions.refused import AlreadyDecided, Refused

#: Days that an enterprise has to comment, at least.
COMMENT_DAYS = 10
#: Over how many months figures of an enterprise may be counted.
PERIODS = (1, 12)
_TOLD = UUID("5d1f2f0a-7d54-5e6c-8f37-2b6f0a9c4e11")


class TellEnterpriseFigures(Command):
    """Tell an enterprise its figures, before they are published."""

    SAYS = Words("告知企业", "Tell the enterprise")

    enterprise: PartyRef
    month: Given
    months: int
    upto: int
    comment_by: date = ask("企业最迟哪一天写说明？", "By which day may it comment?")
    method: int = 0
    sha256: str = ""
    figures: str = ""

    @property
    def id(self) -> UUID:
        """What this body tells of this enterprise and period: once."""
        about = f"{self.by.party.id}/{self.enterprise.id}/{self.month}/{self.months}"
        return derived_id(_TOLD, about)


class OnFigures(Command):
    """A command on the figures of one enterprise."""

    record: RecordId


class PublishEnterpriseFigures(OnFigures):
    """Publish them with what the enterprise says."""

    SAYS = Words("公布", "Publish")


class WriteFiguresComment(OnFigures):
    """Write what shall stand beside the figures."""

    SAYS = Words("写企业说明", "Write a comment")

    comment: Reason = ask(
        "数据旁边写什么？", "What shall stand beside the figures?", widget="area",
        hint=Words(
            "所有人都能看到，并长期保存。不写任何人的姓名、电话、地址。"
            "承办单位查看后显示；不显示的，会说明依据。再写一稿，就代替这一稿。",
            "Everybody will read it and it is kept for good; name nobody. The body checks it "
            "before it is shown, and says on what ground if it is not. A later edition replaces "
            "this one.",
        ),
    )  # fmt: skip


class WithdrawFiguresComment(OnFigures):
    """Take the comment back."""

    SAYS = Words("撤回企业说明", "Withdraw the comment")


class ShowFiguresComment(OnFigures):
    """Show it beside the figures."""

    SAYS = Words("显示企业说明", "Show the comment of the business")


class DeclineFiguresComment(OnFigures):
    """Do not show it, or no longer, on a stated ground."""

    SAYS = Words("不显示企业说明", "Do not show the comment")

    ground: Annotated[Given, one_of(COMMENT_GROUNDS)] = ask(
        "依据是什么？", "On what ground?", widget="radios", options=COMMENT_GROUNDS
    )
    reason: Reason = ask("具体是哪一处？", "Which part of it?", widget="area")


class FiguresOfEnterprise(Aggregate):
    """What one body told and published of one enterprise and period."""

    WORD: ClassVar[Words] = Words("企业数据", "figures of an enterprise")

    def __init__(self, id: UUID) -> None:
        super().__init__(id)
        self.told: EnterpriseFiguresTold | None = None
        self.comment = Editions()
        self.text = ""

    def relation(self, by: Acting) -> str:
        if self.told is None:
            return "new"
        return {self.told.body.id: "body", self.told.enterprise.id: "about"}.get(
            by.party.id, "none"
        )

    def when(self, event: Event) -> None:
        match event:
            case EnterpriseFiguresTold():
                self.state, self.told = "told", event
            case EnterpriseFiguresPublished():
                self.state = "published"
            case FiguresCommentWritten():
                self.text = event.comment
                self.comment.write(event.edition)
            case FiguresCommentShown():
                self.comment.show(event.edition)
            case FiguresCommentDeclined():
                self.comment.decline(event.edition)
            case FiguresCommentWithdrawn():
                self.comment.withdraw()

    def say(self, kind: type[EnterpriseFigures], command: Command, **fields: object) -> None:
        """Record a further event on the same figures."""
        told = self.told
        assert told is not None
        about = {"body": told.body, "enterprise": told.enterprise}
        self.record(kind, command, **about, month=told.month, months=told.months, **fields)


def tell(record: FiguresOfEnterprise, command: TellEnterpriseFigures) -> None:
    """Raises `Refused` while the month goes on, or where the time to comment is too short."""
    if command.at.astimezone(CHINA).date().isoformat()[:7] <= command.month:
        raise Refused(_GOES_ON)
    earliest = command.on + timedelta(days=COMMENT_DAYS)
    if command.comment_by < earliest:
        raise Refused(_TOO_SHORT.fill(day=earliest), field="comment_by")
    names = {"enterprise", "month", "months", "upto", "comment_by", "method", "sha256", "figures"}
    said = {name: getattr(command, name) for name in names}
    record.record(EnterpriseFiguresTold, command, body=command.by.party, **said)


def publish(record: FiguresOfEnterprise, command: PublishEnterpriseFigures) -> None:
    """Raises `Refused` while it may still comment, or while what it wrote waits."""
    assert record.told is not None
    if record.comment.waiting:
        raise Refused(_WAITS)
    if not record.comment.last and command.on <= record.told.comment_by:
        raise Refused(_MAY_COMMENT.fill(day=record.told.comment_by))
    record.say(EnterpriseFiguresPublished, command)


def write(record: FiguresOfEnterprise, command: WriteFiguresComment) -> None:
    edition = record.comment.last + 1
    record.say(FiguresCommentWritten, command, edition=edition, comment=command.comment)


def withdraw(record: FiguresOfEnterprise, command: WithdrawFiguresComment) -> None:
    record.say(FiguresCommentWithdrawn, command, edition=record.comment.to_end())


def show(record: FiguresOfEnterprise, command: ShowFiguresComment) -> None:
    edition = record.comment.to_show()
    record.say(FiguresCommentShown, command, edition=edition, comment=record.text)


def decline(record: FiguresOfEnterprise, command: DeclineFiguresComment) -> None:
    record.say(
        FiguresCommentDeclined, command, edition=record.comment.to_end(),
        ground=command.ground, reason=command.reason, takes_off=not record.comment.waiting,
    )  # fmt: skip


RULES: dict[type[OnFigures], Callable[[FiguresOfEnterprise, Any], None]] = {
    PublishEnterpriseFigures: publish,
    WriteFiguresComment: write,
    WithdrawFiguresComment: withdraw,
    ShowFiguresComment: show,
    DeclineFiguresComment: decline,
}


async def tell_enterprise_figures(log: Log, command: TellEnterpriseFigures) -> Appended:
    """Record them once. Raises `AlreadyDecided`, `Refused`."""
    try:
        return await begin(log, FiguresOfEnterprise, command.id, command, tell)
    except AlreadyDecided:
        raise AlreadyDecided(_THERE) from None


async def on_figures(log: Log, command: OnFigures) -> Appended:
    """What is done with figures that an enterprise was told."""
    return await change(log, FiguresOfEnterprise, command.record, command, RULES[type(command)])


_GOES_ON = Words("这个月还没有结束，月末以后才能告知", "This month is not over yet")
_THERE = Words(
    "这家企业这一期的数据已经告知；告知过的数据不重新统计",
    "The enterprise was told its figures of this period; they are not counted anew",
)
_TOO_SHORT = Words(
    "企业至少要有十天写说明，请选 {day}或者以后",
    "The enterprise has ten days at least; choose {day} or later",
)
_WAITS = Words(
    "企业写的说明还在等待查看，请先显示或者说明不显示的依据",
    "A comment of the enterprise waits; show it, or say on what ground not",
)
_MAY_COMMENT = Words(
    "企业在 {day}以前可以写说明，现在还不能公布",
    "The enterprise may comment until {day}; it cannot be published yet",
)
