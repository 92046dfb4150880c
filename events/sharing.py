"""Sharing: who else has a part in a case, at which level, and whether it is restricted.

They stand in the record's own stream, whatever kind of case it is: a part is offered and binds
once it is accepted; the case is hidden from everybody without one while it is restricted.
"""

from __future__ import annotations

from typing import ClassVar

from events.event import Acting, Event, PartyRef
from events.words import Code, Words

#: What a party can be to a case that is not its own.
LEVELS = Code(
    "level",
    {
        "contributor": Words("参与方", "contributor"),
        "reader": Words("查阅方", "reader"),
    },
)
#: Which level says more.
RANK: dict[str, int] = {"": 0, "reader": 1, "contributor": 2}


class SharingEvent(Event, frozen=True, kw_only=True):
    """About one case of any kind: `case` is the kind, `number` its number.

    The course of the case is not changed by it: no form on the case is out of date.
    """

    BESIDE: ClassVar[bool] = True

    case: str
    number: str
    #: The one party that may read it in any list, where the case itself is so (121 §37).
    only_for: str = ""

    def _values(self) -> dict[str, object]:
        levels = {name: getattr(self, name, "") for name in ("relation", "was")}
        said = {name: LEVELS[level] if level else "" for name, level in levels.items()}
        return {**super()._values(), **said, "message": _message(getattr(self, "message", ""))}


def _message(text: str) -> Words:
    return Words(f"，附言：{text}", f", with the message: {text}") if text else Words("", "")


class RelationOffered(SharingEvent, frozen=True, kw_only=True):
    """The owner offered a party a part; it binds when the party accepts."""

    TOPIC = "relation-offered"
    SAYS = Words(
        "{by} 请{to}作为{relation}加入 {number}{message}",
        "{by} offered {to} a part in {number} as {relation}{message}",
    )

    to: PartyRef
    relation: str
    message: str = ""


class RelationRaiseOffered(SharingEvent, frozen=True, kw_only=True):
    """The owner offered a party with a part a higher level; until accepted the old one holds."""

    TOPIC = "relation-raise-offered"
    SAYS = Words(
        "{by} 请{to}在 {number} 中由{was}变为{relation}{message}",
        "{by} offered {to} a higher level in {number}, {was} → {relation}{message}",
    )

    to: PartyRef
    was: str
    relation: str
    message: str = ""


class RelationLowered(SharingEvent, frozen=True, kw_only=True):
    """The owner left a party less than it had; that binds at once."""

    TOPIC = "relation-lowered"
    SAYS = Words(
        "{by} 将{to}在 {number} 中由{was}变为{relation}{message}",
        "{by} lowered the level of {to} in {number}, {was} → {relation}{message}",
    )

    to: PartyRef
    was: str
    relation: str
    message: str = ""


class RelationAccepted(SharingEvent, frozen=True, kw_only=True):
    """The party accepted what was offered; `was` is the level it had before."""

    TOPIC = "relation-accepted"
    SAYS = Words("{by} 同意加入 {number}：{change}", "{by} accepted the part in {number}: {change}")

    relation: str
    was: str = ""

    def _values(self) -> dict[str, object]:
        level = LEVELS[self.relation]
        before = LEVELS[self.was] if self.was else Words("无", "none")
        change = Words(f"{before.zh} → {level.zh}", f"{before.en} → {level.en}")
        return {**super()._values(), "change": change}


class RelationDeclined(SharingEvent, frozen=True, kw_only=True):
    """The party refused what was offered, and said why."""

    TOPIC = "relation-declined"
    SAYS = Words(
        "{by} 没有同意在 {number} 中作为{relation}：{reason}",
        "{by} declined to be {relation} in {number}: {reason}",
    )

    relation: str
    was: str = ""


class RelationWithdrawn(SharingEvent, frozen=True, kw_only=True):
    """The owner took a part, or the offer of one, back."""

    TOPIC = "relation-withdrawn"
    SAYS = Words(
        "{by} 撤回了{party}在 {number} 中的{relation}身份：{reason}",
        "{by} withdrew the part of {party} in {number} ({relation}): {reason}",
    )

    party: PartyRef
    relation: str


class RelationGivenUp(SharingEvent, frozen=True, kw_only=True):
    """The party itself gave its part up."""

    TOPIC = "relation-given-up"
    SAYS = Words(
        "{by} 退出了 {number}（{relation}）：{reason}",
        "{by} gave up its part in {number} ({relation}): {reason}",
    )

    relation: str


class RelationPrescribed(SharingEvent, frozen=True, kw_only=True):
    """A rule gave a party a part that it does not have to accept."""

    TOPIC = "relation-prescribed"
    SAYS = Words(
        "{by}：{to}作为{relation}加入 {number}，{reason}",
        "{by}: {to} has a part in {number} as {relation}, {reason}",
    )

    to: PartyRef
    relation: str
    was: str = ""


class RelationMoved(SharingEvent, frozen=True, kw_only=True):
    """A unit with a part was merged: its successor has, or is offered, what it had."""

    TOPIC = "relation-moved"
    SAYS = Words(
        "由系统将{giver}在 {number} 中的{was}身份{asked}转给“{to}”（{giver} 已合并）{own}",
        "The part of {giver} in {number} ({was}{asked}) went to {to} by the system "
        "({giver} was merged into it){own}",
    )

    giver: PartyRef
    to: PartyRef
    was: str
    #: Whether the giver had not answered the offer of it yet.
    unanswered: bool = False
    #: What the successor has by this; both "" where the case is its own anyway.
    relation: str = ""
    offered: str = ""
    message: str = ""
    #: Who offered it.
    let_by: Acting | None = None

    def _values(self) -> dict[str, object]:
        asked = Words("（待答复）", ", not answered yet") if self.unanswered else Words("", "")
        has = bool(self.relation or self.offered)
        own = Words("，后者本来就与该记录有关", ", which is a party to the record anyway")
        return {**super()._values(), "asked": asked, "own": Words("", "") if has else own}


class CaseRestricted(SharingEvent, frozen=True, kw_only=True):
    """From here on nobody without a part sees that the case exists."""

    TOPIC = "case-restricted"
    SAYS = Words("{by} 限制查阅 {number}：{reason}", "{by} restricted {number}: {reason}")


class RestrictionLifted(SharingEvent, frozen=True, kw_only=True):
    """The case is seen again by those who may see others of its kind."""

    TOPIC = "restriction-lifted"
    SAYS = Words(
        "{by} 解除 {number} 的查阅限制：{reason}",
        "{by} lifted the restriction of {number}: {reason}",
    )


#: What each event makes of the visibility of its case.
VISIBILITY: dict[type[Event], str] = {CaseRestricted: "restricted", RestrictionLifted: "normal"}
#: Of a case; in the order in which more is hidden.
VISIBILITIES = Code(
    "visibility",
    {
        "normal": Words("一般", "normal"),
        "restricted": Words("限制查阅", "restricted"),
    },
)
