"""Rows that cannot be true or read are sent back; the others come in; nothing comes in twice."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from deploy.importing import Report, reverse_batch
from deploy.importing.bad_file import BadFile
from events.complaints import ComplaintClosed, ComplaintRefused, SatisfactionStated
from services.actions.refused import NotAllowed, NotFound, Refused
from services.platform import Platform
from tests.database import Dsns
from tests.deploy.importing import GOOD, HEADER, MAPPING, csv_of, import_file, many
from tests.opening import open_platform
from tests.people import ADMIN, CHEN, QIAN, ZHAO

pytestmark = pytest.mark.postgres

GOOD_2 = GOOD.replace("1,", "2,", 1)
BAD = [
    ("结束日", "2025-02-01", "日期 2025年2月1日早于上一步的日期 2025年3月1日", "before that of"),
    ("结束日", str(date.today() + timedelta(days=9)), "在将来", "in the future"),
    ("登记日", "03/01/2025", "“03/01/2025”不是映射写明的日期格式", "not a date of the forms"),
    ("登记日", "", "“登记日”没有填日期", "has no date"),
    ("登记日", "0001-01-01", "早于 1970 年", "before 1970"),
    ("结果", "送礼", "映射不认识“结果”的值“送礼”", "does not know “送礼”"),
    ("结果", "", "“结果”没有填写", "is empty"),
    ("类别", "颜色", "映射不认识“类别”的值“颜色”", "does not know “颜色”"),
    ("满意", "也许", "映射不认识“满意”的值“也许”", "does not know “也许”"),
    ("金额", "一百", "“一百”不是金额", "is not an amount"),
    ("金额", "1.234", "“1.234”不是金额", "is not an amount"),
    ("金额", "-5", "不能为负数", "cannot be negative"),
    ("被投诉人", "", "“被投诉人”没有填写", "is empty"),
    ("被投诉人", "榕城\x00照明", "控制字符", "control characters"),
    ("被投诉人", "长" * 10_001, "“被投诉人”超过 10000 字", "more than 10000 characters"),
]


def changed(column: str, value: str, row: str = GOOD) -> str:
    cells = row.split(",")
    cells[HEADER.split(",").index(column)] = value
    return ",".join(cells)


def sent_back(folder: Path) -> list[dict[str, str]]:
    with (folder / "errors.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def counts(report: Report) -> tuple[int, int, int]:
    return report.taken, report.known, report.refused


@pytest.mark.parametrize(("column", "value", "zh", "en"), BAD, ids=lambda v: str(v)[:12])
async def test_a_row_that_cannot_be_is_sent_back_and_stops_no_other(
    platform: Platform, tmp_path: Path, column: str, value: str, zh: str, en: str
) -> None:
    report = await import_file(platform, tmp_path, csv_of(changed(column, value), GOOD_2))
    assert counts(report) == (1, 0, 1)
    (row,) = sent_back(tmp_path)
    assert row["行号"] == "2"
    assert (zh in row["原因"], en in row["Reason"]) == (True, True), row
    assert row[column].lstrip("'") == value
    assert report.first[0].line == 2
    assert await platform.log.next_number("GZ-2025") == 2, "no number was lost"


async def test_every_fault_of_a_row_is_told_at_once(platform: Platform, tmp_path: Path) -> None:
    row = changed("金额", "x", changed("结果", "y"))
    await import_file(platform, tmp_path, csv_of(row))
    (told,) = sent_back(tmp_path)
    assert "不是金额" in told["原因"]
    assert "不认识“结果”" in told["原因"]


async def test_rows_of_another_width_are_sent_back(platform: Platform, tmp_path: Path) -> None:
    report = await import_file(platform, tmp_path, csv_of(GOOD + ",多", GOOD[:-4], GOOD_2 + ",,"))
    assert counts(report) == (1, 0, 2)
    assert [r["原因"].partition("，")[0] for r in sent_back(tmp_path)] == [
        "这一行比表头多 1 列",
        "这一行比表头少 2 列",
    ]


async def test_formulas_are_made_harmless_and_a_mended_file_comes_in(
    platform: Platform, tmp_path: Path
) -> None:
    bad = changed("被投诉人", "=1+1", changed("结果", "送礼"))
    await import_file(platform, tmp_path, csv_of(bad))
    raw = (tmp_path / "errors.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert "'=1+1" in raw.decode()
    mended = raw.replace("送礼,".encode(), "退款,".encode(), 1)
    report = await import_file(platform, tmp_path, mended, "mended.csv")
    assert counts(report) == (1, 0, 0)
    await platform.seen(await platform.log.size())
    page = await platform.views.complaints.handled_by(ZHAO.party.id)
    assert page.rows[0]["respondent"] == "=1+1"
    assert not (tmp_path / "errors.csv.part").exists()


async def test_a_row_becomes_the_whole_history(platform: Platform, tmp_path: Path) -> None:
    rows = [
        GOOD,
        changed("结果", "不予受理", changed("金额", "", changed("满意", "", GOOD_2))),
        changed("结果", "办理中", changed("结束日", "", GOOD.replace("1,", "3,", 1))),
    ]
    report = await import_file(platform, tmp_path, csv_of(*rows))
    assert counts(report) == (3, 0, 0)
    assert await platform.seen(await platform.log.size())
    register = platform.views.complaints
    listed = (await register.handled_by(ZHAO.party.id)).rows
    found = [await register.one(row["id"]) or {} for row in listed]
    by_state = {
        (r["state"], r["remedy"], r["ground"], r["satisfied"], r["restitution"]) for r in found
    }
    assert by_state == {
        ("closed", "refund", "", True, 12050),
        ("closed", "", "R3", None, 0),
        ("mediating", "", "", None, 0),
    }
    events = [r.event for r in await platform.log.after(0)]
    assert {e.by.channel for e in events} == {"import"}
    assert len({e.correlation for e in events}) == 1
    closed = next(e for e in events if isinstance(e, ComplaintClosed))
    assert closed.occurred_on == date(2025, 3, 20)
    refused = next(e for e in events if isinstance(e, ComplaintRefused))
    assert refused.reason == "不是生活消费（不予受理）"
    assert sum(isinstance(e, SatisfactionStated) for e in events) == 1


async def test_identical_rows_are_as_many_complaints(platform: Platform, tmp_path: Path) -> None:
    content = csv_of(GOOD, GOOD, GOOD)
    assert counts(await import_file(platform, tmp_path, content)) == (3, 0, 0)
    assert counts(await import_file(platform, tmp_path, content)) == (0, 3, 0)


async def test_a_known_row_that_says_something_else_is_sent_back(
    platform: Platform, tmp_path: Path
) -> None:
    await import_file(platform, tmp_path, csv_of(GOOD))
    report = await import_file(platform, tmp_path, csv_of(changed("金额", "99"), GOOD_2))
    assert counts(report) == (1, 0, 1)
    assert "这条投诉已经导入过（GZ-2025-000001-" in sent_back(tmp_path)[0]["原因"]


async def test_a_longer_file_adds_only_what_is_new(platform: Platform, tmp_path: Path) -> None:
    first = await import_file(platform, tmp_path, csv_of(GOOD))
    second = await import_file(platform, tmp_path, csv_of(GOOD, GOOD_2))
    assert counts(second) == (1, 1, 0)
    assert second.batch != first.batch


async def test_another_body_has_a_register_of_its_own(platform: Platform, tmp_path: Path) -> None:
    await import_file(platform, tmp_path, csv_of(GOOD))
    assert counts(await import_file(platform, tmp_path, csv_of(GOOD), by=QIAN)) == (1, 0, 0)


async def test_a_dry_run_says_the_same_and_writes_nothing(
    platform: Platform, tmp_path: Path
) -> None:
    content = csv_of(GOOD, changed("结果", "送礼", GOOD_2))
    report = await import_file(platform, tmp_path, content, dry_run=True)
    assert (counts(report), report.batch) == ((1, 0, 1), "")
    assert len(sent_back(tmp_path)) == 1
    assert await platform.log.size() == 0
    assert await platform.log.next_number("GZ-2025") == 1
    assert report.said().zh == "file.csv：试运行：将新增 1 条，已有 0 条，退回 1 条"


async def test_only_bodies_that_handle_complaints_import(
    platform: Platform, tmp_path: Path
) -> None:
    with pytest.raises(NotAllowed, match="不能导入投诉"):
        await import_file(platform, tmp_path, csv_of(GOOD), by=CHEN)


async def test_the_errors_file_never_replaces_the_source(
    platform: Platform, tmp_path: Path
) -> None:
    with pytest.raises(BadFile, match="同名"):
        await import_file(platform, tmp_path, csv_of(GOOD), "errors.csv")


async def test_a_database_that_goes_away_stops_the_import_with_a_sentence(
    database: Dsns, tmp_path: Path
) -> None:
    async with open_platform(database.owner, database.app, working=False) as platform:
        await platform.pool.close()
        with pytest.raises(Refused, match="会从中断处继续"):
            await import_file(platform, tmp_path, csv_of(GOOD))


# -- reversing ---------------------------------------------------------------------------


async def test_a_reversed_batch_counts_no_longer_and_can_come_again(
    platform: Platform, tmp_path: Path
) -> None:
    content = csv_of(GOOD, GOOD_2)
    first = await import_file(platform, tmp_path, content)
    await reverse_batch(platform, first.batch, ADMIN, "导入了错误的文件")
    assert await platform.seen(await platform.log.size())
    assert (await platform.views.complaints.handled_by(ZHAO.party.id)).total == 0
    again = await import_file(platform, tmp_path, content)
    assert counts(again) == (2, 0, 0)
    assert again.batch != first.batch
    assert await platform.seen(await platform.log.size())
    assert (await platform.views.complaints.handled_by(ZHAO.party.id)).total == 2
    assert counts(await import_file(platform, tmp_path, content)) == (0, 2, 0)


async def test_a_batch_is_reversed_as_a_whole_or_not_at_all(
    platform: Platform, tmp_path: Path
) -> None:
    report = await import_file(platform, tmp_path, csv_of(GOOD, GOOD_2))
    size = await platform.log.size()
    with pytest.raises(NotAllowed):
        await reverse_batch(platform, report.batch, QIAN, "不是我的批次")
    with pytest.raises(NotFound, match="没有批次"):
        await reverse_batch(platform, "IM-2020-000001-1", ZHAO, "没有这个批次")
    assert await platform.log.size() == size
    await reverse_batch(platform, report.batch.lower(), ZHAO, "导入了错误的文件")
    with pytest.raises(Refused, match="最近一步"):
        await reverse_batch(platform, report.batch, ZHAO, "再撤销一次试试")
    assert await platform.log.size() == size + 3


# -- interrupted -------------------------------------------------------------------------


async def test_an_import_that_was_killed_is_continued_in_its_batch(
    database: Dsns, tmp_path: Path
) -> None:
    rows = 400
    (tmp_path / "file.csv").write_bytes(many(rows))
    (tmp_path / "small.toml").write_text(MAPPING, "utf-8")
    async with open_platform(database.owner, database.app, working=False) as platform:
        command = [sys.executable, "-m", "tests.deploy.importing", *database, str(tmp_path)]
        child = subprocess.Popen(command)
        until = time.monotonic() + 60
        while await platform.log.size() < 300 and time.monotonic() < until:
            assert child.poll() is None, "ended before it could be killed"
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        size = await platform.log.size()
        assert 300 <= size < rows * 6
        report = await import_file(platform, tmp_path, many(rows))
        assert report.continued >= (size - 1) // 7
        assert report.taken + report.continued == rows
        await platform.catch_up()
        batches = await platform.views.imports.batches()
        assert [(b["state"], b["taken"]) for b in batches.rows] == [("finished", rows)]
        assert len(await platform.views.complaints.of_batch(str(batches.rows[0]["id"]))) == rows
