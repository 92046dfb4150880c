"""Opening: a regulator takes up a matter that was referred, complained of, broken or found."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from events.enforcement import FollowUpOpened
from events.event import PartyRef
from events.ids import new_id
from events.log import Appended
from events.sharing import CaseRestricted
from events.terms import SOURCES
from events.words import Words
from services import numbers
from services.actions.change import Log, begin, load
from services.actions.command import Command, Given, Reason, Text, ask, one_of
from services.actions.complaints.complaint import Complaint
from services.actions.enforcement.follow_up import FollowUp
from services.actions.refused import Refused

_WHO_REFERRED = Words(
    "移送线索要写明是哪个消委会移送的，请从“收到的线索”里立项",
    "A referral needs the council that sent it; open it from the list of referred clues",
)
_AS_THE_COMPLAINT = "所依据的投诉限制查阅"


class OpenFollowUp(Command):
    """Open a follow-up on an enterprise; the regulator is the acting party."""

    SAYS = Words("立项跟进", "Open a follow-up")

    follow_up: UUID = Field(default_factory=new_id)
    number: str = ""
    enterprise: PartyRef
    source: Annotated[Given, one_of(SOURCES)] = ask(
        "从哪里来？", "Where does it come from?", widget="radios", options=SOURCES
    )
    matter: Reason = ask("要跟进什么事情？", "What is to be followed up?", widget="area")
    source_number: Text = ""
    complaint: Text = ""
    pledge: Text = ""
    problem: Text = ""
    raised_by: PartyRef | None = None


async def open_follow_up(log: Log, command: OpenFollowUp) -> Appended:
    """Give the follow-up its number and record it."""
    if not command.number:
        number = await numbers.next_number(log, numbers.FOLLOW_UP, command.on)
        command = command.model_copy(update={"number": number})
    hidden = command.complaint and await _restricted(log, UUID(command.complaint))
    return await begin(
        log, FollowUp, command.follow_up, command, take_up_restricted if hidden else take_up
    )


async def _restricted(log: Log, complaint: UUID) -> bool:
    return (await load(log, Complaint, complaint)).restricted


def take_up_restricted(follow_up: FollowUp, command: OpenFollowUp) -> None:
    """What comes of a restricted complaint would tell that there is one."""
    take_up(follow_up, command)
    follow_up.share(CaseRestricted, command, reason=_AS_THE_COMPLAINT)


def take_up(follow_up: FollowUp, command: OpenFollowUp) -> None:
    if command.source == "referral" and command.raised_by is None:
        raise Refused(_WHO_REFERRED, field="source")
    given = {"number", "enterprise", "source", "source_number", "matter", "raised_by"}
    fields = {name: getattr(command, name) for name in given}
    links = command.model_dump(include={"complaint", "pledge", "problem"})
    follow_up.record(FollowUpOpened, command, regulator=command.by.party, **fields, **links)
