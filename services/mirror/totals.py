"""Totals: how much each party did, of which kinds, in which months, counted from the entries."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime

from events.event import CHINA
from events.proofs.entries import Entry
from events.proofs.tiles import WIDTH, width_at
from events.proofs.verdicts import Failed
from services.mirror.copy import Copy

TOTALS = "totals.json"


class Totals:
    """Running counts of a copy; counted again where the file is not of its size."""

    def __init__(self, copy: Copy) -> None:
        self.size = 0
        self.by: dict[str, Counter[str]] = {
            "party": Counter(), "topic": Counter(), "month": Counter(),
        }  # fmt: skip
        self._copy = copy
        self._load()

    def add(self, entries: list[Entry]) -> None:
        """Count the next entries."""
        for entry in entries:
            at = datetime.fromtimestamp(entry.recorded_at / 1000, CHINA)
            for name, value in (
                ("party", entry.party), ("topic", entry.topic), ("month", f"{at:%Y-%m}"),
            ):  # fmt: skip
                self.by[name][value] += 1
        self.size += len(entries)

    def keep(self) -> None:
        """Write them beside the copy."""
        told = {"size": self.size, **{name: dict(sorted(c.items())) for name, c in self.by.items()}}
        self._copy.put(TOTALS, json.dumps(told, ensure_ascii=False, indent=1).encode())

    def _load(self) -> None:
        try:
            found = json.loads(self._copy.bundle.read(TOTALS, 1 << 28))
            kept, self.size = {n: Counter(found[n]) for n in self.by}, int(found["size"])
        except (Failed, ValueError, KeyError, TypeError, AttributeError):
            kept, self.size = {}, -1
        if self.size == self._copy.size:
            self.by = kept
        else:
            self._count_again()

    def _count_again(self) -> None:
        self.size, copy = 0, self._copy
        for index in range(-(-copy.size // WIDTH) if copy.has_entries() else 0):
            found = copy.bundle.entries(index, width_at(0, index, copy.size))
            self.add([Entry.parse(entry) for entry in found])
