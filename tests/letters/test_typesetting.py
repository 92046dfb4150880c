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
SEALED = ("acceptance", "agreement", "forwarding", "identity", "refusal", "report-result",
          "summons", "termination")  # fmt: skip
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


@pytest.mark.parametrize("picture", ["😀", "👨‍👩‍👧", "❤️", "👍🏽", "🇨🇳", "1️⃣"])
def test_pictures_people_write_with_are_there(picture: str) -> None:
    assert picture in _said(
        set_now("refusal", {**FACTS, "facts": f"冒烟{picture}", "to": picture}, ON)
    )


@pytest.mark.parametrize("rare", ["ก", "\ue123"])
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


@pytest.mark.parametrize("sheet", SEALED)
def test_a_seal_never_stands_alone_on_a_page(sheet: str) -> None:
    for more in range(0, 330, 30):
        long = {name: "充电器发热，" * more for name in ("about", "facts", "reason", "result")}
        pages = PdfReader(read(set_now(sheet, {**FACTS, **long}, ON))).pages
        last = re.sub(r"— \d+ —|\s", "", pages[-1].extract_text())
        assert not last.startswith(FACTS["issuer"]) or len(pages) == 1, more


def test_a_hash_goes_over_two_lines_and_not_off_the_page() -> None:
    said = PdfReader(read(set_now("receipt", FACTS, ON))).pages[0].extract_text()
    assert [len(run) for run in re.findall(r"(?:ab)+", said)] == [32, 32]


def test_a_talk_by_telephone_is_no_place_to_come_to() -> None:
    by_phone = {"meeting": "电话", "on_the_spot": False, "session_place": "我们打电话给您"}
    said = _said(set_now("summons", {**FACTS, **by_phone}, ON))
    assert "进行电话调解" in said
    assert "参加方式：我们打电话给您" in said
    assert "到鼓楼区湖东路1号三楼参加" in _said(set_now("summons", FACTS, ON)).replace(" ", "")


def test_an_agreement_names_who_acts_for_the_consumer_where_somebody_does() -> None:
    for agent, named in (("林父 13800000002", True), ("", False)):
        said = _said(set_now("agreement", {**FACTS, "agent": agent}, ON)).replace(" ", "")
        assert ("委托代理人：林父13800000002" in said) is named


def test_an_agreement_says_until_when_it_is_to_be_kept_where_that_was_recorded() -> None:
    assert "履行期限：2026年10月20日" in _said(set_now("agreement", FACTS, ON)).replace(" ", "")
    assert "履行期限" not in _said(set_now("agreement", {**FACTS, "perform_by": ""}, ON))


def _said(pdf: bytes) -> str:
    """The words of all pages, without breaks and what each page repeats."""
    pages = (page.extract_text() for page in PdfReader(read(pdf)).pages)
    return re.sub(r"— \d+ —|项目 内容|\n", "", "".join(pages))
