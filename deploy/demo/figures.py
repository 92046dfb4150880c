"""Figures of the demo: a council published how it handled a month."""

from __future__ import annotations

from deploy.demo.loading import Bundle, load_bundle
from deploy.demo.people import clerk, head_beside
from services.actions.indicators import PublishFigures
from services.indicators.publishing import publishing
from services.platform import Platform

#: Of which the demo tells enough.
MONTH = "2026-09"


async def publish(platform: Platform) -> None:
    """Counted up to the end of the log as it is loaded."""
    upto = await platform.log.size()

    async def fill(bundle: Bundle) -> None:
        by = head_beside(clerk("council", "350100"))
        await bundle.do(publishing(platform), PublishFigures(by=by, month=MONTH, upto=upto))

    await load_bundle(platform, "figures of a month", fill)
