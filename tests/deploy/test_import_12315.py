"""The example mapping of the national platform's spreadsheet: what each row becomes here."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from deploy.importing import import_register, load_mapping
from deploy.importing.mappings import shipped_mappings
from services.platform import Platform
from tests.caught_up import caught_up
from tests.people import ZHAO

pytestmark = pytest.mark.postgres
HEADER = (
    "登记编号", "登记时间", "投诉人", "联系电话", "联系地址", "被投诉人", "被投诉人地址", "行业",
    "商品或服务", "问题类别", "投诉内容", "投诉诉求", "诉求金额", "受理时间", "调解开始时间",
    "办理结果", "办结时间", "挽回经济损失",
)  # fmt: skip
TOLD = (
    "林月", "13800001234", "鼓楼区", "榕城照明有限公司", "八一七路1号", "零售", "台灯", "质量",
    "用了三天不亮", "退货退款", "128.00",
)  # fmt: skip
ROWS = [
    ("12315-1", "2026-10-08", *TOLD, "", "", "待受理", "", ""),
    ("12315-2", "2026年10月8日", *TOLD, "2026-10-12", "", "已受理", "", ""),
    ("12315-3", "2026/10/8", *TOLD, "2026-10-12", "2026-10-13", "调解成功", "2026-10-20", "128"),
    ("12315-4", "2026-10-08 09:30:00", *TOLD, "", "", "不予受理", "2026-10-12", ""),
    ("12315-5", "2026-10-08", *TOLD, "", "", "调解成功", "2026-10-20", ""),
]


def workbook(rows: Sequence[tuple[str, ...]] = tuple(ROWS)) -> bytes:
    memory = BytesIO()
    with xlsxwriter.Workbook(memory) as book:
        sheet = book.add_worksheet()
        for n, row in enumerate([HEADER, *rows]):
            sheet.write_row(n, 0, row)
    return memory.getvalue()


async def test_rows_of_the_platform_become_complaints_with_its_numbers(
    platform: Platform, tmp_path: Path
) -> None:
    mapping = next(p for p in shipped_mappings() if p.name == "cn_12315_complaints.toml")
    file, errors = tmp_path / "12315.xlsx", tmp_path / "errors.csv"
    file.write_bytes(workbook())
    report = await import_register(platform, file, load_mapping(mapping), ZHAO, errors_path=errors)
    assert (report.taken, report.refused) == (4, 1)
    assert "“受理时间”没有填日期" in errors.read_text("utf-8-sig")
    await caught_up(platform)
    page = await platform.views.complaints.handled_by(ZHAO.party.id)
    rows = [await platform.views.complaints.one(str(row["id"])) for row in page.rows]
    states = {row["reference"]: (row["state"], row["restitution"]) for row in rows if row}
    assert states == {
        "12315-1": ("received", 0),
        "12315-2": ("accepted", 0),
        "12315-3": ("closed", 12_800),
        "12315-4": ("closed", 0),
    }


async def test_a_number_comes_in_once_and_digits_are_read_at_any_width(
    platform: Platform, tmp_path: Path
) -> None:
    """A bad row keeps no number from the right one; the file read again changes nothing."""
    mapping = next(p for p in shipped_mappings() if p.name == "cn_12315_complaints.toml")
    wide = (*TOLD[:-1], "１２８．００元")
    rows = [
        ("12315-6", "不明", *TOLD, "", "", "待受理", "", ""),
        ("12315-6", "２０２６－１０－０８", *wide, "", "", "待受理", "", ""),
        ("12315-6", "2026-10-08", *TOLD, "2026-10-12", "", "已受理", "", ""),
        ("12315-7", "2026-10-08", *TOLD, "", "", "待受理", "", ""),
    ]
    file, errors = tmp_path / "12315.xlsx", tmp_path / "errors.csv"
    file.write_bytes(workbook(rows))
    for counts in ((2, 0, 2), (0, 2, 2)):
        report = await import_register(
            platform, file, load_mapping(mapping), ZHAO, errors_path=errors
        )
        assert (report.taken, report.known, report.refused) == counts
        assert "“登记编号”与第 3 行相同，只导入那一行" in errors.read_text("utf-8-sig")
    await caught_up(platform)
    page = await platform.views.complaints.handled_by(ZHAO.party.id)
    found = [await platform.views.complaints.one(str(row["id"])) for row in page.rows]
    numbers = [row["reference"] for row in found if row and row["reference"] > "12315-5"]
    assert sorted(numbers) == ["12315-6", "12315-7"]
