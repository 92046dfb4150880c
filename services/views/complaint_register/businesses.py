"""Questions about businesses: what is public of complaints about them, and what each may know."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from services.views.asking import Asking, Page, Row
from services.views.searching import words
from services.views.visible import visible

#: What everybody may read of a complaint that is public.
_PUBLIC = (
    "select u.id, u.personal, u.number, u.respondent, u.category, u.product, u.remedy, u.ground,"
    " u.state, u.handler_name, u.handler_kind, u.received_on, u.published_on from {rows} u"
)
_IS_PUBLIC = f"u.published_on is not null and {visible('u.id')}"
NEWEST = "received_on desc, number desc"
#: About one enterprise, as far as the party that asks may know of them.
_ABOUT = (
    f"u.enterprise = %(e)s and u.enterprise <> '' and u.state <> 'reversed' and {visible('u.id')}"
)


class Businesses(Asking):
    """The half of the register that is asked by business, not by who handles the complaint."""

    async def taken_up_by_others(
        self, handler: str, *, enterprise: str, respondent: str, most: int = 200
    ) -> list[Row]:
        """What other bodies took up about the same business, the newest first."""
        same = "enterprise = %(e)s and enterprise <> ''"
        if not enterprise:
            same = "respondent = %(r)s and enterprise = '' and respondent <> ''"
        return await self.rows(
            f"select id, handler_name, handler_kind, state, received_on from {{rows}} where {same}"
            " and handler <> %(h)s and state not in ('received', 'identity', 'reversed')"
            " order by received_on desc limit %(most)s",
            {"h": handler, "e": enterprise, "r": respondent, "most": most},
        )

    async def published(self, *, text: str = "", number: int = 1) -> Page:
        """What is public, the latest first, also by words: never anything a consumer told."""
        order, asked = "published_on desc, number desc", {"me": ""}
        if text:
            found = words(text, "u.respondent", "u.product")
            return await self.containing(_PUBLIC, _IS_PUBLIC, found, order, asked, number)
        return await self.page(_PUBLIC, _IS_PUBLIC, order, asked, number)

    async def published_about(
        self, *, enterprise: str, respondent: str, most: int = 5
    ) -> list[Row]:
        """What is public about one business, the latest first."""
        same = "u.enterprise = %(e)s and u.enterprise <> ''"
        if not enterprise:
            same = "u.respondent = %(r)s and u.enterprise = '' and u.respondent <> ''"
        return await self.rows(
            f"{_PUBLIC} where {same} and {_IS_PUBLIC} order by u.received_on desc limit %(most)s",
            {"e": enterprise, "r": respondent, "most": most, "me": ""},
        )

    async def topics_about(self, *, enterprise: str, respondent: str, most: int = 200) -> list[Row]:
        """What is complained of at one business now, by those who agreed to publication."""
        same = "u.enterprise = %(e)s and u.enterprise <> ''"
        if not enterprise:
            same = "u.respondent = %(r)s and u.enterprise = '' and u.respondent <> ''"
        open_ = "u.ended_on is null and u.closed_on is null"
        return await self.rows(
            "select t.category, t.product, count(*) as many from (select u.category, u.product,"
            f" u.received_on from {{rows}} u where {same} and u.may_publish and {open_}"
            f" and u.product <> '' and u.state not in ('merged', 'reversed') and {visible('u.id')}"
            " order by u.received_on desc limit %(most)s) t"
            " group by 1, 2 order by many desc, max(t.received_on) desc, t.product",
            {"e": enterprise, "r": respondent, "most": most, "me": ""},
        )

    async def about(self, enterprise: str, number: int = 1, *, me: str = "") -> Page:
        """Complaints about one enterprise that the party `me` may know of, newest first."""
        values = {"e": enterprise, "me": me}
        return await self.page("select u.* from {rows} u", _ABOUT, NEWEST, values, number)

    async def numbers_about(self, enterprise: str, number: int = 1) -> Page:
        """What the enterprise itself reads of complaints about it: nothing that a consumer told."""
        return await self.page(
            "select u.id, u.number, u.state, u.handler_name, u.handler_kind, u.received_on,"
            " u.accepted_on is not null or u.direct <> '' as turned_to_it from {rows} u",
            _ABOUT, NEWEST, {"e": enterprise, "me": enterprise}, number,
        )  # fmt: skip

    async def states_about(self, enterprise: str, *, me: str = "") -> dict[str, int]:
        """How many complaints about one enterprise `me` may know of in each state."""
        rows = await self.rows(
            f"select u.state, count(*) as n from {{rows}} u where {_ABOUT} group by u.state",
            {"e": enterprise, "me": me},
        )
        return {row["state"]: row["n"] for row in rows}

    async def received_about(
        self, enterprise: str, first: date, end: date, after: str, most: int
    ) -> list[UUID]:
        """What all bodies received about it from `first` until before `end`, part by part."""
        beyond = (
            " and (received_on, number) > (select received_on, number from {rows}"
            " where id = %(after)s)"
        )
        rows = await self.rows(
            "select id from {rows} where enterprise = %(e)s and enterprise <> ''"
            f" and received_on >= %(first)s and received_on < %(end)s{beyond if after else ''}"
            " order by received_on, number limit %(most)s",
            {"e": enterprise, "first": first, "end": end, "after": after or None, "most": most},
        )
        return [row["id"] for row in rows]
