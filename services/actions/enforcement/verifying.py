"""Verifying: items of evidence come in, two officers vote on them blind, differences are settled.

Neither of the two issued the directive or recorded its answer or an item (`services/duties.py`).
The first ballot is sealed under a key of the vault; the second one opens both, in one append.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Annotated, Any

import msgspec
from pydantic import create_model

from events.event import Personal
from events.ids import derived_id
from events.log import Appended
from events.verification import (
    VOTES,
    BallotSealed,
    BallotsOpened,
    ItemVersion,
    Vote,
)
from events.words import Words
from services.actions.change import Log, change
from services.actions.command import Given, Text, ask, one_of
from services.actions.enforcement.follow_up import FollowUp, OnFollowUp
from services.actions.enforcement.review import Item
from services.actions.refused import AlreadyDecided, Refused

_FIELD = "ballot"


class VoteOnItems(OnFollowUp):
    """Say of each item whether it is accepted; `ballot` adds the questions."""

    SAYS = Words("核验整改证据", "Verify the evidence")

    def of(self, item: int) -> tuple[str, str]:
        """The vote on one item, and the comment."""
        return getattr(self, f"vote_{item}", ""), getattr(self, f"comment_{item}", "")


@cache
def ballot(items: tuple[tuple[int, str], ...]) -> type[VoteOnItems]:
    """The command with a question for each item: (number, what it says)."""
    fields: dict[str, Any] = {}
    for n, what in items:
        fields[f"vote_{n}"] = (
            Annotated[Given, one_of(VOTES)],
            ask(f"第 {n} 项：{what}", f"Item {n}: {what}", widget="radios", options=VOTES),
        )
        fields[f"comment_{n}"] = (
            Text,
            ask(f"对第 {n} 项的意见", f"Comment on item {n}", hint=_NEEDED, widget="area",
                default="", most=2_000),
        )  # fmt: skip
    made: type[VoteOnItems] = create_model("VoteOnItems", __base__=VoteOnItems, **fields)
    return made


async def vote_on_items(log: Log, command: VoteOnItems) -> Appended:
    return await change(log, FollowUp, command.follow_up, command, vote)


def vote(follow_up: FollowUp, command: VoteOnItems) -> None:
    review, person = follow_up.review, command.by.person
    items = review.to_vote(person)
    if not items:
        raise AlreadyDecided(_YOURS_IS_IN if review.waiting else _NOTHING_TO_VOTE)
    _refuse_incomplete(command, items)
    first, number = review.waiting, max(item.round for item in items)
    _seal(follow_up, command, items, number, nth=2 if first else 1)
    if first is not None:
        votes = [*_read(first, items), *_cast(command, items)]
        follow_up.say(
            BallotsOpened, command, directive=follow_up.directive, round=number,
            votes=sorted(votes, key=lambda vote: vote.item),
        )  # fmt: skip


def _refuse_incomplete(command: VoteOnItems, items: Sequence[Item]) -> None:
    for item in items:
        found, comment = command.of(item.n)
        if not found:
            raise Refused(_SAY_OF_EACH.fill(n=item.n), field=f"vote_{item.n}")
        if found == "not_accepted" and not comment:
            raise Refused(_WHY_NOT.fill(n=item.n), field=f"comment_{item.n}")


def _seal(
    follow_up: FollowUp, command: VoteOnItems, items: Sequence[Item], number: int, nth: int
) -> None:
    """One field holds all of it, so that not even the names of fields say how she voted."""
    cast = json.dumps([msgspec.to_builtins(v) for v in _cast(command, items)], ensure_ascii=False)
    subject = derived_id(follow_up.id, f"ballot {command.by.person} {follow_up.version}")
    follow_up.say(
        BallotSealed, command, directive=follow_up.directive, round=number, nth=nth,
        covers=[ItemVersion(item=item.n, sha256=item.sha256) for item in items],
        ballot=Personal.committed(str(subject), {_FIELD: cast}),
    )  # fmt: skip


def _cast(command: VoteOnItems, items: Sequence[Item]) -> list[Vote]:
    by = command.by
    return [
        Vote(item=item.n, sha256=item.sha256, person=by.person, name=by.name, vote=found,
             comment=comment)
        for item in items
        for found, comment in [command.of(item.n)]
    ]  # fmt: skip


def _read(sealed: BallotSealed, items: Sequence[Item]) -> list[Vote]:
    """What the first one voted, on the items that still stand as they were."""
    if sealed.ballot.unreadable or not sealed.ballot.get(_FIELD):
        raise Refused(_LOCKED)
    votes = msgspec.json.decode(sealed.ballot.get(_FIELD), type=list[Vote])
    standing = {item.n: item.sha256 for item in items}
    return [vote for vote in votes if standing.get(vote.item) == vote.sha256]


_YOURS_IS_IN = Words(
    "您的意见已经提交并封存，等另一位核验人员提交后一起公开。",
    "Your ballot is in and sealed; it opens when the other officer's is in.",
)
_NOTHING_TO_VOTE = Words(
    "现在没有要核验的证据。企业提交或者替换证据后再核验。",
    "There is nothing to vote on now, until the enterprise hands in or replaces an item.",
)
_SAY_OF_EACH = Words("请选择是否认可第 {n} 项", "Please say whether item {n} is accepted")
_NEEDED = Words("不予认可时必须说明理由。", "Needed where it is not accepted.")
_WHY_NOT = Words("请说明第{n}项不予认可的理由", "Please say why item {n} is not accepted")
_LOCKED = Words(
    "另一位的意见已封存，现在打不开（保险库的密钥不在），意见没有提交。请管理员处理后再提交。",
    "The other ballot is sealed and cannot be opened now (the vault's key is missing); yours was "
    "not recorded. Ask the administrator, then send again.",
)
