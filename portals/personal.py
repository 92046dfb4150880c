"""Personal: what a consumer told, on the pages of those who handle it; each look is recorded."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from events.words import Words
from portals.web import PLATFORM, acting
from services.told import TOLD, told

Row = dict[str, Any]
RESTRICTED = Words("个人信息已限制处理，只作存储", "personal data restricted to storage")


async def with_told(
    request: web.Request, row: Row, what: str = "complaint", why: str = "handling"
) -> Row:
    """The complaint with the consumer's own words; `what` and `why` are codes of what is read."""
    platform = request.app[PLATFORM]
    if row["personal"] == "restricted":
        return {**row, **dict.fromkeys(TOLD, ""), "complainant": RESTRICTED, "facts": RESTRICTED}
    if row["personal"] != "erased":
        platform.reads.note(acting(request), what, row["id"], row["number"], why)
    return {**row, **await told(platform.log, row["id"])}
