"""From events to stored bytes and back, typed; old forms are brought forward step by step.

A stored topic is `<topic>.v<n>`: the form's version is part of its stored name, so that a
reader knows what it needs before it opens the state.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from events.event import Event, catalogue

_encoder = msgspec.json.Encoder(enc_hook=str)


class UnknownForm(Exception):
    """The log holds a form that this software cannot read: stop, never skip."""

    def __init__(self, topic: str, position: int | None) -> None:
        super().__init__(f"cannot read {topic!r} at position {position}: unknown or newer form")
        self.topic = topic
        self.position = position


def stored_topic(event: Event) -> str:
    """`complaint-accepted.v1`"""
    return f"{event.TOPIC}.v{event.VERSION}"


def encode(event: Event) -> bytes:
    """The event's state as JSON bytes (UTF-8, fields in declared order)."""
    return _encoder.encode(event)


def decode(topic: str, state: bytes, position: int | None = None) -> Event:
    """The event, typed and in today's form; raises `UnknownForm`."""
    current = _current().get(topic)
    if current is not None:
        event: Event = current.decode(state)
        return event
    return _bring_forward(topic, state, position)


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
    name, _, number = topic.rpartition(".v")
    kind = known_events().get(name)
    if kind is None or not number.isdigit() or int(number) > kind.VERSION:
        raise UnknownForm(topic, position)
    old = msgspec.json.decode(state)
    for version in range(int(number), kind.VERSION):
        old = kind.UPCASTS[version](old)
    return msgspec.convert(old, kind, strict=False)
