"""Letters with replies: each row an enquiry with the times of the letter box, however late."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from deploy.importing import reverse_batch
from events.enquiries import EnquiryAnswered, EnquiryReceived
from events.event import today
from services.actions.refused import NotAllowed
from services.platform import Platform
from tests.caught_up import caught_up
from tests.deploy.letters import (
    ANSWERED,
    HEADER,
    LATE_REPLY,
    WAITING,
    by_reference,
    import_letters,
)
from tests.people import ADMIN, CHEN, LI, ZHAO

pytestmark = pytest.mark.postgres


def changed(column: str, value: str) -> str:
    cells = ANSWERED.split(",")
    cells[HEADER.split(",").index(column)] = value
    return ",".join(cells)


async def test_letters_become_enquiries_at_the_times_of_the_source(
    platform: Platform, tmp_path: Path
) -> None:
    report = await import_letters(platform, tmp_path, ANSWERED, WAITING)
    assert (report.taken, report.refused) == (2, 0)
    rows = await by_reference(platform)
    first, second = rows["LX-1"], rows["LX-2"]
    assert (first["state"], first["asked_on"], first["asked_hour"]) == (
        "answered", date(2024, 3, 1), "09:30",
    )  # fmt: skip
    assert (first["answered_on"], first["answered_hour"]) == (date(2024, 3, 8), "16:05")
    assert (second["state"], second["asked_on"]) == ("asked", date(2024, 2, 5))
    assert first["recorded_at"].date() > first["asked_on"]
    assert first["number"].startswith("ZX-2024-000001")
    asked, answered = await platform.log.load(first["id"], opened=True)
    assert isinstance(asked.event, EnquiryReceived)
    assert asked.event.told.get("title") == "充电器认证"
    assert isinstance(answered.event, EnquiryAnswered)
    assert answered.event.answer.get("answer") == "王女士您好：请以公告为准。"
    assert asked.event.correlation == answered.event.correlation
    batch = await platform.views.imports.numbered(report.batch)
    assert batch
    assert (batch["subject"], batch["taken"], str(batch["id"])) == (
        "letters", 2, asked.event.correlation,
    )  # fmt: skip


async def test_what_is_not_answered_waits_without_a_clock(
    platform: Platform, tmp_path: Path
) -> None:
    await import_letters(platform, tmp_path, ANSWERED, WAITING)
    desk = await platform.views.obligations.of_party(LI.party.id, "yours", today())
    (owed,) = desk.rows
    assert (owed["what"], owed["since"], owed["until"]) == ("enquiry", date(2024, 2, 5), None)
    assert "没有法定答复期限" in owed["basis_zh"]
    counts = await platform.views.obligations.counts(LI.party.id, today())
    assert (counts["yours"], counts["overdue"]) == (1, 0)


async def test_what_is_said_stands_sealed(platform: Platform, tmp_path: Path) -> None:
    await import_letters(platform, tmp_path, ANSWERED)
    rows = await platform.views.enquiries.rows("select state from log.events")
    stored = b"".join(bytes(row["state"]) for row in rows).decode("utf-8", "replace")
    assert "充电器" not in stored
    assert "王女士" not in stored


WRONG = [
    ("信件编号", "", "“信件编号”没有填写", "is empty"),
    ("来信时间", "", "“来信时间”没有填日期", "has no date"),
    ("来信时间", "三月一日", "不是映射写明的日期格式", "not a date of the forms"),
    ("来信内容", "", "“来信内容”没有填写", "is empty"),
    ("来信内容", "长" * 10_001, "“来信内容”超过 10000 字", "more than 10000 characters"),
    ("回复内容", "长" * 10_001, "“回复内容”超过 10000 字", "more than 10000 characters"),
    ("回复内容", "", "有“回复时间”，但“回复内容”没有内容", "nothing in"),
    ("回复时间", "", "“回复时间”没有填日期", "has no date"),
    ("回复时间", "2024-02-28", "“回复时间”早于“来信时间”", "is before"),
    ("回复时间", "2024-03-01 09:29", "“回复时间”早于“来信时间”", "is before"),
    ("回复时间", str(date.today() + timedelta(days=9)), "在将来", "in the future"),
]


@pytest.mark.parametrize(("column", "value", "zh", "en"), WRONG, ids=lambda v: str(v)[:12])
async def test_a_row_that_cannot_be_is_sent_back(
    platform: Platform, tmp_path: Path, column: str, value: str, zh: str, en: str
) -> None:
    report = await import_letters(platform, tmp_path, changed(column, value), WAITING)
    assert (report.taken, report.refused) == (1, 1)
    with (tmp_path / "errors.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["行号"] == "2"
    assert (zh in row["原因"], en in row["Reason"]) == (True, True), row


async def test_a_reply_on_the_day_without_an_hour_is_possible(
    platform: Platform, tmp_path: Path
) -> None:
    report = await import_letters(platform, tmp_path, changed("回复时间", "2024-03-01"))
    assert report.refused == 0


async def test_a_preview_says_what_rows_would_become(platform: Platform, tmp_path: Path) -> None:
    size = await platform.log.size()
    report = await import_letters(platform, tmp_path, ANSWERED, WAITING, dry_run=True)
    assert [each.line for each in report.preview] == [2, 3]
    said = report.preview[0].words
    assert "2024年3月1日" in said.zh
    assert "答复了咨询" in said.zh
    assert "1 March 2024" in said.en
    assert await platform.log.size() == size


async def test_a_later_file_is_known_sent_back_new_or_goes_on(
    platform: Platform, tmp_path: Path
) -> None:
    await import_letters(platform, tmp_path, ANSWERED, WAITING)
    report = await import_letters(platform, tmp_path, ANSWERED, LATE_REPLY)
    assert (report.known, report.refused) == (1, 1)
    assert "已经导入过" in report.first[0].words.zh
    tried = await import_letters(platform, tmp_path, LATE_REPLY, duplicates="merge", dry_run=True)
    assert (tried.merged, len(tried.preview)) == (1, 1)
    report = await import_letters(platform, tmp_path, ANSWERED, LATE_REPLY, duplicates="merge")
    assert (report.taken, report.merged, report.known) == (0, 1, 1)
    assert "补充 1 条" in report.said().zh
    waited = (await by_reference(platform))["LX-2"]
    assert (waited["state"], waited["answered_on"]) == ("answered", date(2024, 4, 1))
    again = await import_letters(platform, tmp_path, ANSWERED, LATE_REPLY, duplicates="merge")
    assert (again.merged, again.known, again.batch) == (0, 2, "")
    other = LATE_REPLY.replace("税务", "市场监管")
    sent_back = await import_letters(platform, tmp_path, other, duplicates="merge")
    assert sent_back.refused == 1, "a reply that contradicts one is never put over it"
    beside = await import_letters(platform, tmp_path, other, duplicates="new")
    assert beside.taken == 1
    beside = await import_letters(platform, tmp_path, other, duplicates="new")
    assert (beside.taken, beside.known) == (0, 1)
    page = await platform.views.enquiries.handled_by(LI.party.id, reference="LX-2")
    assert page.total == 2


async def test_a_batch_is_reversed_with_all_it_brought(platform: Platform, tmp_path: Path) -> None:
    first = await import_letters(platform, tmp_path, ANSWERED, WAITING)
    second = await import_letters(platform, tmp_path, LATE_REPLY, duplicates="merge")
    await reverse_batch(platform, second.batch, LI, "回复文件拿错了")
    await caught_up(platform)
    waits = (await by_reference(platform))["LX-2"]
    assert (waits["state"], waits["answered_on"]) == ("asked", None)
    desk = await platform.views.obligations.of_party(LI.party.id, "yours", today())
    assert [row["since"] for row in desk.rows] == [date(2024, 2, 5)]
    await reverse_batch(platform, first.batch, ADMIN, "整个文件拿错了")
    await caught_up(platform)
    assert await by_reference(platform) == {}
    assert (await platform.views.obligations.counts(LI.party.id, today()))["yours"] == 0
    again = await import_letters(platform, tmp_path, ANSWERED, WAITING)
    assert again.taken == 2, "what was reversed is known no longer"


async def test_who_may_not_import_is_told_so(platform: Platform, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed, match="不能导入来信"):
        await import_letters(platform, tmp_path, ANSWERED, by=CHEN)
    report = await import_letters(platform, tmp_path, WAITING, by=ZHAO)
    assert report.taken == 1
    desk = await platform.views.obligations.of_party(ZHAO.party.id, "yours", today())
    assert "《消费者权益保护法》第三十七条" in desk.rows[0]["basis_zh"]
