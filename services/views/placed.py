"""Placed: where the business of a row is, kept with the row so that a list by place is looked up.

Where a business is, is said by the event it was entered or enrolled with: the first of its
stream, which stands in the log before anything that rests on it, and never changes. So a view
that is built anew, or by several processes, shows the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar
from uuid import UUID

from events.event import Event, Recorded
from events.log import Log

#: Where the business is: a division of six digits; "" = it is not matched with the register.
COLUMN = "place text not null default ''"


def indexes(of: str, order: str, where: str = "") -> Iterator[str]:
    """Of a list by city and by county: within `of` (columns; "" = all rows), in its order.

    All rows are in that by city: of an expression PostgreSQL learns how often a value comes up
    from an index of all rows alone, and without it takes a city for nearly nothing.
    """
    of = f"{of}, " if of else ""
    yield f"({of}left(place, 4), {order})" + (f" where {where}" if where else "")
    yield f"({of}place, {order}) where place <> ''" + (f" and {where}" if where else "")


def there(place: str, of: str = "u") -> str:
    """SQL: the row `of` is in `%(place)s`, a city by four digits or a county by six."""
    if len(place) == _CITY:
        return f"left({of}.place, 4) = %(place)s"
    return f"{of}.place = %(place)s and {of}.place <> ''"


_CITY = 4


class Placed:
    """Mixed into a view: learns the places that a page of events needs."""

    #: The event that opens a case, and how it calls the business.
    OPENS: ClassVar[tuple[type[Event], str]]
    log: Log | None
    _places: Mapping[UUID, str] = {}

    def origin(self, recorded: Recorded) -> UUID | None:
        """The stream whose beginning says where the business of this event is."""
        kind, name = self.OPENS
        business = getattr(recorded.event, name) if isinstance(recorded.event, kind) else None
        return UUID(business.id) if business else None

    async def look_up(self, events: Iterable[Recorded]) -> None:
        """Where each business is that these events need to know it of."""
        wanted = {origin for each in events if (origin := self.origin(each))}
        found = await self.log.first_of(wanted) if wanted and self.log else {}
        self._places = {id: getattr(first.event, "division", "") for id, first in found.items()}

    def place_of(self, recorded: Recorded) -> str:
        """The division of the event's business; "" where it has none, or it is not known."""
        origin = self.origin(recorded)
        return self._places.get(origin, "") if origin else ""
