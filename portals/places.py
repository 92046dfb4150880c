"""Places to choose from in a filter: the divisions that an authority works in."""

from __future__ import annotations

from functools import cache

from events.words import Words
from services import divisions


@cache
def places() -> list[tuple[str, Words]]:
    """Cities and counties to choose from, each county after its city."""
    return [
        (each.code, Words(divisions.full_name(each.code), each.words.en))
        for each in divisions.fujian()
        if each.governed and each.level != "province"
    ]
