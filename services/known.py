"""Known: answers of a view that hold until the view changes, kept by each process.

The builders tell with each page of events which views it changed (`services/building/progress.py`);
a process that cannot hear them knows nothing by heart. Meant for what everybody asks and what
hardly ever changes, such as who is responsible where; not for lists.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import Any, TypeVar

T = TypeVar("T")


class Known:
    """What was answered, and after how many changes of its view."""

    def __init__(self) -> None:
        self._answers: dict[tuple[str, str], tuple[int, Any]] = {}
        self._changes: dict[str, int] = {}
        self._count = 0

    async def answer(self, view: str, what: str, ask: Callable[[], Awaitable[T]]) -> T:
        """As it is known, else asked; `what` names the question among those of its view."""
        changes = self._changes.get(view)
        if changes is None:
            return await ask()
        known = self._answers.get((view, what))
        if known is None or known[0] != changes:
            known = changes, await ask()
            self._answers[view, what] = known
        answer: T = known[1]
        return answer

    def changed(self, views: Iterable[str]) -> None:
        """What was answered of these holds no longer."""
        self._count += 1
        self._changes.update(dict.fromkeys(views, self._count))

    def deaf(self) -> None:
        """Nobody would tell of a change now."""
        self._changes.clear()
