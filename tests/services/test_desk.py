"""Signing in costs the same work and says the same, whoever is tried: no name is given away."""

from __future__ import annotations

import time
from typing import Any

import pytest
from argon2 import PasswordHasher, Type
from argon2.profiles import RFC_9106_LOW_MEMORY

from services import desk
from services.platform import Platform
from services.tries import forget_tries
from tests.people import LI, ZHAO

pytestmark = pytest.mark.postgres

RIGHT = "一句足够长的口令"


class Counting:
    """The real argon2id, which counts how often and on what it works."""

    def __init__(self, real: PasswordHasher) -> None:
        self.real, self.verified = real, list[str]()

    def verify(self, kept: str, password: str) -> bool:
        self.verified.append(kept)
        return self.real.verify(kept, password)

    def hash(self, password: str) -> str:
        return self.real.hash(password)


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> Counting:
    counted = Counting(desk.HASHER)
    monkeypatch.setattr(desk, "HASHER", counted)
    return counted


async def answer(platform: Platform, name: str, password: str = "falsch falsch") -> tuple[Any, ...]:
    try:
        await desk.check_password(platform.pool, name, password, "10.0.0.1")
    except (desk.NotSignedIn, desk.Locked) as refused:
        return type(refused), refused.words, refused.field
    return ("in",)


async def test_unknown_wrong_and_disabled_are_one_answer_and_one_work(
    platform: Platform, counting: Counting
) -> None:
    await desk.set_password(platform.pool, ZHAO.person, "zhao.min", RIGHT)
    await desk.set_password(platform.pool, LI.person, "li.qiang", RIGHT)
    await desk.disable(platform.pool, LI.person)
    answers, work = [], []
    for name, password in (
        ("zhao.min", "falsch falsch"),
        ("nobody.at.all", "falsch falsch"),
        ("nobody.at.all", RIGHT),
        ("li.qiang", "falsch falsch"),
        ("li.qiang", RIGHT),  # the right one of a disabled person is no news either
    ):
        counting.verified.clear()
        answers.append(await answer(platform, name, password))
        work.append([kept.split("$")[1:4] for kept in counting.verified])
    assert len(set(answers)) == 1
    assert answers[0][0] is desk.NotSignedIn
    assert all(len(each) == 1 for each in work), "one verification each"
    assert len({str(each) for each in work}) == 1, "with the same parameters"


async def test_a_name_that_nobody_has_is_locked_like_any_other(
    platform: Platform, counting: Counting
) -> None:
    await desk.set_password(platform.pool, ZHAO.person, "zhao.min", RIGHT)
    told: dict[str, list[tuple[Any, ...]]] = {"zhao.min": [], "nobody.at.all": []}
    work = dict.fromkeys(told, 0)
    for name, answers in told.items():
        counting.verified.clear()
        for _ in range(desk.MOST + 1):
            answers.append(await answer(platform, name))
        answers.append(await answer(platform, name, RIGHT))
        work[name] = len(counting.verified)
        await forget_tries(platform.pool, "sign-in from 10.0.0.1")
    assert told["zhao.min"] == told["nobody.at.all"]
    assert told["zhao.min"][-1][0] is desk.Locked
    assert work == {"zhao.min": desk.MOST, "nobody.at.all": desk.MOST}


def test_what_is_shipped_takes_the_work_that_rfc_9106_advises() -> None:
    shipped = PasswordHasher()
    assert shipped.type is Type.ID
    assert shipped.time_cost >= RFC_9106_LOW_MEMORY.time_cost
    assert shipped.memory_cost >= RFC_9106_LOW_MEMORY.memory_cost
    begun = time.perf_counter()
    shipped.verify(shipped.hash(RIGHT), RIGHT)
    assert time.perf_counter() - begun > 0.01, "nobody tries thousands a second"
