"""Making a letter: take the facts, set them, keep the sheet, and enter it into the record."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from events.event import Acting, Recorded
from events.log import Appended
from services import access, records
from services.actions.change import Log
from services.actions.contacts import contact_of
from services.actions.lettered import HasLetters
from services.actions.letters import MakeLetter, make_letter
from services.heads import stored
from services.letters import facts as of
from services.letters.forms import FORMS, Form
from services.letters.report_facts import of_report
from services.letters.typesetting import typeset

if TYPE_CHECKING:
    from services.platform import Platform

#: How a body's numbers begin.
_SHORT = {"regulator": "市监", "council": "消委", "association": "协"}
#: How the facts of each kind of case are taken from its history.
FACTS: dict[str, Callable[[list[Recorded]], of.Facts]] = {
    "complaint": of.of_complaint,
    "report": of_report,
}


async def told(platform: Platform, by: Acting, kind: str, id: UUID) -> tuple[HasLetters, of.Facts]:
    """The record and all that its events say, opened; that somebody looked is recorded."""
    record = await records.seen_by(platform.log, by, kind, id)
    assert isinstance(record, HasLetters)
    platform.reads.note(by, kind, id, record.case_number, "letter")
    history = await platform.log.load(id, opened=True)
    return record, FACTS[kind](history) | await _hashed(platform, history[0].position)


async def _hashed(platform: Platform, position: int) -> of.Facts:
    """The hash by which anybody finds the first event of the record in the log's entries."""
    first = await stored.one(platform.pool, position)
    return {"hash": first.entry.state_hash.hex() if first else ""}


async def set_letter(
    platform: Platform, by: Acting, form: Form, found: of.Facts, to: str, number: str, on: date
) -> bytes:
    """The sheet as PDF. Raises `Refused` where a fact or a glyph is missing."""
    form.refuse_incomplete(found)
    contact = await contact_of(platform.log, UUID(by.party.id))
    issued = of.of_issuer(by.party, by.name, number, on, contact)
    return await typeset(form.sheet, {**issued, **found, "to": _name(found, to, form)}, on)


def making(platform: Platform) -> Callable[[Log, MakeLetter], Awaitable[Appended]]:
    """The action behind `MakeLetter`: set it, keep it, enter its number and hash."""

    async def make(log: Log, command: MakeLetter) -> Appended:
        by, on = command.by, command.on
        record, found = await told(platform, by, command.kind, command.record)
        access.check(command, record)
        number = await _number(log, by, on)
        made = await set_letter(platform, by, FORMS[command.form], found, command.to, number, on)
        kept = await platform.files.keep_bytes(record.subject, made)
        known = {"letter_number": number, "sha256": kept.sha256, "size": kept.size}
        known |= {"as_of": record.changed}
        return await make_letter(log, command.model_copy(update=known))

    return make


async def _number(log: Log, by: Acting, on: date) -> str:
    """A running number of the body in that year; one that is not used is lost."""
    running = await log.next_number(f"letters-{by.party.id}-{on.year}")
    return f"{_SHORT.get(by.party.kind, '')}〔{on.year}〕第{running}号"


def _name(found: of.Facts, to: str, form: Form) -> str:
    """The name it is addressed to."""
    named = {
        "complainant": found.get("name"), "reporter": found.get("name"),
        "respondent": found.get("respondent"), "body": found.get("forwarded_to"),
    }  # fmt: skip
    return named.get(to) or form.name.zh
