"""Waiting until the views show what was recorded, as a page does after a form was sent."""

from __future__ import annotations

from services.platform import Platform


async def caught_up(platform: Platform) -> None:
    """Every view has read the whole log; the platform's own worker builds them."""
    platform.worker.wake.set()
    assert await platform.seen(await platform.log.size(), timeout=120), "a view stopped or is late"
