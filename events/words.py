"""Words: a text in both languages, standing where it is said.

Every sentence a person can read is a `Words`, so that no translation can be missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple

Language = Literal["zh", "en"]


class Words(NamedTuple):
    """A text in zh-CN and in English; `str()` gives the Chinese."""

    zh: str
    en: str

    def say(self, language: str) -> str:
        """The text in `language`; anything but "en" is Chinese."""
        return self.en if language == "en" else self.zh

    def __str__(self) -> str:
        return self.zh

    def fill(self, **values: object) -> Words:
        """The text with `{names}` replaced; a value may itself be a `Words`, or a date."""
        said = {k: in_words(v) if isinstance(v, date) else v for k, v in values.items()}
        return Words(
            self.zh.format_map({k: say(v, "zh") for k, v in said.items()}),
            self.en.format_map({k: say(v, "en") for k, v in said.items()}),
        )


def say(value: object, language: str) -> object:
    """A value as it is said in `language`: `Words` choose, all else stays itself."""
    return value.say(language) if isinstance(value, Words) else value


def in_words(day: date) -> Words:
    """A date as it stands in a sentence: 2026年12月4日, 4 December 2026."""
    return Words(
        f"{day.year}年{day.month}月{day.day}日", f"{day.day} {_MONTHS[day.month]} {day.year}"
    )


#: English names, whatever the locale of the machine.
_MONTHS = (
    "", "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def both(text: str) -> Words:
    """A proper name or number that reads the same in both languages."""
    return Words(text, text)


class Code:
    """A list of coded terms of the law or the trade: code -> `Words`, in order.

    `Code("ground", R1=Words(…))` is iterated by forms and looked up by pages; an unknown
    code is shown as itself, because the log may hold codes of an older list.
    """

    def __init__(self, name: str, terms: Mapping[str, Words]) -> None:
        self.name = name
        self.terms = dict(terms)

    def __contains__(self, code: object) -> bool:
        return code in self.terms

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self.terms.items())

    def __getitem__(self, code: str) -> Words:
        return self.terms.get(code) or both(code)
