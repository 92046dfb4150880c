"""The desk for serious risks (风险处置单位): the regulator that has a part in every grave case."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from events.event import Event, PartyRef
from events.ids import derived_id
from events.log import Appended
from events.risk import RiskDeskNamed
from events.words import Words
from services.actions.aggregate import Aggregate
from services.actions.change import Log, begin, change, load
from services.actions.command import Command, ask
from services.actions.refused import Refused

#: There is one, so its id is known.
DESK_ID = derived_id(UUID(int=0), "risk desk")


class NameRiskDesk(Command):
    """Name the desk for serious risks; later cases reach it, earlier ones keep what they have."""

    SAYS = Words("指定风险处置单位", "Name the desk for serious risks")

    party: PartyRef = ask("哪个市场监管部门？", "Which regulator?", widget="select")


async def name_risk_desk(log: Log, command: NameRiskDesk) -> Appended:
    through = change if (await load(log, RiskDesk, DESK_ID)).version else begin
    return await through(log, RiskDesk, DESK_ID, command, name)


class RiskDesk(Aggregate):
    """Which unit it is."""

    WORD: ClassVar[Words] = Words("风险处置单位", "desk for serious risks")

    def __init__(self, id: UUID) -> None:
        super().__init__(id)
        self.party: PartyRef | None = None

    def when(self, event: Event) -> None:
        if isinstance(event, RiskDeskNamed):
            self.state, self.party = "named", event.party


def name(desk: RiskDesk, command: NameRiskDesk) -> None:
    if command.party.kind != "regulator":
        raise Refused(_REGULATORS_ONLY, field="party")
    if desk.party == command.party:
        raise Refused(_THE_SAME.fill(party=command.party), field="party")
    desk.record(RiskDeskNamed, command, party=command.party)


_REGULATORS_ONLY = Words(
    "风险处置单位要从市场监管部门中选", "The desk for serious risks is a market regulator"
)
_THE_SAME = Words("现在就是{party}，没有变化", "It is {party} already")
