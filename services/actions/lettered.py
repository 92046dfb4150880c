"""Letters of a record: what any kind of case knows of the letters in its stream."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from events.event import Acting, Event
from events.letters import LetterDelivered, LetterMade, LetterReturned
from services.actions.assigned import FORMER, Assigned


@dataclass(frozen=True)
class Letter:
    """One letter as its events have made it; `effective` None = not delivered yet."""

    id: str
    form: str
    letter_number: str
    to: str
    sha256: str
    size: int
    made_on: date
    way: str = ""
    effective: date | None = None
    returned: bool = False
    #: The day on which it was handed over, sent or posted; what proves it.
    sent_on: date | None = None
    proof: str = ""


class HasLetters(Assigned):
    """A record with letters."""

    def __init__(self, id: UUID) -> None:
        super().__init__(id)
        self.letters: dict[str, Letter] = {}

    def may_make_letter(self, by: Acting, form: str) -> bool:
        """Whether this form is for its body to make: units that had the case before make none."""
        return self.relation(by) != FORMER

    def may_see_letter(self, by: Acting, id: str) -> bool:
        """Whoever carries the case or made it sees it; else whom it is for, by what it is to it."""
        letter, relation = self.letters.get(id), self.relation(by)
        if letter is None:
            return False
        if relation == FORMER:
            return self.may_make_letter(by, letter.form)
        return relation in CARRIES or relation == letter.to or letter.to in _AS.get(relation, ())

    def _see(self, event: Event, on: date) -> None:
        super()._see(event, on)
        match event:
            case LetterMade():
                self.letters[event.letter] = Letter(
                    event.letter, event.form, event.letter_number, event.to, event.sha256,
                    event.size, on,
                )  # fmt: skip
            case LetterDelivered():
                self._letter(
                    event.letter, way=event.way, effective=event.effective, returned=False,
                    sent_on=on, proof=event.proof,
                )  # fmt: skip
            case LetterReturned():
                self._letter(event.letter, way=event.way, returned=True)

    def _letter(self, id: str, **changes: object) -> None:
        self.letters[id] = replace(self.letters[id], **changes)  # type: ignore[arg-type]


CARRIES = ("handler", "regulator", "owner")
#: A relation to the record -> the addressee it is.
_AS = {"subject": ("respondent",)}
