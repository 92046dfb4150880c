"""Erasure of who held a duty post: her name in the archive of an enterprise (PIPL §47).

The steps are those of every deletion (`services/actions/erasure.py`). While she is in post the unit
must be able to show who is (Orders 75 and 76 §3, §5); afterwards only the policy on retention
stands against it. Enterprise or regulator ask; the regulator checks, and its head approves.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from events.erasure import KEPT_STANDS
from events.log import Appended
from events.words import Words
from services.access import NOT_THERE
from services.actions import erasure
from services.actions.archives import Archive, OnArchive, archive_id
from services.actions.change import Log, change
from services.actions.erasure import About, Data, Hold, retained
from services.actions.refused import NotFound


class OnPost(OnArchive):
    """A command on what is kept of one holder of a duty post."""

    post: UUID


class RequestPostErasure(OnPost, erasure.Requests):
    """Ask that what is kept of her be deleted."""

    SAYS = Words("请求删除任职人员信息", "Ask for the holder's data to be deleted")


class CheckPostErasure(OnPost, erasure.Checks):
    """State that nothing forbids it."""


class ErasePostData(OnPost, erasure.Erases):
    """Have it deleted, as the second person."""

    SAYS = Words("批准并删除任职人员信息", "Approve, and delete the holder's data")


class RefusePostErasure(OnPost, erasure.Refuses):
    """Say why it is not deleted."""


STEPS: tuple[type[OnPost], ...] = (
    RequestPostErasure, CheckPostErasure, ErasePostData, RefusePostErasure,
)  # fmt: skip


async def post_erasure_step(log: Log, command: OnPost) -> Appended:
    """Take a step of the deletion."""
    return await change(log, Archive, archive_id(command.enterprise), command, take)


def take(archive: Archive, command: OnPost) -> None:
    post = str(command.post)
    if post not in archive.since:
        raise NotFound(NOT_THERE)
    say = partial(_say, archive, post)
    about = About(archive.data.get(post, Data()), KEPT_STANDS, say, [post])
    erasure.take(about, command, holds(archive.left.get(post), command.on))


def _say(archive: Archive, post: str, kind: type, command: OnPost, **fields: object) -> None:
    about = {"kept": "post", "party": command.enterprise, "person": post}
    archive.record(kind, command, **about, **fields)


def holds(left: date | None, on: date) -> list[Hold]:
    """What speaks against deleting it on this day; `left` = when she left the post."""
    return [Hold(_IN_POST, law=True)] if left is None else retained(left, on)


_IN_POST = Words(
    "本人还在任，单位必须能说明由谁任职。请先记录离任。",
    "The person is in post, and the unit must be able to show who is. Record the leaving first.",
)
