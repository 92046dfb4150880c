"""Proposals (建议、反映): a council turns to a regulator or an association, which owes an answer.

Proposal and answer are public. What a council brings up with a regulator must be looked into and
replied to promptly (Order 778, Article 36); a suggestion must be listened to.
"""

from __future__ import annotations

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field, field_validator

from events.event import Acting, Event, PartyRef
from events.ids import new_id
from events.instruments import (
    PROPOSALS,
    ProposalEvent,
    ProposalPassedOn,
    ProposalReplied,
    ProposalSent,
    ProposalTakenBack,
)
from events.log import Appended
from events.words import Code, Words
from services import numbers
from services.actions.change import Log, begin, change
from services.actions.command import Command, Given, Reason, RecordId, ask, one_of, wrong
from services.actions.instruments.instrument import Instrument, OnGrounds, grounds_of
from services.actions.merging import refuse_merged

PROPOSAL_STATES = Code(
    "proposal_state",
    {
        "sent": Words("待答复", "to be answered"),
        "answered": Words("已答复", "answered"),
        "taken_back": Words("已撤回", "taken back"),
    },
)
#: Who can be asked.
ADDRESSED = ("regulator", "association")


class Proposal(Instrument):
    """One proposal as its events have made it."""

    WORD: ClassVar[Words] = Words("建议", "proposal")
    STATE_AFTER: ClassVar[dict[type[Event], str]] = {
        ProposalSent: "sent",
        ProposalReplied: "answered",
        ProposalTakenBack: "taken_back",
    }

    def __init__(self, id: UUID) -> None:
        super().__init__(id)
        self.nature = ""
        self.addressee: PartyRef | None = None

    def relation(self, by: Acting) -> str:
        if self.addressee is not None and by.party.id == self.addressee.id:
            return "addressee"
        return super().relation(by)

    def when(self, event: Event) -> None:
        super().when(event)
        if isinstance(event, ProposalEvent):
            self.nature, self.addressee = event.nature, event.addressee
        if isinstance(event, ProposalPassedOn):
            self.addressee = event.to

    def say(self, kind: type[ProposalEvent], command: Command, **fields: object) -> None:
        """Record a further event of this proposal."""
        known = {"number": self.number, "council": self.council, "title": self.title}
        known |= {"nature": self.nature, "addressee": self.addressee}
        self.record(kind, command, **known, **fields)


class SendProposal(OnGrounds):
    """Turn to a regulator or an association."""

    SAYS = Words("提出建议或者反映问题", "Propose, or bring up a problem")

    model_config = ConfigDict(validate_default=True)

    proposal: UUID = Field(default_factory=new_id)
    addressee: PartyRef | None = ask("向谁提出？", "To whom?", widget="select", default=None)
    nature: Annotated[Given, one_of(PROPOSALS)] = ask(
        "是什么？", "What is it?", widget="radios", options=PROPOSALS, hint=Words(
            "反映侵害消费者权益的问题，监管部门应当及时调查处理并予以回复（实施条例第三十六条）；"
            "意见和建议，应当认真听取。",
            "What a council brings up of harm to consumers a regulator must look into promptly and "
            "reply to (Order 778, Article 36); suggestions it must listen to.",
        ),
    )  # fmt: skip
    text: Given = ask("内容", "Text", widget="area", hint=Words(
        "内容和答复都会公开。不要写消费者是谁。",
        "Proposal and answer are public; never say who a consumer is.",
    ))  # fmt: skip

    @field_validator("addressee", mode="before")
    @classmethod
    def _one_that_answers(cls, value: object) -> object:
        if not isinstance(value, PartyRef) or value.kind not in ADDRESSED:
            wrong("请选择监管部门或者行业协会", "Choose a market regulator or an association")
        return value


async def send_proposal(log: Log, command: SendProposal) -> Appended:
    """Give it its number and record it."""
    to = command.addressee
    assert to is not None
    await refuse_merged(log, to, "addressee")
    grounds = await grounds_of(log, command)
    number = await numbers.next_number(log, numbers.PROPOSAL, command.on)

    def send(proposal: Proposal, command: SendProposal) -> None:
        proposal.record(
            ProposalSent, command, number=number, council=command.by.party, title=command.title,
            nature=command.nature, addressee=to, text=command.text, grounds=grounds,
        )  # fmt: skip

    return await begin(log, Proposal, command.proposal, command, send)


class OnProposal(Command):
    """A command on one proposal."""

    proposal: RecordId


class ReplyToProposal(OnProposal):
    """Answer the council."""

    SAYS = Words("答复消委会", "Answer the council")

    answer: Reason = ask("怎样答复？", "What do you answer?", widget="area", hint=Words(
        "答复会公开。", "The answer is public."
    ))  # fmt: skip


async def reply_to_proposal(log: Log, command: ReplyToProposal) -> Appended:
    return await change(log, Proposal, command.proposal, command, reply)


def reply(proposal: Proposal, command: ReplyToProposal) -> None:
    proposal.say(ProposalReplied, command, answer=command.answer)


class TakeProposalBack(OnProposal):
    """Take it back; it stays readable, with the reason."""

    SAYS = Words("撤回", "Take it back")

    reason: Reason = ask("为什么撤回？", "Why is it taken back?", widget="area")


async def take_proposal_back(log: Log, command: TakeProposalBack) -> Appended:
    return await change(log, Proposal, command.proposal, command, take_back)


def take_back(proposal: Proposal, command: TakeProposalBack) -> None:
    proposal.say(ProposalTakenBack, command, reason=command.reason)


class PassProposalOn(OnProposal):
    """The body was merged; its successor answers."""

    SAYS = Words("改由合并后的单位答复", "Let the successor answer it")

    to: PartyRef


async def pass_proposal_on(log: Log, command: PassProposalOn) -> Appended:
    return await change(log, Proposal, command.proposal, command, pass_on)


def pass_on(proposal: Proposal, command: PassProposalOn) -> None:
    proposal.say(ProposalPassedOn, command, to=command.to)
