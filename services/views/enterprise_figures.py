"""Figures of enterprises: which body told or published what, and what the enterprise says of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from events.event import Recorded
from events.indicators import (
    EnterpriseFigures as About,
)
from events.indicators import (
    EnterpriseFiguresPublished,
    EnterpriseFiguresTold,
    FiguresCommentDeclined,
    FiguresCommentShown,
    FiguresCommentWithdrawn,
    FiguresCommentWritten,
)
from services.views.searching import index_of, words
from services.views.view import Change, Page, Put, Row, View, Write

_SELECT = "select u.* from {rows} u"
_NEWEST = "told_on desc, position desc"
_NO_WAITING: Row = {"waits": "", "waits_on": None, "waits_edition": 0}
_NO_COMMENT: Row = {"comment": "", "comment_on": None, "comment_edition": 0}
_NO_GROUND: Row = {"ground": "", "declined": ""}


class EnterpriseFigures(View):
    """One row for a body, an enterprise and a period."""

    name = "enterprise_figures"
    version = 1
    by_stream = True
    tables: ClassVar = {
        "rows": """
            id uuid, version int not null, state text not null, body text not null,
            body_name text not null, body_kind text not null, enterprise text not null,
            enterprise_name text not null, month text not null, months int not null,
            method int not null, upto bigint not null, sha256 text not null, figures text not null,
            comment_by date not null, told_on date not null, published_on date,
            waits text not null default '', waits_on date, waits_edition int not null default 0,
            comment text not null default '', comment_on date,
            comment_edition int not null default 0, ground text not null default '',
            declined text not null default '', position bigint not null"""
    }
    keys: ClassVar = {"rows": ("id",)}
    indexes: ClassVar = {
        "rows": (
            "(body, told_on desc, position desc)",
            "(enterprise, told_on desc, position desc)",
            "(month desc, enterprise_name, position) where published_on is not null",
            index_of("enterprise_name"),
        )
    }

    def see(self, recorded: Recorded) -> Iterator[Write]:
        event, row = recorded.event, {"id": recorded.stream}
        if isinstance(event, EnterpriseFiguresTold):
            yield Put("rows", {**row, **_told(event, recorded)})
        elif isinstance(event, About):
            yield Change("rows", row, {"version": recorded.version, **_step(event, recorded)})

    async def one(self, id: str) -> Row | None:
        """By its id."""
        return await self.row(f"{_SELECT} where u.id = %(id)s", {"id": id})

    async def of_body(self, body: str, number: int = 1) -> Page:
        """What a body told enterprises, the newest first."""
        return await self.page(_SELECT, "u.body = %(b)s", _NEWEST, {"b": body}, number)

    async def about(self, enterprise: str, number: int = 1) -> Page:
        """What an enterprise was told, the newest first."""
        return await self.page(_SELECT, "u.enterprise = %(e)s", _NEWEST, {"e": enterprise}, number)

    async def published(self, *, text: str = "", number: int = 1) -> Page:
        """What everybody may read, the latest month first, also by words of the name."""
        where, order = "u.published_on is not null", "month desc, enterprise_name, position"
        if text:
            found = words(text, "u.enterprise_name")
            return await self.containing(_SELECT, where, found, order, {}, number)
        return await self.page(_SELECT, where, order, {}, number)


def _told(event: EnterpriseFiguresTold, recorded: Recorded) -> Row:
    names = ("month", "months", "method", "upto", "sha256", "figures", "comment_by")
    body, enterprise = event.body, event.enterprise
    return {
        "version": recorded.version, "state": "told", "position": recorded.position,
        "body": body.id, "body_name": body.name, "body_kind": body.kind,
        "enterprise": enterprise.id, "enterprise_name": enterprise.name,
        "told_on": recorded.on, **{name: getattr(event, name) for name in names},
    }  # fmt: skip


def _step(event: About, recorded: Recorded) -> Row:
    on = recorded.on
    match event:
        case EnterpriseFiguresPublished():
            return {"state": "published", "published_on": on}
        case FiguresCommentWritten(comment=said, edition=edition):
            return {"waits": said, "waits_on": on, "waits_edition": edition, **_NO_GROUND}
        case FiguresCommentShown(comment=said, edition=edition):
            shown = {"comment": said, "comment_on": on, "comment_edition": edition}
            return {**_NO_WAITING, **shown, **_NO_GROUND}
        case FiguresCommentDeclined(takes_off=takes_off):
            why = {"ground": event.ground, "declined": event.reason}
            return {**_NO_WAITING, **(_NO_COMMENT if takes_off else {}), **why}
        case FiguresCommentWithdrawn():
            return {**_NO_WAITING, **_NO_COMMENT, **_NO_GROUND}
    return {}
