"""What the security log tells is counted for a minute; one who guesses makes no thousand events."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from events.log import Append, Appended, LogUnavailable
from events.security import NOTED, Noted, SecurityNoted
from services.security import HEARD, KINDS, tell
from services.security_notes import MOST, SecurityNotes
from services.views.security import _KIND_OF_NOTED
from services.views.security import KINDS as SHOWN


class Kept:
    """A log that keeps what is appended, or is away."""

    def __init__(self) -> None:
        self.events: list[SecurityNoted] = []
        self.away = False

    async def append(self, changes: list[Append]) -> Appended:
        if self.away:
            raise LogUnavailable("away")
        self.events += changes[0].events  # type: ignore[arg-type]
        return Appended(first=1, last=1)

    @property
    def noted(self) -> list[Noted]:
        return [each for event in self.events for each in event.noted]


@pytest.fixture
def heard() -> Iterator[SecurityNotes]:
    notes = SecurityNotes(Kept())  # type: ignore[arg-type]
    HEARD.append(notes.note)
    yield notes
    HEARD.remove(notes.note)


def log_of(notes: SecurityNotes) -> Any:
    return notes.log


def test_whatever_is_told_can_be_noted_and_shown() -> None:
    assert set(NOTED.terms) == set(KINDS) - {"signed-in"} == set(_KIND_OF_NOTED)
    assert set(_KIND_OF_NOTED.values()) <= set(SHOWN.terms)


async def test_the_same_again_adds_one(heard: SecurityNotes) -> None:
    for _ in range(3):
        tell("sign-in-failed", whom="a1", source="b2", why="password")
    tell("denied", person="p1", party="q1", route="/admin/{id}")
    tell("signed-in", person="p1")
    await heard.record()
    failed, denied = log_of(heard).noted
    assert (failed.what, failed.times, failed.whom) == ("sign-in-failed", 3, "a1")
    assert (denied.times, denied.person, denied.route) == (1, "p1", "/admin/{id}")
    said = log_of(heard).events[0].said()
    assert (
        said.zh == "平台记录安全事件：登录失败，登录名或者口令不对 3 次、没有权限的操作被拒绝 1 次"
    )
    await heard.record()
    assert len(log_of(heard).events) == 1, "nothing new, nothing recorded"


async def test_many_names_are_kept_apart_to_a_bound(heard: SecurityNotes) -> None:
    for n in range(MOST + 300):
        tell("sign-in-failed", whom=f"name {n}")
    await heard.record()
    noted = log_of(heard).noted
    assert len(noted) == MOST + 1
    assert sum(each.times for each in noted) == MOST + 300
    assert (noted[-1].whom, noted[-1].times) == ("", 300)


async def test_while_the_log_is_away_it_waits(heard: SecurityNotes) -> None:
    log_of(heard).away = True
    tell("rested", source="b2")
    await heard.record()
    tell("rested", source="b2")
    log_of(heard).away = False
    await heard.record()
    assert [each.times for each in log_of(heard).noted] == [2]
