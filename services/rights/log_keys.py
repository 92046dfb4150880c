"""Rights on the keys of the log."""

from __future__ import annotations

from services.access import Right
from services.rights.roles import SYSTEM

LOG_KEYS = (
    Right("IntroduceLogKey", ("operator",), SYSTEM),
    Right("RetireLogKey", ("operator",), SYSTEM),
    Right("ReplaceLostLogKey", ("operator",), SYSTEM),
)
