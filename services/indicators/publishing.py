"""Publishing: the figures are counted again at the cut-off the head saw, then recorded."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import TYPE_CHECKING

from events.event import CHINA, PartyRef
from events.log import Appended
from events.words import Words
from services.actions.change import Log
from services.actions.enterprise_figures import TellEnterpriseFigures, tell_enterprise_figures
from services.actions.indicators import PublishFigures, PublishFiguresTogether, publish_figures
from services.actions.refused import Refused
from services.indicators.counting import METHOD, Figures
from services.indicators.gathering import figures_about, figures_of
from services.indicators.published import Public, mark_of, public, text_of
from services.indicators.together import public_together

if TYPE_CHECKING:
    from services.platform import Platform


def publishing(platform: Platform) -> Callable[[Log, PublishFigures], Awaitable[Appended]]:
    """The action behind `PublishFigures`."""

    async def publish(log: Log, command: PublishFigures) -> Appended:
        await _refuse_before_its_end(platform, command.month, command.upto)
        own = await own_figures(platform, command.by.party, command.month, command.upto)
        return await publish_figures(log, command.model_copy(update=_as_public(own)))

    return publish


def publishing_together(
    platform: Platform,
) -> Callable[[Log, PublishFiguresTogether], Awaitable[Appended]]:
    """The action behind `PublishFiguresTogether`."""

    async def publish(log: Log, command: PublishFiguresTogether) -> Appended:
        await _refuse_before_its_end(platform, command.month, command.upto)
        if not await is_of_the_province(platform, command.by.party):
            raise Refused(_NOT_OF_THE_PROVINCE)
        every = await figures_of(platform.log, platform.views, command.month, command.upto)
        known = _text(public_together(every))
        return await publish_figures(log, command.model_copy(update=known))

    return publish


async def is_of_the_province(platform: Platform, body: PartyRef) -> bool:
    """Whether it answers for the whole province."""
    row = await platform.views.directory.party(body.id)
    return row is not None and row.get("level") == "province"


_NOT_OF_THE_PROVINCE = Words(
    "全省合计由省级市场监管部门公布",
    "All bodies together are published by the regulator of the province",
)


def telling(platform: Platform) -> Callable[[Log, TellEnterpriseFigures], Awaitable[Appended]]:
    """The action behind `TellEnterpriseFigures`."""

    async def tell(log: Log, command: TellEnterpriseFigures) -> Appended:
        await _refuse_before_its_end(platform, command.month, command.upto)
        own = await own_figures_about(
            platform, command.by.party, command.enterprise.id, command.month, command.months,
            command.upto,
        )  # fmt: skip
        return await tell_enterprise_figures(log, command.model_copy(update=_as_public(own)))

    return tell


def _as_public(own: Figures) -> dict[str, object]:
    return _text(public(own))


def _text(told: Public) -> dict[str, object]:
    text = text_of(told)
    return {"method": METHOD, "figures": text, "sha256": mark_of(text)}


async def _refuse_before_its_end(platform: Platform, month: str, upto: int) -> None:
    recorded_at = await platform.log.recorded_at(upto)
    if recorded_at and recorded_at.astimezone(CHINA).isoformat()[:7] <= month:
        raise Refused(_TOO_EARLY)


_TOO_EARLY = Words(
    "截止位置在这个月结束以前；请选用月末以后的位置",
    "The position is from before the end of the month; choose a later one",
)


async def own_figures(platform: Platform, body: PartyRef, month: str, upto: int) -> Figures:
    """The figures of one body; it may have received nothing."""
    return of_body(await figures_of(platform.log, platform.views, month, upto), body)


async def own_figures_about(
    platform: Platform, body: PartyRef, enterprise: str, month: str, months: int, upto: int
) -> Figures:
    """The figures of one body about one enterprise."""
    views = platform.views
    return of_body(await figures_about(platform.log, views, enterprise, month, months, upto), body)


def of_body(every: Iterable[Figures], body: PartyRef) -> Figures:
    """Those of one body; it may have received nothing."""
    return next((each for each in every if each.body.id == body.id), Figures(body, 0, {}))
