"""Testing: who chose the testing body, who pays, from when to when; that time is not counted."""

from __future__ import annotations

from typing import Annotated

from events.complaints import TestingEnded, TestingStarted
from events.complaints.terms import CHOSEN, PAYERS
from events.log import Appended
from events.words import Words
from services.actions.change import Log, change
from services.actions.command import Given, Reason, ask, one_of
from services.actions.complaints.complaint import Complaint, OnComplaint
from services.actions.complaints.sides import refuse_unless_mediating


class StartTesting(OnComplaint):
    """Have the goods tested; the time of mediation rests (121 §22)."""

    SAYS = Words("开始检测", "Start testing")

    lab: Given = ask("检测机构", "Testing body")
    item: Given = ask("检测什么？", "What is tested?")
    chosen: Annotated[Given, one_of(CHOSEN)] = ask(
        "机构怎样确定的？", "How was it chosen?", widget="radios", options=CHOSEN
    )
    payer: Annotated[Given, one_of(PAYERS)] = ask(
        "双方约定费用由谁承担？", "Who pays, as both agreed?", widget="radios", options=PAYERS
    )


async def start_testing(log: Log, command: StartTesting) -> Appended:
    return await change(log, Complaint, command.complaint, command, start)


def start(complaint: Complaint, command: StartTesting) -> None:
    refuse_unless_mediating(complaint, command)
    typed = command.model_dump(include={"lab", "item", "chosen", "payer"})
    complaint.say(TestingStarted, command, **typed)


class EndTesting(OnComplaint):
    """The report came, or the test was given up; time runs again."""

    SAYS = Words("结束检测", "End testing")

    result: Reason = ask("检测结果", "Result", widget="area")


async def end_testing(log: Log, command: EndTesting) -> Appended:
    return await change(log, Complaint, command.complaint, command, end)


def end(complaint: Complaint, command: EndTesting) -> None:
    complaint.say(TestingEnded, command, result=command.result)
