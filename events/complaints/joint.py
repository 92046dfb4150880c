"""Joint complaints and repeats: handled as one, and separated again (121 §12)."""

from __future__ import annotations

from typing import Literal

import msgspec

from events.complaints.complaint import ComplaintEvent
from events.complaints.terms import BINDINGS
from events.words import Words

Binding = Literal["duplicate", "joint"]


class _Bound(ComplaintEvent, frozen=True, kw_only=True):
    """The other complaint, and why."""

    other: str
    other_number: str
    how: Binding

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "how": BINDINGS[self.how]}


class ComplaintMerged(_Bound, frozen=True, kw_only=True):
    """From now on it is handled with the other one."""

    TOPIC = "complaint-merged"
    SAYS = Words(
        "{by} 将投诉 {number} 并入 {other_number}（{how}）：{reason}",
        "{by} merged complaint {number} into {other_number} ({how}): {reason}",
    )


class ComplaintTookIn(_Bound, frozen=True, kw_only=True):
    """The other complaint is handled with this one."""

    TOPIC = "complaint-took-in"
    SAYS = Words(
        "{by} 将投诉 {other_number} 并入本件 {number}（{how}）：{reason}",
        "{by} had complaint {other_number} handled with {number} ({how}): {reason}",
    )


class ComplaintSeparated(_Bound, frozen=True, kw_only=True):
    """It stands by itself again, as if it had never been merged (`resumes`)."""

    TOPIC = "complaint-separated"
    SAYS = Words(
        "{by} 将投诉 {number} 从 {other_number} 中分出，恢复单独办理：{reason}",
        "{by} separated complaint {number} from {other_number}; it goes on by itself: {reason}",
    )

    resumes: str


class ComplaintLetGo(_Bound, frozen=True, kw_only=True):
    """The other complaint is no longer handled with this one."""

    TOPIC = "complaint-let-go"
    SAYS = Words(
        "{by} 将投诉 {other_number} 从本件 {number} 中分出：{reason}",
        "{by} separated complaint {other_number} from {number}: {reason}",
    )


class RepresentativesNamed(ComplaintEvent, frozen=True, kw_only=True):
    """Those who complain jointly chose, in writing, who represents them: two at most."""

    TOPIC = "representatives-named"
    SAYS = Words(
        "{by} 登记共同投诉 {number} 的代表人：{numbers} 的投诉人",
        "{by} recorded who represents joint complaint {number}: the consumers of {numbers}",
    )

    complaints: list[str] = msgspec.field(default_factory=list)
    numbers: str = ""


class RepresentedConsented(ComplaintEvent, frozen=True, kw_only=True):
    """One who is represented agreed to settle, or to give up the claim."""

    TOPIC = "represented-consented"
    SAYS = Words(
        "{by} 记录：{other_number} 的投诉人同意共同投诉 {number} 的和解方案",
        "{by} recorded that the consumer of {other_number} agrees to settle joint complaint "
        "{number}",
    )

    other: str
    other_number: str
