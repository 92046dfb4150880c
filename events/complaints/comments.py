"""Comments: what the business says beside a publication, and whether the body shows it."""

from __future__ import annotations

from events.complaints.complaint import ComplaintEvent
from events.complaints.terms import COMMENT_GROUNDS
from events.event import Personal
from events.words import Words


class CommentEvent(ComplaintEvent, frozen=True, kw_only=True):
    """Something about one edition of the comment; each edition is kept."""

    edition: int


class CommentWritten(CommentEvent, frozen=True, kw_only=True):
    """The business said what shall stand beside the publication; others may be named in it."""

    TOPIC = "comment-written"
    SAYS = Words(
        "{by} 就投诉 {number} 的公示写了企业说明（第 {edition} 稿）",
        "{by} wrote a comment on the publication of complaint {number} (edition {edition})",
    )

    comment: Personal


class CommentWithdrawn(CommentEvent, frozen=True, kw_only=True):
    """The business took it back."""

    TOPIC = "comment-withdrawn"
    SAYS = Words(
        "{by} 撤回了就投诉 {number} 的公示写的企业说明（第 {edition} 稿）",
        "{by} withdrew the comment on the publication of complaint {number} (edition {edition})",
    )


class CommentShown(CommentEvent, frozen=True, kw_only=True):
    """The body shows it beside the publication, to the letter."""

    TOPIC = "comment-shown"
    SAYS = Words(
        "{by} 把企业说明（第 {edition} 稿）显示在投诉 {number} 的公示旁边",
        "{by} shows the comment of the business (edition {edition}) "
        "beside the publication of complaint {number}",
    )


class CommentDeclined(CommentEvent, frozen=True, kw_only=True):
    """The body does not show it, on a stated ground; the business may write another."""

    TOPIC = "comment-declined"
    SAYS = Words(
        "{by} 没有显示投诉 {number} 的企业说明（第 {edition} 稿），依据：{ground}。说明：{reason}",
        "{by} does not show the comment of the business (edition {edition}) on complaint {number}; "
        "ground: {ground}. Reason: {reason}",
    )
    ground: str

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "ground": COMMENT_GROUNDS[self.ground]}
