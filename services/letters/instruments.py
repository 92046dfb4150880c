"""Letters of a council's instruments: a warning to be put up, a proposal, what an interview said.

Each is set anew from its events whenever it is asked for: the same facts give the same bytes, so
nothing is kept and nothing has to be delivered here. Its number is the instrument's own.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from events.event import Personal, Recorded
from events.instruments import (
    PROPOSALS,
    WARNINGS,
    InstrumentEvent,
    InterviewHeld,
    PromiseBroken,
    PromiseKept,
    ProposalSent,
    ProposalTakenBack,
    WarningDrafted,
    WarningEvent,
    WarningPublished,
    WarningRewritten,
    WarningWithdrawn,
)
from services.letters.facts import Facts, day
from services.letters.typesetting import typeset

if TYPE_CHECKING:
    from services.platform import Platform

#: The sheet of each instrument; a comparative test has a table and a file instead.
SHEETS = {"warning": "warning", "interview": "interview", "proposal": "proposal"}
_UNREADABLE = "（已依法删除，或者暂时不能读取）"


async def letter_of(platform: Platform, what: str, id: UUID) -> bytes:
    """The letter of this instrument as PDF. Raises `NoGlyph`, `KeyError` where it has no sheet."""
    history = await platform.log.load(id, opened=what == "interview")
    return await typeset(SHEETS[what], of_instrument(history), _dated(history))


def of_instrument(history: Iterable[Recorded]) -> Facts:
    """What its events say, the latest word on each thing."""
    found: Facts = {}
    for recorded in history:
        event = recorded.event
        if isinstance(event, InstrumentEvent):
            found |= {"number": event.number, "issuer": event.council.name, "title": event.title}
            found |= _warned(event, recorded.on) or _met(event, recorded.on)
            found |= _proposed(event, recorded.on)
    return found


def _warned(event: InstrumentEvent, on: date) -> Facts:
    if not isinstance(event, WarningEvent):
        return {}
    found: Facts = {"kind": WARNINGS[event.nature].zh}
    match event:
        case WarningDrafted() | WarningRewritten():
            found |= {"text": event.text, "goods": event.goods, "on": "（草稿，没有发布）"}
            found |= {"withdrawn": ""}
        case WarningPublished():
            found |= {"on": day(on)}
        case WarningWithdrawn():
            found |= {"withdrawn": f"{day(on)}撤回：{event.reason}"}
    return found


def _met(event: InstrumentEvent, on: date) -> Facts:
    match event:
        case InterviewHeld():
            told = event.told
            return {
                "enterprise": event.enterprise.name, "place": event.place, "on": day(on),
                "attended": _read(told, "attended"), "told": _read(told, "told"),
                "promised": event.promised, "found": "",
                "promise_by": day(event.promise_by) if event.promise_by else "",
            }  # fmt: skip
        case PromiseKept(found=said):
            return {"found": f"{day(on)}，已落实：{said}"}
        case PromiseBroken(found=said):
            return {"found": f"{day(on)}，未落实：{said}"}
    return {}


def _proposed(event: InstrumentEvent, on: date) -> Facts:
    match event:
        case ProposalSent():
            suggests = event.nature == "suggestion"
            return {
                "kind": PROPOSALS[event.nature].zh, "sheet": "建议函" if suggests else "反映函",
                "to": event.addressee.name, "text": event.text, "on": day(on), "withdrawn": "",
            }  # fmt: skip
        case ProposalTakenBack():
            return {"withdrawn": f"{day(on)}撤回：{event.reason}"}
    return {}


def _read(told: Personal, name: str) -> str:
    return _UNREADABLE if told.unreadable else told.get(name)


def _dated(history: list[Recorded]) -> date:
    """The day of the file: that of its latest event."""
    return history[-1].on
