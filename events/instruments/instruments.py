"""Instruments of a council (CPL §37): warnings, interviews (约谈), proposals that others answer."""

from __future__ import annotations

from datetime import date

import msgspec

from events.event import Event, PartyRef, Personal, Value
from events.words import Code, Words

WARNINGS = Code(
    "warning_kind",
    {
        "tip": Words("消费提示", "consumer advice"),
        "warning": Words("消费警示", "consumer warning"),
    },
)
PROPOSALS = Code(
    "proposal_kind",
    {
        "problem": Words("反映问题", "problem brought up"),
        "suggestion": Words("提出建议", "suggestion"),
    },
)


class Ground(Value, frozen=True, kw_only=True):
    """A complaint on which it rests: its record and number, nothing of whom it is."""

    record: str
    number: str


class InstrumentEvent(Event, frozen=True, kw_only=True):
    """What all of them say: the number, the council, and what it is about."""

    number: str
    council: PartyRef
    title: str


class WarningEvent(InstrumentEvent, frozen=True, kw_only=True):
    """About one warning; `nature` is a code of `WARNINGS`."""

    nature: str

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "nature": WARNINGS[self.nature]}


class WarningDrafted(WarningEvent, frozen=True, kw_only=True):
    """A council began a warning; nobody else reads it yet."""

    TOPIC = "warning-drafted"
    SAYS = Words(
        "{by} 起草了{nature}“{title}”（{number}）", "{by} drafted {nature} “{title}” ({number})"
    )

    text: str
    goods: str = ""
    grounds: list[Ground] = msgspec.field(default_factory=list)


class WarningRewritten(WarningEvent, frozen=True, kw_only=True):
    """The draft was changed."""

    TOPIC = "warning-rewritten"
    SAYS = Words("{by} 修改了{nature}“{title}”", "{by} rewrote {nature} “{title}”")

    text: str
    goods: str = ""


class WarningPublished(WarningEvent, frozen=True, kw_only=True):
    """Everybody reads it from now on."""

    TOPIC = "warning-published"
    SAYS = Words("{by} 发布了{nature}“{title}”", "{by} published {nature} “{title}”")


class WarningWithdrawn(WarningEvent, frozen=True, kw_only=True):
    """It holds no longer; it stays readable, with the reason."""

    TOPIC = "warning-withdrawn"
    SAYS = Words(
        "{by} 撤回了{nature}“{title}”：{reason}", "{by} withdrew {nature} “{title}”: {reason}"
    )


class InterviewEvent(InstrumentEvent, frozen=True, kw_only=True):
    """About one interview with an enterprise."""

    enterprise: PartyRef


class InterviewHeld(InterviewEvent, frozen=True, kw_only=True):
    """A council called an enterprise in; who came and what was said stand sealed."""

    TOPIC = "interview-held"
    SAYS = Words("{by} 约谈了{enterprise}：{title}", "{by} called in {enterprise}: {title}")

    place: str
    told: Personal
    promised: str = ""
    promise_by: date | None = None
    grounds: list[Ground] = msgspec.field(default_factory=list)


class PromiseKept(InterviewEvent, frozen=True, kw_only=True):
    """What the enterprise promised there was done."""

    TOPIC = "promise-kept"
    SAYS = Words(
        "{by} 记录：{enterprise}做到了约谈中的承诺：{found}",
        "{by} recorded that {enterprise} kept what it promised: {found}",
    )

    found: str


class PromiseBroken(InterviewEvent, frozen=True, kw_only=True):
    """What the enterprise promised there was not done."""

    TOPIC = "promise-broken"
    SAYS = Words(
        "{by} 记录：{enterprise}没有做到约谈中的承诺：{found}",
        "{by} recorded that {enterprise} did not keep what it promised: {found}",
    )

    found: str


class ProposalEvent(InstrumentEvent, frozen=True, kw_only=True):
    """About one proposal and the body that is to answer; `nature` is a code of `PROPOSALS`."""

    nature: str
    addressee: PartyRef

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "nature": PROPOSALS[self.nature]}


class ProposalSent(ProposalEvent, frozen=True, kw_only=True):
    """A council turned to a regulator or an association, which owes an answer."""

    TOPIC = "proposal-sent"
    SAYS = Words(
        "{by} 向{addressee}{nature}：{title}（{number}）",
        "{by} to {addressee}, {nature}: {title} ({number})",
    )

    text: str
    grounds: list[Ground] = msgspec.field(default_factory=list)


class ProposalReplied(ProposalEvent, frozen=True, kw_only=True):
    """The body answered; what it says everybody reads."""

    TOPIC = "proposal-replied"
    SAYS = Words(
        "{by} 答复了{council}（{number}）：{title}", "{by} answered {council} ({number}): {title}"
    )

    answer: str


class ProposalTakenBack(ProposalEvent, frozen=True, kw_only=True):
    """The council took it back; it stays readable, with the reason."""

    TOPIC = "proposal-taken-back"
    SAYS = Words(
        "{by} 撤回了致{addressee}的“{title}”：{reason}",
        "{by} took back “{title}” to {addressee}: {reason}",
    )


class ProposalPassedOn(ProposalEvent, frozen=True, kw_only=True):
    """The body was merged; its successor owes the answer."""

    TOPIC = "proposal-passed-on"
    SAYS = Words(
        "单位合并，“{title}”（{number}）改由{to}答复",
        "After a merger {to} is to answer “{title}” ({number})",
    )

    to: PartyRef
