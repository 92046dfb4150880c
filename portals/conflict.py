"""Conflict: a form that was sent against an older state: what she saw, what is now, what she typed.

For the bodies that carry the case; all others are told the latest step, as it is said to them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from aiohttp import web

from events.event import Recorded
from events.words import Code, Words, both
from portals.answers import DATE_PARTS
from portals.pages import PLATFORM, viewer
from services.actions import complaints as c
from services.actions import enforcement as e
from services.actions import enquiries as q
from services.actions import member_pledges as m
from services.actions import reports as r
from services.actions.aggregate import Aggregate
from services.actions.assigned import POOL, Assigned
from services.actions.command import Asked, Command, asked_fields
from services.actions.files import CARRIES
from services.actions.kinds import CHARGED, KINDS
from services.actions.refused import Changed

Pair = tuple[Words, object]
_CASES = {**KINDS, **CHARGED}
_STATES: dict[str, Code] = {
    "complaint": c.STATES, "follow-up": e.STATES, "report": r.STATES, "member-pledge": m.STATES,
    "enquiry": q.STATES,
}  # fmt: skip


@dataclass(frozen=True)
class Conflict:
    """The three columns; `since` = what was done meanwhile, by whom and when."""

    saw: list[Pair]
    now: list[Pair]
    since: list[tuple[date, Words]]
    typed: list[Pair]

    def changed(self, nth: int) -> bool:
        """Whether this line is not what it was."""
        return self.saw[nth][1] != self.now[nth][1]


async def conflict_of(
    request: web.Request, changed: Changed, kind: type[Command], typed: dict[str, Any]
) -> Conflict | None:
    """What stands between her form and the record; None for whom the record is not."""
    by = viewer(request).by
    history = await request.app[PLATFORM].log.load(changed.id)
    case = next((name for name, each in _CASES.items() if each is changed.kind), "")
    now = _replayed(changed.kind, history)
    if by is None or not case or now.relation(by) not in (*CARRIES, "mediator"):
        return None
    saw = _replayed(changed.kind, history[: changed.seen])
    return Conflict(
        saw=_lines(case, saw),
        now=_lines(case, now),
        since=[(each.on, each.event.said()) for each in history[changed.seen :]
               if not each.event.BESIDE],
        typed=_typed(kind, typed),
    )  # fmt: skip


def _replayed(kind: type[Aggregate], history: Sequence[Recorded]) -> Aggregate:
    made = kind(history[0].stream)
    made.replay(history)
    return made


def _lines(case: str, record: Aggregate) -> list[Pair]:
    """Where the record stood: state, who handled it, the latest step."""
    lines: list[Pair] = [(_STATE, _STATES[case][record.state])]
    if isinstance(record, Assigned):
        lines.append((_UNIT, both(record.unit.name) if record.unit else both("—")))
        lines.append((_OFFICER, both(record.officer.name) if record.officer else POOL))
    step = record.last.said() if record.last else both("—")
    return [*lines, (_STEP, _DATED.fill(on=record.last_on, step=step) if record.last_on else step)]


def _typed(kind: type[Command], typed: dict[str, Any]) -> list[Pair]:
    """Every question of the form that she answered."""
    found = []
    for name, asked in asked_fields(kind).items():
        if said := _answer(name, asked, typed):
            found.append((asked.label, said))
    return found


def _answer(name: str, asked: Asked, typed: dict[str, Any]) -> object:
    parts = [str(typed.get(f"{name}-{part}", "")) for part in DATE_PARTS]
    if any(parts):
        return "-".join(parts)
    given = typed.get(name, "")
    if asked.options is not None:
        chosen = given if isinstance(given, list) else [given]
        said = [asked.options[each] for each in chosen if each]
        return Words("、".join(s.zh for s in said), ", ".join(s.en for s in said)) if said else ""
    if asked.widget in ("select", "hidden"):  # its choices are known to the page alone
        return ""
    if asked.widget == "yes_no":
        return {"yes": Words("是", "yes"), "no": Words("否", "no")}.get(str(given), "")
    return given


_STATE = Words("状态", "State")
_UNIT = Words("承办单位", "Unit in charge")
_OFFICER = Words("承办人", "In charge")
_DATED = Words("{on} {step}", "{on}: {step}")
_STEP = Words("最近一步", "Latest step")
