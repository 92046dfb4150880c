"""Rectification: the items of evidence on a directive as pages show them, and what forms offer.

What a sealed ballot holds is nowhere in here: a page says that one is in, and nothing else.
"""

from __future__ import annotations

from typing import Any

from events.event import Acting
from events.evidence import MEDIA, mark_of, size_of
from events.verification import CONFLICT, VOTES
from events.words import Code, Words
from services.actions.command import Command
from services.actions.enforcement import FollowUp
from services.actions.enforcement.review import Item, Review
from services.duties import REVIEWERS

Row = dict[str, Any]

_TO_VOTE = Words("待核验", "to be verified")
_TO_CONFIRM = Words("共同结论待确认", "a joint conclusion to be confirmed")
_COLOURS = {"accepted": "done", "not_accepted": "overdue"}


def items(record: FollowUp, inside: bool = True) -> list[Row]:
    """The items in order, each with how it stands and, once both are in, who found what.

    Outside the office (`inside` = False) is said what was decided and why, nothing on the way.
    """
    return [_item(record, item, inside) for item in record.review.items.values()]


def _item(record: FollowUp, item: Item, inside: bool) -> Row:
    open_to = inside or bool(item.verdict)
    said, colour = _standing(record.review, item) if open_to else (_TO_VOTE, "waiting")
    concluded = item.conclusion if open_to else None
    return {
        "n": item.n, "what": item.what, "sha256": item.sha256, "round": item.round,
        "files": [_file(record, sha256) for sha256 in item.files],
        "said": said, "colour": colour,
        "votes": [{"name": v.name, "vote": VOTES[v.vote], "comment": v.comment}
                  for v in item.votes if item.complete and open_to],
        "conclusion": concluded and {"name": concluded.by.name, "vote": VOTES[concluded.vote],
                                     "why": concluded.conclusion, "confirmed": item.confirmed},
    }  # fmt: skip


def _standing(review: Review, item: Item) -> tuple[Words, str]:
    if item.verdict:
        return VOTES[item.verdict], _COLOURS[item.verdict]
    if item.conflict:
        return (_TO_CONFIRM if item.conclusion else CONFLICT), "soon"
    if item in review.covered():
        return ballots(review) or _TO_VOTE, "waiting"
    return _TO_VOTE, "waiting"


def ballots(review: Review) -> Words | None:
    """That one ballot is in, where one waits for its second."""
    if review.waiting is None:
        return None
    many = REVIEWERS["items"].many
    return Words(f"1/{many} 已提交", f"1 of {many} in")


def _file(record: FollowUp, sha256: str) -> Words:
    found = next((file for file in record.files.values() if file.sha256 == sha256), None)
    mark, what = mark_of(sha256), MEDIA[found.media] if found else Words("文件", "file")
    return Words(f"{mark}（{what.zh}）", f"{mark} ({what.en})")


def choices(kind: type[Command], by: Acting, record: FollowUp) -> Row:
    """What the form of this act offers: items by number and text, files by mark."""
    review, offered = record.review, {}
    match kind.__name__:
        case "ReplaceItem":
            offered["item"] = _numbered(list(review.items.values()))
        case "ConcludeJointly":
            offered["item"] = _numbered(review.to_conclude(by.person))
        case "ConfirmConclusion":
            offered["item"] = _numbered(review.to_confirm(by.person))
    if "files" not in kind.model_fields:
        return {"options": offered} if offered else {}
    files = _files(by, record)
    if not files:
        return {"options": offered, "leave_out": ("files",)}
    return {"options": {**offered, "files": Code("files", files)}}


def _numbered(listed: list[Item]) -> Code:
    return Code("item", {str(i.n): Words(f"第 {i.n} 项：{i.what}", f"Item {i.n}: {i.what}")
                         for i in listed})  # fmt: skip


def _files(by: Acting, record: FollowUp) -> dict[str, Words]:
    """Files of the record that this party may name and that stand."""
    found = {}
    for file in record.files.values():
        if not file.withdrawn and record.may_see_file(by, file.id):
            what, size = MEDIA[file.media], size_of(file.size)
            mark = mark_of(file.sha256)
            found[file.id] = Words(
                f"{mark}（{what.zh}，{size.zh}）", f"{mark} ({what.en}, {size.en})"
            )
    return found
