"""Risk: assessing it, aligning the level of the case with it, setting and confirming the level.

An assessment never changes the level by itself: the next page asks, and a "no" has its reason.
A level of serious or high counts at once and is confirmed by somebody else than who set it.
"""

from __future__ import annotations

from typing import Annotated

from events.log import Appended
from events.risk import (
    PROBABILITIES,
    RISKS,
    SEVERITIES,
    STRENGTHS,
    RiskAssessed,
    RiskLevelConfirmed,
    RiskLevelDecided,
    RiskLevelKept,
)
from events.words import Words
from services.actions.change import Log, change
from services.actions.command import Given, Reason, Text, ask, one_of
from services.actions.enforcement.follow_up import FollowUp, OnFollowUp
from services.actions.refused import AlreadyDecided, Refused
from services.risk_matrix import CURRENT, level_of


class AssessRisk(OnFollowUp):
    """Assess the risk by severity and probability of a scenario."""

    SAYS = Words("评估风险", "Assess the risk")

    scenario: Reason = ask(
        "怎样会造成伤害？", "How could somebody be harmed?", widget="area",
        hint=Words("例如：充电时过热起火，室内人员烧伤",
                   "For example: it overheats while charging and somebody indoors is burnt"),
    )  # fmt: skip
    severity: Annotated[Given, one_of(SEVERITIES)] = ask(
        "伤害有多严重？", "How severe is the harm?", widget="radios", options=SEVERITIES
    )
    probability: Annotated[Given, one_of(PROBABILITIES)] = ask(
        "在产品使用期内发生的可能性？", "How probable is it in the product's lifetime?",
        widget="select", options=PROBABILITIES,
    )  # fmt: skip
    strength: Annotated[Given, one_of(STRENGTHS)] = ask(
        "证据有多充分？", "How strong is the evidence?", widget="radios", options=STRENGTHS
    )

    @property
    def level(self) -> str:
        """What the matrix says."""
        return level_of(self.severity, self.probability, self.strength)


class AlignLevel(OnFollowUp):
    """Say whether the level of the case follows the assessment."""

    SAYS = Words("对照案件等级", "Compare with the level of the case")

    align: bool = ask(
        "按评估结果调整案件的风险等级吗？",
        "Set the level of the case as assessed?",
        widget="yes_no",
    )
    reason: Text = ask(
        "不调整的理由", "Reason for keeping it", widget="area", default="", most=2_000,
        hint=Words("选择“否”时必填。", "Needed when you answer no."),
    )  # fmt: skip


class SetLevel(OnFollowUp):
    """Set the level of the case."""

    SAYS = Words("调整风险等级", "Set the risk level")

    level: Annotated[Given, one_of(RISKS)] = ask(
        "改为哪一级？", "Which level?", widget="radios", options=RISKS
    )
    reason: Reason = ask("为什么？", "Why?", widget="area")


class ConfirmLevel(OnFollowUp):
    """Confirm a serious or high level that somebody else set."""

    SAYS = Words("复核风险等级", "Confirm the risk level")

    reason: Reason = ask("根据什么确认？", "What is the confirmation based on?", widget="area")


async def assess_risk(log: Log, command: AssessRisk) -> Appended:
    return await change(log, FollowUp, command.follow_up, command, assess)


async def align_level(log: Log, command: AlignLevel) -> Appended:
    return await change(log, FollowUp, command.follow_up, command, align)


async def set_level(log: Log, command: SetLevel) -> Appended:
    return await change(log, FollowUp, command.follow_up, command, set_to)


async def confirm_level(log: Log, command: ConfirmLevel) -> Appended:
    return await change(log, FollowUp, command.follow_up, command, confirm)


def assess(follow_up: FollowUp, command: AssessRisk) -> None:
    given = command.model_dump(include={"scenario", "severity", "probability", "strength"})
    follow_up.say(RiskAssessed, command, level=command.level, matrix=CURRENT, **given)


def align(follow_up: FollowUp, command: AlignLevel) -> None:
    risk = follow_up.risk
    if not risk.differs or risk.assessed is None:
        raise AlreadyDecided(_NOTHING_TO_ALIGN)
    assessed = risk.assessed
    if command.align:
        reason = f"{assessed.scenario}（{assessed.matrix}）"
        follow_up.say(
            RiskLevelDecided, command, level=assessed.level, was=risk.level, reason=reason
        )
        return
    if len(command.reason) < 5:
        raise Refused(_WHY_NOT.fill(level=RISKS[risk.level]), field="reason")
    follow_up.say(
        RiskLevelKept, command, level=risk.level, assessed=assessed.level, reason=command.reason
    )


def set_to(follow_up: FollowUp, command: SetLevel) -> None:
    if command.level == follow_up.risk.level:
        raise Refused(_THE_SAME.fill(level=RISKS[command.level]), field="level")
    was = follow_up.risk.level
    follow_up.say(RiskLevelDecided, command, level=command.level, was=was, reason=command.reason)


def confirm(follow_up: FollowUp, command: ConfirmLevel) -> None:
    if not follow_up.risk.to_confirm:
        raise AlreadyDecided(_NOTHING_TO_CONFIRM)
    follow_up.say(RiskLevelConfirmed, command, level=follow_up.risk.level, reason=command.reason)


_NOTHING_TO_ALIGN = Words(
    "案件等级与最近的评估一致，或者已经答复过",
    "The level of the case agrees with the latest assessment, or this was answered already",
)
_WHY_NOT = Words(
    "不调整时请说明保留“{level}”的理由（至少 5 个字）",
    "Please say why the level stays {level} (at least 5 characters)",
)
_THE_SAME = Words("现在就是“{level}”，没有变化", "It is {level} already")
_NOTHING_TO_CONFIRM = Words(
    "现在没有待复核的风险等级。等级为严重或者高时由另一人复核。",
    "There is no level to confirm now; serious and high ones are confirmed by another person.",
)
