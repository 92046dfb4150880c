"""Review: how the items of a rectification stand, from the events of one directive.

An item is decided by two votes on its present content, or, where they differ, by a joint
conclusion that both stand behind. A replaced item begins anew; the others keep their votes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from events.event import Event
from events.verification import (
    BallotSealed,
    BallotsOpened,
    JointConclusionConfirmed,
    JointConclusionRecorded,
    RectificationItemHandedIn,
    RectificationItemReplaced,
    Vote,
)
from events.words import Words
from services.actions.refused import Refused
from services.duties import REVIEWERS


def content_hash(what: str, files: Sequence[str]) -> str:
    """SHA-256 (hex) of the JSON list of the text and the hashes of its files."""
    return sha256(json.dumps([what, *files], ensure_ascii=False).encode()).hexdigest()


@dataclass
class Item:
    """One item with the votes on its present content."""

    n: int
    what: str
    sha256: str
    files: tuple[str, ...] = ()
    round: int = 1
    votes: list[Vote] = field(default_factory=list)
    #: What one of the two recorded, and whether the other has confirmed it.
    conclusion: JointConclusionRecorded | None = None
    confirmed: bool = False

    @property
    def complete(self) -> bool:
        return len(self.votes) >= REVIEWERS["items"].many

    @property
    def conflict(self) -> bool:
        """Whether the two differ, and nothing is concluded yet."""
        return self.complete and len({v.vote for v in self.votes}) > 1 and not self.confirmed

    @property
    def verdict(self) -> str:
        """ "accepted", "not_accepted", or "" while it is not decided."""
        if self.confirmed and self.conclusion:
            return self.conclusion.vote
        return self.votes[0].vote if self.complete and not self.conflict else ""


class Review:
    """The items of the latest directive and the round that is under way."""

    def __init__(self) -> None:
        self.items: dict[int, Item] = {}
        #: The ballot that waits for its second.
        self.waiting: BallotSealed | None = None

    @property
    def decided(self) -> bool:
        """Whether every item is decided."""
        return all(item.verdict for item in self.items.values())

    @property
    def accepted(self) -> bool:
        """Whether every item is accepted."""
        return all(item.verdict == "accepted" for item in self.items.values())

    def covered(self) -> list[Item]:
        """What the waiting ballot was given on, as far as it still stands so."""
        if self.waiting is None:
            return []
        given = {each.item: each.sha256 for each in self.waiting.covers}
        return [i for i in self.items.values() if given.get(i.n) == i.sha256 and not i.complete]

    def to_vote(self, person: str) -> list[Item]:
        """The items this person has to vote on now; none while her own ballot waits."""
        if self.waiting is None:
            return [item for item in self.items.values() if not item.complete]
        return [] if self.waiting.by.person == person else self.covered()

    def to_conclude(self, person: str) -> list[Item]:
        """The items on which she and the other differ."""
        return [i for i in self.items.values() if i.conflict and _voted(i, person)]

    def to_confirm(self, person: str) -> list[Item]:
        """The items whose conclusion the other one recorded."""
        return [
            i for i in self.to_conclude(person)
            if i.conclusion is not None and i.conclusion.by.person != person
        ]  # fmt: skip

    def next_round(self, item: Item) -> int:
        """The round of the item once it is replaced: votes that were given begin a new one."""
        sealed = item in self.covered()
        return item.round + 1 if item.votes or sealed else item.round

    def see(self, event: Event) -> None:
        match event:
            case RectificationItemHandedIn():
                item = Item(event.item, event.what, event.sha256, tuple(event.files))
                self.items[event.item] = item
            case RectificationItemReplaced():
                item = Item(event.item, event.what, event.sha256, tuple(event.files), event.round)
                self.items[event.item] = item
                self.waiting = self.waiting if self.covered() else None
            case BallotSealed():
                self.waiting = event
            case BallotsOpened():
                self._opened(event)
            case JointConclusionRecorded():
                self.items[event.item].conclusion = event
            case JointConclusionConfirmed():
                self.items[event.item].confirmed = True

    def _opened(self, event: BallotsOpened) -> None:
        self.waiting = None
        for vote in event.votes:
            if self.items[vote.item].sha256 == vote.sha256:
                self.items[vote.item].votes.append(vote)


def _voted(item: Item, person: str) -> bool:
    return person in {vote.person for vote in item.votes}


def the_item(review: Review, n: int) -> Item:
    """The item of this number. Raises `Refused`."""
    if n not in review.items:
        raise Refused(_NO_SUCH_ITEM.fill(n=n), field="item")
    return review.items[n]


_NO_SUCH_ITEM = Words("没有第 {n} 项证据，请重新选择", "There is no item {n}; please choose again")
