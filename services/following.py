"""Following: a consumer finds her complaint or enquiry by number and last digits of telephone.

The digits are compared with her own `Personal` envelope in the log when she asks. Nothing is
derived from them and kept: four digits are too few for any hash to hide.
"""

from __future__ import annotations

import hmac
from unicodedata import normalize
from uuid import UUID

from events.complaints import ComplaintRegistered
from events.enquiries import EnquiryReceived
from events.log import Log
from services import numbers
from services.platform import Platform
from services.views.view import Row

_NONE = UUID(int=0)


async def find_mine(platform: Platform, number: str, last4: str) -> Row | None:
    """The complaint or enquiry with this number whose telephone ends in these four digits."""
    views = platform.views
    enquiry = number.startswith(f"{numbers.ENQUIRY}-")
    row = await (views.enquiries if enquiry else views.tracking).numbered(number)
    # A number that is unknown costs the same look into the log.
    kept = await _last4(platform.log, row["id"] if row else _NONE)
    fits = len(kept) == 4 and hmac.compare_digest(kept.encode(), last4.encode())
    return row if fits else None


async def _last4(log: Log, record: UUID) -> str:
    """The digits she gave with it; none where there is no telephone, or no longer."""
    for recorded in await log.load(record, opened=True):
        match recorded.event:
            case ComplaintRegistered(complainant=who) | EnquiryReceived(told=who):
                return normalize("NFKC", who.get("phone"))[-4:]
    return ""
