"""What an event says about persons: the parts that are sealed, each under its subject's key.

Pure: the keys come from the vault, which knows why one is missing.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple, get_args, get_type_hints
from uuid import UUID

import msgspec

from events.envelopes import Altered, Place, seal, unseal
from events.event import Event, Personal, Recorded, Unreadable

log_ = logging.getLogger("gongzhi.vault")


class VaultLocked(Exception):
    """The key-encryption key is missing: nothing personal can be written down now."""


class PersonErased(Exception):
    """This person's key was destroyed: nothing more can be written about her in this matter."""


class Key(NamedTuple):
    """The data key, or why there is none."""

    key: bytes | None
    why: Unreadable = ""


ERASED, LOCKED = Key(None, "erased"), Key(None, "locked")


def usable(found: Key) -> bytes:
    """The data key. Raises `PersonErased`, `VaultLocked`."""
    if found.key is not None:
        return found.key
    raise PersonErased if found.why == "erased" else VaultLocked("its key is not in the ring")


@cache
def parts_of(kind: type[Event]) -> tuple[str, ...]:
    """The fields of an event in which something is said about a person, and is sealed."""
    if kind.IN_OFFICE:
        return ()
    hints = get_type_hints(kind)
    return tuple(
        name for name in kind.__struct_fields__
        if hints[name] is Personal or Personal in get_args(hints[name])
    )  # fmt: skip


def told_in(event: Event) -> Iterator[tuple[str, Personal]]:
    """What this event says about persons: field and envelope."""
    for part in parts_of(type(event)):
        told = getattr(event, part)
        if told is not None:
            yield part, told


def subjects(event: Event) -> Iterator[tuple[str, str]]:
    """Whose keys it needs, and in which domain they are made."""
    for _, told in told_in(event):
        if told.fields:
            yield event.DOMAIN, told.subject


def sealed(event: Event, keys: Mapping[str, Key], stream: UUID, version: int) -> Event:
    """The event as it is stored at this place. Raises `PersonErased`, `VaultLocked`."""
    changes: dict[str, Personal] = {}
    for part, told in told_in(event):
        if told.fields:
            key = usable(keys[told.subject])
            changes[part] = seal(told, key, Place(stream, version, part))
        else:  # what stands sealed elsewhere does not open here
            changes[part] = Personal(subject=told.subject)
    return msgspec.structs.replace(event, **changes) if changes else event


def opened(recorded: Recorded, keys: Mapping[UUID, Key]) -> Recorded:
    """The event with what it says about persons, as far as these keys open it."""
    changes: dict[str, Personal] = {}
    for part, told in told_in(recorded.event):
        if told.sealed is not None:
            place = Place(recorded.stream, recorded.version, part)
            found = keys.get(UUID(told.subject), LOCKED)
            changes[part] = _unsealed(told, found, place)
    if not changes:
        return recorded
    event = msgspec.structs.replace(recorded.event, **changes)
    return msgspec.structs.replace(recorded, event=event)


def _unsealed(told: Personal, found: Key, place: Place) -> Personal:
    why = found.why
    try:
        if found.key is not None:
            return unseal(told, found.key, place)
    except Altered:
        log_.critical("what is said of a person was altered: %s", place)
        why = "altered"
    return msgspec.structs.replace(told, unreadable=why)
