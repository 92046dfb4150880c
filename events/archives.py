"""Enterprise archives (质量安全档案): enrolment, duty posts, checks, problems, training."""

from __future__ import annotations

from events.event import Event, PartyRef, Personal, Value
from events.terms import PRODUCT_CLASSES, UNIT_KINDS
from events.words import Words


class ArchiveEvent(Event, frozen=True, kw_only=True):
    """What all events of an archive say: whose archive it is."""

    enterprise: PartyRef


class EnterpriseEnrolled(ArchiveEvent, frozen=True, kw_only=True):
    """An archive was established for a unit of the three product classes."""

    TOPIC = "enterprise-enrolled"
    SAYS = Words(
        "{by} 为“{enterprise}”建立质量安全档案（{unit_kind}，{product_class}）",
        "{by} opened the quality-safety archive of {enterprise} ({unit_kind}, {product_class})",
    )

    unit_kind: str
    product_class: str
    division: str
    division_name: str
    size: str = ""

    def _values(self) -> dict[str, object]:
        return {
            **super()._values(),
            "unit_kind": UNIT_KINDS[self.unit_kind],
            "product_class": PRODUCT_CLASSES[self.product_class],
        }


class PostEvent(ArchiveEvent, frozen=True, kw_only=True):
    """About one holder of a duty post."""

    who: Personal

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "name": self.who.named()}


class DirectorAppointed(PostEvent, frozen=True, kw_only=True):
    """A quality-safety director (质量安全总监) was appointed (§5)."""

    TOPIC = "director-appointed"
    SAYS = Words(
        "{by} 记录“{enterprise}”任命质量安全总监 {name}",
        "{by} recorded that {enterprise} appointed {name} quality-safety director",
    )


class DirectorLeft(PostEvent, frozen=True, kw_only=True):
    """A quality-safety director left the post."""

    TOPIC = "director-left"
    SAYS = Words(
        "{by} 记录“{enterprise}”质量安全总监 {name} 离任：{reason}",
        "{by} recorded that {name}, quality-safety director of {enterprise}, left: {reason}",
    )


class OfficerAppointed(PostEvent, frozen=True, kw_only=True):
    """A quality-safety officer (质量安全员) was appointed (§3)."""

    TOPIC = "officer-appointed"
    SAYS = Words(
        "{by} 记录“{enterprise}”配备质量安全员 {name}",
        "{by} recorded that {enterprise} appointed {name} quality-safety officer",
    )


class OfficerLeft(PostEvent, frozen=True, kw_only=True):
    """A quality-safety officer left the post."""

    TOPIC = "officer-left"
    SAYS = Words(
        "{by} 记录“{enterprise}”质量安全员 {name} 离任：{reason}",
        "{by} recorded that {name}, quality-safety officer of {enterprise}, left: {reason}",
    )


class CheckMade(ArchiveEvent, frozen=True, kw_only=True):
    """One visit to one unit (一家次) by a regulator."""

    TOPIC = "check-made"
    SAYS = Words("{by} 检查了“{enterprise}”：{finding}", "{by} checked {enterprise}: {finding}")

    check: str
    problems: int = 0
    note: str = ""

    def _values(self) -> dict[str, object]:
        found = Words(f"发现问题 {self.problems} 个", f"problems found: {self.problems}")
        nothing = Words("未发现问题", "nothing found")
        return {**super()._values(), "finding": found if self.problems else nothing}


class ProblemFound(ArchiveEvent, frozen=True, kw_only=True):
    """A check found a problem; an order may follow (enforcement), and whether it did is shown."""

    TOPIC = "problem-found"
    SAYS = Words(
        "{by} 在“{enterprise}”发现问题：{what}", "{by} found a problem at {enterprise}: {what}"
    )

    check: str
    problem: str
    what: str


class Attendance(Value, frozen=True, kw_only=True):
    """How many people of one unit attended."""

    enterprise: PartyRef
    people: int


class TrainingHeld(Event, frozen=True, kw_only=True):
    """A training session was held for people of several units (§15)."""

    TOPIC = "training-held"
    SAYS = Words(
        "{by} 举办培训“{title}”，{units} 家单位 {people} 人次参加",
        "{by} held the training {title}: {people} attendances from {units} units",
    )

    title: str
    division: str
    division_name: str
    attended: list[Attendance]

    def _values(self) -> dict[str, object]:
        people = sum(a.people for a in self.attended)
        return {**super()._values(), "people": people, "units": len(self.attended)}
