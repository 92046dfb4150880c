"""Publishing: the figures are counted again at the cut-off the head saw, then recorded."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from events.event import CHINA, PartyRef
from events.log import Appended
from events.words import Words
from services.actions.change import Log
from services.actions.indicators import PublishFigures, publish_figures
from services.actions.refused import Refused
from services.indicators.counting import METHOD, Figures
from services.indicators.gathering import figures_of
from services.indicators.published import mark_of, public, text_of

if TYPE_CHECKING:
    from services.platform import Platform


def publishing(platform: Platform) -> Callable[[Log, PublishFigures], Awaitable[Appended]]:
    """The action behind `PublishFigures`."""

    async def publish(log: Log, command: PublishFigures) -> Appended:
        recorded_at = await platform.log.recorded_at(command.upto)
        if recorded_at and recorded_at.astimezone(CHINA).isoformat()[:7] <= command.month:
            raise Refused(_TOO_EARLY)
        own = await own_figures(platform, command.by.party, command.month, command.upto)
        text = text_of(public(own))
        known = {"method": METHOD, "figures": text, "sha256": mark_of(text)}
        return await publish_figures(log, command.model_copy(update=known))

    return publish


_TOO_EARLY = Words(
    "截止位置在这个月结束以前；请选用月末以后的位置",
    "The position is from before the end of the month; choose a later one",
)


async def own_figures(platform: Platform, body: PartyRef, month: str, upto: int) -> Figures:
    """The figures of one body; it may have received nothing."""
    every = await figures_of(platform.log, platform.views, month, upto)
    return next((each for each in every if each.body.id == body.id), Figures(body, 0, {}))
