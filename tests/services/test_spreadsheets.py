"""No export writes a formula, whatever people typed; and none is written past the one place."""

from __future__ import annotations

import ast
import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.spreadsheets import csv_line, harmless

ROOT = Path(__file__).parents[2]
ONE_PLACE = "services/spreadsheets.py"
_RUN = tuple("=+-@＝＋－＠\t\r")


@pytest.mark.parametrize(
    "bad",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r1", "＝1", "＠x", "\ufeff=1", "\u202e=1",
     " \u200b =1", "\n@x", '=HYPERLINK("http://x","y")', "=cmd|' /C calc'!A0"],
)  # fmt: skip
def test_formulas_stay_text(bad: str) -> None:
    assert harmless(bad) == "'" + bad


@pytest.mark.parametrize("good", ["好", "", "a=b", "1-2", "'=1", 7, -7, None, 1.5])
def test_what_is_none_stays_as_it_is(good: object) -> None:
    assert harmless(good) == good


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=6))
def test_no_cell_of_a_line_is_run(cells: list[str]) -> None:
    # A program reads it with any of the line ends.
    (read,) = csv.reader(io.StringIO(csv_line(cells).decode(), newline=""), strict=True)
    assert len(read) == len(cells)
    for cell in read:
        assert not cell.startswith(_RUN)
        assert not cell.strip().startswith(_RUN)


def _writers(tree: ast.AST) -> list[str]:
    """What a module could write rows with."""
    named = [
        f"{node.value.id}.{node.attr}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    ]
    imported = [
        f"{node.module}.{each.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for each in node.names
    ]
    return [each for each in (*named, *imported) if each in ("csv.writer", "csv.DictWriter")]


def _modules() -> list[Path]:
    folders = ("events", "services", "portals", "deploy")
    return [file for folder in folders for file in (ROOT / folder).rglob("*.py")]


def test_every_export_is_written_in_one_place() -> None:
    past = [
        str(file.relative_to(ROOT))
        for file in _modules()
        if file != ROOT / ONE_PLACE and _writers(ast.parse(file.read_text("utf-8")))
    ]
    assert past == [], f"write rows with {ONE_PLACE}"


def test_a_workbook_never_makes_formulas_of_texts() -> None:
    careless = [
        str(file.relative_to(ROOT))
        for file in _modules()
        if "import xlsxwriter" in (text := file.read_text("utf-8"))
        and "strings_to_formulas" not in text
        and "write_string" not in text
    ]
    assert careless == [], "say strings_to_formulas=False, or write_string"
