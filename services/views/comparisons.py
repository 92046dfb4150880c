"""Comparative tests of councils: each edition, its samples, and what enterprises say of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from events.event import Recorded
from events.instruments import (
    ComparisonCommented,
    ComparisonCorrected,
    ComparisonDetails,
    ComparisonDrafted,
    ComparisonEvent,
    ComparisonPublished,
    ComparisonRewritten,
    ComparisonShown,
    ComparisonWithdrawn,
    Sample,
    SampleAdded,
    SampleDropped,
)
from services.views.view import Change, Drop, Page, Put, Row, View, Write

_NEWEST = "published_on desc, number desc"


class Comparisons(View):
    """One row per edition; `current` = the one that everybody reads."""

    name = "comparisons"
    version = 1
    by_stream = True
    tables: ClassVar = {
        "rows": """
            id uuid, edition int, number text not null, council text not null,
            council_name text not null, title text not null, goods text not null,
            method text not null, tested_by text not null, tested_on date not null,
            bought text not null, body text not null, reason text not null default '',
            current boolean not null default false, published_on date,
            samples int not null default 0, withdrawn_on date,
            withdrawn text not null default '', position bigint not null""",
        "samples": """
            id uuid, edition int, n int, brand text not null, enterprise text not null,
            enterprise_name text not null, remark text not null, position bigint not null""",
        "findings": """
            id uuid, edition int, n int, place int, what text not null, value text not null,
            unit text not null, met boolean""",
        "asked": """
            id uuid, edition int, enterprise text, enterprise_name text not null,
            number text not null, council_name text not null, title text not null,
            asked_on date not null, until date not null, open boolean not null,
            comment text not null default '', commented_on date, position bigint not null""",
    }
    keys: ClassVar = {
        "rows": ("id", "edition"),
        "samples": ("id", "edition", "n"),
        "findings": ("id", "edition", "n", "place"),
        "asked": ("id", "edition", "enterprise"),
    }
    scopes: ClassVar = dict.fromkeys(("rows", "samples", "findings", "asked"), ("id",))
    indexes: ClassVar = {
        "rows": ("(published_on desc, number desc) where current",),
        "asked": (
            "(enterprise, asked_on desc, number desc, edition desc)",
            "(enterprise) where open",
        ),
    }

    def see(self, recorded: Recorded) -> Iterator[Write]:
        event = recorded.event
        if not isinstance(event, ComparisonEvent):
            return
        this: Row = {"id": recorded.stream, "edition": event.edition}
        at: Row = {"position": recorded.position}
        match event:
            case ComparisonDrafted(details=details):
                yield Put("rows", {**this, **at, **_edition(event, details)})
            case ComparisonRewritten(details=details):
                yield Change("rows", this, {**at, **_edition(event, details)})
            case SampleAdded(sample=sample):
                yield from _sample(this, at, sample)
            case SampleDropped(n=n):
                yield Drop("samples", {**this, "n": n})
                yield Drop("findings", {**this, "n": n})
            case ComparisonCorrected(details=details, samples=samples, reason=why):
                yield Put("rows", {**this, **at, **_edition(event, details), "reason": why})
                yield Drop("asked", this)
                yield from _samples(this, at, samples)
            case _:
                yield from _said(this, at, recorded, event)

    # -- for the council -------------------------------------------------------------------------

    async def latest(self, id: str) -> Row | None:
        """The edition that the council works on."""
        sql = "select * from {rows} where id = %(id)s order by edition desc limit 1"
        return await self.row(sql, {"id": id})

    async def edition(self, id: str, edition: int) -> Row | None:
        """One edition, published or not."""
        sql = "select * from {rows} where id = %(id)s and edition = %(e)s"
        return await self.row(sql, {"id": id, "e": edition})

    async def samples_of(self, id: str, edition: int) -> list[Row]:
        """The samples of an edition, with what their enterprises said of them."""
        return await self.rows(_TABLE, {"id": id, "e": edition})

    async def findings_of(self, id: str, edition: int) -> list[Row]:
        """All that was measured, in the order in which it was written down."""
        sql = "select * from {findings} where id = %(id)s and edition = %(e)s order by n, place"
        return await self.rows(sql, {"id": id, "e": edition})

    async def asked(self, id: str, edition: int) -> list[Row]:
        """Who was sent its results, and who has commented."""
        where = "id = %(id)s and edition = %(e)s"
        sql = f"select * from {{asked}} where {where} order by enterprise_name, enterprise"
        return await self.rows(sql, {"id": id, "e": edition})

    # -- for an enterprise -----------------------------------------------------------------------

    async def of_enterprise(self, enterprise: str, number: int = 1) -> Page:
        """What an enterprise was sent, newest first."""
        return await self.page(
            "select * from {asked}", "enterprise = %(e)s",
            "asked_on desc, number desc, edition desc", {"e": enterprise}, number,
        )  # fmt: skip

    async def waiting_for(self, enterprise: str) -> int:
        """On how many of them it may still comment."""
        return await self.count("{asked} where enterprise = %(e)s and open", {"e": enterprise})

    async def sent_to(self, id: str, enterprise: str) -> list[Row]:
        """What it was sent of one test, the latest edition first."""
        where = "id = %(id)s and enterprise = %(e)s"
        sql = f"select * from {{asked}} where {where} order by edition desc"
        return await self.rows(sql, {"id": id, "e": enterprise})

    # -- for everybody ---------------------------------------------------------------------------

    async def public(self, number: int = 1) -> Page:
        """The current edition of each, withdrawn ones too, newest first."""
        return await self.page("select * from {rows}", "current", _NEWEST, {}, number)

    async def published(self, id: str) -> list[Row]:
        """All published editions of one, the latest first."""
        where = "id = %(id)s and published_on is not null"
        return await self.rows(
            f"select * from {{rows}} where {where} order by edition desc", {"id": id}
        )


_TABLE = """
    select s.*, coalesce(a.comment, '') as comment, a.commented_on, a.until
    from {samples} s left join {asked} a
        on a.id = s.id and a.edition = s.edition and a.enterprise = s.enterprise
    where s.id = %(id)s and s.edition = %(e)s order by s.n"""


def _edition(event: ComparisonEvent, details: ComparisonDetails) -> Row:
    council = event.council
    return {
        "number": event.number, "council": council.id, "council_name": council.name,
        "title": event.title, "goods": details.goods, "method": details.method,
        "tested_by": details.tested_by, "tested_on": details.tested_on,
        "bought": details.bought, "body": details.text,
    }  # fmt: skip


def _samples(this: Row, at: Row, samples: Iterable[Sample]) -> Iterator[Write]:
    for each in samples:
        yield from _sample(this, at, each)


def _sample(this: Row, at: Row, sample: Sample) -> Iterator[Write]:
    row, firm = {**this, "n": sample.n}, sample.enterprise
    whose = {"enterprise": firm.id if firm else "", "enterprise_name": firm.name if firm else ""}
    yield Put("samples", {**row, **at, **whose, "brand": sample.brand, "remark": sample.remark})
    for place, each in enumerate(sample.findings):
        said = {"what": each.what, "value": each.value, "unit": each.unit, "met": each.met}
        yield Put("findings", {**row, "place": place, **said})


def _said(this: Row, at: Row, recorded: Recorded, event: ComparisonEvent) -> Iterator[Write]:
    """Who may comment and has, what everybody reads, and what holds no longer."""
    on = recorded.on
    match event:
        case ComparisonShown(enterprise=firm, until=until):
            told = {"number": event.number, "council_name": event.council.name, "open": True}
            firm_ = {"enterprise": firm.id, "enterprise_name": firm.name, "title": event.title}
            yield Put("asked", {**this, **at, **firm_, **told, "asked_on": on, "until": until})
        case ComparisonCommented(enterprise=firm, comment=comment):
            said = {"comment": comment, "commented_on": on, "open": False}
            yield Change("asked", {**this, "enterprise": firm.id}, {**at, **said})
        case ComparisonPublished(samples=samples):
            yield Change("rows", {"id": recorded.stream}, {"current": False})
            shown = {"current": True, "published_on": on, "samples": samples}
            yield Change("rows", this, {**at, **shown})
            yield Change("asked", this, {"open": False})
        case ComparisonWithdrawn():
            gone = {"withdrawn_on": on, "withdrawn": event.reason}
            yield Change("rows", {"id": recorded.stream}, gone)
            yield Change("asked", {"id": recorded.stream}, {"open": False})
