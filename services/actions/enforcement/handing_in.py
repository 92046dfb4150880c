"""Handing in: the items of evidence on a directive, and what takes the place of one.

Who hands in is the enterprise, also where the regulator's clerk records it for it.
"""

from __future__ import annotations

from typing import Any

import msgspec

from events.log import Appended
from events.verification import RectificationItemHandedIn, RectificationItemReplaced
from events.words import Words
from services.actions.change import Log, change
from services.actions.command import Reason, ask
from services.actions.enforcement.follow_up import FollowUp, OnFollowUp
from services.actions.enforcement.review import content_hash, the_item
from services.actions.refused import Refused

#: Items of one directive.
MOST = 20


class HandInItem(OnFollowUp):
    """Hand in one item of evidence: by the enterprise, or recorded for it by the regulator."""

    SAYS = Words("提交整改证据", "Hand in evidence")

    what: Reason = ask(
        "这一项证明什么？", "What does this item show?", widget="area",
        hint=Words(
            "一次提交一项。例如：库房照片 12 张，问题批次已下架",
            "One item at a time. For example: 12 photos of the store, the batch is gone",
        ),
    )  # fmt: skip
    files: tuple[str, ...] = ask(
        "依据哪些文件？", "On which files does it rest?", default=(),
        hint=Words("可以不选。", "None need be chosen."),
    )  # fmt: skip


class ReplaceItem(OnFollowUp):
    """Replace one item by a better one; what was voted on it counts no more."""

    SAYS = Words("替换整改证据", "Replace an item")

    item: int = ask("替换哪一项？", "Which item?", widget="radios")
    what: Reason = ask("替换成什么？", "What takes its place?", widget="area")
    files: tuple[str, ...] = ask(
        "依据哪些文件？", "On which files does it rest?", default=(),
        hint=Words("可以不选。", "None need be chosen."),
    )  # fmt: skip


async def hand_in_item(log: Log, command: HandInItem) -> Appended:
    return await change(log, FollowUp, command.follow_up, command, hand_in)


async def replace_item(log: Log, command: ReplaceItem) -> Appended:
    return await change(log, FollowUp, command.follow_up, command, replace)


def hand_in(follow_up: FollowUp, command: HandInItem) -> None:
    review = follow_up.review
    if len(review.items) >= MOST:
        raise Refused(_TOO_MANY)
    files = _hashes(follow_up, command)
    follow_up.say(
        RectificationItemHandedIn, _on_behalf(follow_up, command), directive=follow_up.directive,
        item=len(review.items) + 1, what=command.what, files=files,
        sha256=content_hash(command.what, files),
    )  # fmt: skip


def replace(follow_up: FollowUp, command: ReplaceItem) -> None:
    item, files = the_item(follow_up.review, command.item), _hashes(follow_up, command)
    now = content_hash(command.what, files)
    if now == item.sha256:
        raise Refused(_THE_SAME.fill(n=item.n), field="what")
    follow_up.say(
        RectificationItemReplaced, _on_behalf(follow_up, command), directive=follow_up.directive,
        item=item.n, what=command.what, files=files, sha256=now, was=item.sha256,
        round=follow_up.review.next_round(item),
    )  # fmt: skip


def _hashes(follow_up: FollowUp, command: HandInItem | ReplaceItem) -> list[str]:
    """The hashes of the files it rests on, which the record has and its party may name."""
    if any(not follow_up.may_see_file(command.by, id) for id in command.files):
        raise Refused(_NO_SUCH_FILE, field="files")
    return [follow_up.files[id].sha256 for id in command.files]


def _on_behalf(follow_up: FollowUp, command: Any) -> Any:
    """What the regulator's clerk records is the enterprise's."""
    if command.by.party.kind != "regulator":
        return command
    name = follow_up.opening.enterprise.name
    return command.model_copy(update={"by": msgspec.structs.replace(command.by, on_behalf_of=name)})


_TOO_MANY = Words(
    f"一份文书最多 {MOST} 项证据。请替换已有的一项，或者把同类材料合成一项。",
    f"A directive takes {MOST} items at most. Replace one, or put material of one kind together.",
)
_THE_SAME = Words("第 {n} 项的内容没有变化", "Item {n} is the same as before")
_NO_SUCH_FILE = Words(
    "选择的文件不在这件记录里，请重新选择", "This record has no such file; please choose again"
)
