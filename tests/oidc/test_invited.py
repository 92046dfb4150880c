"""An invitation is accepted with the account at the party's provider: a real one, in a browser."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from playwright.async_api import Browser, Page

from events.accounts import IdentityLinked
from events.event import Acting
from services import desk, identities, inviting
from services.account_log import account_stream
from services.actions import invitations as i
from services.actions.refused import Refused
from services.oidc import Identity
from tests.browser.conftest import browser
from tests.caught_up import caught_up
from tests.oidc.test_single_sign_on import WORDS, Signing, at_the_provider, signing, use

pytestmark = [pytest.mark.browser, pytest.mark.postgres]
__all__ = ["browser", "signing"]


async def invited(signing: Signing) -> str:
    """The code of an invitation to be security administrator."""
    party = signing.by.party
    guard = Acting(person="guard", name="安全管理员", party=party, role="security")
    command = i.InvitePerson(by=guard, party=party, name="赵敏", role="security")
    await signing.platform.perform(i.invite_person, command)
    return await inviting.fresh_code(signing.platform.pool, command.invitation)


async def go(page: Page, signing: Signing, code: str, sign_in: str = "zhao.min") -> None:
    """Fill in the page of the invitation and leave for the provider."""
    await fill_in(page, signing, code, sign_in)
    await page.click("main a.govuk-button")


async def fill_in(page: Page, signing: Signing, code: str, sign_in: str = "zhao.min") -> None:
    await page.goto(f"{signing.address}/invitation?code={code}")
    await page.fill("input[name=name]", "赵敏")
    await page.fill("input[name=sign_in]", sign_in)
    await page.click("button[formaction='/invitation/with']")
    await page.wait_for_selector("main a.govuk-button")


async def test_she_comes_with_it_and_may_set_a_password(signing: Signing, browser: Browser) -> None:
    await use(signing)
    pool, code = signing.platform.pool, await invited(signing)
    page = await (context := await browser.new_context(locale="zh-CN")).new_page()
    try:
        await go(page, signing, code)
        await at_the_provider(page, "zhao")
        await page.wait_for_selector("text=赵敏")
        assert "赵敏" in await page.inner_text("header")
        person = await identities.person_of(pool, Identity(signing.issuer, "zhao", ""))
        assert person is not None
        events = [each.event for each in await signing.platform.log.load(
            account_stream(person))]  # fmt: skip
        assert isinstance(events[0], IdentityLinked), "her link is in the log with her"
        assert not await desk.has_password(pool, person)
        for guess in ("", "none:"):
            with pytest.raises(desk.NotSignedIn):
                await desk.check_password(pool, "zhao.min", guess)
        await page.goto(f"{signing.address}/account/password")
        assert await page.query_selector("#present_password") is None
        await page.fill("#password", WORDS)
        await page.click("main button[type=submit]")
        await page.wait_for_url(re.compile("said=password"))
        assert await desk.check_password(pool, "zhao.min", WORDS) == person
        replayed = await page.goto(f"{signing.address}/sign-in/back?code=x&state=y")
        assert replayed is not None
        assert replayed.status == 422
        assert "不是在这个浏览器里开始的" in await page.inner_text("main")
        await page.goto(f"{signing.address}/invitation?code={code}")
        assert "已经用过" in await page.inner_text("main")
    finally:
        await context.close()


async def test_what_does_not_fit_is_said_and_loses_nothing(
    signing: Signing, browser: Browser
) -> None:
    await use(signing)
    platform, code = signing.platform, await invited(signing)
    theirs = Identity(signing.issuer, "zhao", "")
    assert await identities.link(platform.pool, theirs, signing.by.person)
    page = await (context := await browser.new_context(locale="zh-CN")).new_page()
    try:
        await fill_in(page, signing, code)
        away = await page.get_attribute("main a.govuk-button", "href")
        assert away is not None
        await page.goto(re.sub("nonce=[^&]+", "nonce=another", away))
        await at_the_provider(page, "zhao")
        await page.wait_for_selector("text=给出的凭证不可信")
        assert await page.input_value("input[name=sign_in]") == "zhao.min"
        await page.click("button[formaction='/invitation/with']")
        await page.click("main a.govuk-button")
        await page.wait_for_selector("text=已经和平台上的一个账号关联")
        assert await page.input_value("input[name=sign_in]") == "zhao.min"
    finally:
        await context.close()
    await caught_up(platform)
    assert await identities.person_of(platform.pool, theirs) == signing.by.person
    assert await platform.views.directory.by_sign_in("zhao.min") is None


async def test_an_invitation_that_was_used_meanwhile_links_nothing(
    signing: Signing, browser: Browser
) -> None:
    await use(signing)
    platform, code = signing.platform, await invited(signing)
    page = await (context := await browser.new_context(locale="zh-CN")).new_page()
    try:
        await go(page, signing, code)
        found = await inviting.found(platform, code)
        other = Identity(signing.issuer, "another", "")
        first = await inviting.come_with(platform, found, "钱多", "qian.duo", other)
        await at_the_provider(page, "zhao")
        await page.wait_for_selector("text=已经用过")
    finally:
        await context.close()
    zhao = Identity(signing.issuer, "zhao", "")
    with pytest.raises(Refused):
        await inviting.come_with(platform, found, "赵敏", "zhao.min", zhao)
    assert await identities.person_of(platform.pool, zhao) is None
    assert await identities.person_of(platform.pool, other) == str(UUID(first))
