"""Judging the signs of abuse: by a person, with a reason, before or after the complaint is decided.

Refusing it stays an act of its own (`RefuseComplaint`, ground R3); nothing here changes the state.
"""

from __future__ import annotations

from typing import Annotated

from events.complaints import AbuseSignsJudged
from events.complaints.terms import ABUSE_VERDICTS
from events.log import Appended
from events.words import Words
from services.actions.change import Log, change
from services.actions.command import Given, Reason, ask, one_of
from services.actions.complaints.complaint import Complaint, OnComplaint, personal


class JudgeAbuseSigns(OnComplaint):
    """Say whether it is a genuine consumer dispute, seeing these signs (121 §17)."""

    SAYS = Words("认定滥用迹象", "Judge the signs of abuse")

    #: Computed when the form was sent; never typed.
    signs: tuple[str, ...] = ()
    verdict: Annotated[Given, one_of(ABUSE_VERDICTS)] = ask(
        "您的认定", "What is your judgement?", widget="radios", options=ABUSE_VERDICTS
    )
    why: Reason = ask(
        "理由",
        "Why?",
        hint=Words(
            "写明核实了什么：购买的情况、投诉人的说明。迹象本身不是理由。",
            "Say what you checked: the purchase, what the consumer told. A sign is no reason.",
        ),
        widget="area",
    )


async def judge_abuse_signs(log: Log, command: JudgeAbuseSigns) -> Appended:
    return await change(log, Complaint, command.complaint, command, judge)


def judge(complaint: Complaint, command: JudgeAbuseSigns) -> None:
    why = personal(complaint.id, command, "why")
    said = {"signs": list(command.signs), "verdict": command.verdict, "why": why}
    complaint.say(AbuseSignsJudged, command, **said)
