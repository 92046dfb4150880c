"""Documents made from the code: the catalogue of events and the table of rights.

`python -m deploy.documents` writes them; with `--check` it only compares and fails when they
differ from what the code says.
"""

from __future__ import annotations

import sys
from pathlib import Path

from events.codec import known_events
from events.duties import OWN_WORK
from events.event import Event, subject_of
from events.sharing import VISIBILITIES
from events.terms import PARTY_KINDS, ROLES
from services import access
from services.duties import DUTIES, REVIEWERS

ROOT = Path(__file__).parent.parent


def catalogue() -> str:
    """Every event with its sentence, by subject."""
    lines = [
        "# 事件目录 Event catalogue", "",
        "由代码生成（`make docs`）。Generated from the code (`make docs`).", "",
    ]  # fmt: skip
    subjects: dict[str, list[type[Event]]] = {}
    for kind in known_events().values():
        subjects.setdefault(subject_of(kind), []).append(kind)
    for subject in sorted(subjects):
        lines += [f"## {subject}", "", "| topic | 中文 | English |", "|---|---|---|"]
        lines += [
            f"| `{k.TOPIC}.v{k.VERSION}` | {k.SAYS.zh} | {k.SAYS.en} |"
            for k in sorted(subjects[subject], key=lambda k: k.TOPIC)
        ]
        lines.append("")
    return "\n".join(lines)


def rights_table() -> str:
    """Who may do what, to which record, in which states."""
    lines = [
        "# 权限表 Table of rights", "",
        "由代码生成（`make docs`）；表中没有的一律不允许。"
        "Generated from the code; what is not in the table is denied.", "",
        "| command | party | role | relation | states | visibility |", "|---|---|---|---|---|---|",
    ]  # fmt: skip
    for right in access.rights():
        kinds = "、".join(PARTY_KINDS[k].zh for k in right.kinds)
        roles = "、".join(ROLES[r].zh for r in right.roles)
        relations = ", ".join(right.relations) or "–"
        states = ", ".join(right.states) or "–"
        seen = "、".join(VISIBILITIES[v].zh for v in right.visibilities) or "–"
        lines.append(f"| `{right.command}` | {kinds} | {roles} | {relations} | {states} | {seen} |")
    return "\n".join([*lines, "", *_duties(), ""])


def _duties() -> list[str]:
    """Whose earlier act in the same record excludes her from a command."""
    lines = [
        "## 职责分离 Separation of duties", "",
        "做过前一件事的人，不论担任什么角色，都不能在同一条记录上做后一件事；尝试会被记录。"
        "Who did the one cannot do the other in the same record, whatever roles she holds; "
        "an attempt is recorded.", "",
        "| command | not for who did | since the last | states |", "|---|---|---|---|",
    ]  # fmt: skip
    for duty in DUTIES:
        states = ", ".join(duty.states) or "–"
        done = f"`{duty.after.TOPIC}`: {OWN_WORK[duty.code].zh} / {OWN_WORK[duty.code].en}"
        lines.append(f"| `{duty.command}` | {done} | `{duty.since.TOPIC}` | {states} |")
    lines += ["", "## 几人核验 How many verify", "", "| what | how many |", "|---|---|"]
    return lines + [f"| {r.what.zh} / {r.what.en} | {r.many} |" for r in REVIEWERS.values()]


DOCUMENTS = {
    "events/CATALOGUE.md": catalogue,
    "services/RIGHTS.md": rights_table,
}


def main() -> None:
    """Write the documents, or compare them."""
    stale = [name for name, make in DOCUMENTS.items() if _read(name) != make()]
    if "--check" not in sys.argv:
        for name in stale:
            (ROOT / name).write_text(DOCUMENTS[name](), "utf-8")
            print(f"wrote {name}")
    elif stale:
        sys.exit(f"not up to date: {', '.join(stale)} (run make docs)")


def _read(name: str) -> str:
    path = ROOT / name
    return path.read_text("utf-8") if path.exists() else ""


if __name__ == "__main__":
    main()
