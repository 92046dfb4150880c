"""Merging (合并): a unit ceases, and another of its kind goes on with what it had.

Its open cases go to the successor, one event each (`services/policies/merge.py`); its people lose
their roles in it; nobody chooses it any more. What was recorded keeps its name.
"""

from __future__ import annotations

from uuid import UUID

from pydantic import ConfigDict, field_validator

from events.event import PartyRef
from events.log import Appended
from events.parties import UnitMerged
from events.words import Words
from services.actions.change import Log, change, load
from services.actions.command import Reason, ask, wrong
from services.actions.parties import OnParty, Party
from services.actions.refused import Refused

#: Kinds of party that can be merged: units with open work.
MERGED_KINDS = ("regulator", "council")


class MergeUnit(OnParty):
    """A unit ceases; another goes on with its open work."""

    model_config = ConfigDict(validate_default=True)
    SAYS = Words("合并单位", "Merge the unit")

    into: PartyRef | None = ask("并入哪个单位？", "Into which unit?", widget="select", default=None)
    reason: Reason = ask("依据和原因", "On what basis, and why?", widget="area")

    @field_validator("into", mode="before")
    @classmethod
    def _chosen(cls, value: object) -> object:
        if not isinstance(value, PartyRef):
            wrong("请选择并入的单位", "Choose the unit that goes on with the work")
        return value


async def merge_unit(log: Log, command: MergeUnit) -> Appended:
    assert command.into is not None
    await refuse_merged(log, command.into, "into")
    return await change(log, Party, command.party, command, merge)


async def refuse_merged(log: Log, party: PartyRef, field: str) -> None:
    """Refuse a unit that was merged into another."""
    if (await load(log, Party, UUID(party.id))).state == "merged":
        raise Refused(_MERGED.fill(unit=party.name), field)


def merge(party: Party, command: MergeUnit) -> None:
    into = command.into
    assert into is not None
    if party.kind not in MERGED_KINDS or into.kind != party.kind:
        raise Refused(_OTHER_KIND.fill(unit=party.name, into=into.name), "into")
    if into.id == str(party.id):
        raise Refused(_ITSELF.fill(unit=party.name), "into")
    party.record(UnitMerged, command, unit=party.ref, into=into, reason=command.reason)


_MERGED = Words("“{unit}”已经合并，请选择其他单位", "{unit} was merged; choose another unit")
_OTHER_KIND = Words(
    "“{unit}”不能并入“{into}”：只有同一系统的监管部门或者消委会可以合并",
    "{unit} cannot be merged into {into}: only regulators, or councils, among themselves",
)
_ITSELF = Words("不能把“{unit}”并入它自己", "{unit} cannot be merged into itself")
