"""Comments of businesses beside publications: what everybody reads, and every edition of one.

The words are opened from the log; with the consumer's data they are restricted or gone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aiohttp import web

from events.complaints.terms import COMMENT_GROUNDS
from events.event import Recorded
from events.words import Words
from portals.web import PLATFORM

Row = dict[str, Any]

#: State of an edition -> how it is called, and its colour.
STATES = {
    "waiting": (Words("等待承办单位查看", "waits for the body in charge"), "waiting"),
    "shown": (Words("显示在公示旁边", "stands beside the publication"), "done"),
    "declined": (Words("没有显示", "not shown"), "none"),
    "replaced": (Words("已由后一稿代替", "replaced by a later edition"), "none"),
    "withdrawn": (Words("已撤回", "withdrawn"), "none"),
}


async def beside(request: web.Request, rows: Sequence[Row]) -> list[Row]:
    """Publications, each with the `comment` that is shown (or None), and since when one waits."""
    platform = request.app[PLATFORM]
    standing = await platform.views.comments.standing([row["id"] for row in rows])
    shown = {each["record"]: each for each in standing if each["state"] == "shown"}
    waiting = {each["record"]: each["written_on"] for each in standing if each["state"] != "shown"}
    said = await platform.log.at(each["position"] for each in shown.values())
    return [
        {
            **row,
            "comment": _beside(row, shown.get(row["id"]), said),
            "comment_waits": waiting.get(row["id"]),
        }
        for row in rows
    ]


def _beside(row: Row, comment: Row | None, said: dict[int, Recorded]) -> Row | None:
    if comment is None:
        return None
    text = _RESTRICTED if row["personal"] == "restricted" else _text(said[comment["position"]])
    return {"text": text, "on": comment["written_on"], "edition": comment["edition"]}


async def editions(request: web.Request, complaint: str) -> list[Row]:
    """Every edition on one complaint, the latest first, with what came of it."""
    platform = request.app[PLATFORM]
    rows = await platform.views.comments.of_record(complaint)
    said = await platform.log.at(row["position"] for row in rows)
    return [
        {
            **row,
            "text": _text(said[row["position"]]),
            "words": STATES[row["state"]][0],
            "colour": STATES[row["state"]][1],
            "ground": COMMENT_GROUNDS[row["ground"]] if row["ground"] else "",
        }
        for row in rows
    ]


def _text(recorded: Recorded) -> object:
    return recorded.event.comment.shown("comment")  # type: ignore[attr-defined]


_RESTRICTED = Words("已限制处理，暂不显示", "restricted to storage, not shown now")
