"""How the risk of a case stands, from its events."""

from __future__ import annotations

from dataclasses import dataclass

from events.event import Event
from events.risk import RiskAssessed, RiskLevelConfirmed, RiskLevelDecided, RiskLevelKept
from services.risk_matrix import GRAVE


@dataclass
class Risk:
    """The level of the case, the latest assessment, and what is still to be said about them."""

    level: str = "inconclusive"
    assessed: RiskAssessed | None = None
    #: Whether nobody has said yet if the level follows the latest assessment.
    open: bool = False
    set_by: str = ""
    confirmed: bool = False

    @property
    def differs(self) -> bool:
        """Whether the latest assessment came to another level and nobody answered yet."""
        return self.open and self.assessed is not None and self.assessed.level != self.level

    @property
    def to_confirm(self) -> bool:
        """Whether a grave level waits for somebody else to confirm it."""
        return self.level in GRAVE and not self.confirmed

    def see(self, event: Event) -> None:
        match event:
            case RiskAssessed():
                self.assessed, self.open = event, True
            case RiskLevelDecided():
                self.level, self.set_by = event.level, event.by.name
                self.open, self.confirmed = False, False
            case RiskLevelKept():
                self.open = False
            case RiskLevelConfirmed():
                self.confirmed = True
