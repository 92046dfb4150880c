"""Editions of a comment: a later one replaces an earlier once it is shown; each is kept."""

from __future__ import annotations

from dataclasses import dataclass

from events.words import Words
from services.actions.refused import Refused


@dataclass
class Editions:
    """How many there are, which waits for the body, which stands beside the publication."""

    last: int = 0
    waiting: int = 0
    shown: int = 0

    def write(self, edition: int) -> None:
        self.last = self.waiting = edition

    def show(self, edition: int) -> None:
        self.waiting, self.shown = 0, edition

    def decline(self, edition: int) -> None:
        """What waits; else what is shown, which is shown no longer."""
        if edition != self.waiting:
            self.shown = 0
        self.waiting = 0

    def withdraw(self) -> None:
        self.waiting = self.shown = 0

    @property
    def standing(self) -> int:
        """The edition that waits, else the one that is shown; 0 where there is none."""
        return self.waiting or self.shown

    def to_show(self) -> int:
        """Raises `Refused` where none waits."""
        if not self.waiting:
            raise Refused(_NONE_WAITS)
        return self.waiting

    def to_end(self) -> int:
        """What can be declined or withdrawn. Raises `Refused`."""
        if not self.standing:
            raise Refused(_NONE_STANDS)
        return self.standing


_NONE_WAITS = Words("没有等待查看的企业说明", "No comment of the business waits to be shown")
_NONE_STANDS = Words("没有等待查看或者正在显示的企业说明", "No comment waits or is shown")
