"""Numbers of records: `GZ-2026-000123-C`, readable over the phone, with a check character."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date

from events.credit_code import ALPHABET
from events.log import Appended, Conflict
from services.actions.change import Log
from services.actions.refused import Refused

#: series of each kind of record
COMPLAINT, FOLLOW_UP, PLEDGE, IMPORT = "GZ", "JD", "CN", "IM"
REPORT, ENQUIRY = "JB", "ZX"
WARNING, INTERVIEW, PROPOSAL, COMPARISON = "JS", "YT", "JY", "BJ"


async def next_number(log: Log, series: str, on: date) -> str:
    """The next number of the series in the year of `on`."""
    return _written(f"{series}-{on.year}", await log.next_number(f"{series}-{on.year}"))


async def numbered(
    log: Log, series: str, on: date, act: Callable[[str], Awaitable[Appended]]
) -> Appended:
    """`act` with the next number of the series; where nothing is recorded under it, it goes back.

    A form that is sent again is found only once a number was drawn. Where it is not known whether
    the act was recorded, the number is not given to anybody else.
    """
    year = f"{series}-{on.year}"
    running = await log.next_number(year)
    try:
        done = await act(_written(year, running))
    except (Refused, Conflict):
        await log.give_back(year, running)
        raise
    if done.repeated:
        await log.give_back(year, running)
    return done


def _written(year: str, running: int) -> str:
    bare = f"{year}-{running:06d}"
    return f"{bare}-{check_character(bare)}"


#: Of a year and a running number, and as many digits more as anybody could type.
_WEIGHTS = [pow(3, n, 31) for n in range(1, 100)]


def check_character(bare: str) -> str:
    """Catches every single wrong digit and every swap of neighbours (weights mod 31)."""
    digits = filter(str.isdigit, bare)
    total = sum([int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False)])
    return ALPHABET[total % 31]


def tidy(number: str) -> str:
    """As people type it: full-width, lower case, blanks and missing hyphens are forgiven."""
    plain = "".join(c for c in number.translate(_HALF_WIDTH).upper() if c.isalnum())
    if len(plain) != 13:
        return plain
    return f"{plain[:2]}-{plain[2:6]}-{plain[6:12]}-{plain[12]}"


def is_number(number: str) -> bool:
    """Whether the check character is right."""
    return len(number) == 16 and check_character(number[:14]) == number[15]


_HALF_WIDTH = {0xFF01 + n: 0x21 + n for n in range(94)} | {0x3000: 0x20}
