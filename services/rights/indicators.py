"""Rights on figures: the head of a body publishes its own, an enterprise comments on its own."""

from __future__ import annotations

from services.access import Right
from services.rights.roles import BODY, STAFF

_ENTERPRISE, _CONTACT = ("enterprise",), ("contact",)
INDICATORS = (
    Right("PublishFigures", BODY, ("head",), ("body",)),
    # The rule asks whether it is the body of the province.
    Right("PublishFiguresTogether", ("regulator",), ("head",), ("body",)),
    Right("TellEnterpriseFigures", BODY, ("head",), ("new",)),
    Right("PublishEnterpriseFigures", BODY, ("head",), ("body",), ("told",)),
    Right("ShowFiguresComment", BODY, STAFF, ("body",)),
    Right("DeclineFiguresComment", BODY, STAFF, ("body",)),
    Right("WriteFiguresComment", _ENTERPRISE, _CONTACT, ("about",)),
    Right("WithdrawFiguresComment", _ENTERPRISE, _CONTACT, ("about",)),
)
