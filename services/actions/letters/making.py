"""Making: a letter that was set from the record's facts is entered into the record."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from events.event import Acting
from events.ids import new_id
from events.letters import ADDRESSEES, FORMS, LetterMade
from events.log import Appended
from events.words import Words
from services.actions.change import Log
from services.actions.command import one_of
from services.actions.evidence.adding import OnRecord, on_record
from services.actions.lettered import HasLetters
from services.actions.refused import AlreadyDecided, NotAllowed


class MakeLetter(OnRecord):
    """Enter a letter that was set: the form, for whom, its hash, and up to where its facts go."""

    SAYS = Words("制作文书", "Make a letter")

    letter: str = Field(default_factory=lambda: str(new_id()))
    form: Annotated[str, one_of(FORMS)]
    to: Annotated[str, one_of(ADDRESSEES)]
    #: Known once it is set.
    letter_number: str = ""
    sha256: str = ""
    size: int = 0
    as_of: int = 0


async def make_letter(log: Log, command: MakeLetter) -> Appended:
    return await on_record(log, command, make)


def refuse_unless_its_own(record: HasLetters, by: Acting, form: str) -> None:
    """Raises `NotAllowed` where another body makes this form."""
    if not record.may_make_letter(by, form):
        raise NotAllowed(_NOT_ITS_OWN)


def make(record: HasLetters, command: MakeLetter) -> None:
    refuse_unless_its_own(record, command.by, command.form)
    if command.as_of != record.changed:
        raise AlreadyDecided(_CHANGED)
    record.beside(
        LetterMade, command, letter=command.letter, form=command.form, to=command.to,
        letter_number=command.letter_number, sha256=command.sha256, size=command.size,
        as_of=command.as_of,
    )  # fmt: skip


_NOT_ITS_OWN = Words(
    "分送通知书由分送的单位制作，其他文书由承办单位制作",
    "The body that forwarded it makes the notice of forwarding, the body in charge all others",
)
_CHANGED = Words(
    "制作期间这条记录有了新的变化，文书没有保存。请再制作一次。",
    "The record changed while the letter was being made; it was not kept. Please make it again.",
)
