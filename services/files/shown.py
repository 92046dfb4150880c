"""Shown: the files, statements and masks of one record, opened from its stream for one party."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from events.event import Acting, Recorded
from events.evidence import (
    FileAdded,
    FileScanned,
    FileWithdrawn,
    ImageAreaRedacted,
    RedactionEvent,
    RedactionLifted,
    StatementAdded,
    TextRedacted,
    mark_of,
)
from events.log import Log
from services.actions.files import CARRIES, SHOWN_ALL, HasFiles

Row = dict[str, Any]


async def files_of(log: Log, record: HasFiles, by: Acting) -> list[Row]:
    """The files this party is told of, in the order they came, with what happened to each."""
    rows: dict[str, Row] = {}
    for recorded in await log.load(record.id, opened=True):
        event = recorded.event
        if isinstance(event, FileAdded) and record.may_see_file(by, event.file):
            rows[event.file] = _added(recorded, record, by)
        elif (row := rows.get(getattr(event, "file", ""))) is not None:
            _happened(row, recorded)
    return list(rows.values())


def _added(recorded: Recorded, record: HasFiles, by: Acting) -> Row:
    event = recorded.event
    assert isinstance(event, FileAdded)
    found = record.files[event.file]
    return {
        "id": event.file, "name": event.named.shown("name"), "media": event.media,
        "size": event.size, "sha256": event.sha256, "mark": mark_of(event.sha256),
        "by": event.by, "on": recorded.on, "position": recorded.position, "scan": found.scan,
        "signature": "", "public_copy": found.public_copy, "withdrawn": None, "why": "",
        "masks": [], "original": record.may_see_original(by, event.file),
        "own": record.is_own(by, event.file), "subject": record.subject,
    }  # fmt: skip


def _happened(row: Row, recorded: Recorded) -> None:
    match recorded.event:
        case FileScanned() as event:
            row["signature"] = event.signature
        case FileWithdrawn() as event:
            row["withdrawn"] = recorded
            row["why"] = event.hers.shown("reason") if event.hers else event.reason
        case ImageAreaRedacted():
            row["masks"].append(recorded)
        case RedactionLifted() as event:
            row["masks"] = _without(row["masks"], event.mask)


async def statements_of(log: Log, record: HasFiles, by: Acting) -> list[Row]:
    """What was said in addition: all of it to who carries the case, else what it said itself."""
    everything = record.relation(by) in (*CARRIES, *SHOWN_ALL)
    return [
        {"text": each.event.text.shown("text"), "by": each.event.by, "on": each.on,
         "position": each.position}
        for each in await log.load(record.id, opened=True)
        if isinstance(each.event, StatementAdded)
        and (everything or each.event.by.party.id == by.party.id)
    ]  # fmt: skip


async def text_masks(log: Log, id: UUID) -> list[Recorded]:
    """The masks on what was told that stand now, in the order they were put."""
    found: list[Recorded] = []
    for each in await log.load(id):
        match each.event:
            case TextRedacted():
                found.append(each)
            case RedactionLifted(file="") as event:
                found = _without(found, event.mask)
    return found


def _without(masks: list[Recorded], mask: str) -> list[Recorded]:
    return [
        each for each in masks
        if not (isinstance(each.event, RedactionEvent) and each.event.mask == mask)
    ]  # fmt: skip
