"""Following: a consumer finds her complaint or enquiry by number and telephone, or query code.

The digits are compared with her own `Personal` envelope in the log when she asks. Nothing is
derived from them and kept: four digits are too few for any hash to hide.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from unicodedata import normalize
from uuid import UUID

from events.complaints import ComplaintRegistered
from events.enquiries import EnquiryReceived
from events.event import Personal
from events.log import Log
from services import numbers
from services.platform import Platform
from services.views.view import Row

_NONE = UUID(int=0)


async def find_mine(platform: Platform, number: str, last4: str) -> Row | None:
    """The complaint or enquiry with this number whose telephone ends in these four digits."""
    row = await _numbered(platform, number)
    # A number that is unknown costs the same look into the log.
    kept = await _last4(platform.log, row["id"] if row else _NONE)
    fits = len(kept) == 4 and hmac.compare_digest(kept.encode(), last4.encode())
    return row if fits else None


async def find_coded(platform: Platform, number: str, fits: Callable[[UUID], bool]) -> Row | None:
    """The same by its query code; what was deleted or cannot be opened is found by nothing."""
    row = await _numbered(platform, number)
    who = await _told(platform.log, row["id"] if row else _NONE)
    known = fits(row["id"] if row else _NONE)
    return row if known and who is not None and not who.unreadable else None


async def _numbered(platform: Platform, number: str) -> Row | None:
    views, enquiry = platform.views, number.startswith(f"{numbers.ENQUIRY}-")
    return await (views.enquiries if enquiry else views.tracking).numbered(number)


async def _last4(log: Log, record: UUID) -> str:
    """The digits she gave with it; none where there is no telephone, or no longer."""
    who = await _told(log, record)
    return normalize("NFKC", who.get("phone"))[-4:] if who else ""


async def _told(log: Log, record: UUID) -> Personal | None:
    """What she said of herself."""
    for recorded in await log.load(record, opened=True):
        match recorded.event:
            case ComplaintRegistered(complainant=who) | EnquiryReceived(told=who):
                return who
    return None
