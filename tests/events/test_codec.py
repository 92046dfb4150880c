"""Stored forms: old ones are brought forward step by step, what cannot be read stops by name."""

from __future__ import annotations

import json
from typing import Any, ClassVar

import pytest

from events import codec
from events.codec import UnknownForm, decode, encode
from events.event import Event
from tests.people import ZHAO


def _named_in_full(old: dict[str, Any]) -> dict[str, Any]:
    """v1 called the place `at`."""
    return {**{k: v for k, v in old.items() if k != "at"}, "place": old["at"]}


def _counted(old: dict[str, Any]) -> dict[str, Any]:
    """v2 knew one shelf; v3 knows several."""
    return {**{k: v for k, v in old.items() if k != "shelf"}, "shelves": [old["shelf"]]}


class Shelved(Event, frozen=True, kw_only=True):
    """Goods were put on shelves. No topic of its own: it is in no catalogue."""

    VERSION: ClassVar[int] = 3
    UPCASTS: ClassVar[dict[int, Any]] = {1: _named_in_full, 2: _counted}

    place: str
    shelves: list[str]


class Broken(Shelved, frozen=True, kw_only=True):
    """Somebody forgot the second step."""

    UPCASTS: ClassVar[dict[int, Any]] = {1: _named_in_full}


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codec, "known_events", lambda: {"shelved": Shelved, "broken": Broken})
    codec._current.cache_clear()
    monkeypatch.setattr(codec, "_current", codec._current.__wrapped__)


def stored(**fields: Any) -> bytes:
    by = json.loads(encode(Shelved(by=ZHAO, place="", shelves=[])))
    return json.dumps({"by": by["by"], "salt": by["salt"], **fields}).encode()


@pytest.mark.parametrize(
    ("topic", "state"),
    [
        ("shelved.v1", stored(at="福州", shelf="A")),
        ("shelved.v2", stored(place="福州", shelf="A")),
        ("shelved.v3", stored(place="福州", shelves=["A"])),
    ],
)
def test_every_older_form_is_brought_forward_step_by_step(topic: str, state: bytes) -> None:
    event = decode(topic, state, 7)
    assert isinstance(event, Shelved)
    assert (event.by, event.place, event.shelves) == (ZHAO, "福州", ["A"])


@pytest.mark.parametrize(
    ("topic", "state", "why"),
    [
        ("never-heard-of.v1", b"{}", "no event of this name"),
        ("shelved", b"{}", "no event of this name"),
        ("shelved.v4", b"{}", "version 4 is newer than 3"),
        ("shelved.v0", b"{}", "no step from version 0"),
        ("broken.v1", stored(at="福州", shelf="A"), "no step from version 2"),
        ("shelved.v3", stored(place=7, shelves=[]), r"Expected `str`, got `int` - at `\$.place`"),
        ("shelved.v3", b"{", "truncated"),
        ("shelved.v2", stored(place="福州"), "KeyError: 'shelf'"),
    ],
)
def test_what_cannot_be_read_stops_with_topic_version_and_position(
    topic: str, state: bytes, why: str
) -> None:
    with pytest.raises(
        UnknownForm, match=f"'{topic}' at position 7 cannot be read: .*{why}"
    ) as said:
        decode(topic, state, 7)
    assert (said.value.topic, said.value.position) == (topic, 7)
