"""Risk in the demo: the province is the desk for serious risks, and some cases reach it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from deploy.demo.loading import Bundle
from deploy.demo.people import ADMIN
from deploy.demo.province import body
from events.event import Acting
from services.actions import enforcement as e
from services.actions.risk_desk import NameRiskDesk, name_risk_desk

#: Which of the regulators' own matters are grave.
GRAVE = (1, 2, 3)


async def name_desk(bundle: Bundle) -> None:
    """Before any case is assessed."""
    named = NameRiskDesk(by=ADMIN, party=body("regulator", "350000"))
    await bundle.do(name_risk_desk, named)


async def assess(bundle: Bundle, follow_up: UUID, on: date, by: Acting) -> None:
    """A serious one; the level of the case follows."""
    about = {"by": by, "occurred_on": on, "follow_up": follow_up}
    assessed = e.AssessRisk(
        scenario="充电时过热起火，室内人员烧伤", severity="4", probability="5",
        strength="moderate", **about,
    )  # fmt: skip
    await bundle.do(e.assess_risk, assessed)
    await bundle.do(e.align_level, e.AlignLevel(align=True, **about))
