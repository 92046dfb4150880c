"""Every kind of page of every portal, as its people see it: opens, fits a phone, axe finds nothing.

Each portal is walked from its home along its links, one page per kind of address, in both
languages, at 360 px, on a tablet and on a desktop.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files

import pytest
from playwright.async_api import Browser, Page, ViewportSize

from deploy.demo.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.postgres]

DESKS = {
    "": "/",
    "fuzhou": "/council",
    "xiehui": "/association",
    "gulou": "/regulator",
    "qiye": "/enterprise",
    "jianyan": "/testing",
    "shenji": "/auditor",
    "admin": "/admin",
}
LANGUAGES = ("zh", "en")
WIDTHS = (1280, 768, 360)
PHONE: ViewportSize = {"width": 360, "height": 900}
MOST = 40
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d{6,}")
#: Files, drafts of letters among them, and what changes the page one is on.
_NOT_PAGES = (
    "sign-out", ".csv", ".pdf", "/letters/make/", "/static/", "/log/", "elder=", "lang=", "#",
)  # fmt: skip


@pytest.mark.parametrize("sign_in", DESKS)
async def test_pages_open_fit_a_phone_and_have_no_serious_finding(
    served: str, browser: Browser, sign_in: str
) -> None:
    findings: list[str] = []
    async with signed_in(browser, served, sign_in) as page:
        for address in await walk(page, served, DESKS[sign_in]):
            for language in LANGUAGES:
                findings += await faults(page, served + address, language)
    assert findings == []


async def test_lodging_works_without_javascript(served: str, browser: Browser) -> None:
    context = await browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = await context.new_page()
    await page.goto(f"{served}/complain" if await _is_there(page, f"{served}/complain") else served)
    assert await page.locator("h1").count() == 1
    await context.close()


async def _is_there(page: Page, address: str) -> bool:
    answer = await page.goto(address)
    return answer is not None and answer.status == 200


@asynccontextmanager
async def signed_in(
    browser: Browser, served: str, name: str, scripted: bool = True
) -> AsyncIterator[Page]:
    context = await browser.new_context(locale="zh-CN", java_script_enabled=scripted)
    page = await context.new_page()
    if name:
        await enter(page, served, name)
    yield page
    await context.close()


async def enter(page: Page, served: str, name: str) -> None:
    """Sign in, as a person would."""
    await page.goto(f"{served}/sign-in")
    await page.fill("#name", name)
    await page.fill("#password", PASSWORD)
    await page.click("main button[type=submit], main .govuk-button")


async def walk(page: Page, served: str, home: str) -> list[str]:
    """One address per kind of page, reached by links from the home page."""
    waiting, kinds, found = [home], {kind_of(home)}, []
    while waiting and len(found) < MOST:
        address = waiting.pop(0)
        answer = await page.goto(served + address)
        assert answer is not None
        assert answer.status == 200, f"{address}: {answer.status}"
        found.append(address)
        links = await page.eval_on_selector_all(
            "a[href^='/']", "links => links.map(l => l.getAttribute('href'))"
        )
        for link in links:
            if kind_of(link) not in kinds and belongs(link, home):
                kinds.add(kind_of(link))
                waiting.append(link)
    return found


def belongs(link: str, home: str) -> bool:
    """A page of this portal (the public one: of none of the others)."""
    if any(mark in link for mark in _NOT_PAGES):
        return False
    path = link.partition("?")[0]
    if home == "/":
        return not any(path.startswith(other) for other in DESKS.values() if other != "/")
    return path == home or path.startswith(home + "/")


def kind_of(link: str) -> str:
    """The address without ids and without what is asked of it."""
    return _ID.sub("*", link.partition("?")[0])


#: Texts of which hardly a letter finds place on each line.
_SQUEEZED = """[...document.querySelectorAll(
        "main :is(h1, h2, h3, caption, p, dd, td, a, label, button)")]
    .filter(e => e.checkVisibility() && !e.closest(".govuk-visually-hidden"))
    .filter(e => {
        const em = parseFloat(getComputedStyle(e).fontSize), box = e.getBoundingClientRect();
        return e.innerText.trim().length > 2 && box.width > 1 && box.width < 2.5 * em
            && box.height > 3 * em;
    }).map(e => e.innerText.trim().slice(0, 40))"""


async def faults(page: Page, address: str, language: str) -> list[str]:
    """What is wrong with one page: too wide for a phone, squeezed on it, or serious for axe."""
    mark = "&" if "?" in address else "?"
    found = []
    await page.goto(f"{address}{mark}lang={language}")
    for width in WIDTHS:
        await page.set_viewport_size({"width": width, "height": 900})
        wide = await page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            found.append(f"{address} {language}: {wide} px wide at {width}")
        squeezed = await page.evaluate(_SQUEEZED)
        found += [f"{address} {language}: “{text}” is squeezed at {width}" for text in squeezed]
    await page.evaluate(files("portals").joinpath("static/vendor/axe.min.js").read_text("utf-8"))
    result = await page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return found + [
        f"{address} {language}: {v['id']}: {v['nodes'][0]['html'][:200]}"
        for v in result["violations"]
        if v["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("scripted", [True, False])
async def test_on_a_phone_the_navigation_is_one_line_that_opens(
    served: str, browser: Browser, scripted: bool
) -> None:
    phone = await browser.new_context(java_script_enabled=scripted, viewport=PHONE)
    page = await phone.new_page()
    await enter(page, served, "gulou")
    await page.goto(f"{served}/regulator/followups?lang=zh")
    assert await shown_height(page, ".tabs") < 60
    assert "跟进" in await page.inner_text(".menu summary")
    await page.click(".menu summary")
    await page.click(".menu a[href='/regulator/trail']")
    assert page.url == f"{served}/regulator/trail"
    await page.set_viewport_size({"width": 1280, "height": 900})
    assert not await page.is_visible(".menu")
    assert await page.is_visible(".tabs > ul a[aria-current=page]")
    await phone.close()


async def shown_height(page: Page, what: str) -> float:
    box = await page.locator(what).bounding_box()
    assert box is not None
    return box["height"]
