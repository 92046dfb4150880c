"""For every event at once: it can be said, it is named well, every stored form still loads."""

from __future__ import annotations

import json
import re
import string
from pathlib import Path

import pytest

from events.codec import decode, encode, known_events, stored_topic
from events.event import Event
from tests.events.samples import sample

GOLDEN = Path(__file__).parent / "golden"
KINDS = sorted(known_events().values(), key=lambda k: k.TOPIC)
VAGUE = ("Updated", "Changed", "Modified", "Edited", "Set", "Deleted")


def golden_files() -> list[Path]:
    return sorted(GOLDEN.glob("*.json"))


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.TOPIC)
def test_an_event_is_named_and_described(kind: type[Event]) -> None:
    kebab = re.sub(r"(?<!^)(?=[A-Z])", "-", kind.__name__).lower()
    assert kebab == kind.TOPIC
    assert not kind.__name__.endswith(VAGUE)
    assert kind.__doc__
    assert kind.__doc__.endswith(".")


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.TOPIC)
def test_an_event_can_be_read_aloud_in_both_languages(kind: type[Event]) -> None:
    names = [
        {name for _, name, _, _ in string.Formatter().parse(text) if name} for text in kind.SAYS
    ]
    assert names[0] == names[1], "both languages name the same things"
    said = sample(kind).said()
    assert "{" not in said.zh + said.en
    assert "None" not in said.zh + said.en
    assert not re.search(r"\d{4}-\d{2}-\d{2}", said.zh + said.en), "dates are said in words"


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.TOPIC)
def test_the_present_form_has_its_golden_file(kind: type[Event]) -> None:
    path = GOLDEN / f"{kind.TOPIC}.v{kind.VERSION}.json"
    assert path.exists(), "write it with: python -m tests.events.samples"


@pytest.mark.parametrize("path", golden_files(), ids=lambda p: p.stem)
def test_every_stored_form_still_loads_with_every_field(path: Path) -> None:
    stored = path.read_bytes()
    event = decode(path.stem, stored, 1)
    assert isinstance(event, Event)
    again = json.loads(encode(event))
    if path.stem == stored_topic(event):
        assert again == json.loads(stored)
    assert decode(stored_topic(event), encode(event)) == event
