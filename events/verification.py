"""Verification of what an enterprise put right: items of evidence, blind votes, a joint conclusion.

The first ballot of a round stands sealed in the log until the second is in; one event then opens
both. A vote is bound to the hash of the item it was given on: what is replaced is voted on anew.
"""

from __future__ import annotations

from typing import ClassVar

import msgspec

from events.enforcement import DirectiveEvent
from events.event import Personal, Value
from events.words import Code, Words

VOTES = Code(
    "vote",
    {
        "accepted": Words("认可", "accepted"),
        "not_accepted": Words("不予认可", "not accepted"),
    },
)
CONFLICT = Words("意见不一致", "the two differ")


class ItemVersion(Value, frozen=True, kw_only=True):
    """An item as it stood: its number and the hash of its content."""

    item: int
    sha256: str


class Vote(Value, frozen=True, kw_only=True):
    """What one officer found of one item, once both ballots are in."""

    item: int
    sha256: str
    person: str
    name: str
    vote: str
    comment: str = ""


class RectificationItemHandedIn(DirectiveEvent, frozen=True, kw_only=True):
    """One item of evidence of a rectification; `files` are hashes of files of the record."""

    TOPIC = "rectification-item-handed-in"
    SAYS = Words(
        "{by} 提交整改证据第 {item} 项（{number}）：{what}",
        "{by} handed in item {item} of the rectification ({number}): {what}",
    )

    item: int
    what: str
    sha256: str
    files: list[str] = msgspec.field(default_factory=list)


class RectificationItemReplaced(DirectiveEvent, frozen=True, kw_only=True):
    """An item was replaced: votes given on the earlier content count no more, and stay."""

    TOPIC = "rectification-item-replaced"
    SAYS = Words(
        "{by} 替换整改证据第 {item} 项（{number}，第 {round} 轮）：{what}",
        "{by} replaced item {item} of the rectification ({number}, round {round}): {what}",
    )

    item: int
    what: str
    sha256: str
    was: str
    round: int
    files: list[str] = msgspec.field(default_factory=list)


class BallotSealed(DirectiveEvent, frozen=True, kw_only=True):
    """An officer voted; what stands sealed in `ballot` until the other one has voted too."""

    TOPIC = "ballot-sealed"
    SAYS = Words(
        "{by} 提交第 {round} 轮核验意见（{number}，{nth}/2 已提交），两人都提交以前封存",
        "{by} voted in round {round} of the verification ({number}, {nth}/2 in); "
        "sealed until both are in",
    )
    #: It changes nothing the other one has before her eyes.
    BESIDE: ClassVar[bool] = True

    round: int
    nth: int
    covers: list[ItemVersion]
    ballot: Personal


class BallotsOpened(DirectiveEvent, frozen=True, kw_only=True):
    """Both ballots are in and open."""

    TOPIC = "ballots-opened"
    SAYS = Words(
        "{by} 提交后两人意见到齐，第 {round} 轮核验意见公开（{number}）：{votes}",
        "With that of {by} both ballots of round {round} are in and open ({number}): {votes}",
    )

    round: int
    votes: list[Vote]

    def _values(self) -> dict[str, object]:
        said = [_said(vote) for vote in self.votes]
        votes = Words("；".join(w.zh for w in said), "; ".join(w.en for w in said))
        return {**super()._values(), "votes": votes}


class JointConclusionRecorded(DirectiveEvent, frozen=True, kw_only=True):
    """Where the two differ, one of them recorded what both conclude; the other has to confirm."""

    TOPIC = "joint-conclusion-recorded"
    SAYS = Words(
        "{by} 记录第 {item} 项的共同结论（{number}）：{vote}，{conclusion}，待另一人确认",
        "{by} recorded a joint conclusion on item {item} ({number}): {vote}, {conclusion}; "
        "the other has to confirm it",
    )

    item: int
    sha256: str
    vote: str
    conclusion: str

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "vote": VOTES[self.vote]}


class JointConclusionConfirmed(DirectiveEvent, frozen=True, kw_only=True):
    """The other one confirmed it: that is how the item stands."""

    TOPIC = "joint-conclusion-confirmed"
    SAYS = Words(
        "{by} 确认第 {item} 项的共同结论（{number}）：{vote}",
        "{by} confirmed the joint conclusion on item {item} ({number}): {vote}",
    )

    item: int
    sha256: str
    vote: str

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "vote": VOTES[self.vote]}


def _said(vote: Vote) -> Words:
    found = VOTES[vote.vote]
    zh, en = (f"（{vote.comment}）", f" ({vote.comment})") if vote.comment else ("", "")
    return Words(
        f"第 {vote.item} 项{vote.name}{found.zh}{zh}",
        f"item {vote.item} {vote.name}: {found.en}{en}",
    )
