"""Rights on figures: the head of a body publishes its own."""

from __future__ import annotations

from services.access import Right
from services.rights.roles import BODY

INDICATORS = (Right("PublishFigures", BODY, ("head",), ("body",)),)
