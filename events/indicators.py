"""Indicators: published figures of a month, each with how and up to where it was counted."""

from __future__ import annotations

from datetime import date

from events.complaints.terms import COMMENT_GROUNDS
from events.event import Event, PartyRef
from events.words import Words


class FiguresPublished(Event, frozen=True, kw_only=True):
    """A body published how it handled the complaints of a month; a recount stands beside."""

    TOPIC = "figures-published"
    SAYS = Words(
        "{by} 公布了{body} {month} 的投诉处理数据（方法第 {method} 版，截至日志第 {upto} 条，"
        "SHA-256 {mark}…）",
        "{by} published the figures of {body} for {month} (method {method}, up to log position "
        "{upto}, SHA-256 {mark}…)",
    )

    month: str
    body: PartyRef
    method: int
    upto: int
    sha256: str
    #: Without small numbers, as everybody may read it (`services/indicators/published.py`).
    figures: str

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "mark": self.sha256[:16]}


class EnterpriseFigures(Event, frozen=True, kw_only=True):
    """About how a body handled the complaints about one enterprise, up to the end of a month."""

    body: PartyRef
    enterprise: PartyRef
    month: str
    #: Of how many months: 1, or 12.
    months: int

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "period": period(self.month, self.months)}


def period(month: str, months: int) -> Words:
    """The months that figures are about."""
    if months == 1:
        return Words(month, month)
    return Words(f"截至 {month} 的 {months} 个月", f"the {months} months to {month}")


class EnterpriseFiguresTold(EnterpriseFigures, frozen=True, kw_only=True):
    """The enterprise is shown the figures before anybody else, and has time to comment."""

    TOPIC = "enterprise-figures-told"
    SAYS = Words(
        "{by} 把{enterprise}{period}的投诉数据告知企业，{comment_by}前可以写说明"
        "（方法第 {method} 版，截至日志第 {upto} 条，SHA-256 {mark}…）",
        "{by} told {enterprise} its complaint figures for {period}; it may comment until "
        "{comment_by} (method {method}, up to log position {upto}, SHA-256 {mark}…)",
    )

    method: int
    upto: int
    sha256: str
    #: Without small numbers, as everybody may read it once published.
    figures: str
    comment_by: date

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "mark": self.sha256[:16]}


class EnterpriseFiguresPublished(EnterpriseFigures, frozen=True, kw_only=True):
    """Everybody reads them, as the enterprise was told, with its comment beside."""

    TOPIC = "enterprise-figures-published"
    SAYS = Words(
        "{by} 公布了{enterprise}{period}的投诉数据",
        "{by} published the complaint figures of {enterprise} for {period}",
    )


class FiguresComment(EnterpriseFigures, frozen=True, kw_only=True):
    """About one edition of what the enterprise says of them; each edition is kept."""

    edition: int


class FiguresCommentWritten(FiguresComment, frozen=True, kw_only=True):
    """The enterprise said what shall stand beside its figures."""

    TOPIC = "figures-comment-written"
    SAYS = Words(
        "{by} 就本企业{period}的投诉数据写了说明（第 {edition} 稿）：{comment}",
        "{by} wrote a comment on its figures for {period} (edition {edition}): {comment}",
    )

    comment: str


class FiguresCommentWithdrawn(FiguresComment, frozen=True, kw_only=True):
    """The enterprise took it back."""

    TOPIC = "figures-comment-withdrawn"
    SAYS = Words(
        "{by} 撤回了对{period}投诉数据的说明（第 {edition} 稿）",
        "{by} withdrew its comment on the figures for {period} (edition {edition})",
    )


class FiguresCommentShown(FiguresComment, frozen=True, kw_only=True):
    """The body shows it beside the figures, to the letter."""

    TOPIC = "figures-comment-shown"
    SAYS = Words(
        "{by} 把{enterprise}的说明（第 {edition} 稿）显示在{period}的投诉数据旁边",
        "{by} shows the comment of {enterprise} (edition {edition}) beside its figures for "
        "{period}",
    )

    comment: str


class FiguresCommentDeclined(FiguresComment, frozen=True, kw_only=True):
    """The body does not show it, on a stated ground; the enterprise may write another."""

    TOPIC = "figures-comment-declined"
    SAYS = Words(
        "{by} 没有显示{enterprise}对{period}投诉数据的说明（第 {edition} 稿），依据：{ground}。"
        "说明：{reason}",
        "{by} does not show the comment of {enterprise} (edition {edition}) on its figures for "
        "{period}; ground: {ground}. Reason: {reason}",
    )

    ground: str
    #: Whether it was shown before, and is no longer.
    takes_off: bool = False

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "ground": COMMENT_GROUNDS[self.ground]}
