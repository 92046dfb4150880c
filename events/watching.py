"""Watching: what the writer tells of its batches, for whoever counts them. By default nobody does.

A batch is told as a whole, after its commands were answered; telling must be quick.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Written(NamedTuple):
    """A batch that the server answered; times by `time.monotonic`."""

    #: When each command joined the line, the longest waiting first; when the batch was sent.
    since: Sequence[float]
    sent: float
    answered: float
    #: Events added to the log; commands that lost the race, and that were there already.
    events: int
    conflicts: int
    repeats: int


class Watch:
    """Told what happens at the log; this one takes no notice."""

    def written(self, batch: Written) -> None:
        """The server answered a batch."""

    def in_vain(self) -> None:
        """A command was refused or given up: the log is away, full or too busy for it."""
