"""Imports at the council's desk: the batches, what one brought, and taking it back as a whole."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest

from events.ids import new_id
from services.actions import imports as i
from services.platform import Platform
from services.views.view import Row
from tests.caught_up import caught_up
from tests.deploy.importing import GOOD, csv_of, import_file
from tests.handing import handed_over
from tests.people import QIAN, ZHAO
from tests.portals.desks import Client, send, shown, signed_in
from tests.portals.test_council import zhao

pytestmark = pytest.mark.postgres
__all__ = ["zhao"]

BATCHES = "/council/imports"
GOOD_2 = "2,榕城照明有限公司,质量,2025-03-02,,办理中,,,"
WHY = {"reason": "导入了错误的登记册"}


@pytest.fixture
async def batch(platform: Platform, tmp_path: Path) -> Row:
    """Two complaints that were read in."""
    report = await import_file(platform, tmp_path, csv_of(GOOD, GOOD_2), name="登记册.csv")
    await caught_up(platform)
    row = await platform.views.imports.numbered(report.batch)
    assert row is not None
    return row


async def test_a_batch_is_listed_and_reversed_as_a_whole(
    platform: Platform, batch: Row, zhao: Client
) -> None:
    page = await shown(zhao, BATCHES)
    assert "登记册.csv" in page
    here = f"{BATCHES}/{batch['id']}"
    page = await shown(zhao, here)
    assert "新增 2 条" in page
    assert page.count("/council/complaints/") == 2
    assert "带来 2 件投诉" in await shown(zhao, f"{here}/reverse")
    assert "至少写 5 个字" in await send(zhao, f"{here}/reverse", 422, reason="错")
    page = await send(zhao, f"{here}/reverse", **WHY)
    assert "已记录：撤销导入" in page
    assert page.count("导入已撤销") == 2
    assert f"{here}/reverse" not in page
    assert (await platform.views.complaints.handled_by(ZHAO.party.id)).total == 0
    row = await platform.views.imports.one(str(batch["id"]))
    assert row is not None
    assert (row["state"], row["records"]) == ("reversed", 2)
    assert "不能撤销" in await shown(zhao, f"{here}/reverse", 409)


ONLY_RECEIVED = """
name = "small"
zh = "小登记册"
en = "small register"
subject = "complaints"
natural_key = ["编号"]
ignored = ["编号", "类别", "结束日", "结果", "金额", "满意", "备注"]
[dates]
formats = ["%Y-%m-%d"]
[amounts]
currency = "CNY"
[fields.respondent]
columns = ["被投诉人"]
[steps]
register = "登记日"
"""


async def test_one_that_went_elsewhere_holds_the_whole_batch(
    platform: Platform, tmp_path: Path, zhao: Client
) -> None:
    (tmp_path / "small.toml").write_text(ONLY_RECEIVED, "utf-8")
    report = await import_file(platform, tmp_path, csv_of(GOOD, GOOD_2))
    await caught_up(platform)
    batch = await platform.views.imports.numbered(report.batch)
    assert batch is not None
    going = (await platform.views.complaints.brought_by(str(batch["id"]))).rows[0]
    await handed_over(platform, UUID(str(going["id"])), ZHAO, QIAN)
    size = await platform.log.size()
    here = f"{BATCHES}/{batch['id']}"
    page = await send(zhao, f"{here}/reverse", 422, **WHY)
    assert f"投诉 {going['number']} 不能撤销，整批都没有撤销" in page
    assert await platform.log.size() == size
    page = await shown(zhao, here)
    assert str(going["number"]) in page
    assert f"/council/complaints/{going['id']}" not in page


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_every_page_opens_in_both_languages(batch: Row, zhao: Client, lang: str) -> None:
    for path in ("", f"/{batch['id']}", f"/{batch['id']}/reverse"):
        page = await shown(zhao, f"{BATCHES}{path}?lang={lang}")
        assert page.count("<h1") == 1


async def test_a_batch_that_was_interrupted_says_how_to_go_on(
    platform: Platform, zhao: Client
) -> None:
    begun = i.BeginImport(
        by=ZHAO, batch=new_id(), file="半个.csv", file_hash="00", mapping="small",
        subject="complaints", rows=9,
    )  # fmt: skip
    await platform.perform(i.begin_import, begun)
    await caught_up(platform)
    page = await shown(zhao, f"{BATCHES}/{begun.batch}")
    assert "会从中断处继续" in page
    assert "这个批次没有带来记录" in page


@pytest.fixture
async def qian(platform: Platform) -> AsyncIterator[Client]:
    async with signed_in(platform, QIAN) as client:
        yield client


async def test_nobody_sees_the_batches_of_others(batch: Row, zhao: Client) -> None:
    await shown(zhao, f"{BATCHES}/{new_id()}", 404)
    await shown(zhao, f"{BATCHES}/x", 404)
