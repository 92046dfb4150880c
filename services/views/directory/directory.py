"""What the directory keeps, and the questions pages ask of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import ClassVar

from events.credit_code import tidy
from events.event import PartyRef, Recorded
from events.gathering import Gathering
from services.divisions import lineage
from services.views.directory.seen import seen
from services.views.persons import named
from services.views.searching import index_of, words
from services.views.tallies import Tally
from services.views.view import Page, Row, View, Write

#: A choice is made from a list one can see through, not from all enterprises.
_PARTIES = "select u.* from {parties} u"
_CHOICE = (
    "select id, name, kind, level, division, division_name from {parties}"
    " where kind = %(k)s and merged_into = '' order by division, name, id"
)
#: Of each name two at most, which is enough to know that it is not the only one.
_NAMED = """
    select u.* from unnest(%(names)s::text[]) asked(name)
    cross join lateral (select * from {parties} p where p.name = asked.name limit 2) u"""
_PEOPLE = "select u.*, u.id as person from {people} u"
_HELD = """
    select person, json_agg(json_build_object('party', party, 'party_name', party_name,
        'party_kind', party_kind, 'role', role, 'since', since) order by since, party_name) as held
    from {roles} where person = any(%(people)s) group by person"""
#: Who holds a role at a party, or was entered by it and holds none anywhere.
_OF_PARTY = """u.id = any(array(
    select person from {roles} where party = %(party)s
    union all select e.id from {people} e where e.enrolled_by = %(party)s
        and not exists (select from {roles} r where r.person = e.id)))"""
_ALPHABETICAL = "kind, division, name, id"


class Directory(View):
    """Parties, members of associations, people and their roles."""

    name = "directory"
    version = 6
    tables: ClassVar = {
        "parties": """
            id text, kind text not null, name text not null, level text not null,
            division text not null, division_name text not null, superior text not null,
            superior_name text not null, trade text not null, credit_code text not null,
            address text not null, established_on date not null,
            merged_into text not null default '', merged_into_name text not null default '',
            merged_on date""",
        "members": """
            association text, enterprise text, since date, until date, current boolean not null,
            association_name text not null, enterprise_name text not null,
            reason text not null default ''""",
        "people": """
            id text, name text not null, sign_in text not null, state text not null,
            enrolled_on date not null, enrolled_by text not null, terms int not null default 0""",
        "roles": """
            person text, party text, party_name text not null, party_kind text not null,
            role text not null, since date not null""",
        "kinds": "kind text, n bigint not null",
        "invitations": """
            id uuid, party text not null, party_name text not null, party_kind text not null,
            role text not null, state text not null, invited_on date not null,
            position bigint not null, personal text not null default '', personal_on date""",
    }
    keys: ClassVar = {
        "parties": ("id",),
        "members": ("association", "enterprise", "since"),
        "people": ("id",),
        "roles": ("person", "party"),
        "kinds": ("kind",),
        "invitations": ("id",),
    }
    tallies: ClassVar = {"kinds": Tally("parties", ("kind",), {"n": "count(*)"})}
    indexes: ClassVar = {
        "parties": (
            "(kind, division, name, id)", "(name)", "(credit_code) where credit_code <> ''",
            "(superior, division, name, id) where superior <> ''",
            "(merged_into) where merged_into <> ''",
            index_of("name", "division_name", "trade"),
        ),
        "members": (
            "(association, enterprise_name, enterprise) where current",
            "(enterprise, since)",
        ),
        "people": ("(name, id)", "(sign_in)", "(enrolled_by)", index_of("name", codes="sign_in")),
        "roles": ("(party, role)",),
        "invitations": ("(party, invited_on desc, id)",),
    }  # fmt: skip

    def see(self, recorded: Recorded) -> Iterator[Write]:
        return seen(recorded)

    # -- parties -------------------------------------------------------------------------

    async def party(self, id: str) -> Row | None:
        """The party, by its id."""
        return await self.row("select * from {parties} where id = %(id)s", {"id": id})

    async def ref(self, id: str) -> PartyRef | None:
        """The party as events name it, under its present name."""
        row = await self.party(id)
        return PartyRef(id=row["id"], name=row["name"], kind=row["kind"]) if row else None

    async def by_credit_code(self, code: str) -> Row | None:
        """The enterprise with this unified social credit code, as people type it."""
        asked = "select * from {parties} where credit_code = %(c)s and credit_code <> ''"
        return await self.row(asked, {"c": tidy(code)})

    coded = by_credit_code

    async def named(self, name: str) -> Row | None:
        """The party that is called exactly so, where only one is."""
        return await self._by_name.one(name.strip())

    @cached_property
    def _by_name(self) -> Gathering[str, Row]:
        return Gathering(self._named)

    async def _named(self, names: Sequence[str]) -> dict[str, Row]:
        found = await self.rows(_NAMED, {"names": list(names)})
        times = Counter(row["name"] for row in found)
        return {row["name"]: row for row in found if times[row["name"]] == 1}

    async def parties(self, kind: str = "", text: str = "", number: int = 1) -> Page:
        """Parties by kind and by words of name, place, trade or credit code; in order of names."""
        where, values = ("u.kind = %(kind)s" if kind else "true"), {"kind": kind}
        if not text:
            return await self.page(_PARTIES, where, _ALPHABETICAL, values, number)
        code = "u.credit_code = upper(%(text)s) and u.credit_code <> ''"
        found = words(text, "u.name", "u.division_name", "u.trade", also=code)
        return await self.containing(_PARTIES, where, found, _ALPHABETICAL, values, number)

    async def kinds(self) -> dict[str, int]:
        """How many parties there are of each kind."""
        rows = await self.rows("select kind, n from {kinds}")
        return {row["kind"]: row["n"] for row in rows}

    async def under(self, superior: str, number: int = 1) -> Page:
        """The bodies directly under a regulator or council."""
        return await self.page(
            "select * from {parties}", "superior = %(s)s and superior <> ''", "division, name, id",
            {"s": superior}, number,
        )  # fmt: skip

    async def ids_under(self, superior: str) -> list[str]:
        """The ids of the bodies directly under one."""
        sql = "select id from {parties} where superior = %(s)s and superior <> ''"
        rows = await self.rows(sql, {"s": superior})
        return [str(row["id"]) for row in rows]

    async def regulators(self) -> list[Row]:
        """All market regulators, to choose from: province, cities, counties."""
        return await self._choice("regulator")

    async def councils(self) -> list[Row]:
        """All consumer councils, to choose from: province, cities, counties."""
        return await self._choice("council")

    async def associations(self) -> list[Row]:
        """All industry associations, to choose from."""
        return await self._choice("association")

    async def testing_bodies(self) -> list[Row]:
        """All testing bodies, to choose from."""
        return await self._choice("testing")

    async def regulator_for(self, division: str) -> Row | None:
        """The regulator of the county, else of its city, else of the province."""
        return await self._body_for("regulator", division)

    async def council_for(self, division: str) -> Row | None:
        """The council of the county, else of its city, else of the province."""
        return await self._body_for("council", division)

    async def _choice(self, kind: str) -> list[Row]:
        return await self.rows(_CHOICE, {"k": kind})

    async def _body_for(self, kind: str, division: str) -> Row | None:
        found = await self.row(
            "select * from {parties} where kind = %(k)s and division = any(%(codes)s)"
            " order by division desc, id limit 1",
            {"k": kind, "codes": lineage(division) if division.strip() else []},
        )
        return await self.party(found["merged_into"]) if found and found["merged_into"] else found

    async def merged(self, kind: str) -> list[Row]:
        """Units that were merged: of which division, into which."""
        return await self.rows(
            "select division, merged_into from {parties} where merged_into <> '' and kind = %(k)s",
            {"k": kind},
        )

    # -- members -------------------------------------------------------------------------

    async def members(self, association: str, number: int = 1) -> Page:
        """The present members of an association, in order of names."""
        return await self.page(
            "select * from {members}", "association = %(a)s and current",
            "enterprise_name, enterprise", {"a": association}, number,
        )  # fmt: skip

    async def memberships_of(self, enterprise: str) -> list[Row]:
        """Every association the enterprise is or was a member of, the latest first."""
        return await self.rows(
            "select * from {members} where enterprise = %(e)s order by since desc, association",
            {"e": enterprise},
        )

    async def is_member(self, association: str, enterprise: str) -> bool:
        """Whether the enterprise is a member now."""
        found = await self.row(
            "select 1 as one from {members}"
            " where association = %(a)s and enterprise = %(e)s and current",
            {"a": association, "e": enterprise},
        )
        return found is not None

    # -- people --------------------------------------------------------------------------

    async def person(self, id: str) -> Row | None:
        """The person; `held` lists her roles (party, party_name, party_kind, role, since)."""
        return await self._one("u.id = %(id)s", {"id": id})

    async def by_sign_in(self, sign_in: str) -> Row | None:
        """The person with this sign-in name."""
        return await self._one("u.sign_in = %(s)s", {"s": sign_in.strip().lower()})

    async def _one(self, where: str, values: Row) -> Row | None:
        rows = await self._with_roles(await self.rows(f"{_PEOPLE} where {where}", values))
        return rows[0] if rows else None

    async def _with_roles(self, rows: Sequence[Row]) -> list[Row]:
        found = await self.rows(_HELD, {"people": [row["id"] for row in rows]})
        held = {row["person"]: row["held"] for row in found}
        return [{**row, "held": held.get(row["id"], [])} for row in rows]

    async def people(self, party: str = "", number: int = 1, text: str = "") -> Page:
        """The people of a party (who hold a role there or were entered by it), else all."""
        where, values = (_OF_PARTY if party else "true"), {"party": party}
        order, found = "name, id", words(text, "u.name", codes="u.sign_in")
        if text:
            page = await self.containing(_PEOPLE, where, found, order, values, number)
        else:
            page = await self.page(_PEOPLE, where, order, values, number)
        return replace(page, rows=await self._with_roles(page.rows))

    async def names_of(self, people: Iterable[str]) -> dict[str, str]:
        """Who these people are, by their ids."""
        sql = "select id, name from {people} where id = any(%(p)s)"
        return {row["id"]: row["name"] for row in await self.rows(sql, {"p": list(people)})}

    async def called(self, name: str) -> list[str]:
        """The ids of those of this name or sign-in name."""
        page = await self.people(text=name)
        return [row["id"] for row in page.rows if name in (row["name"], row["sign_in"])]

    async def staff_of(self, party: str) -> list[Row]:
        """Who works on cases at a party now: person, name, role."""
        return await self.rows(
            "select r.person, p.name, r.role from {roles} r join {people} p on p.id = r.person"
            " where r.party = %(party)s and r.role in ('clerk', 'head') and p.state = 'active'"
            " order by p.name, r.person",
            {"party": party},
        )

    async def staff_and_others(self, party: str) -> int:
        """How many people hold a role at a party."""
        return await self.count("{roles} where party = %(p)s", {"p": party})

    async def invitations(self, party: str, number: int = 1) -> Page:
        """Who was invited to act for a party, the latest first; names as far as they open."""
        page = await self.page(
            "select * from {invitations}", "party = %(p)s", "invited_on desc, id", {"p": party},
            number,
        )  # fmt: skip
        return replace(page, rows=await named(self.log, page.rows))

    async def invitation(self, id: str) -> Row | None:
        """One invitation."""
        rows = await self.rows("select * from {invitations} where id = %(id)s", {"id": id})
        return (await named(self.log, rows))[0] if rows else None

    async def roles(self, person: str) -> list[Row]:
        """The roles in which a person may act now, the oldest first; none when disabled."""
        return await self.rows(
            "select r.person, p.name, r.party, r.party_name, r.party_kind, r.role, p.terms"
            " from {roles} r join {people} p on p.id = r.person"
            " where r.person = %(p)s and p.state = 'active'"
            " order by r.since, r.party_name, r.party",
            {"p": person},
        )
