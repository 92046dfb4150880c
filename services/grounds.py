"""Grounds: the complaints whose numbers were typed, found before an act rests on them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from events.log import Appended
from events.words import Words
from services import numbers
from services.actions.change import Log
from services.actions.instruments.instrument import OnGrounds
from services.actions.refused import Refused
from services.platform import Platform


def on_grounds(
    platform: Platform, action: Callable[[Any, Any], Awaitable[Appended]]
) -> Callable[[Any, Any], Awaitable[Appended]]:
    """The action, once every typed number names a complaint."""

    async def act(log: Log, command: OnGrounds) -> Appended:
        found = [await _named(platform, each) for each in _typed(command.grounds)]
        return await action(log, command.model_copy(update={"complaints": tuple(found)}))

    return act


def _typed(text: str) -> list[str]:
    """The numbers, each once, whatever stands between them."""
    plain = text.translate({ord(mark): " " for mark in "，、；,;"})
    return list(dict.fromkeys(numbers.tidy(each) for each in plain.split()))


async def _named(platform: Platform, number: str) -> Any:
    row = await platform.views.complaints.numbered(number)
    if row is None:
        raise Refused(_UNKNOWN.fill(number=number), field="grounds")
    return row["id"]


_UNKNOWN = Words(
    "没有编号为 {number} 的投诉，请核对；几个编号用空格分开",
    "There is no complaint {number}; check it, and put blanks between numbers",
)
