"""Risk of a case: assessments by a matrix, the level of the case, the desk grave ones reach.

An assessment is an opinion with its grounds; the level of the case is set by a separate act, so
that nobody finds the one changed by the other.
"""

from __future__ import annotations

from typing import ClassVar

from events.enforcement import FollowUpEvent
from events.event import Event, PartyRef
from events.words import Code, Words

RISKS = Code(
    "risk",
    {
        "serious": Words("严重", "serious"),
        "high": Words("高", "high"),
        "medium": Words("中", "medium"),
        "low": Words("低", "low"),
        "inconclusive": Words("无法判定", "not conclusive"),
    },
)
SEVERITIES = Code(
    "severity",
    {
        "1": Words("轻微：简单处理即可，不影响活动", "1: slight, basic first aid, no hindrance"),
        "2": Words("一般：需要就诊，通常不住院", "2: a visit to a hospital, as a rule no stay"),
        "3": Words("严重：需要住院，功能受影响六个月以上", "3: in hospital, over six months"),
        "4": Words("非常严重：死亡或者永久性伤残", "4: death or lasting disability"),
    },
)
PROBABILITIES = Code(
    "probability",
    {
        "8": Words("大于 50%", "over 50%"),
        "7": Words("大于 1/10", "over 1/10"),
        "6": Words("大于 1/100", "over 1/100"),
        "5": Words("大于 1/1,000", "over 1/1,000"),
        "4": Words("大于 1/10,000", "over 1/10,000"),
        "3": Words("大于 1/100,000", "over 1/100,000"),
        "2": Words("大于 1/1,000,000", "over 1/1,000,000"),
        "1": Words("小于 1/1,000,000", "under 1/1,000,000"),
    },
)
STRENGTHS = Code(
    "strength",
    {
        "strong": Words("充分：检验报告或者事故调查", "strong: test report or investigation"),
        "moderate": Words("一般：现场查看、多方陈述一致", "moderate: seen, or several agree"),
        "weak": Words("不足以判定", "too weak to conclude"),
    },
)


class RiskEvent(FollowUpEvent, frozen=True, kw_only=True):
    """About the risk of the case; where the case stands is not changed by it."""

    BESIDE: ClassVar[bool] = True

    level: str

    def _values(self) -> dict[str, object]:
        levels = {name: getattr(self, name, "") for name in ("level", "was", "assessed")}
        said = {name: RISKS[level] for name, level in levels.items() if level}
        return {**super()._values(), **said}


class RiskAssessed(RiskEvent, frozen=True, kw_only=True):
    """An officer assessed the risk; `matrix` is the version of the table that gave the level."""

    TOPIC = "risk-assessed"
    SAYS = Words(
        "{by} 评估 {number} 的风险为{level}（伤害{severity}；可能性{probability}；"
        "{matrix}）：{scenario}",
        "{by} assessed the risk of {number} as {level} (severity {severity}, probability "
        "{probability}, {matrix}): {scenario}",
    )

    scenario: str
    severity: str
    probability: str
    strength: str
    matrix: str

    def _values(self) -> dict[str, object]:
        said = {
            "severity": SEVERITIES[self.severity], "probability": PROBABILITIES[self.probability],
        }  # fmt: skip
        return {**super()._values(), **said}


class RiskLevelDecided(RiskEvent, frozen=True, kw_only=True):
    """The level of the case was set."""

    TOPIC = "risk-level-decided"
    SAYS = Words(
        "{by} 将 {number} 的风险等级由{was}改为{level}：{reason}",
        "{by} set the risk level of {number}, {was} → {level}: {reason}",
    )

    was: str


class RiskLevelKept(RiskEvent, frozen=True, kw_only=True):
    """An assessment came to another level, and the level of the case was kept, for a reason."""

    TOPIC = "risk-level-kept"
    SAYS = Words(
        "{by} 保留 {number} 的风险等级{level}，没有按评估结果{assessed}调整：{reason}",
        "{by} kept the risk level of {number} at {level}, although assessed as {assessed}: "
        "{reason}",
    )

    assessed: str


class RiskLevelConfirmed(RiskEvent, frozen=True, kw_only=True):
    """Somebody else than who set it confirmed a serious or high level."""

    TOPIC = "risk-level-confirmed"
    SAYS = Words(
        "{by} 复核 {number} 的风险等级{level}，予以确认：{reason}",
        "{by} confirmed the risk level of {number}, {level}: {reason}",
    )


class RiskDeskNamed(Event, frozen=True, kw_only=True):
    """The unit that has a part in every case of serious or high risk."""

    TOPIC = "risk-desk-named"
    SAYS = Words(
        "{by} 指定{party}为风险处置单位", "{by} named {party} as the desk for serious risks"
    )

    party: PartyRef
