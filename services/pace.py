"""Pace: how many requests somebody may make at once, and how many a minute in the long run.

Counted in the memory of each process: it keeps one sender from taking the place of all others.
What guesses at secrets is counted in the database (`services/tries.py`).
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable


class Pace:
    """A bucket for each sender: `a_minute` fit into it, and as many flow back in a minute.

    0 = no limit. Of more than `most` senders the one that was quiet longest is forgotten.
    """

    def __init__(
        self, a_minute: int, most: int = 10_000, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.a_minute, self._most, self._clock = a_minute, most, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._left)

    def take(self, who: str) -> int:
        """Count a request; 0 where it may go on, else the seconds to wait."""
        if not self.a_minute:
            return 0
        now = self._clock()
        left, at = self._left.pop(who, (float(self.a_minute), now))
        left = min(float(self.a_minute), left + (now - at) * self.a_minute / 60)
        wait = 0 if left >= 1 else math.ceil((1 - left) * 60 / self.a_minute)
        self._left[who] = (left if wait else left - 1, now)
        while len(self._left) > self._most:
            self._left.popitem(last=False)
        return wait
