"""Files that cannot be read in at all: a sentence says why, and nothing is imported."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from deploy.importing import BadFile, Limits, load_mapping, shipped_mappings
from deploy.importing.mapping import BadMapping, Mapping
from deploy.importing.sheet import Sheet, open_sheet
from tests.deploy.importing import GOOD, HEADER, MAPPING, csv_of

GOOD_2 = GOOD.replace("1,", "2,", 1)


@pytest.fixture
def mapping(tmp_path: Path) -> Mapping:
    path = tmp_path / "small.toml"
    path.write_text(MAPPING, "utf-8")
    return load_mapping(path)


def look(tmp_path: Path, mapping: Mapping, content: bytes, name: str = "f.csv") -> Sheet:
    (tmp_path / name).write_bytes(content)
    return open_sheet(tmp_path / name, mapping, Limits(size=20_000, rows=3))


def workbook(rows: list[list[str]]) -> bytes:
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory) as book:
        sheet = book.add_worksheet()
        for n, row in enumerate(rows):
            sheet.write_row(n, 0, row)
    return memory.getvalue()


def torn_workbook() -> bytes:
    """As a download that broke off, or a bad sector: the first part is there."""
    return workbook([HEADER.split(","), GOOD.split(",")])[:3000]


def flipped_workbook() -> bytes:
    whole = bytearray(workbook([HEADER.split(","), GOOD.split(",")]))
    whole[60:90] = b"\xff" * 30
    return bytes(whole)


def zip_of_something_else() -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as packed:
        packed.writestr("letter.txt", "no sheet here")
    return memory.getvalue()


def bloated_workbook() -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * 1_000_000)
    return memory.getvalue()


LOCKED = b"\xd0\xcf\x11\xe0" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le")
BAD = [
    pytest.param(b"", "文件是空的", "is empty", id="no bytes"),
    pytest.param(b"\r\n ,, \r\n", "文件是空的", "is empty", id="only blanks"),
    pytest.param(csv_of(), "只有表头", "no rows", id="only a header"),
    pytest.param(csv_of(GOOD + "x" * 20_000), "超过上限", "more than", id="too many bytes"),
    pytest.param(csv_of(*[GOOD] * 4), "超过 3 行", "more than 3 rows", id="too many rows"),
    pytest.param(
        csv_of(GOOD, GOOD_2).decode().encode("gb18030"),
        "不是 UTF-8 编码：第 1 行第 1 个字节", "line 1, byte 1", id="GB18030 unannounced",
    ),
    pytest.param(
        csv_of(GOOD) + b"2,\xff\xfe,", "第 3 行第 3 个字节", "line 3, byte 3", id="bad bytes"
    ),
    pytest.param(
        csv_of(GOOD).decode().encode("utf-16"), "不是 UTF-8", "not UTF-8", id="UTF-16"
    ),
    pytest.param(csv_of(GOOD, '2,"榕城'), "第 3 行起", "line 3", id="unpaired quote"),
    pytest.param(
        csv_of(GOOD, header=HEADER.replace("结束日", "结案日")),
        "结束日。“结束日”是否改名为“结案日”", "renamed to “结案日”", id="renamed column",
    ),
    pytest.param(
        csv_of(GOOD, header=HEADER.replace(",结束日", "")), "缺少映射需要的列：结束日", "lacks",
        id="missing column",
    ),
    pytest.param(
        csv_of(GOOD + ",x", header=HEADER + ",颜色"), "不认识的列：颜色", "颜色",
        id="unknown column",
    ),
    pytest.param(
        csv_of(GOOD + ",x", header=HEADER + ",备注"), "列名重复：备注", "twice: 备注",
        id="column twice",
    ),
    pytest.param(
        csv_of(GOOD, header=HEADER.replace("类别", "")), "第 3 列没有列名", "Column 3", id="no name"
    ),
    pytest.param(torn_workbook(), "表格文件已损坏", "damaged", id="torn workbook"),
    pytest.param(flipped_workbook(), "表格文件已损坏", "damaged", id="flipped bits"),
    pytest.param(zip_of_something_else(), "表格文件已损坏", "damaged", id="another zip"),
    pytest.param(bloated_workbook(), "展开后过大", "unpacks", id="zip bomb"),
    pytest.param(LOCKED, "设有密码", "password", id="password"),
    pytest.param(LOCKED[:200], "旧版 XLS", "old XLS", id="old format"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "zh", "en"), BAD)
def test_a_bad_file_is_refused_with_a_sentence(
    tmp_path: Path, mapping: Mapping, content: bytes, zh: str, en: str
) -> None:
    with pytest.raises(BadFile) as refused:
        look(tmp_path, mapping, content)
    assert zh in refused.value.words.zh
    assert en in refused.value.words.en


def test_text_that_calls_itself_a_workbook_is_refused(tmp_path: Path, mapping: Mapping) -> None:
    with pytest.raises(BadFile, match="表格文件已损坏"):
        look(tmp_path, mapping, csv_of(GOOD), "f.xlsx")


def test_a_file_that_is_not_there_is_named(tmp_path: Path, mapping: Mapping) -> None:
    with pytest.raises(BadFile, match=r"nowhere.csv 无法读取"):
        open_sheet(tmp_path / "nowhere.csv", mapping, Limits())


def test_a_byte_order_mark_and_blank_rows_do_no_harm(tmp_path: Path, mapping: Mapping) -> None:
    content = b"\xef\xbb\xbf" + csv_of("", GOOD, ",,,,,,,,", GOOD_2, "", ",,")
    sheet = look(tmp_path, mapping, content)
    assert (sheet.count, sheet.blank) == (2, 4)
    assert [(r.line, r.cells["编号"]) for r in sheet.rows()] == [(3, "1"), (5, "2")]


def test_gb18030_is_read_where_the_mapping_says_so(tmp_path: Path, mapping: Mapping) -> None:
    says_so = mapping.model_copy(update={"encoding": "gb18030"})
    sheet = look(tmp_path, says_so, csv_of(GOOD).decode().encode("gb18030"))
    assert next(sheet.rows()).cells["被投诉人"] == "榕城照明有限公司"
    assert next(look(tmp_path, says_so, csv_of(GOOD)).rows()).cells["类别"] == "质量"


def test_a_cell_of_several_lines_keeps_the_row_number(tmp_path: Path, mapping: Mapping) -> None:
    sheet = look(tmp_path, mapping, csv_of(GOOD[:-1] + ',"一\n二"', GOOD_2))
    assert [r.line for r in sheet.rows()] == [2, 4]


def test_a_workbook_is_known_by_its_content(tmp_path: Path, mapping: Mapping) -> None:
    rows = [[], HEADER.split(","), GOOD.split(","), [], GOOD_2.split(","), []]
    sheet = look(tmp_path, mapping, workbook(rows), "called.csv")
    assert [(r.line, r.cells["编号"]) for r in sheet.rows()] == [(3, "1"), (5, "2")]


def test_a_sheet_that_is_not_in_the_workbook_is_named(tmp_path: Path, mapping: Mapping) -> None:
    with pytest.raises(BadFile, match="没有名为“投诉”的工作表"):
        look(tmp_path, mapping.model_copy(update={"sheet": "投诉"}), workbook([["a"]]))


@pytest.mark.parametrize(
    ("part", "instead", "said"),
    [
        ("name =", "name", "不是有效的 TOML"),
        ('agreement = "refund"', 'agreement = "gift"', "gift"),
        ('agreement = "refund"', "", "exactly one of"),
        ('natural_key = ["编号"]', 'natural_key = ["案号"]', "案号"),
        ('outcome = "结束日"', "", "dates the outcome"),
        ("[amounts]", "[money]", "amounts"),
        ("[fields.respondent]", "[fields.colour]", "colour"),
    ],
)
def test_a_bad_mapping_is_refused_with_what_is_wrong(
    tmp_path: Path, part: str, instead: str, said: str
) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(MAPPING.replace(part, instead, 1), "utf-8")
    with pytest.raises(BadMapping) as refused:
        load_mapping(path)
    assert said in refused.value.words.zh
    assert "bad.toml" in refused.value.words.en


def test_a_mapping_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadMapping, match=r"nowhere.toml 不能用"):
        load_mapping(tmp_path / "nowhere.toml")


@pytest.mark.parametrize("path", shipped_mappings(), ids=lambda p: p.stem)
def test_every_shipped_mapping_can_be_used(path: Path) -> None:
    mapping = load_mapping(path)
    assert mapping.columns
    assert set(mapping.natural_key) <= set(mapping.columns)
