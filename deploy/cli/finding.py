"""Finding: one line of the doctor."""

from __future__ import annotations

from typing import NamedTuple

from events.words import Words


class Finding(NamedTuple):
    """What was looked at, whether it is well, what was found or must be done."""

    what: Words
    well: bool
    found: Words
