"""The risk of a case as a page shows it."""

from __future__ import annotations

from typing import Any

from events.risk import PROBABILITIES, RISKS, SEVERITIES, STRENGTHS
from events.words import Words
from services.actions.enforcement.standing_risk import Risk

Row = dict[str, Any]
_COLOURS = {"serious": "overdue", "high": "overdue", "medium": "soon", "low": "done"}


def shown(risk: Risk) -> Row:
    """The level, whether it is confirmed, and the latest assessment in words."""
    found = risk.assessed
    return {
        "said": RISKS[risk.level],
        "colour": _COLOURS.get(risk.level, "none"),
        "to_confirm": risk.to_confirm,
        "confirmed": risk.confirmed,
        "differs": risk.differs,
        "assessed": found and {
            "level": RISKS[found.level], "scenario": found.scenario, "matrix": found.matrix,
            "severity": SEVERITIES[found.severity], "strength": STRENGTHS[found.strength],
            "probability": PROBABILITIES[found.probability],
        },
    }  # fmt: skip


def question(risk: Risk) -> Words:
    """What the page asks where an assessment came to another level."""
    level = risk.assessed.level if risk.assessed else risk.level
    return _DIFFER.fill(assessed=RISKS[level], level=RISKS[risk.level])


_DIFFER = Words(
    "评估结果是“{assessed}”，案件现在的等级是“{level}”。",
    "The assessment came to {assessed}; the level of the case is {level}.",
)
