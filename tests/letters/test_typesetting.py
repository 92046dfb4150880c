"""Typesetting: each sheet is tagged, says what it was told and nothing more, or says why not."""

from __future__ import annotations

import re
from datetime import date

import pytest
from pypdf import PdfReader

from services.letters import grounds
from services.letters.forms import FORMS
from services.letters.instruments import SHEETS as SHEETS_OF
from services.letters.typesetting import SHEETS, NoGlyph, set_now
from tests.letters.sample import FACTS, read

ON = date(2026, 10, 13)
SHEET_NAMES = sorted(path.stem for path in SHEETS.glob("*.typ") if path.stem != "letter")


@pytest.mark.parametrize("sheet", SHEET_NAMES)
def test_every_sheet_is_set_tagged_in_chinese(sheet: str) -> None:
    reader = PdfReader(read(set_now(sheet, FACTS, ON)))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("zh")
    assert "/StructTreeRoot" in root
    assert reader.metadata is not None
    assert reader.metadata.title


def test_every_form_has_its_sheet() -> None:
    assert {form.sheet for form in FORMS.values()} | set(SHEETS_OF.values()) == set(SHEET_NAMES)


def test_the_same_facts_give_the_same_bytes() -> None:
    assert set_now("refusal", FACTS, ON) == set_now("refusal", FACTS, ON)


def test_what_somebody_typed_is_text_and_no_program() -> None:
    typed = {**FACTS, "reason": '#import "letter.typ": * #sys.inputs $x$ *b* `c` \\ ] } "'}
    said = _said(set_now("refusal", typed, ON))
    assert '#sys.inputs $x$ *b* `c` \\ ] } "' in said


def test_the_fonts_are_in_the_file() -> None:
    page = PdfReader(read(set_now("refusal", FACTS, ON))).pages[0]
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        described = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert any(key.startswith("/FontFile") for key in described)


@pytest.mark.parametrize("rare", ["😀", "\ue123"])
def test_a_character_without_a_glyph_is_named_and_no_box(rare: str) -> None:
    with pytest.raises(NoGlyph) as refused:
        set_now("refusal", {**FACTS, "to": f"林{rare}"}, ON)
    assert f"U+{ord(rare):04X}" in refused.value.words.zh
    assert "林" in refused.value.words.zh


def test_rare_characters_of_names_are_there() -> None:
    assert "䶮" in _said(set_now("refusal", {**FACTS, "to": "王䶮"}, ON))


def test_ten_thousand_characters_go_over_pages() -> None:
    long = {**FACTS, "facts": "充电器发热，" * 1600}
    reader = PdfReader(read(set_now("complaint-form", long, ON)))
    assert len(reader.pages) > 5
    assert _said(set_now("complaint-form", long, ON)).count("发热") == 1600


def test_the_grounds_are_those_of_the_law() -> None:
    said = _said(set_now("refusal", FACTS, ON))
    assert all(line in said for _, line in grounds.printed(grounds.REFUSAL))


def _said(pdf: bytes) -> str:
    """The words of all pages, without breaks and what each page repeats."""
    pages = (page.extract_text() for page in PdfReader(read(pdf)).pages)
    return re.sub(r"— \d+ —|项目 内容|\n", "", "".join(pages))
