"""Assigning: who is in charge of a record, and how it goes from one unit or person to another.

One set of events for every kind of case; each stands in the record's own stream.
"""

from __future__ import annotations

from typing import ClassVar

from events.event import Event, PartyRef, Value
from events.evidence import CASES
from events.words import Code, Words

#: Why nobody is in charge any more.
VACANT = Code(
    "vacant",
    {
        "disabled": Words("停用", "account disabled"),
        "withdrawn": Words("不再任职", "left the office"),
        "merged": Words("单位合并", "unit merged"),
    },
)


class Officer(Value, frozen=True, kw_only=True):
    """A person in office, as she was called when the event was recorded."""

    person: str
    name: str

    def __str__(self) -> str:
        return self.name


class AssigningEvent(Event, frozen=True, kw_only=True):
    """About who is in charge of one record; `complaint` where it owes that one's council.

    The course of the case is not changed by most of it: no form on the case is out of date.
    """

    BESIDE: ClassVar[bool] = True

    case: str
    number: str
    enterprise: PartyRef | None = None
    complaint: str = ""
    #: The one party that may read it in any list, where the record itself is so (121 §37).
    only_for: str = ""

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "case": CASES[self.case]}


class RecordClaimed(AssigningEvent, frozen=True, kw_only=True):
    """A person took a record out of her unit's pool."""

    TOPIC = "record-claimed"
    SAYS = Words("{by} 承办{case} {number}", "{by} took charge of {case} {number}")


class RecordAssigned(AssigningEvent, frozen=True, kw_only=True):
    """The head gave a record to somebody of the unit."""

    TOPIC = "record-assigned"
    SAYS = Words(
        "{by} 指派 {officer} 承办{case} {number}",
        "{by} put {officer} in charge of {case} {number}",
    )

    officer: Officer


class RecordReturned(AssigningEvent, frozen=True, kw_only=True):
    """A record went back to the unit's pool."""

    TOPIC = "record-returned"
    SAYS = Words(
        "{by} 将{case} {number} 退回本单位待领：{reason}",
        "{by} returned {case} {number} to the unit's pool: {reason}",
    )

    former: Officer


class RecordPooled(AssigningEvent, frozen=True, kw_only=True):
    """Whoever was in charge is so no more; the record waits in the unit's pool."""

    TOPIC = "record-pooled"
    SAYS = Words(
        "由系统转入“{unit}”待领：{case} {number}（原承办人 {former} {why}）",
        "Put into the pool of {unit} by the system: {case} {number} (formerly {former}, {why})",
    )

    unit: PartyRef
    former: Officer
    why: str

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "why": VACANT[self.why]}


class HandOverEvent(AssigningEvent, frozen=True, kw_only=True):
    """About a hand-over: from which unit to which, and to whom there where one was named."""

    giver: PartyRef
    to: PartyRef
    officer: Officer | None = None

    def _values(self) -> dict[str, object]:
        named = f"{self.to.name} {self.officer.name}" if self.officer else self.to.name
        return {**super()._values(), "whom": named}


class HandOverOffered(HandOverEvent, frozen=True, kw_only=True):
    """Somebody else is asked to take charge; until she accepts, all stays as it is."""

    TOPIC = "hand-over-offered"
    SAYS = Words(
        "{by} 提出将{case} {number} 交由 {whom} 承办：{reason}",
        "{by} offered {case} {number} to {whom}: {reason}",
    )


class HandOverAccepted(HandOverEvent, frozen=True, kw_only=True):
    """She took charge. `anew` = her unit decides on the record anew."""

    TOPIC = "hand-over-accepted"
    BESIDE: ClassVar[bool] = False
    SAYS = Words(
        "{by} 接办{case} {number}，原承办单位：{giver}",
        "{by} took over {case} {number} from {giver}",
    )

    anew: bool = False


class HandOverDeclined(HandOverEvent, frozen=True, kw_only=True):
    """She did not take it; it stays where it is."""

    TOPIC = "hand-over-declined"
    SAYS = Words(
        "{by} 不接办{case} {number}：{reason}",
        "{by} declined to take over {case} {number}: {reason}",
    )


class HandOverWithdrawn(HandOverEvent, frozen=True, kw_only=True):
    """The offer stands no more."""

    TOPIC = "hand-over-withdrawn"
    SAYS = Words(
        "{by} 撤回了将{case} {number} 交由 {whom} 承办的提议",
        "{by} withdrew the offer of {case} {number} to {whom}",
    )


class RecordMoved(HandOverEvent, frozen=True, kw_only=True):
    """The unit was merged into another, which has the record from now on."""

    TOPIC = "record-moved"
    BESIDE: ClassVar[bool] = False
    SAYS = Words(
        "由系统转入“{to}”待领：{case} {number}（原承办单位 {giver} 已合并）",
        "Put into the pool of {to} by the system: {case} {number} ({giver} was merged into it)",
    )
