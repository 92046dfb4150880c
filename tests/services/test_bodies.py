"""Bodies of a list of divisions: a tree, entered once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.actions.refused import NotAllowed
from services.bodies import Imported, import_divisions
from services.divisions import Division, fujian
from services.platform import Platform
from tests.caught_up import caught_up
from tests.people import ADMIN, LI

pytestmark = pytest.mark.postgres
PROVINCE = [each for each in fujian() if each.code[:4] in ("3500", "3501", "3505")]


async def test_the_bodies_of_the_province_are_a_tree(platform: Platform) -> None:
    done = await import_divisions(platform, ADMIN, PROVINCE)
    await caught_up(platform)
    assert done == Imported(entered=2 * (len(PROVINCE) - 1), known=0)
    directory = platform.views.directory
    gulou = await directory.regulator_for("350102")
    assert gulou is not None
    assert gulou["name"] == "福州市鼓楼区市场监督管理局"
    minhou = await directory.council_for("350121")
    assert minhou is not None
    assert minhou["name"] == "闽侯县消费者权益保护委员会"
    assert minhou["superior_name"] == "福州市消费者权益保护委员会"
    assert [row["name"] for row in (await directory.parties("regulator", "福建省")).rows] == [
        "福建省市场监督管理局"
    ]
    jinmen = await directory.regulator_for("350527")
    assert jinmen is not None
    assert jinmen["division_name"] == "泉州市"


async def test_the_same_list_again_adds_nothing(platform: Platform) -> None:
    first = PROVINCE[:3]
    await import_divisions(platform, ADMIN, first, councils=False)
    size = await platform.log.size()
    assert size == 3
    assert await import_divisions(platform, ADMIN, first, councils=False) == Imported(0, 3)
    assert await platform.log.size() == size


async def test_a_county_alone_comes_under_what_was_entered_before(platform: Platform) -> None:
    await import_divisions(platform, ADMIN, PROVINCE[:1], councils=False)
    gulou = replace(PROVINCE[2], parent="")
    await import_divisions(platform, ADMIN, [gulou], councils=False)
    await import_divisions(platform, ADMIN, [Division("110101", "东城区")], councils=False)
    await caught_up(platform)
    row = await platform.views.directory.regulator_for("350102")
    assert row is not None
    assert row["superior_name"] == "福建省市场监督管理局"
    row = await platform.views.directory.regulator_for("110101")
    assert row is not None
    assert row["superior"] == ""


async def test_a_clerk_enters_no_bodies(platform: Platform) -> None:
    with pytest.raises(NotAllowed):
        await import_divisions(platform, LI, PROVINCE[:1])
