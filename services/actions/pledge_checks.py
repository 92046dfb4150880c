"""Spot checks (抽查): a regulator or council looks at a sample of what a member pledged.

The share that conforms is held against the percentage in the pledge's own frozen target. While
the latest check falls short, nobody can judge the pledge met; what was declared stays declared.
"""

from __future__ import annotations

import re
from typing import Annotated
from uuid import UUID

from pydantic import Field, field_validator

from events.log import Appended
from events.pledges import PledgeSpotChecked
from events.words import Words
from services.actions.change import Log, change, load
from services.actions.command import Text, ask, wrong
from services.actions.member_pledges import MemberPledge, OnMemberPledge
from services.actions.pledges import Pledge

_PERCENT = re.compile(r"(\d{1,3})\s*[%％]")
#: A target that must not be exceeded is not one that a share can reach.
_AT_MOST = re.compile(r"不高于|不超过|至多|最多|(?<!不)低于|at most|less than|below", re.I)

Count = Annotated[int, Field(ge=0, le=1_000_000)]


class SpotCheckPledge(OnMemberPledge):
    """Record a spot check: how many were looked at, how many conform."""

    SAYS = Words("记录抽查", "Record a spot check")

    sample: Annotated[int, Field(ge=1, le=1_000_000)] = ask(
        "抽查了多少件？", "How many were looked at?", widget="number",
        hint=Words("例如：20", "For example: 20"),
    )  # fmt: skip
    conforming: Count = ask("其中多少件符合承诺？", "How many of them conform?", widget="number")
    how: Text = ask(
        "怎样抽取的？", "How was the sample drawn?", widget="area", default="",
        hint=Words(
            "可以不填。例如：成品仓随机抽取，批次 2026-11",
            "May be left empty. For example: at random from stock, batch 2026-11",
        ),
    )  # fmt: skip

    @field_validator("conforming")
    @classmethod
    def _no_more_than_all(cls, value: int, info: object) -> int:
        sample = info.data.get("sample")  # type: ignore[attr-defined]
        if sample is not None and value > sample:
            wrong(
                f"符合的 {value} 件多于抽查的 {sample} 件，请核对",
                f"{value} that conform are more than the {sample} looked at; please check",
            )
        return value


def percent_of(target: str) -> int:
    """The percentage that a target asks for, at least; 0 where it names none."""
    found = _PERCENT.search(target)
    if found is None or _AT_MOST.search(target):
        return 0
    return int(found[1]) if int(found[1]) <= 100 else 0


async def spot_check_pledge(log: Log, command: SpotCheckPledge) -> Appended:
    """Hold what was found against the target of the pledge that was signed."""
    record = await load(log, MemberPledge, command.member_pledge)
    percent = 0
    if record.signed is not None:
        pledge = await load(log, Pledge, UUID(record.agreed.pledge))
        percent = percent_of(pledge.wording.target)
    return await change(
        log, MemberPledge, command.member_pledge, command, lambda r, c: spot_check(r, c, percent)
    )


def spot_check(record: MemberPledge, command: SpotCheckPledge, percent: int) -> None:
    counted = {"sample": command.sample, "conforming": command.conforming, "percent": percent}
    record.say(PledgeSpotChecked, command, how=command.how, **counted)
