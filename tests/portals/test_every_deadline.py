"""Every date by which something is due can be asked why, on every page of every role.

Days, holidays and article are answered by the clock itself (`/clock`), which the date links to.
"""

from __future__ import annotations

import re
from html import unescape

import pytest
from yarl import URL

from events.words import in_words
from services.clocks.asked import Asked, answer
from services.clocks.calendar import in_force
from services.clocks.deadline import Deadline
from services.clocks.explaining import amount
from tests.portals.visitors import HOMES, NOBODY
from tests.portals.walking import Walk

pytestmark = pytest.mark.postgres
#: The clock itself; and what was said once, in notices and in the trail: the record has the date.
NOT_DEADLINES = ("/clock", "/notices", "/regulator/trail", "/auditor/trail")
_DAY = r"\d{4}年\d{1,2}月\d{1,2}日"
#: How pages say that something is due by a day.
_DUE = re.compile(
    rf"(?:截止|最迟|期限(?!起算)|到期|应于|说明到)[^。；，、]{{0,12}}?{_DAY}"
    rf"|{_DAY}[^。；，、]{{0,8}}?(?:截止|以前可以)"
)
_CLOCK = re.compile(r'<div class="clock .*?</div>', re.S)
#: The day itself, or what follows in the paragraph that names it.
_LINK = re.compile(r'<(p|dd|td|li)\b[^>]*>(?:(?!</\1>).)*href="/clock/.*?</\1>', re.S)
_HISTORY = re.compile(r'<ol class="timeline.*?</ol>', re.S)
_FORM = re.compile(r"<form.*?</form>|<ul class=\"chips.*?</ul>", re.S)
#: In a list the word stands above the column.
_CELL = re.compile(r'<td data-label="[^"]*(?:期限|截止|到期)[^"]*"[^>]*>.*?</td>', re.S)
_WHY = re.compile(r'href="(/clock/[^"]+)"')


def clocks(text: str) -> list[str]:
    """The clocks on a page."""
    return _CLOCK.findall(text)


def besides(text: str) -> str:
    """What stands on the page outside clocks, links to them, histories and forms."""
    main = text[text.find("<main") : text.rfind("</main>")]
    for part in (_CLOCK, _LINK, _HISTORY, _FORM):
        main = part.sub("。", main)
    return main


def said(html: str) -> str:
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]+>", " ", html)))


def silent(text: str) -> list[str]:
    """What says a deadline on the page without a way to why."""
    main = besides(text)
    cells = [each for each in _CELL.findall(main) if re.search(_DAY, each)]
    clocks_ = [each for each in clocks(text) if re.search(_DAY, each) and not _WHY.search(each)]
    return [said(each) for each in (*cells, *clocks_)] + _DUE.findall(said(main))


def pages(walk: Walk) -> list[tuple[str, str]]:
    """Address and text of each page in Chinese, but the clock's own."""
    return [
        (answer.address, answer.text)
        for language, answer in walk.pages
        if language == "zh" and answer.status == 200 and answer.is_page
        if not answer.address.startswith(NOT_DEADLINES)
    ]


@pytest.mark.parametrize("role", HOMES)
async def test_every_deadline_leads_to_its_why(walked: dict[str, Walk], role: str) -> None:
    wrong = [f"{address}: {each}" for address, text in pages(walked[role]) for each in silent(text)]
    assert wrong == [], "\n".join(sorted(set(wrong)))


async def test_why_is_answered_with_days_holidays_and_article(walked: dict[str, Walk]) -> None:
    visitor = walked[NOBODY].who
    asked = {
        (url.path, *sorted(url.query)): url
        for walk in walked.values()
        for _, text in pages(walk)
        for url in map(URL, map(unescape, _WHY.findall(text)))
    }
    assert len(asked) > 10
    for url in asked.values():
        page = await visitor.get(str(url))
        said = unescape(re.sub(r"<[^>]+>", "", page.text))
        lacking = [words for words in reasons(deadline_of(url)) if words not in said]
        assert (page.status, lacking) == (200, []), str(url)


async def test_holidays_within_a_deadline_are_named(walked: dict[str, Walk]) -> None:
    page = await walked[NOBODY].who.get("/clock/C1?from=2026-09-28")
    said = reasons(deadline_of(URL(page.address)))
    assert said[1:] == ["7个工作日", "国庆节"]
    assert "第十五条" in said[0]
    assert all(words in unescape(page.text) for words in said)


def deadline_of(url: URL) -> Deadline:
    """What a link to a clock asks for."""
    query = url.query
    return answer(
        Asked(
            url.name, query["from"], query.getall("pause", []), query.getall("extend", []),
            query.get("profile", ""), query.get("set", ""),
        ),
        in_force(),
    )  # fmt: skip


def reasons(made: Deadline) -> list[str]:
    """What must stand on its page."""
    return [f"依据：{made.basis.zh}", *_days(made), *_holidays(made)]


def _days(made: Deadline) -> list[str]:
    if made.facts.set_for is not None:
        return [in_words(made.facts.set_for).zh]
    return [amount(made.length, made.unit).zh] if made.length else ["没有规定具体天数"]


def _holidays(made: Deadline) -> list[str]:
    if made.unit != "wd" or made.nominal is None:
        return []
    start, end = sorted((made.facts.start, made.nominal))
    return [span.name.zh for span in made.calendar.holidays(start, end)]
