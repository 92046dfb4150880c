"""Undelivered: a message to the consumer was given up; whoever carries the case must tell her."""

from __future__ import annotations

from typing import Annotated

from events.complaints import MessageUndelivered
from events.complaints.messages import KINDS, WAYS
from events.log import Appended
from events.words import Words
from services.actions.change import Log, change
from services.actions.command import one_of
from services.actions.complaints.complaint import Complaint, OnComplaint


class RecordUndelivered(OnComplaint):
    """Record that a message did not reach her."""

    SAYS = Words("记录没有送达", "Record that it was not delivered")

    message: Annotated[str, one_of(KINDS)]
    way: Annotated[str, one_of(WAYS)]
    tries: int


async def record_undelivered(log: Log, command: RecordUndelivered) -> Appended:
    return await change(log, Complaint, command.complaint, command, undelivered)


def undelivered(complaint: Complaint, command: RecordUndelivered) -> None:
    complaint.say(
        MessageUndelivered, command,
        message=command.message, way=command.way, tries=command.tries,
    )  # fmt: skip
