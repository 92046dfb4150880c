"""Checking: whether every file that an event names is on disk and unchanged; what nobody names."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, NamedTuple

from events.evidence import FileAdded, ImageAreaRedacted, RedactionEvent, RedactionLifted
from events.letters import LetterMade
from services.files.store import State
from services.views.asking import Row

if TYPE_CHECKING:
    from services.platform import Platform

_NAMING = (FileAdded, ImageAreaRedacted, RedactionLifted, LetterMade)


class Found(NamedTuple):
    """A file that is not as its event says."""

    number: str
    sha256: str
    state: State


async def wrong_files(platform: Platform, whole: bool = True) -> AsyncIterator[Found]:
    """Files that are missing or altered; without `whole` only those that are missing.

    What was erased by law, and what was set aside, is where it ought to be.
    """
    async for row in _all(platform):
        for name in ("sha256", "public_copy"):
            if row[name] and (state := await _state(platform, row["subject"], row[name], whole)):
                yield Found(row["number"], row[name], state)
    async for subject, letter in _letters(platform):
        if state := await _state(platform, subject, letter.sha256, whole):
            yield Found(f"{letter.number} {letter.letter_number}", letter.sha256, state)


async def _state(platform: Platform, subject: str, sha256: str, whole: bool) -> State:
    store = platform.files
    if not whole and store.is_kept(subject, sha256):
        return ""
    state = await store.state(subject, sha256)
    if state == "missing" and await store.is_aside(subject, sha256):
        return ""
    return "" if state == "erased" else state


async def unnamed_files(platform: Platform) -> list[tuple[str, str]]:
    """Subject and hash of what is kept and no event names: of acts that were refused."""
    named: set[str] = set()
    position = 0
    while found := await platform.log.of_kinds(_NAMING, position):
        for each in found:
            if isinstance(each.event, FileAdded):
                named |= {each.event.sha256, each.event.public_copy}
            elif isinstance(each.event, RedactionEvent):
                named.add(each.event.public_copy)
            elif isinstance(each.event, LetterMade):
                named.add(each.event.sha256)
        position = found[-1].position
    return [each for each in platform.files.all_kept() if each[1] not in named]


async def _all(platform: Platform) -> AsyncIterator[Row]:
    after = 0
    while rows := await platform.views.files.added_after(after):
        for row in rows:
            yield row
        after = rows[-1]["position"]


async def _letters(platform: Platform) -> AsyncIterator[tuple[str, LetterMade]]:
    """Every letter, with the record under whose key it lies."""
    position = 0
    while found := await platform.log.of_kinds([LetterMade], position):
        for each in found:
            if isinstance(each.event, LetterMade):
                yield str(each.stream), each.event
        position = found[-1].position
