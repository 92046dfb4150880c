"""Gathering: what many ask at the same time becomes one question.

While one question is under way, the next gather behind it; whoever asks alone waits for nobody.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextvars import Context
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Gathering(Generic[K, V]):
    """Over a question that answers for many keys at once; keys without answer are left out."""

    def __init__(self, ask: Callable[[Sequence[K]], Awaitable[Mapping[K, V]]]) -> None:
        self._ask = ask
        self._waiting: dict[K, asyncio.Future[V | None]] = {}
        self._asking: asyncio.Task[None] | None = None

    async def one(self, key: K) -> V | None:
        """The answer for this key; raises what the question raised."""
        if key not in self._waiting:
            self._waiting[key] = asyncio.get_running_loop().create_future()
        answer = self._waiting[key]
        if self._asking is None:
            self._asking = asyncio.create_task(self._all(), name="gathered", context=Context())
        return await asyncio.shield(answer)  # who leaves takes nobody along

    async def _all(self) -> None:
        try:
            while self._waiting:
                asked, self._waiting = self._waiting, {}
                await self._answer(asked)
        finally:
            self._asking = None

    async def _answer(self, asked: dict[K, asyncio.Future[V | None]]) -> None:
        try:
            found = await self._ask(list(asked))
        except Exception as failure:
            for answer in asked.values():
                answer.set_exception(failure)
                answer.exception()  # whoever asked may have left
            return
        for key, answer in asked.items():
            answer.set_result(found.get(key))
