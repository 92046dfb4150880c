"""Erasure pages: what is kept of a person, what forbids deleting it, who had it deleted.

The same for every kind of record: one page with the list of what would go and the holds, one form
for each step. A kind of record says how it is found, and who may open its pages.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from aiohttp import web

from events.words import Words
from portals.web import PLATFORM, FormState, act, acting, form_page, page, reshown
from services import access
from services.actions import erasure
from services.actions.command import Command
from services.actions.refused import NotFound
from services.erasing import taking

Row = dict[str, Any]
FIELDS = {
    "name": Words("姓名", "name"),
    "phone": Words("电话", "telephone"),
    "email": Words("电子邮箱", "e-mail"),
    "language": Words("语言", "language"),
    "contact": Words("联系方式", "contact"),
    "address": Words("地址", "address"),
    "agent": Words("受托人姓名", "name of who complains for her"),
    "agent_phone": Words("受托人电话", "telephone of who complains for her"),
    "facts": Words("事实", "facts"),
    "request": Words("要求", "request"),
    "order_no": Words("订单号", "order number"),
    "terms": Words("协议内容", "terms of the agreement"),
    "reason": Words("撤回原因", "reason of the withdrawal"),
    "answer": Words("身份证明", "proof of identity"),
    "matter": Words("告知经营者的情况", "what the business was told"),
    "result": Words("和解情况", "how it was settled"),
    "why": Words("理由", "reasons"),
    "course": Words("调解经过", "course of a session"),
    "comment": Words("评价", "comment"),
    "told": Words("回访内容", "what she said when called back"),
    "title": Words("标题", "title"),
    "question": Words("问题", "question"),
    "text": Words("补充说明", "statement added later"),
    "note.text": Words("内部备注", "internal note"),
    "named.name": Words("文件名称", "name of a file"),
    "hers.reason": Words("撤回文件的原因", "why a file was withdrawn"),
}
PERSONAL = Words("个人信息", "Personal data")


@dataclass(frozen=True)
class Kept:
    """What is kept of one person in one record, as its page shows it."""

    title: Words
    #: The record in a word or a number, above the title.
    caption: Words
    crumbs: list[tuple[str, Words]]
    #: The address of its page.
    here: str
    standing: str
    since: Any
    holds: list[erasure.Hold]
    #: What the acting party is to the record, and its state.
    relation: str
    state: str
    #: The fields of the commands that are known from the address.
    known: Row
    #: What the log holds, event by event (`services.told.kept`).
    envelopes: list[Row] = field(default_factory=list)
    version: int | None = None
    #: What some fields are called here.
    names: Row = field(default_factory=dict)


@dataclass(frozen=True)
class Erasure:
    """The pages of one kind of record."""

    commands: tuple[type[Command], ...]
    step: Any
    find: Callable[[web.Request], Awaitable[Kept]]

    def acts(self, request: web.Request, kept: Kept) -> list[Row]:
        """What fits where the data stands, as far as this person may."""
        fits = erasure.possible(kept.standing, self.commands)
        may = access.allowed(acting(request), kept.relation, kept.state, fits)
        return [
            {"url": f"{kept.here}/{erasure.step_of(kind)}", "words": kind.SAYS}
            for kind in self.commands
            if kind.__name__ in may
        ]

    async def show(self, request: web.Request) -> web.StreamResponse:
        """What would be deleted, before anything is; and that it was."""
        kept = await self.find(request)
        return await page(
            request,
            "erasure.html",
            title=kept.title,
            breadcrumbs=kept.crumbs,
            kept=kept,
            standing=erasure.STANDING[kept.standing],
            envelopes=[{**each, "fields": _fields_of(each, kept.names)} for each in kept.envelopes],
            acts=self.acts(request, kept),
        )

    def _kind(self, request: web.Request) -> type[Command]:
        for kind in self.commands:
            if erasure.step_of(kind) == request.match_info["act"]:
                return kind
        raise NotFound(Words("没有这个操作", "There is no such act"))

    async def form(
        self, request: web.Request, state: FormState | None = None
    ) -> web.StreamResponse:
        """The form of one step."""
        kept, kind = await self.find(request), self._kind(request)
        access.check_kind(acting(request), kind, kept.relation)
        if state is None:
            erasure.refuse_untimely(kept.standing, kind)
        last = issubclass(kind, erasure.Erases)
        intro = _FOR_GOOD.fill(about=kept.caption) if last else kept.caption
        made = form_page(kind, state, seen=kept.version, intro=intro)
        crumbs = [*kept.crumbs, (kept.here, PERSONAL)]
        return await page(request, "form.html", breadcrumbs=crumbs, **made)

    @reshown
    async def do(self, request: web.Request) -> web.StreamResponse:
        """Take the step; the last one destroys the keys."""
        kept, kind = await self.find(request), self._kind(request)
        action = partial(taking, request.app[PLATFORM].vault, self.step)
        return await act(request, action, kind, kept.here, again=self.form, **kept.known)

    def routes(self, here: str, door: Callable[[Any], Any]) -> list[web.RouteDef]:
        """The pages under this address; `door` = for whom they are."""
        return [
            web.get(here, door(self.show)),
            web.get(here + "/{act}", door(self.form)),
            web.post(here + "/{act}", door(self.do)),
        ]


def _fields_of(envelope: Row, names: Row) -> list[Words]:
    """What its fields are called; some names mean something else in another part of an event."""
    part, known = envelope["part"], FIELDS | names
    return [known.get(f"{part}.{name}", known[name]) for name in envelope["fields"]]


_FOR_GOOD = Words(
    "{about} · 删除后谁也不能恢复；经过、决定和编号仍然保留，日志仍可核验。",
    "{about} · Nobody can bring it back. History, decisions and number stay, and can be verified.",
)
