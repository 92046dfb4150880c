"""Course: what became of one complaint, as far as its events go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from events.assigning import HandOverAccepted
from events.complaints import (
    AgreementPerformed,
    AgreementReached,
    ComplaintAccepted,
    ComplaintForwarded,
    ComplaintImportReversed,
    ComplaintMerged,
    ComplaintRefused,
    ComplaintRegistered,
    ComplaintReopened,
    ComplaintReturnedToDesk,
    ComplaintSeparated,
    ComplaintTransferred,
    ComplaintWithdrawn,
    DefaultReported,
    DirectSettlementConfirmed,
    MediationTerminated,
    OutcomeStated,
    SatisfactionStated,
)
from events.event import SYSTEM, Event, PartyRef, Recorded
from events.sharing import VISIBILITY
from services.views.assigned import unit_of

#: What an event ends a complaint with; a termination says its ground itself.
_OUTCOMES: dict[type[Event], str] = {
    AgreementReached: "agreed",
    DirectSettlementConfirmed: "agreed",
    ComplaintWithdrawn: "withdrawn",
    ComplaintRefused: "refused",
}


@dataclass
class Course:
    """One complaint: who has it, and what came of it."""

    id: str
    body: PartyRef = SYSTEM
    ended: str = ""
    kept: str = "not_said"
    satisfaction: str = "silent"
    accepted: bool = False
    merged: bool = False
    restricted: bool = False
    reversed: bool = False

    @classmethod
    def of(cls, stream: Iterable[Recorded]) -> Course:
        """From the events of its stream, in order."""
        course: Course | None = None
        for each in stream:
            course = course or cls(str(each.stream))
            course._see(each)
        assert course is not None
        return course

    @property
    def outcome(self) -> str:
        """How it ended: agreed, a ground of termination, withdrawn, refused, merged, or none."""
        return "merged" if self.merged else self.ended or "none"

    @property
    def intake(self) -> str:
        """Whether the body that has it accepted it, refused it, or what else ended that."""
        if self.accepted:
            return "accepted"
        return self.outcome if self.outcome in ("refused", "withdrawn", "merged") else "undecided"

    @property
    def mediated(self) -> bool:
        """Whether it ended by agreement or termination, so that she was asked how it was."""
        return self.outcome not in ("none", "merged", "withdrawn", "refused")

    def _see(self, recorded: Recorded) -> None:
        event = recorded.event
        self.restricted = VISIBILITY.get(type(event), self._visibility) == "restricted"
        self.ended = _OUTCOMES.get(type(event), self.ended)
        if to := unit_of(recorded):
            self.body = to
        match event:
            case ComplaintRegistered():
                self.body = event.handler
            case ComplaintAccepted() | HandOverAccepted(anew=True):
                self.accepted = isinstance(event, ComplaintAccepted)
            case ComplaintTransferred() | ComplaintForwarded():
                self.body, self.accepted = event.to, False
            case ComplaintReturnedToDesk():
                self.body, self.accepted = event.desk, False
            case MediationTerminated():
                self.ended = event.ground
            case ComplaintReopened():
                self.ended, self.kept, self.satisfaction = "", "not_said", "silent"
            case _:
                self._afterwards(event)

    @property
    def _visibility(self) -> str:
        return "restricted" if self.restricted else "normal"

    def _afterwards(self, event: Event) -> None:
        match event:
            case ComplaintMerged() | ComplaintSeparated():
                self.merged = isinstance(event, ComplaintMerged)
            case ComplaintImportReversed():
                self.reversed = True
            case AgreementPerformed():
                self.kept = "kept"
            case DefaultReported():
                self.kept = "defaulted"
            case OutcomeStated() if event.kept is not None:
                self.kept = "kept" if event.kept else "defaulted"
            case SatisfactionStated():
                self.satisfaction = "satisfied" if event.satisfied else "unsatisfied"
