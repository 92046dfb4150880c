"""Sessions: when and where the sides meet, who mediates, what is proposed, who must step aside."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import msgspec

from events.complaints.complaint import ComplaintEvent
from events.complaints.consents import Side
from events.complaints.terms import MEETINGS, SIDES
from events.event import PartyRef, Personal
from events.words import Words


class MediationScheduled(ComplaintEvent, frozen=True, kw_only=True):
    """Both sides were invited: time, place, mediator, and until when to ask him to step aside."""

    TOPIC = "mediation-scheduled"
    SAYS = Words(
        "{by} 通知双方于{day} {time} 调解投诉 {number}（{meeting}：{place}），调解人员：{mediator}",
        "{by} invited both sides to mediate complaint {number} on {day} at {time} "
        "({meeting}: {place}); mediator: {mediator}",
    )

    day: date
    time: str
    meeting: str
    place: str
    #: Staff in office, or invited by name: they stay plain.
    mediator: str
    recusal_by: date | None = None

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "meeting": MEETINGS[self.meeting]}


class MediationHeld(ComplaintEvent, frozen=True, kw_only=True):
    """The sides met, or one stayed away."""

    TOPIC = "mediation-held"
    SAYS = Words(
        "{by} 记录投诉 {number} 的一次调解（{meeting}），到场：{present}",
        "{by} recorded a session on complaint {number} ({meeting}); present: {present}",
    )

    meeting: str
    mediator: str
    present: list[str] = msgspec.field(default_factory=list)
    course: Personal | None = None

    def _values(self) -> dict[str, object]:
        there = [SIDES[side] for side in self.present] or [Words("无人", "nobody")]
        said = Words("、".join(w.zh for w in there), ", ".join(w.en for w in there))
        return {**super()._values(), "meeting": MEETINGS[self.meeting], "present": said}


class AttendanceStated(ComplaintEvent, frozen=True, kw_only=True):
    """One side said whether it comes to the session; if not, why, and when it could."""

    TOPIC = "attendance-stated"
    BESIDE: ClassVar[bool] = True
    SAYS = Words(
        "{by} 记录：{side}对投诉 {number} 定于{day} {time} 的调解表示{answer}",
        "{by} recorded on complaint {number}: {side} {answer} to the session on {day} at {time}",
    )

    side: Side
    comes: bool
    #: Of the session that was meant.
    day: date
    time: str
    why: Personal | None = None
    #: Who is to find another time, where it does not come.
    body: PartyRef | None = None

    def _values(self) -> dict[str, object]:
        answer = Words("参加", "comes") if self.comes else Words("不能参加", "cannot come")
        return {**super()._values(), "side": SIDES[self.side], "answer": answer}


class RecusalRequested(ComplaintEvent, frozen=True, kw_only=True):
    """One side asked that the mediator step aside; mediation rests until decided (121 §21)."""

    TOPIC = "recusal-requested"
    SAYS = Words(
        "{by} 记录：{whose}申请投诉 {number} 的调解人员回避，调解中止",
        "{by} recorded on complaint {number}: {whose} asked the mediator to step aside; "
        "mediation rests",
    )

    whose: Side
    why: Personal
    #: Who is in charge, and has to act on it.
    body: PartyRef | None = None

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "whose": SIDES[self.whose]}


class RecusalDecided(ComplaintEvent, frozen=True, kw_only=True):
    """The head decided whether the mediator steps aside; mediation goes on."""

    TOPIC = "recusal-decided"
    SAYS = Words(
        "{by} 就投诉 {number} 的回避申请作出决定：{decision}",
        "{by} decided the request to step aside on complaint {number}: {decision}",
    )

    granted: bool
    mediator: str = ""

    def _values(self) -> dict[str, object]:
        yes = Words(f"回避，改由{self.mediator}调解", f"granted, {self.mediator} mediates")
        return {**super()._values(), "decision": yes if self.granted else _NO}


_NO = Words("不回避", "not granted")


class ProposalMade(ComplaintEvent, frozen=True, kw_only=True):
    """The mediator proposed terms to both sides."""

    TOPIC = "proposal-made"
    SAYS = Words(
        "{by} 就投诉 {number} 向双方提出调解方案",
        "{by} proposed terms to both sides of complaint {number}",
    )

    terms: Personal


class ProposalAnswered(ComplaintEvent, frozen=True, kw_only=True):
    """One side answered the proposal."""

    TOPIC = "proposal-answered"
    SAYS = Words(
        "{by} 记录：{whose}{answer}投诉 {number} 的调解方案",
        "{by} recorded on complaint {number}: {whose} {answer} the proposal",
    )

    whose: Side
    accepts: bool
    why: Personal | None = None

    def _values(self) -> dict[str, object]:
        answer = Words("接受", "accepts") if self.accepts else Words("不接受", "does not accept")
        return {**super()._values(), "whose": SIDES[self.whose], "answer": answer}
