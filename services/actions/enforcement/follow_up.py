"""What a follow-up is: its states, who is what to it, and how each event changes it.

The rules stand beside their commands, step by step; here is what they share.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from events.enforcement import (
    DirectiveAnswered,
    DirectiveDelivered,
    DirectiveIssued,
    FollowUpClosed,
    FollowUpEvent,
    FollowUpOpened,
    RecheckFailed,
    RecheckPassed,
    ResultSentToCouncil,
)
from events.event import Acting, Event, PartyRef
from events.words import Code, Words
from services.actions.assigned import Assigned
from services.actions.command import Command, RecordId
from services.actions.enforcement.review import Review
from services.actions.enforcement.standing_risk import Risk

STATES = Code(
    "follow_up_state",
    {
        "opened": Words("已立项", "opened"),
        "issued": Words("已发文书，待送达", "directive issued"),
        "delivered": Words("已送达，待答复", "delivered, answer awaited"),
        "answered": Words("已答复，待复查", "answered, re-check awaited"),
        "passed": Words("复查合格", "re-check passed"),
        "failed": Words("复查不合格", "re-check failed"),
        "closed": Words("已办结", "closed"),
    },
)

_STATE_AFTER: dict[type[Event], str] = {
    FollowUpOpened: "opened",
    DirectiveIssued: "issued",
    DirectiveDelivered: "delivered",
    DirectiveAnswered: "answered",
    RecheckPassed: "passed",
    RecheckFailed: "failed",
    FollowUpClosed: "closed",
}


_IN_THE_FILE = Words(
    "它出自检查发现的问题，问题和责令改正已经记入企业档案和统计，不能限制查阅。",
    "It comes from a problem found in a check; problem and order stand in the enterprise's file "
    "and in the figures, so it cannot be restricted.",
)


class OnFollowUp(Command):
    """A command on one follow-up."""

    follow_up: RecordId


class FollowUp(Assigned):
    """One follow-up as its events have made it."""

    WORD: ClassVar[Words] = Words("跟进", "follow-up")
    CASE: ClassVar[str] = "follow-up"
    OWNER: ClassVar[str] = "regulator"
    UNITS: ClassVar[tuple[str, ...]] = ("regulator",)
    #: The second ballot opens the first, which is sealed.
    OPENED: ClassVar[bool] = True

    def __init__(self, id: UUID) -> None:
        super().__init__(id)
        self.opened: FollowUpOpened | None = None
        self.directive = ""
        self.due = date.min
        self.result_sent = False
        #: How the evidence on the latest directive stands.
        self.review = Review()
        self.risk = Risk()
        #: Whether any directive has reached the enterprise; before that it knows of nothing.
        self.reached = False

    @property
    def case_number(self) -> str:
        return self.opening.number

    @property
    def case_about(self) -> PartyRef | None:
        return self.opening.enterprise

    @property
    def answers(self) -> str:
        return self.opening.complaint if self.opening.source == "referral" else ""

    def own_relation(self, by: Acting) -> str:
        if self.opened is None or self.unit is None:
            return "new"
        if by.party.id == self.unit.id:
            return "regulator"
        if by.party.id == self.opened.enterprise.id:
            return "subject" if self.reached else "unreached"
        return super().own_relation(by)

    def why_open(self) -> Words | None:
        """What is in the enterprise's file, and in the figures, cannot be hidden here."""
        return _IN_THE_FILE if self.opening.problem else None

    @property
    def opening(self) -> FollowUpOpened:
        """How it was opened; `change` asks no rule of a follow-up that is not."""
        assert self.opened is not None
        return self.opened

    def say(self, kind: type[FollowUpEvent], command: Command, **fields: object) -> None:
        """Record a further event of this follow-up, with what it is about."""
        about = {name: getattr(self.opening, name) for name in ("number", "enterprise")}
        self.record(kind, command, regulator=self.unit, **about, **fields)

    def when(self, event: Event) -> None:
        super().when(event)
        self.state = _STATE_AFTER.get(type(event), self.state)
        match event:
            case FollowUpOpened():
                self.opened, self.unit = event, event.regulator
            case DirectiveIssued():
                self.directive, self.due = event.directive, event.due
                self.review = Review()
            case DirectiveDelivered():
                self.due, self.reached = event.due, True
            case ResultSentToCouncil():
                self.result_sent = True
        self.review.see(event)
        self.risk.see(event)
