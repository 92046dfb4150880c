"""Interviews (约谈): with which enterprise, when, who came, what was promised, and whether kept."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator

from events.event import Event, PartyRef, Personal
from events.ids import new_id
from events.instruments import InterviewEvent, InterviewHeld, PromiseBroken, PromiseKept
from events.log import Appended
from events.words import Code, Words
from services import numbers
from services.actions.change import Log, begin, change
from services.actions.command import (
    Command,
    CreditCode,
    Given,
    MaybeDate,
    Reason,
    RecordId,
    Text,
    ask,
    wrong,
)
from services.actions.instruments.instrument import Instrument, OnGrounds, grounds_of
from services.actions.refused import Refused

INTERVIEW_STATES = Code(
    "interview_state",
    {
        "held": Words("已约谈，没有承诺", "held, nothing promised"),
        "promised": Words("承诺待落实", "promise to be kept"),
        "kept": Words("承诺已落实", "promise kept"),
        "broken": Words("承诺未落实", "promise not kept"),
    },
)


class Interview(Instrument):
    """One interview as its events have made it."""

    WORD: ClassVar[Words] = Words("约谈", "interview")
    STATE_AFTER: ClassVar[dict[type[Event], str]] = {PromiseKept: "kept", PromiseBroken: "broken"}

    def __init__(self, id: UUID) -> None:
        super().__init__(id)
        self.enterprise: PartyRef | None = None

    def when(self, event: Event) -> None:
        super().when(event)
        if isinstance(event, InterviewHeld):
            self.state = "promised" if event.promised else "held"
            self.enterprise = event.enterprise

    def say(self, kind: type[InterviewEvent], command: Command, **fields: object) -> None:
        """Record a further event of this interview."""
        known = {"number": self.number, "council": self.council, "title": self.title}
        self.record(kind, command, **known, enterprise=self.enterprise, **fields)


class HoldInterview(OnGrounds):
    """Record an interview that was held."""

    model_config = ConfigDict(validate_default=True)
    SAYS = Words("记录约谈", "Record an interview")

    interview: UUID = Field(default_factory=new_id)
    enterprise: PartyRef | None = None
    code: CreditCode = ask("企业的统一社会信用代码", "Credit code of the enterprise", least=1)
    place: Given = ask("在哪里？", "Where?")
    attended: Given = ask("谁参加了？", "Who took part?", widget="area")
    told: Given = ask("谈了什么？", "What was said?", widget="area")
    promised: Text = ask(
        "企业承诺了什么？", "What did the enterprise promise?", widget="area", default="",
        hint=Words("没有承诺就不填。", "Leave it empty where nothing was promised."),
    )  # fmt: skip
    promise_by: MaybeDate = ask("什么时候做到？", "By when?", widget="date", default=None)

    @model_validator(mode="after")
    def _promised_by_a_day(self) -> HoldInterview:
        if bool(self.promised) != bool(self.promise_by):
            wrong(
                "承诺和期限要么都填，要么都不填",
                "Give both what was promised and by when, or neither",
            )
        return self


async def hold_interview(log: Log, command: HoldInterview) -> Appended:
    """Give it its number and record it; who came and what was said are sealed."""
    if command.enterprise is None:
        raise Refused(_UNKNOWN.fill(code=command.code), field="code")
    grounds = await grounds_of(log, command)
    number = await numbers.next_number(log, numbers.INTERVIEW, command.on)
    said = {"attended": command.attended, "told": command.told}

    def hold(interview: Interview, command: HoldInterview) -> None:
        interview.record(
            InterviewHeld, command, number=number, council=command.by.party, title=command.title,
            enterprise=command.enterprise, place=command.place, promised=command.promised,
            promise_by=command.promise_by, grounds=grounds,
            told=Personal.committed(str(command.interview), said),
        )  # fmt: skip

    return await begin(log, Interview, command.interview, command, hold)


_UNKNOWN = Words(
    "平台上没有代码为 {code} 的企业，请核对", "No enterprise here has the code {code}; check it"
)


class OnInterview(Command):
    """A command on one interview."""

    interview: RecordId


class KeepPromise(OnInterview):
    """What was promised was done."""

    SAYS = Words("承诺已落实", "The promise was kept")

    found: Reason = ask("怎样核实的？", "How was that verified?", widget="area")


async def keep_promise(log: Log, command: KeepPromise) -> Appended:
    return await change(log, Interview, command.interview, command, keep)


def keep(interview: Interview, command: KeepPromise) -> None:
    interview.say(PromiseKept, command, found=command.found)


class BreakPromise(OnInterview):
    """What was promised was not done."""

    SAYS = Words("承诺未落实", "The promise was not kept")

    found: Reason = ask("核实到什么？", "What was found?", widget="area")


async def break_promise(log: Log, command: BreakPromise) -> Appended:
    return await change(log, Interview, command.interview, command, not_kept)


def not_kept(interview: Interview, command: BreakPromise) -> None:
    interview.say(PromiseBroken, command, found=command.found)
