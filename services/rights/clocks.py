"""Rights on calendars and missed deadlines."""

from __future__ import annotations

from services.access import Right
from services.rights.roles import SYSTEM

CLOCKS = (
    Right("LoadCalendarYear", ("operator",), SYSTEM),
    # At the server itself: `gongzhi calendar load`.
    Right("LoadCalendarYear", ("system",), ("rule",)),
    Right("ExplainOverdue", ("regulator", "council", "association"),
          ("clerk", "head", "secretary"), ("debtor",)),
    Right("ExplainOverdue", ("enterprise",), ("contact",), ("debtor",)),
)  # fmt: skip
