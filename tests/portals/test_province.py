"""The regulator's figures, lists and enterprise pages, by hand over a real platform."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest

from events.event import PartyRef, today
from events.ids import new_id
from events.words import Words
from services.actions import parties
from services.platform import Platform
from tests.caught_up import caught_up
from tests.people import ADMIN
from tests.portals.desks import CODE, Client, date_parts, send, shown
from tests.portals.test_association import an_enterprise, at_desk

pytestmark = pytest.mark.postgres

OTHER_CODE = "91350203M00012345B"
LIST = "/regulator/enterprises"


@pytest.fixture
async def gulou(platform: Platform) -> PartyRef:
    """A county's regulator."""
    entered = parties.EstablishRegulator(
        by=ADMIN, name="福州市鼓楼区市场监督管理局", level="county", division="350102"
    )
    await platform.perform(parties.establish_regulator, entered)
    return entered.ref


@pytest.fixture
async def li(platform: Platform, gulou: PartyRef) -> AsyncIterator[Client]:
    async with at_desk(platform, "李强", "clerk", gulou) as client:
        yield client


@pytest.fixture
async def unit(platform: Platform, li: Client) -> PartyRef:
    """An enterprise whose archive was opened through the portal."""
    enterprise = await an_enterprise(platform, "闽海充电器有限公司", CODE)
    await caught_up(platform)
    page = await shown(li, f"{LIST}/{enterprise.id}")
    assert "还没有建立质量安全档案" in page
    assert f"{LIST}/{enterprise.id}/check" not in page
    page = await send(
        li, f"{LIST}/{enterprise.id}/enrol", unit_kind="producer", product_class="2", size="small"
    )
    assert "已记录：建立质量安全档案" in page
    return enterprise


async def test_posts_are_filled_and_left(unit: PartyRef, li: Client) -> None:
    here = f"{LIST}/{unit.id}"
    assert "现在没有人在任" in await shown(li, here)
    page = await send(
        li, f"{here}/director", name="林月", **date_parts("occurred_on", "2025-03-01")
    )
    assert "林月 · 2025年3月1日 – 至今" in page
    assert f"{here}/director" not in page
    assert "已有质量安全总监 林月" in await send(li, f"{here}/director", 422, name="陈阳")
    found = re.search(rf"{here}/posts/[0-9a-f-]{{36}}/leave", page)
    assert found
    page = await send(
        li, found[0], 422, reason="本人辞职，已交接", **date_parts("occurred_on", "2025-02-01")
    )
    assert "不能早于任职日期" in page
    page = await send(
        li, found[0], reason="本人辞职，已交接", **date_parts("occurred_on", "2025-06-01")
    )
    assert "2025年6月1日，离任：本人辞职，已交接" in page
    assert "林月" in await shown(li, "/regulator/posts/director?as_of=2025-05-31")
    assert "林月" not in await shown(li, "/regulator/posts/director?as_of=2025-06-01")


async def test_from_a_check_to_the_order(platform: Platform, unit: PartyRef, li: Client) -> None:
    """A problem is found, named as one without an order, followed up and ordered."""
    here = f"{LIST}/{unit.id}"
    page = await send(li, f"{here}/check", found="没有进货查验记录\n标识不全", note="查看成品库")
    assert "发现问题：标识不全" in page
    page = await shown(li, "/regulator/problems?ordered=no")
    assert page.count("没有责令改正") > 1
    (link,) = set(re.findall(r"/regulator/followups/open\?problem=[0-9a-f-]{36}", page)[:1])
    assert "检查发现：" in await shown(li, link)
    page = await send(li, link, matter="检查发现：标识不全")
    assert "检查发现问题" in page
    follow_up = re.search(r"/regulator/followups/[0-9a-f-]{36}", page)
    assert follow_up
    asked = {"directive": "rectification", "demands": "七日内补齐记录", "basis": "第十七条"}
    await send(li, f"{follow_up[0]}/issue", **asked, **date_parts("due", "2027-01-10"))
    await caught_up(platform)
    assert "已责令改正" in await shown(li, f"{here}?part=problems")
    assert unit.name in await shown(li, f"{LIST}?which=ordered")
    assert unit.name not in await shown(li, f"{LIST}?which=without_order")
    assert "发出责令改正通知书" in await shown(li, here)


async def test_the_figures_lead_to_their_records(unit: PartyRef, li: Client) -> None:
    await send(li, f"{LIST}/{unit.id}/check", found="没有进货查验记录")
    page = await shown(li, "/regulator/province")
    assert "福建省监管概况" in page
    assert "福州市" in page
    links = set(re.findall(r'class="figure__value figures"><a href="([^"]+)"', page))
    assert len(links) >= 11
    for link in links:
        await shown(li, link)
    assert unit.name in await shown(li, f"{LIST}?which=without_director")


async def test_a_city_shows_its_counties_and_a_day_before_shows_nothing(
    unit: PartyRef, li: Client
) -> None:
    page = await shown(li, "/regulator/province?division=350100&measure=without_director")
    assert "鼓楼区" in page
    assert "which=without_director" in page
    page = await shown(li, "/regulator/province?division=350102")
    assert 'class="tiles"' not in page
    page = await shown(li, f"{LIST}?which=units&as_of=2023-01-01", 422)
    assert "2023年1月1日还没有任何记录" in page
    await shown(li, "/regulator/province?division=999999", 404)


NO_DAYS = {
    "去年": Words("“去年”不是日期。请写年、月、日", "“去年” is not a date"),
    "2026-02-30": Words("“2026-02-30”不是日期", "“2026-02-30” is not a date"),
    "2999-01-01": Words("2999年1月1日还没有到", "1 January 2999 is still to come"),
    "2020-05-04": Words(
        "2020年5月4日还没有任何记录，最早的记录是", "Nothing is recorded for 4 May 2020"
    ),
}


async def test_a_day_that_cannot_be_shown_is_said_at_its_field(unit: PartyRef, li: Client) -> None:
    for typed, words in NO_DAYS.items():
        for language in ("zh", "en"):
            address = f"/regulator/province?as_of={typed}&lang={language}"
            page = await shown(li, address, 422)
            assert page.count(words.say(language)) == 2, "in the summary and at the field"
            assert 'href="#as_of"' in page
            assert f'value="{typed}" aria-describedby="as_of-error"' in page
    for path in ("enterprises", "checks", "problems", "sessions", "posts/director"):
        page = await shown(li, f"/regulator/{path}?as_of=2999-01-01&lang=zh", 422)
        assert page.count(NO_DAYS["2999-01-01"].zh) == 2


async def test_the_two_hidden_numbers_stand_apart(unit: PartyRef, li: Client) -> None:
    page = await shown(li, "/regulator/province")
    published, _, apart = page.partition('class="apart"')
    assert "which=without_director" in apart
    assert "which=without_order" in apart
    assert "没有质量安全总监的单位" not in published
    assert "/regulator/problems?ordered=no" in apart


async def test_each_filter_that_is_on_can_be_taken_away(unit: PartyRef, li: Client) -> None:
    asked = "q=充电&which=units&division=350102&unit_kind=producer&product_class=2"
    page = await shown(li, f"{LIST}?{asked}")
    chips = re.findall(r'<a class="filter filter--on" href="\?([^"]*)"', page)
    assert len(chips) == 5
    assert unit.name in page
    for chip, key in zip(
        chips, ("q", "which", "unit_kind", "product_class", "division"), strict=True
    ):
        assert f"{key}=" not in chip
        assert chip.count("=") == 4
        assert unit.name in await shown(li, f"{LIST}?{chip}")
    for path, on in (
        ("followups?whose=all&state=closed&source=check&q=x", 4),
        ("followups?state=nothing", 0),
        ("obligations?debtor=council&what=answer&late=1", 3),
    ):
        page = await shown(li, f"/regulator/{path}")
        assert page.count('class="filter filter--on"') == on
    page = await shown(li, f"/regulator/checks?division=350102&as_of={today()}")
    assert re.findall(r'<a class="filter filter--on" href="\?([^"]*)"', page) == [
        f"as_of={today()}"
    ]


async def test_search_by_name_code_and_place(
    platform: Platform, unit: PartyRef, li: Client
) -> None:
    other = await an_enterprise(platform, "鹭岛玩具店", OTHER_CODE)
    await caught_up(platform)
    page = await shown(li, f"{LIST}?q=充电")
    assert unit.name in page
    assert other.name not in page
    assert other.name in await shown(li, f"{LIST}?q={OTHER_CODE.lower()}")
    assert "至少写两个字" in await shown(li, f"{LIST}?q=闽")
    assert other.name in await shown(li, f"{LIST}?which=not_enrolled")
    page = await shown(li, f"{LIST}?division=350102&unit_kind=producer&product_class=2")
    assert unit.name in page


async def test_a_training_names_its_units_line_by_line(unit: PartyRef, li: Client) -> None:
    path = "/regulator/sessions/hold"
    page = await send(li, path, 422, title="日管控实务", attended="不存在的公司 3")
    assert "第 1 行：平台上没有“不存在的公司”" in page
    assert "不存在的公司 3</textarea>" in page
    assert "看不懂" in await send(li, path, 422, title="", attended=unit.name)
    assert "人次" in await send(li, path, 422, title="日管控实务", attended="")
    page = await send(li, path, title="日管控实务", attended=f"{unit.name} 3\n")
    assert "日管控实务" in page
    assert "日管控实务" in await shown(li, f"{LIST}/{unit.id}?part=trainings")
    found = re.search(r"/regulator/sessions/[0-9a-f-]{36}", page)
    assert found
    assert unit.name in await shown(li, found[0])


async def test_a_regulator_enters_an_enterprise(li: Client) -> None:
    page = await send(
        li, f"{LIST}/register", name="榕城照明有限公司", credit_code=CODE, address="八一七路1号",
        division="350102",
    )  # fmt: skip
    assert "榕城照明有限公司" in page
    assert "福州市鼓楼区" in page
    wrong = await send(li, f"{LIST}/register", 422, name="甲", credit_code="91350100M000100Y44")
    assert "校验码不符" in wrong


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "path",
    [
        "/regulator/province",
        "/regulator/province?division=350100&as_of=2026-01-01&measure=x",
        "/regulator/posts/officer",
        "/regulator/checks?page=9",
        "/regulator/problems?ordered=yes",
        "/regulator/sessions",
        "/regulator/sessions/hold",
        f"{LIST}?which=without_officer&page=2",
        f"{LIST}/register",
    ],
)
async def test_every_page_opens_in_both_languages(li: Client, path: str, lang: str) -> None:
    page = await shown(li, f"{path}{'&' if '?' in path else '?'}lang={lang}")
    assert page.count("<h1") == 1


@pytest.mark.parametrize("part", ["history", "checks", "problems", "trainings", "complaints",
                                  "pledges", "followups", "owed", "nothing"])  # fmt: skip
async def test_every_part_of_an_enterprise_opens(unit: PartyRef, li: Client, part: str) -> None:
    for lang in ("zh", "en"):
        page = await shown(li, f"{LIST}/{unit.id}?part={part}&lang={lang}")
        assert page.count("<h1") == 1


@pytest.mark.parametrize(
    "path", [f"enterprises/{new_id()}", f"enterprises/{new_id()}/check", "enterprises/x",
             "posts/king", f"sessions/{new_id()}", "followups/open?problem=x"]
)  # fmt: skip
async def test_unknown_records_reveal_nothing(li: Client, path: str) -> None:
    await shown(li, f"/regulator/{path}", 404)
