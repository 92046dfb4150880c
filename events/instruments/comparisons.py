"""Comparative tests (比较试验, Order 778 §38): drafted, shown to enterprises, published."""

from __future__ import annotations

from datetime import date

from events.event import PartyRef, Value
from events.instruments.instruments import InstrumentEvent
from events.words import Words


class Finding(Value, frozen=True, kw_only=True):
    """What was measured of one sample: a value with its unit, or whether a demand was met."""

    what: str
    value: str = ""
    unit: str = ""
    met: bool | None = None


class Sample(Value, frozen=True, kw_only=True):
    """One row of a comparative test: `n` in the order in which they were added."""

    n: int
    brand: str
    enterprise: PartyRef | None = None
    findings: list[Finding]
    remark: str = ""


class ComparisonDetails(Value, frozen=True, kw_only=True):
    """What was compared and how: group of goods, method, by whom, when, where it was bought."""

    goods: str
    method: str
    tested_by: str
    tested_on: date
    bought: str
    text: str = ""


class ComparisonEvent(InstrumentEvent, frozen=True, kw_only=True):
    """About one edition of a comparative test (比较试验)."""

    edition: int


class ComparisonDrafted(ComparisonEvent, frozen=True, kw_only=True):
    """A council began a comparative test; nobody else reads it yet."""

    TOPIC = "comparison-drafted"
    SAYS = Words(
        "{by} 起草了比较试验“{title}”（{number}）",
        "{by} drafted the comparative test “{title}” ({number})",
    )

    details: ComparisonDetails


class ComparisonRewritten(ComparisonEvent, frozen=True, kw_only=True):
    """What was compared and how is said otherwise in the draft."""

    TOPIC = "comparison-rewritten"
    SAYS = Words("{by} 修改了比较试验“{title}”", "{by} rewrote the comparative test “{title}”")

    details: ComparisonDetails


class SampleAdded(ComparisonEvent, frozen=True, kw_only=True):
    """The results of one sample were added."""

    TOPIC = "sample-added"
    SAYS = Words(
        "{by} 在“{title}”中登记了一个样品的结果",
        "{by} added the results of a sample to “{title}”",
    )

    sample: Sample


class SampleDropped(ComparisonEvent, frozen=True, kw_only=True):
    """A sample was taken out of the draft."""

    TOPIC = "sample-dropped"
    SAYS = Words(
        "{by} 从“{title}”中去掉了第 {n} 号样品",
        "{by} took sample {n} out of “{title}”",
    )

    n: int


class ComparisonShown(ComparisonEvent, frozen=True, kw_only=True):
    """An enterprise was sent its own results; the term is the council's own choice."""

    TOPIC = "comparison-shown"
    SAYS = Words(
        "{by} 把比较试验“{title}”中的结果发给{enterprise}，{until}前可以说明",
        "{by} sent {enterprise} its results of “{title}”; it may comment by {until}",
    )

    enterprise: PartyRef
    until: date


class ComparisonCommented(ComparisonEvent, frozen=True, kw_only=True):
    """An enterprise had its say on its own results; it is published beside them."""

    TOPIC = "comparison-commented"
    SAYS = Words(
        "{by} 说明了比较试验“{title}”中本企业的结果",
        "{by} commented on its own results of “{title}”",
    )

    enterprise: PartyRef
    comment: str


class ComparisonPublished(ComparisonEvent, frozen=True, kw_only=True):
    """Everybody reads this edition from now on, with the comments; older ones are kept."""

    TOPIC = "comparison-published"
    SAYS = Words(
        "{by} 发布了比较试验“{title}”第 {edition} 版（{samples} 个样品）",
        "{by} published edition {edition} of the comparative test “{title}” ({samples} samples)",
    )

    samples: int


class ComparisonCorrected(ComparisonEvent, frozen=True, kw_only=True):
    """A new edition began, from what the one before said; that one stays readable."""

    TOPIC = "comparison-corrected"
    SAYS = Words(
        "{by} 开始更正比较试验“{title}”（第 {edition} 版）：{reason}",
        "{by} began edition {edition} of the comparative test “{title}”: {reason}",
    )

    details: ComparisonDetails
    samples: list[Sample]


class ComparisonWithdrawn(ComparisonEvent, frozen=True, kw_only=True):
    """It holds no longer; it stays readable, with the reason."""

    TOPIC = "comparison-withdrawn"
    SAYS = Words(
        "{by} 撤回了比较试验“{title}”：{reason}",
        "{by} withdrew the comparative test “{title}”: {reason}",
    )
