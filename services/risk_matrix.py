"""The risk matrix: severity × probability → level; a table of versions, in `risk_matrix.csv`.

An event names the version that gave its level, so that a later table changes no earlier one. The
first is that of the Safety Gate guidelines, Commission Implementing
Decision (EU) 2019/417.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

#: The version that new assessments use.
CURRENT = "(EU) 2019/417"
#: Levels that reach the desk for serious risks and need a second person.
GRAVE = ("serious", "high")
_FILE = Path(__file__).with_name("risk_matrix.csv")


@cache
def matrix(version: str = CURRENT) -> dict[tuple[str, str], str]:
    """(severity, probability) -> level."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["version"] == version]
    return {(s, row["probability"]): row[s] for row in rows for s in "1234"}


def level_of(severity: str, probability: str, strength: str) -> str:
    """The level by today's table; what rests on too little is not conclusive."""
    return "inconclusive" if strength == "weak" else matrix()[severity, probability]
