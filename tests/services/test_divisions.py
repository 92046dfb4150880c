"""Fujian's divisions against the public list, and lists as people bring them."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from services.divisions import (
    BadList,
    children,
    counties,
    division,
    fujian,
    full_name,
    lineage,
    padded,
    read_divisions,
)

PUBLIC = Path(__file__).parents[2].parent / "shared" / "data"
needs_public_lists = pytest.mark.skipif(
    not PUBLIC.is_dir(), reason=f"the public lists of divisions are not at {PUBLIC}"
)


def test_one_province_nine_cities_and_84_counties() -> None:
    assert Counter(each.level for each in fujian()) == {"province": 1, "city": 9, "county": 84}
    kinds = Counter(each.name[-1] for each in counties())
    assert kinds == {"区": 31, "市": 11, "县": 42}
    assert [each.name for each in fujian() if not each.governed] == ["金门县"]


def test_every_division_has_its_parent_and_an_english_name() -> None:
    codes = {each.code for each in fujian()}
    for each in fujian():
        assert each.english.isascii()
        assert each.english
        assert each.parent in codes or each.level == "province"
    assert len(codes) == 94


@needs_public_lists
def test_our_table_is_that_of_the_public_list() -> None:
    rows = []
    for name, column in (("cities", "provinceCode"), ("areas", "provinceCode")):
        with (PUBLIC / f"cn_divisions_{name}.csv").open(encoding="utf-8") as file:
            rows += [
                (padded(r["code"]), r["name"]) for r in csv.DictReader(file) if r[column] == "35"
            ]
    assert sorted((each.code, each.name) for each in fujian() if each.parent) == sorted(rows)


@needs_public_lists
def test_the_public_list_of_the_province_is_read() -> None:
    listed = read_divisions(PUBLIC / "cn_divisions_fujian.csv")
    assert [(d.code, d.name, d.parent, d.level) for d in listed] == [
        (d.code, d.name, d.parent, d.level) for d in fujian()
    ]


def test_names_and_lineage() -> None:
    gulou = division("350102")
    assert gulou is not None
    assert (full_name("350102"), gulou.words.en) == ("福州市鼓楼区", "Gulou")
    assert (full_name("3501"), full_name("35"), full_name("110101")) == ("福州市", "福建省", "")
    assert lineage("350102") == ["350102", "350100", "350000"]
    assert lineage("350102001") == ["350102001", "350102", "350100", "350000"]
    assert [each.name for each in children("35")][:2] == ["福州市", "厦门市"]


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "list.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_rows_that_only_hold_a_level_together_are_no_places(tmp_path: Path) -> None:
    listed = read_divisions(
        written(
            tmp_path, "code,name\n1101,市辖区\n110101,东城区\n11,北京市\n110101001,东华门街道\n"
        )
    )
    assert [(each.code, each.parent) for each in listed] == [("110000", ""), ("110101", "110000")]


def test_a_named_parent_is_taken(tmp_path: Path) -> None:
    listed = read_divisions(
        written(tmp_path, "\ufeffcode,name,parent\n350000,福建省,\n359900,某新区,350000\n")
    )
    assert [each.parent for each in listed] == ["", "350000"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("编码,名称\n35,福建省\n", "缺少列 code, name"),
        ("", "缺少列"),
        ("code,name\n35,福建省\n350000,福建\n", "第 3 行：代码 350000 与第 2 行重复"),
        ("code,name\n351,福建省\n", "第 2 行"),
        ("code,name\n35,\n", "第 2 行"),
        ("code,name\nx,福建省\n", "第 2 行"),
    ],
)
def test_a_bad_list_says_where(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadList) as bad:
        read_divisions(written(tmp_path, text))
    assert said in bad.value.words.zh


def test_another_encoding_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadList, match="UTF-8"):
        read_divisions(written(tmp_path, "code,name\n35,福建省\n", "gb18030"))
