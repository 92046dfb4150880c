"""The audit trail: every event as its sentence. Never edited when an event is added."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator
from datetime import date
from typing import Any, ClassVar

from events.clocks import ClockEvent
from events.event import Acting, Recorded, subject_of
from events.notes import InternalNoteAdded
from events.reads import PersonalDataRead
from services.views.persons import said
from services.views.searching import index_of, like, words
from services.views.view import Page, Put, Row, View, Write
from services.views.visible import visible, visible_number

#: Rows of a file that are read at a time.
PART = 1000
#: Of so many parties or people of a name the rows are looked up; else they are everywhere.
MANY = 1000


class Trail(View):
    """Who did what, when, to which record; in the order of the log."""

    name = "trail"
    version = 5
    tables: ClassVar = {
        "rows": """
            position bigint, stream uuid not null, version int not null, subject text not null,
            topic text not null, number text not null, enterprise text not null,
            party text not null, party_name text not null, party_kind text not null,
            person text not null, person_name text not null, role text not null,
            channel text not null, correlation text not null,
            took_place date not null, recorded_at timestamptz not null,
            only_for text not null default '',
            mentions text not null default '', zh text not null, en text not null""",
        "names": "what text, id text, name text",
    }
    keys: ClassVar = {"rows": ("position",), "names": ("what", "id", "name")}
    indexes: ClassVar = {
        "rows": (
            "(stream, position)",
            "(number, position)",
            "(enterprise, took_place, position) where enterprise <> ''",
            "(party, took_place, position)",
            "(party, subject, took_place, position)",
            "(person, took_place, position)",
            "(subject, took_place, position)",
            "(took_place, position)",
        ),
        "names": (index_of("name"),),
    }

    def see(self, recorded: Recorded) -> Iterator[Write]:
        event, by = recorded.event, recorded.event.by
        if isinstance(event, PersonalDataRead):  # they have a list of their own
            return
        words = event.said()
        enterprise = getattr(event, "enterprise", None)
        yield Put("names", {"what": "party", "id": by.party.id, "name": by.party.name})
        yield Put("names", {"what": "person", "id": by.person, "name": by.name})
        yield Put(
            "rows",
            {
                "position": recorded.position,
                "stream": _record_of(recorded),
                "version": recorded.version,
                "subject": subject_of(type(event)),
                "topic": event.TOPIC,
                "number": getattr(event, "number", ""),
                "enterprise": enterprise.id if enterprise else "",
                **_who(by),
                "correlation": event.correlation,
                "took_place": recorded.on,
                "recorded_at": recorded.recorded_at,
                "only_for": getattr(event, "only_for", ""),
                "mentions": getattr(event, "cause_number", ""),
                "zh": words.zh,
                "en": words.en,
            },
        )

    async def rows(self, sql: str, values: Row | None = None) -> list[Row]:
        """Rows as in every view; those with a sentence say the names in it."""
        return await said(self.log, await super().rows(sql, values))

    async def of_record(self, stream: str, *, me: str = "") -> list[Row]:
        """The history of one record, oldest first, but for what names a hidden case.

        Without internal notes, whose they are: they have a place of their own on its page.
        """
        return await self.rows(
            f"{_ROWS} where u.stream = %(s)s and u.topic <> %(n)s and {_NAMED} order by u.position",
            {"s": stream, "me": me, "n": InternalNoteAdded.TOPIC},
        )

    async def at(self, positions: list[int]) -> dict[int, Row]:
        """The rows at these positions of the log."""
        rows = await self.rows("select * from {rows} where position = any(%(p)s)", {"p": positions})
        return {row["position"]: row for row in rows}

    async def streams_of(self, number: str) -> list[str]:
        """The records of this number, at most as many as a page of them."""
        rows = await self.rows(
            "select distinct stream::text as stream from {rows} where number = %(n)s"
            " order by stream limit 50",
            {"n": number},
        )
        return [row["stream"] for row in rows]

    async def of_enterprise(
        self, enterprise: str, number: int = 1, without: tuple[str, ...] = (), *, me: str = ""
    ) -> Page:
        """All the shared record holds about one enterprise, newest first; not some topics."""
        where = (
            "u.enterprise = %(e)s and u.enterprise <> '' and u.topic <> all(%(without)s)"
            f" and {_SEEN}"
        )
        values = {"e": enterprise, "without": list(without), "me": me}
        return await self.page(_ROWS, where, _BY_DAY, values, number)

    async def search(self, number: int = 1, *, reader: str = "", **asked: Any) -> Page:
        """The trail by party, person, subject, record number and period, newest first.

        Without what the party `reader` may not know of.
        As it stands in the log; by party, person, subject or period in the order of the days.
        """
        where, values = await self._filtered(reader, **asked)
        return await self.page(_ROWS, where, _order(asked), values, number)

    async def each(self, most: int, *, reader: str = "", **asked: Any) -> AsyncGenerator[Row, None]:
        """The rows of `search` one by one, at most so many: for a file.

        Read in parts: who downloads slowly, or leaves, must not hold a connection.
        """
        where, values = await self._filtered(reader, **asked)
        before = _BEFORE[_order(asked)]
        sql = f"{_ROWS} where {where} and {before} order by {_order(asked)}"
        values |= {"day": date.max, "before": 2**62}
        while most > 0 and (part := await self.rows(f"{sql} limit {min(most, PART)}", values)):
            for row in part:
                yield row
            last, most = part[-1], most - len(part)
            values |= {"day": last["took_place"], "before": last["position"]}

    async def _filtered(self, reader: str, **asked: Any) -> tuple[str, Row]:
        """Parties and people are meant by their id, else by a part of their name."""
        given = {name: value for name, value in asked.items() if value}
        conditions = [_FILTERS[name] for name in given if name in _FILTERS]
        for who in ("party", "person"):
            if who in given:
                condition, given[who] = await self._who(who, given[who])
                conditions.append(condition)
        conditions += ["only_for in ('', %(me)s)", _SEEN]
        return " and ".join(conditions), {**given, "me": reader}

    async def _who(self, what: str, asked: str) -> tuple[str, object]:
        """The condition for one party or person, and its value."""
        if len(asked) == 36 and asked.count("-") == 4:
            return f"{what} = %({what})s", asked
        found = words(asked, "name")
        called = f"{_CALLED} and {found.found} and {found.match} limit {MANY + 1}"
        rows = await self.rows(called, {**found.values, "what": what})
        ids = [row["id"] for row in rows]
        if len(ids) > MANY or "" in ids:  # a consumer and a rule have no id of their own
            return f"{what}_name ilike %({what})s", like(asked)
        if len(ids) == 1:
            return f"{what} = %({what})s", ids[0]
        return f"{what} = any(%({what})s)", ids


def _record_of(recorded: Recorded) -> str:
    """The record it belongs to: what is said of a clock stands in the history of its record."""
    event = recorded.event
    return event.record if isinstance(event, ClockEvent) else str(recorded.stream)


def _who(by: Acting) -> Row:
    return {
        "party": by.party.id, "party_name": by.party.name, "party_kind": by.party.kind,
        "person": by.person, "person_name": by.name, "role": by.role, "channel": by.channel,
    }  # fmt: skip


_ROWS = "select u.* from {rows} u"
_NAMED = visible_number("u.mentions")
_SEEN = f"{visible('u.stream')} and {_NAMED}"
_FILTERS = {
    "subject": "subject = %(subject)s",
    "record": "number = %(record)s",
    "since": "took_place >= %(since)s",
    "until": "took_place <= %(until)s",
}
_LOGGED, _BY_DAY = "position desc", "took_place desc, position desc"
#: Of each order: what comes after the row that was read last.
_BEFORE = {
    _LOGGED: "position < %(before)s",
    _BY_DAY: "(took_place, position) < (%(day)s, %(before)s)",
}
_CALLED = "select distinct id from {names} where what = %(what)s"


def _order(asked: dict[str, Any]) -> str:
    """Each order has its indexes; the rows of one record are few."""
    filtered = any(value for name, value in asked.items() if name not in ("record", "reader"))
    return _BY_DAY if filtered and not asked.get("record") else _LOGGED
