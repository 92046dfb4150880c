"""Gathering: what many ask at the same time becomes one question.

While one question is under way, the next gather behind it; whoever asks alone waits for nobody.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextvars import Context
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Gathering(Generic[K, V]):
    """Over a question that answers for many keys at once; keys without answer are left out."""

    def __init__(self, ask: Callable[[Sequence[K]], Awaitable[Mapping[K, V]]]) -> None:
        self._ask = ask
        self._waiting: dict[K, list[asyncio.Future[V | None]]] = {}
        self._asking: asyncio.Task[None] | None = None

    async def one(self, key: K) -> V | None:
        """The answer for this key; raises what the question raised."""
        answer: asyncio.Future[V | None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(key, []).append(answer)
        if self._asking is None:
            self._asking = asyncio.create_task(self._all(), name="gathered", context=Context())
        return await answer

    async def _all(self) -> None:
        try:
            while self._waiting:
                asked, self._waiting = self._waiting, {}
                await self._answer(asked)
        finally:
            self._asking = None

    async def _answer(self, asked: dict[K, list[asyncio.Future[V | None]]]) -> None:
        try:
            found = await self._ask(list(asked))
        except Exception as failure:
            for answer in _staying(asked.values()):
                answer.set_exception(failure)
            return
        for key, answers in asked.items():
            for answer in _staying([answers]):
                answer.set_result(found.get(key))


def _staying(
    asked: Iterable[list[asyncio.Future[V | None]]],
) -> Iterator[asyncio.Future[V | None]]:
    """Those who still wait: who left took nobody along."""
    return (answer for answers in asked for answer in answers if not answer.done())
