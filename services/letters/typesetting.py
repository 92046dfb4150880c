"""Typesetting: facts become a tagged PDF; a character without a glyph is said, never a box.

The same facts give the same bytes, since the date of the file is the letter's own.
"""

from __future__ import annotations

import asyncio
import json
import re
import threading
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

from events.words import Words
from services.actions.refused import Refused

HERE = Path(__file__).parent
SHEETS, FONTS = HERE / "typst", HERE / "vendor"
#: Larger fonts that a system may have; used for what ours lacks (𠮷 and its like).
SYSTEM = Path("/usr/share/fonts/opentype/noto")
#: Tagged, with a language and a title: readable by a screen reader; no glyph may be missing.
STANDARD: Final = "ua-1"
_ONE_AT_A_TIME = threading.Lock()
_NO_GLYPH = re.compile(r'the text `"(.*?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


class NoGlyph(Refused):
    """A character that no font at hand can show."""


async def typeset(sheet: str, facts: Mapping[str, Any], on: date) -> bytes:
    """The letter as PDF, set off the event loop. Raises `NoGlyph`."""
    return await asyncio.to_thread(set_now, sheet, facts, on)


def set_now(sheet: str, facts: Mapping[str, Any], on: date) -> bytes:
    """The letter as PDF. Raises `NoGlyph`."""
    try:
        return _compiled(sheet, facts, datetime.combine(on, time(), UTC))
    except typst.TypstError as error:
        if found := _NO_GLYPH.search(error.message):
            raise _no_glyph(found[1], facts) from error
        raise


def _compiled(sheet: str, facts: Mapping[str, Any], dated: datetime) -> bytes:
    with _ONE_AT_A_TIME:  # a compiler has one document at a time
        made = _compiler().compile(
            str(SHEETS / f"{sheet}.typ"),
            format="pdf",
            sys_inputs={"facts": json.dumps(facts, ensure_ascii=False)},
            pdf_standards=[STANDARD],
            timestamp=dated,
        )
    assert isinstance(made, bytes)
    return made


@cache
def _compiler() -> typst.Compiler:
    system = [str(SYSTEM)] if SYSTEM.is_dir() else []
    fonts = typst.Fonts(False, False, [str(FONTS), *system])
    return typst.Compiler(root=str(SHEETS), font_paths=fonts, ignore_system_fonts=True)


def _no_glyph(escaped: str, facts: Mapping[str, Any]) -> NoGlyph:
    text = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), escaped)
    which = "、".join(f"“{c}”（U+{ord(c):04X}）" for c in text)
    where = next((said for said in _texts(facts) if text in said), text)
    return NoGlyph(_LACKING.fill(which=which, where=_around(where, text)))


def _around(said: str, text: str) -> str:
    """The words on both sides, by which the place is found."""
    at = said.find(text)
    return said[max(0, at - 10) : at + 10]


def _texts(facts: Mapping[str, Any]) -> Iterator[str]:
    for value in facts.values():
        yield from (str(each) for each in (value if isinstance(value, list) else [value]))


_LACKING = Words(
    "文书不能制作：字体里没有{which}，在“…{where}…”中。请核对这个字；确实是这个字的，"
    "请管理员安装 fonts-noto-cjk 后再试。",
    "The letter cannot be made: no font has {which}, in “…{where}…”. Please check the character; "
    "if it is right, ask the administrator to install fonts-noto-cjk.",
)
