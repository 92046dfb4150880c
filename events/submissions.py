"""Submissions: what was told at once and is handled apart: complaint, report, enquiry (121 §9).

They stand in a stream of their own: the complaint knows nothing of the report told with it.
"""

from __future__ import annotations

from events.event import Event, PartyRef, Value
from events.words import Code, Words

MATTERS = Code(
    "matter",
    {
        "complaint": Words("投诉", "complaint"),
        "report": Words("举报", "report"),
        "enquiry": Words("咨询", "enquiry"),
    },
)


class Matter(Value, frozen=True, kw_only=True):
    """One of the records: its kind, id and number, and who handles it."""

    kind: str
    record: str
    number: str
    handler: PartyRef

    def said(self) -> Words:
        kind = MATTERS[self.kind]
        return Words(f"{kind.zh} {self.number}", f"{kind.en} {self.number}")


class SubmissionEvent(Event, frozen=True, kw_only=True):
    """About one submission."""

    #: The one party that may read it in any list: who handles the report.
    only_for: str = ""


class SubmissionReceived(SubmissionEvent, frozen=True, kw_only=True):
    """Several matters were told at once; each goes its own way (121 §9)."""

    TOPIC = "submission-received"
    SAYS = Words(
        "{by} 一次提出{matters}，分别处理",
        "{by} told at once, each handled by itself: {matters}",
    )

    matters: list[Matter]

    def _values(self) -> dict[str, object]:
        said = [each.said() for each in self.matters]
        listed = Words("、".join(w.zh for w in said), ", ".join(w.en for w in said))
        return {**super()._values(), "matters": listed}


class SubmissionSplit(SubmissionEvent, frozen=True, kw_only=True):
    """A clerk found another matter in what was told, which is handled by itself from now on."""

    TOPIC = "submission-split"
    SAYS = Words(
        "{by} 从{origin}中分出{matter}，分别处理：{reason}",
        "{by} split {matter} from {origin}, to be handled by itself: {reason}",
    )

    origin: Matter
    matter: Matter

    def _values(self) -> dict[str, object]:
        said = {"origin": self.origin.said(), "matter": self.matter.said()}
        return {**super()._values(), **said}


class SplitUndone(SubmissionEvent, frozen=True, kw_only=True):
    """The split was a mistake: what was split off ends, the source goes on as before."""

    TOPIC = "split-undone"
    SAYS = Words("{by} 撤销分出{matter}：{reason}", "{by} undid the split of {matter}: {reason}")

    matter: Matter

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "matter": self.matter.said()}
