"""Separation of duties: who did the one in a record cannot do the other, whatever roles she holds.

One table: for each command, whose earlier act in the same record excludes her (R19). It is asked
with the table of rights, by the link, the page and the POST alike; an attempt stands in the record.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from events.duties import OWN_WORK, AttemptRefused
from events.enforcement import DirectiveAnswered, DirectiveIssued
from events.event import Acting, Event
from events.ids import repeat_key
from events.log import Append, Conflict, Log
from events.pledges import EvidenceSubmitted, PledgeSigned
from events.words import Words
from services.actions.refused import OwnWork

if TYPE_CHECKING:
    from services.actions.aggregate import Aggregate
    from services.actions.command import Command


class Duty(NamedTuple):
    """One row: the command is not for who did `after`, since the last `since`; () = any state."""

    command: str
    after: type[Event]
    since: type[Event]
    code: str
    states: tuple[str, ...] = ()

    def excludes(self, person: str, done: Iterable[tuple[type[Event], str]]) -> bool:
        """Whether this person did it; `done` = what was done by whom, the latest first."""
        for kind, who in done:
            if kind is self.after and who == person:
                return True
            if kind is self.since:
                return False
        return False


_JUDGED = ("JudgeMet", "JudgeNotMet", "SpotCheckPledge")

DUTIES: tuple[Duty, ...] = (
    *(Duty(name, EvidenceSubmitted, PledgeSigned, "evidence") for name in _JUDGED),
    Duty("RecheckPasses", DirectiveIssued, DirectiveIssued, "order"),
    Duty("RecheckPasses", DirectiveAnswered, DirectiveIssued, "answer"),
    # That no answer came by its date is no judgement: who issued the directive may say so.
    Duty("RecheckFails", DirectiveIssued, DirectiveIssued, "order", ("answered",)),
    Duty("RecheckFails", DirectiveAnswered, DirectiveIssued, "answer", ("answered",)),
)

_ANOTHER = Words(
    "{why}。请本单位的其他人员办理。", "This is for somebody else of your body: {why}."
)


def own_work(by: Acting, command: str, record: Aggregate) -> str:
    """The code of what this person did herself that excludes her from the command, else ""."""
    if not by.person:
        return ""
    for duty in DUTIES:
        asked = duty.command == command and (not duty.states or record.state in duty.states)
        if asked and duty.excludes(by.person, reversed(record.done)):
            return duty.code
    return ""


def said(code: str) -> Words:
    """Why she cannot, and who can."""
    return _ANOTHER.fill(why=OWN_WORK[code])


def check(by: Acting, command: str, record: Aggregate) -> None:
    """Refuse her who did what the command is to judge."""
    if code := own_work(by, command, record):
        number = str(getattr(record.last, "number", ""))
        raise OwnWork(said(code), record.id, code, number)


async def note(log: Log, command: Command, refused: OwnWork) -> None:
    """Record the attempt in the record's own history; the same form sent again adds nothing."""
    event = AttemptRefused(
        by=command.by, correlation=command.correlation or command.key,
        attempt=type(command).__name__, because=refused.because, number=refused.number,
    )  # fmt: skip
    whose = f"{command.by.party.id}/{command.by.person}/{AttemptRefused.TOPIC}"
    key = repeat_key(command.key, whose) if command.key else None
    while True:
        after = await log.version(refused.record)
        try:
            await log.append([Append(refused.record, after, [event])], key)
            return
        except Conflict:  # somebody acted on the record meanwhile; it stands after that
            continue
