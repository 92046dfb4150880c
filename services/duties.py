"""Separation of duties: who did the one in a record cannot do the other, whatever roles she holds.

One table: for each command, whose earlier act in the same record excludes her (R19). It is asked
with the table of rights, by the link, the page and the POST alike; an attempt stands in the record.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from events.duties import OWN_WORK, AttemptRefused
from events.enforcement import DirectiveAnswered, DirectiveIssued, FollowUpOpened
from events.event import Acting, Event
from events.ids import repeat_key
from events.log import Append, Conflict, Log
from events.pledges import EvidenceSubmitted, PledgeSigned
from events.risk import RiskAssessed, RiskLevelDecided
from events.verification import RectificationItemHandedIn, RectificationItemReplaced
from events.words import Words
from services.actions.refused import OwnWork
from services.correlation import current

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
#: What was ordered and what was answered, by whomever it was recorded.
_PUT_RIGHT: tuple[tuple[type[Event], str], ...] = (
    (DirectiveIssued, "order"),
    (DirectiveAnswered, "answer"),
    (RectificationItemHandedIn, "item"),
    (RectificationItemReplaced, "item"),
)

DUTIES: tuple[Duty, ...] = (
    *(Duty(name, EvidenceSubmitted, PledgeSigned, "evidence") for name in _JUDGED),
    *(
        Duty(name, after, DirectiveIssued, code)
        for name in ("RecheckPasses", "VoteOnItems", "ConcludeJointly", "ConfirmConclusion")
        for after, code in _PUT_RIGHT
    ),
    Duty("ConfirmLevel", RiskLevelDecided, RiskLevelDecided, "level"),
    Duty("ConfirmLevel", RiskAssessed, FollowUpOpened, "level"),
    # That no answer came by its date is no judgement: who issued the directive may say so.
    *(
        Duty("RecheckFails", after, DirectiveIssued, code, ("answered",))
        for after, code in _PUT_RIGHT
    ),
)


class Reviewers(NamedTuple):
    """How many look at something, each for herself."""

    what: Words
    many: int


#: Where there are two, neither sees what the other found before both have said it (R20).
REVIEWERS = {
    "items": Reviewers(
        Words("企业提交的整改证据，逐项表决", "evidence of a rectification, a vote on each item"), 2
    ),
    "visit": Reviewers(
        Words("没有提交证据的整改，现场复查", "a rectification without evidence, on the spot"), 1
    ),
    "risk": Reviewers(
        Words("严重或者高的风险等级：评定的人之外再一人", "a risk level of serious or high"), 2
    ),
    "evidence": Reviewers(Words("会员承诺的证明材料", "evidence of a member's pledge"), 1),
}

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


async def turn_away(log: Log, by: Acting, kind: type[Command], record: Aggregate, key: str) -> None:
    """At the door of a form: her attempt is recorded and refused, whatever she filled in."""
    try:
        check(by, kind.__name__, record)
    except OwnWork as refused:
        await note(log, by, kind, refused, key)
        raise


async def note(log: Log, by: Acting, kind: type[Command], refused: OwnWork, key: str) -> None:
    """Record the attempt in the record's own history; the same form sent again adds nothing."""
    event = AttemptRefused(
        by=by, correlation=current() or key, attempt=kind.__name__,
        because=refused.because, number=refused.number,
    )  # fmt: skip
    whose = f"{by.party.id}/{by.person}/{AttemptRefused.TOPIC}"
    once = repeat_key(key, whose) if key else None
    while True:
        after = await log.version(refused.record)
        try:
            await log.append([Append(refused.record, after, [event])], once)
            return
        except Conflict:  # somebody acted on the record meanwhile; it stands after that
            continue
