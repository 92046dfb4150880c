"""From events to stored bytes and back, typed; old forms are brought forward step by step.

A stored topic is `<topic>.v<n>`: the form's version is part of its stored name, so that a
reader knows what it needs before it opens the state.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import msgspec

from events.event import Event, catalogue

_encoder = msgspec.json.Encoder(enc_hook=str)


class UnknownForm(Exception):
    """The log holds a form that this software cannot read: stop, never skip."""

    def __init__(self, topic: str, position: int | None, why: object) -> None:
        super().__init__(f"{topic!r} at position {position} cannot be read: {why}")
        self.topic = topic
        self.position = position


def stored_topic(event: Event) -> str:
    """`complaint-accepted.v1`"""
    return f"{event.TOPIC}.v{event.VERSION}"


def stored_topics(kind: type[Event]) -> list[str]:
    """The names of all forms this event ever had, the oldest first."""
    return [f"{kind.TOPIC}.v{version}" for version in range(1, kind.VERSION + 1)]


def encode(event: Event) -> bytes:
    """The event's state as JSON bytes (UTF-8, fields in declared order)."""
    return _encoder.encode(event)


def decode(topic: str, state: bytes, position: int | None = None) -> Event:
    """The event, typed and in today's form; raises `UnknownForm`."""
    current = _current().get(topic)
    if current is None:
        return _bring_forward(topic, state, position)
    try:
        event: Event = current.decode(state)
    except msgspec.MsgspecError as wrong:
        raise UnknownForm(topic, position, wrong) from wrong
    return event


@cache
def _current() -> dict[str, msgspec.json.Decoder[Any]]:
    return {
        f"{topic}.v{kind.VERSION}": msgspec.json.Decoder(kind)
        for topic, kind in known_events().items()
    }


def known_events() -> dict[str, type[Event]]:
    """The catalogue with every subject's module loaded."""
    import events.subjects  # noqa: F401  (loads every subject)

    return catalogue()


def _bring_forward(topic: str, state: bytes, position: int | None) -> Event:
    """One version after the other, by the steps in the event's own file."""
    name, _, number = topic.rpartition(".v")
    kind = known_events().get(name)
    if kind is None or not number.isdigit():
        raise UnknownForm(topic, position, "no event of this name")
    if int(number) > kind.VERSION:
        newer = f"version {number} is newer than {kind.VERSION}, the last that is known here"
        raise UnknownForm(topic, position, newer)
    try:
        old = msgspec.json.decode(state)
        for version in range(int(number), kind.VERSION):
            old = _step(kind, version)(old)
        return msgspec.convert(old, kind, strict=False)
    except Exception as wrong:
        raise UnknownForm(topic, position, f"{type(wrong).__name__}: {wrong}") from wrong


def _step(kind: type[Event], version: int) -> Callable[[dict[str, Any]], dict[str, Any]]:
    if version not in kind.UPCASTS:
        raise LookupError(f"no step from version {version}")
    return kind.UPCASTS[version]
