"""Notes: what people of one unit write down for each other in a case; nobody else reads it.

A note stands in the stream of the case, beside its course. Its text is sealed under the key of the
case's subject: it is forgotten with what was said about her.
"""

from __future__ import annotations

from typing import ClassVar

from events.event import Event, Personal
from events.evidence import CASES
from events.words import Words


class InternalNoteAdded(Event, frozen=True, kw_only=True):
    """Somebody wrote something down for her own unit."""

    TOPIC = "internal-note-added"
    BESIDE: ClassVar[bool] = True
    SAYS = Words(
        "{by} 在{case} {number} 写了内部备注", "{by} wrote an internal note on {case} {number}"
    )

    case: str
    number: str
    note: Personal
    #: The unit whose people read it, and who alone learns that it is there.
    only_for: str

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "case": CASES[self.case]}
