"""What each stage leaves behind in the record of a complaint: all that later rules ask."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from events.complaints import (
    AgreementReached,
    AttendanceStated,
    ClueExtended,
    ClueNoted,
    ClueVerified,
    CommentDeclined,
    CommentShown,
    CommentWithdrawn,
    CommentWritten,
    ComplaintAccepted,
    ComplaintForwarded,
    ComplaintLetGo,
    ComplaintMerged,
    ComplaintPublished,
    ComplaintReopened,
    ComplaintReturnedToDesk,
    ComplaintSeparated,
    ComplaintTookIn,
    ComplaintTransferred,
    ComplaintWithdrawn,
    ConsentGiven,
    ConsentWithdrawn,
    DirectSettlementOffered,
    DirectSettlementReported,
    EntrustmentEnded,
    EntrustmentMoved,
    IdentityProofGiven,
    IdentityProofRequested,
    MediationEntrusted,
    MediationHeld,
    MediationScheduled,
    MediationTerminated,
    OutcomeStated,
    PartiesNotified,
    ProposalAnswered,
    ProposalMade,
    PublicationTakenBack,
    RatingLapsed,
    RatingReminded,
    RecusalRequested,
    RepresentativesNamed,
    RepresentedConsented,
    SatisfactionStated,
)
from events.event import Event, PartyRef
from events.words import Words
from services.actions.aggregate import NONE, Aggregate
from services.actions.editions import Editions
from services.actions.refused import Refused


class Intake(Aggregate):
    """Who is asked to prove herself until when, and which desk passed the complaint on."""

    proof_until: date | None = None
    proof_given = False
    #: The desk to which a unit gives back what it has no power for; None: it is nobody's unit.
    desk: PartyRef | None = None
    within = False

    def refuse_offer(self, to: PartyRef) -> None:
        refuse_for_a_unit(self.desk, self.within)

    def _coming_in(self, event: Event) -> None:
        match event:
            case IdentityProofRequested():
                self.proof_until, self.proof_given = event.until, False
            case IdentityProofGiven():
                self.proof_given = True
            case ComplaintForwarded():
                self.desk, self.within = event.by.party, event.within
            case ComplaintReturnedToDesk() | ComplaintTransferred():
                self.desk, self.within = None, False


def refuse_for_a_unit(desk: PartyRef | None, within: bool) -> None:
    """A unit that got it from its authority's desk may not pass it on itself (121 §41)."""
    if within and desk is not None:
        raise Refused(
            Words(
                f"这件投诉由{desk.name}分送，不得自行移送。没有处理权限的，请退回{desk.name}。",
                f"{desk.name} forwarded it to you; you may not pass it on yourselves. "
                f"Where you have no power, return it to {desk.name}.",
            )
        )


class Consents(Aggregate):
    """Who agreed to what, and whether the complaint is public."""

    consents: frozenset[tuple[str, str]] = frozenset()
    published = False

    def __init__(self, id: UUID) -> None:
        super().__init__(id)
        #: What the business wrote beside it.
        self.comment = Editions()

    @property
    def can_be_public(self) -> bool:
        """Whether the consumer agrees to that."""
        return ("consumer", "publish") in self.consents

    def _consenting(self, event: Event) -> None:
        match event:
            case ConsentGiven():
                self.consents |= {(event.whose, event.what)}
            case ConsentWithdrawn():
                self.consents -= {(event.whose, event.what)}
            case ComplaintPublished():
                self.published = True
            case PublicationTakenBack():
                self.published = False
        self._commenting(event)

    def _commenting(self, event: Event) -> None:
        match event:
            case CommentWritten():
                self.comment.write(event.edition)
            case CommentShown():
                self.comment.show(event.edition)
            case CommentDeclined():
                self.comment.decline(event.edition)
            case CommentWithdrawn():
                self.comment.withdraw()


class Mediation(Aggregate):
    """Who mediates for whom, what is proposed and answered, and what the business reported."""

    #: Who is entrusted with it, and by whom.
    mediator: PartyRef | None = None
    principal: PartyRef | None = None
    before_offer = ""
    settled_as = ""
    proposed = False
    replies: Mapping[str, bool] = NONE
    challenged = ""
    session: MediationScheduled | None = None
    #: Which side comes to it, of those that said so.
    attending: Mapping[str, bool] = NONE
    accepted = False

    def _mediation(self, event: Event) -> None:
        match event:
            case ComplaintAccepted():
                self.accepted = True
            case ComplaintTransferred() | ComplaintForwarded():
                self.accepted = False
            case MediationEntrusted():
                self.mediator, self.principal = event.to, event.principal
            case EntrustmentMoved():
                self.mediator = event.to
            case EntrustmentEnded() | ComplaintReopened():
                self.mediator = None
        self._coming_together(event)

    def _coming_together(self, event: Event) -> None:
        match event:
            case DirectSettlementOffered():
                self.settled_as = ""
            case DirectSettlementReported():
                self.settled_as = event.remedy
            case ProposalMade():
                self.proposed, self.replies = True, {}
            case ProposalAnswered():
                self.replies = {**self.replies, event.whose: event.accepts}
            case RecusalRequested():
                self.challenged = event.whose
            case _:
                self._meeting(event)

    def _meeting(self, event: Event) -> None:
        match event:
            case MediationScheduled():
                self.session, self.attending = event, {}
            case AttendanceStated():
                self.attending = {**self.attending, event.side: event.comes}
            case (
                MediationHeld() | MediationTerminated() | AgreementReached()
                | ComplaintWithdrawn() | EntrustmentEnded()
            ):  # fmt: skip
                self.session = None


class Binding(Aggregate):
    """Into which complaint this one was merged, or which ones it took in."""

    merged_into = ""
    merged_into_number = ""
    before_merge = ""
    merged_as = ""
    #: id -> number and how, of those handled with this one.
    taken_in: Mapping[str, tuple[str, str]] = NONE
    representatives: tuple[str, ...] = ()
    represented_agree: frozenset[str] = frozenset()

    def _binding(self, event: Event) -> None:
        match event:
            case ComplaintMerged():
                self.merged_into, self.merged_into_number = event.other, event.other_number
                self.merged_as = event.how
            case ComplaintSeparated():
                self.merged_into = self.merged_into_number = self.merged_as = ""
            case ComplaintTookIn():
                self.taken_in = {**self.taken_in, event.other: (event.other_number, event.how)}
            case ComplaintLetGo():
                self.taken_in = {k: v for k, v in self.taken_in.items() if k != event.other}
            case RepresentativesNamed():
                self.representatives = tuple(event.complaints)
            case RepresentedConsented():
                self.represented_agree |= {event.other}

    def undecided(self) -> list[str]:
        """Numbers of those who are represented and have not agreed to settle (121 §12)."""
        return [
            number
            for id, (number, how) in self.taken_in.items()
            if how == "joint" and id not in {*self.representatives, *self.represented_agree}
        ]


class Ending(Aggregate):
    """What is still to be said and asked after the end."""

    rated = False
    reminded = False
    lapsed = False
    told: frozenset[str] = frozenset()
    clue = ""
    clue_extended = False
    outcome_stated = False
    perform_by: date | None = None

    def _ending(self, event: Event) -> None:
        match event:
            case SatisfactionStated():
                self.rated = True
            case RatingReminded():
                self.reminded = True
            case RatingLapsed():
                self.lapsed = True
            case AgreementReached():
                self.perform_by = event.perform_by
            case PartiesNotified():
                self.told |= {*event.whom}
            case OutcomeStated():
                self.outcome_stated = True
            case ComplaintReopened():
                self.told = frozenset()
                self.rated = self.reminded = self.lapsed = self.outcome_stated = False
        self._clue(event)

    def _clue(self, event: Event) -> None:
        match event:
            case ClueNoted():
                self.clue, self.clue_extended = "open", False
            case ClueExtended():
                self.clue_extended = True
            case ClueVerified():
                self.clue = "verified"
