"""Notes: people of a unit write down in a case what is for their own unit alone.

Whoever acts in the case may: the unit in charge, who mediates, who has a clue or a part. What
another unit wrote is nobody else's, also not after the case has changed hands.
"""

from __future__ import annotations

from events.event import Personal
from events.log import Appended
from events.notes import InternalNoteAdded
from events.words import Words
from services.actions.change import Log
from services.actions.command import Given, ask
from services.actions.evidence.adding import OnRecord, on_record
from services.actions.files import HasFiles


class AddInternalNote(OnRecord):
    """Write something down for one's own unit."""

    SAYS = Words("写内部备注", "Write an internal note")

    text: Given = ask(
        "内部备注", "Internal note", widget="area", most=5_000,
        hint=Words("只有本单位能看到：不会出现在消费者、企业和其他单位的页面、文书和导出文件里",
                   "For your own unit alone: on no page, letter or file of anybody else"),
    )  # fmt: skip


async def add_internal_note(log: Log, command: AddInternalNote) -> Appended:
    return await on_record(log, command, add_note)


def add_note(record: HasFiles, command: AddInternalNote) -> None:
    note = Personal.committed(record.subject, {"text": command.text})
    record.record(
        InternalNoteAdded, command, case=record.CASE, number=record.case_number, note=note,
        only_for=command.by.party.id,
    )  # fmt: skip
