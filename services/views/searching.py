"""Searching: names and words that contain what was typed, wherever it stands in them.

Chinese has no blanks between words, so what is looked up is each character and each pair of
neighbours. An index over these finds the rows that can match; `ilike` then says which do. The
database makes the pairs of the column itself, so that they are right however a row was written.
Price: about 60 bytes of index a row and column, and 9 microseconds to make them.

Names to sign in with are of letters and digits, of which there are so few that nearly every pair
stands in many: of such a column (`codes`) each four neighbours are looked up as well.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

#: Between the pairs; nobody types it.
_CUT = r"E'\x1f'"
#: Of what is typed so many pairs are looked up: enough to find little.
_MOST = 8
_NUMBER = re.compile(r"[A-Z]{2}-\d{4}-\d{6,}-[0-9A-Z]", re.IGNORECASE)


class Words(NamedTuple):
    """What must hold of a row that contains the words.

    `found` can be looked up in an index, `match` says exactly; both are SQL with `values`.
    """

    found: str
    match: str
    values: Mapping[str, object]


def words(text: str, *columns: str, codes: str = "", also: str = "") -> Words:
    """The words stand in one of the columns or in `codes`; or else `also` holds of `%(text)s`."""
    found = [f"{pairs_of(column)} @> %(pairs)s::text[]" for column in columns]
    found += [f"{fours_of(codes)} @> %(fours)s::text[]"] if codes else []
    match = [f"{column} ilike %(like)s" for column in (*columns, *filter(None, [codes]))]
    more = [also] if also else []
    values = {"text": text, "pairs": pairs(text), "fours": fours(text), "like": like(text)}
    return Words(_either([*found, *more]), _either([*match, *more]), values)


def _either(conditions: list[str]) -> str:
    return f"({' or '.join(conditions)})"


def is_number(text: str) -> bool:
    """Whether it has the form of a record's number, which is not looked for in texts."""
    return _NUMBER.fullmatch(text) is not None


def index_of(*columns: str, codes: str = "") -> str:
    """The index that `words` in each of these columns are looked up in."""
    each = [*map(pairs_of, columns), *map(fours_of, filter(None, [codes]))]
    return f"using gin ({', '.join(each)})"


def pairs_of(column: str) -> str:
    """SQL: every character and every two neighbours of a text, in lower case."""
    text = f"lower({column})"
    even, odd = _cut(text), _cut(f"substr({text}, 2)")
    return (
        f"(string_to_array({text}, null) || string_to_array({even}, {_CUT})"
        f" || string_to_array({odd}, {_CUT}))"
    )


def fours_of(column: str) -> str:
    """SQL: the same, and every four neighbours."""
    text = f"lower({column})"
    each = (_cut(f"substr({text}, {first})", "(....)") for first in range(1, 5))
    return (
        f"({pairs_of(column)} || {' || '.join(f'string_to_array({cut}, {_CUT})' for cut in each)})"
    )


def _cut(text: str, part: str = "(..)") -> str:
    return rf"regexp_replace({text}, '{part}', E'\\1\x1f', 'g')"


def pairs(text: str) -> list[str]:
    """Pairs that cover the words, each character in one of them; a single character is itself."""
    return _parts(text.lower(), 2)


def fours(text: str) -> list[str]:
    """The same by four; where there are fewer characters, pairs."""
    return _parts(text.lower(), 4) if len(text.lower()) >= 4 else pairs(text)


def _parts(plain: str, long: int) -> list[str]:
    if len(plain) < long:
        return [plain]
    starts = {*range(0, len(plain) - long + 1, long), len(plain) - long}
    return [plain[at : at + long] for at in sorted(starts)][:_MOST]


def like(text: str) -> str:
    """Anything that contains the words, taken as they are typed."""
    for special in ("\\", "%", "_"):
        text = text.replace(special, "\\" + special)
    return f"%{text}%"
