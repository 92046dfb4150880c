"""Letters (文书): make one from the facts of a record, deliver it, say that it came back.

The sheet is set and kept first (`services/lettering.py`), then named in an event with its hash;
if the record changed meanwhile, the act is refused, so that a letter never says less than was
recorded before it.
"""

from services.actions.letters.delivering import (
    DeliverLetter,
    OnLetter,
    OpenLetter,
    ReturnLetter,
    deliver_letter,
    open_letter,
    return_letter,
)
from services.actions.letters.making import MakeLetter, make_letter, refuse_unless_its_own

__all__ = [
    "DeliverLetter",
    "MakeLetter",
    "OnLetter",
    "OpenLetter",
    "ReturnLetter",
    "deliver_letter",
    "make_letter",
    "open_letter",
    "refuse_unless_its_own",
    "return_letter",
]
