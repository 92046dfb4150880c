"""The audit trail: every event as its sentence. Never edited when an event is added."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator
from datetime import date
from typing import Any, ClassVar

from events.event import Recorded
from services.views.view import Page, Put, Row, View, Write

#: Rows of a file that are read at a time.
PART = 1000


class Trail(View):
    """Who did what, when, to which record; in the order of the log."""

    name = "trail"
    version = 1
    tables: ClassVar = {
        "rows": """
            position bigint, stream uuid not null, version int not null, subject text not null,
            topic text not null, number text not null, enterprise text not null,
            party text not null, party_name text not null, party_kind text not null,
            person text not null, person_name text not null, role text not null,
            channel text not null, correlation text not null,
            took_place date not null, recorded_at timestamptz not null,
            zh text not null, en text not null"""
    }
    keys: ClassVar = {"rows": ("position",)}
    indexes: ClassVar = {
        "rows": (
            "(stream, position)",
            "(party, position)",
            "(person, position)",
            "(number, position)",
            "(enterprise, took_place, position) where enterprise <> ''",
            "(subject, position)",
            "(took_place, position)",
        )
    }

    def see(self, recorded: Recorded) -> Iterator[Write]:
        event, by = recorded.event, recorded.event.by
        words = event.said()
        enterprise = getattr(event, "enterprise", None)
        yield Put(
            "rows",
            {
                "position": recorded.position,
                "stream": recorded.stream,
                "version": recorded.version,
                "subject": type(event).__module__.rpartition(".")[2],
                "topic": event.TOPIC,
                "number": getattr(event, "number", ""),
                "enterprise": enterprise.id if enterprise else "",
                "party": by.party.id,
                "party_name": by.party.name,
                "party_kind": by.party.kind,
                "person": by.person,
                "person_name": by.name,
                "role": by.role,
                "channel": by.channel,
                "correlation": event.correlation,
                "took_place": recorded.on,
                "recorded_at": recorded.recorded_at,
                "zh": words.zh,
                "en": words.en,
            },
        )

    async def of_record(self, stream: str) -> list[Row]:
        """The whole history of one record, oldest first."""
        return await self.rows(
            "select * from {rows} where stream = %(s)s order by position", {"s": stream}
        )

    async def of_enterprise(
        self, enterprise: str, number: int = 1, without: tuple[str, ...] = ()
    ) -> Page:
        """All the shared record holds about one enterprise, newest first; not some topics."""
        where = "enterprise = %(e)s and topic <> all(%(without)s)"
        values = {"e": enterprise, "without": list(without)}
        newest = "took_place desc, position desc"
        return await self.page("select * from {rows}", where, newest, values, number)

    async def search(self, number: int = 1, **asked: Any) -> Page:
        """The trail by party, person, subject, record number and period, newest first."""
        where, values = _filtered(**asked)
        return await self.page("select * from {rows}", where, "position desc", values, number)

    async def each(self, most: int, **asked: Any) -> AsyncGenerator[Row, None]:
        """The rows of `search` one by one, at most so many: for a file.

        Read in parts: who downloads slowly, or leaves, must not hold a connection.
        """
        where, values = _filtered(**asked)
        sql = (
            f"select * from {{rows}} where {where} and position < %(before)s"
            " order by position desc limit %(part)s"
        )
        values["before"] = 2**62
        while most > 0 and (part := await self.rows(sql, {**values, "part": min(most, PART)})):
            for row in part:
                yield row
            values["before"], most = part[-1]["position"], most - len(part)


def _filtered(
    *,
    party: str = "",
    person: str = "",
    subject: str = "",
    record: str = "",
    since: date | None = None,
    until: date | None = None,
) -> tuple[str, Row]:
    """Parties and people are meant by their id, else by a part of their name."""
    filters = {
        _who("party", party): party,
        _who("person", person): person,
        "subject = %(subject)s": subject,
        "number = %(record)s": record,
        "took_place >= %(since)s": since,
        "took_place <= %(until)s": until,
    }
    where = " and ".join(sql for sql, value in filters.items() if value) or "true"
    values = {
        "party": party, "party_like": f"%{party}%", "person": person, "person_like": f"%{person}%",
        "subject": subject, "record": record, "since": since, "until": until,
    }  # fmt: skip
    return where, values


def _who(column: str, asked: str) -> str:
    is_id = len(asked) == 36 and asked.count("-") == 4
    return f"{column} = %({column})s" if is_id else f"{column}_name like %({column}_like)s"
