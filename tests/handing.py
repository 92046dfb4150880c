"""A record that has gone to another unit, offered and accepted."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from events.event import Acting
from services.actions.hand_over import (
    AcceptHandOver,
    OfferHandOver,
    accept_hand_over,
    offer_hand_over,
)
from services.platform import Platform
from tests.caught_up import caught_up


async def handed_over(
    platform: Platform,
    record: UUID,
    giver: Acting,
    taker: Acting,
    on: date | None = None,
    kind: str = "complaint",
) -> None:
    """The taker's unit has it now."""
    about: dict[str, Any] = {"kind": kind, "record": record, "occurred_on": on}
    offered = OfferHandOver(by=giver, to=taker.party, reason="属于其职责范围", **about)
    await platform.perform(offer_hand_over, offered)
    await platform.perform(accept_hand_over, AcceptHandOver(by=taker, **about))
    await caught_up(platform)
