"""A real register, New York's mediated complaints, checked against the file itself."""

from __future__ import annotations

import csv
import time
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from deploy.importing import (
    Report,
    import_register,
    load_mapping,
    reverse_batch,
    shipped_mappings,
)
from services.platform import Platform
from tests.people import ZHAO

pytestmark = pytest.mark.postgres

REGISTER = Path(__file__).parents[3] / "shared/data/nyc_mediated_complaints_2014-2016.csv"
MAPPING = next(p for p in shipped_mappings() if p.stem == "nyc_mediated_complaints")
needs_register = pytest.mark.skipif(
    not REGISTER.exists(), reason=f"the real register is not here: {REGISTER}"
)


def day(text: str) -> date:
    return datetime.strptime(text, "%m/%d/%Y").date()


def rows_of_file() -> list[dict[str, str]]:
    with REGISTER.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def impossible(row: dict[str, str]) -> bool:
    return day(row["Mediation Close Date"]) < day(row["Mediation Start Date"])


async def totals(platform: Platform) -> dict[str, Any]:
    """The same figures as of the file, from the register view."""
    rows = await platform.views.complaints.rows(
        "select result_code, satisfied, restitution, currency, mediation_on, ended_on, state,"
        " channel from {rows} where state <> 'reversed'"
    )
    return {
        "complaints": len(rows),
        "codes": Counter(r["result_code"] for r in rows),
        "satisfied": Counter(r["satisfied"] for r in rows),
        "restitution": sum(r["restitution"] for r in rows),
        "currencies": {r["currency"] for r in rows},
        "states": {r["state"] for r in rows},
        "channels": {r["channel"] for r in rows},
        "dates": Counter((r["mediation_on"], r["ended_on"]) for r in rows),
    }


def expected(rows: list[dict[str, str]]) -> dict[str, Any]:
    answers = {"Yes": True, "No": False}
    dates = [(day(r["Mediation Start Date"]), day(r["Mediation Close Date"])) for r in rows]
    return {
        "complaints": len(rows),
        "codes": Counter(r["Complaint Result"] for r in rows),
        "satisfied": Counter(answers.get(r["Satisfaction"]) for r in rows),
        "restitution": sum(int(r["Restitution"].replace(".", "")) for r in rows),
        "currencies": {"", "USD"},
        "states": {"closed"},
        "channels": {"import"},
        "dates": Counter(dates),
    }


@pytest.fixture
def errors(tmp_path: Path) -> Path:
    return tmp_path / "errors.csv"


async def run(platform: Platform, file: Path, errors: Path, **options: Any) -> Report:
    report = await import_register(
        platform, file, load_mapping(MAPPING), ZHAO, errors_path=errors, **options
    )
    assert await platform.seen(await platform.log.size(), timeout=120)
    return report


@needs_register
async def test_the_register_comes_in_with_the_totals_of_the_file(
    platform: Platform, errors: Path
) -> None:
    rows = rows_of_file()
    true = [r for r in rows if not impossible(r)]
    told: list[tuple[int, int]] = []
    started = time.monotonic()
    report = await run(
        platform, REGISTER, errors, progress=lambda done, total: told.append((done, total))
    )
    took = time.monotonic() - started
    print(f"imported {report.taken} rows in {took:.1f} s")
    assert (report.rows, report.taken, report.known) == (len(rows), len(true), 0)
    assert told[-1] == (len(rows), len(rows))
    assert await totals(platform) == expected(true)
    _check_errors(report, errors, rows)
    await _again_adds_nothing(platform, errors, report)
    await _the_batch_is_listed_and_reversed(platform, report, len(true))


def _check_errors(report: Report, errors: Path, rows: list[dict[str, str]]) -> None:
    wrong = [(n, r) for n, r in enumerate(rows, start=2) if impossible(r)]
    assert report.refused == len(wrong) == 4
    with errors.open(encoding="utf-8-sig", newline="") as file:
        sent_back = list(csv.DictReader(file))
    assert [int(r["行号"]) for r in sent_back] == [n for n, _ in wrong]
    for told, (_, row) in zip(sent_back, wrong, strict=True):
        assert {k: told[k] for k in row} == row
        assert "早于上一步的日期" in told["原因"]
        assert "before that of the previous step" in told["Reason"]


async def _again_adds_nothing(platform: Platform, errors: Path, first: Report) -> None:
    size = await platform.log.size()
    again = await run(platform, REGISTER, errors)
    assert (again.taken, again.known, again.refused) == (0, first.taken, first.refused)
    assert again.batch == ""
    assert await platform.log.size() == size


async def _the_batch_is_listed_and_reversed(platform: Platform, report: Report, taken: int) -> None:
    page = await platform.views.imports.of_party(ZHAO.party.id)
    (batch,) = page.rows
    assert batch["number"] == report.batch
    assert (batch["state"], batch["taken"], batch["refused"]) == ("finished", taken, 4)
    await reverse_batch(platform, report.batch, ZHAO, "导入了错误的登记册")
    assert await platform.seen(await platform.log.size(), timeout=120)
    assert (await totals(platform))["complaints"] == 0
    batch = await platform.views.imports.numbered(report.batch)
    assert batch
    assert (batch["state"], batch["records"]) == ("reversed", taken)


@needs_register
async def test_the_same_rows_as_a_workbook_are_the_same_complaints(
    platform: Platform, errors: Path, tmp_path: Path
) -> None:
    """With real dates and numbers in its cells, as people keep such lists."""
    some = rows_of_file()[:60]
    text, book = tmp_path / "some.csv", tmp_path / "some.xlsx"
    with text.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(some[0]))
        writer.writeheader()
        writer.writerows(some)
    _write_workbook(book, some)
    first = await run(platform, book, errors)
    assert (first.taken, first.refused) == (60, 0)
    assert await totals(platform) == expected(some)
    again = await run(platform, text, errors)
    assert (again.taken, again.known, again.refused) == (0, 60, 0)


def _write_workbook(path: Path, rows: list[dict[str, str]]) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, dates = book.add_worksheet(), book.add_format({"num_format": "mm/dd/yyyy"})
        sheet.write_row(0, 0, list(rows[0]))
        for n, row in enumerate(rows, start=1):
            for column, (name, value) in enumerate(row.items()):
                if name.endswith("Date"):
                    midnight = datetime.combine(day(value), datetime.min.time())
                    sheet.write_datetime(n, column, midnight, dates)
                elif name == "Restitution":
                    sheet.write_number(n, column, float(value))
                else:
                    sheet.write_string(n, column, value)
        sheet.write_blank(len(rows) + 30, 0, None, dates)
