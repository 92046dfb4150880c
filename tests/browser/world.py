"""A small world of parties for the scenarios, and people in it with real browsers."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from aiohttp import web
from playwright.async_api import Browser, BrowserContext, Page, ViewportSize

from events.event import PartyRef
from portals.app import make_app
from services import desk, sessions
from services.actions import parties as p
from services.actions.people import EnrolPerson, enrol_person
from services.platform import Platform
from services.settings import Settings
from tests.caught_up import caught_up
from tests.moving import Time
from tests.people import ADMIN, SECURITY
from tests.portals.desks import CODE

PASSWORD = "一句足够长的口令"
PHONE: ViewportSize = {"width": 360, "height": 800}
MINHAI = "闽海充电器有限公司"
#: kind, name, division and its name, level, the body above.
BODIES = (
    ("council", "福州市消费者权益保护委员会", "350100", "福州市", "city", ""),
    ("council", "榕城县消费者权益保护委员会", "350121", "榕城县", "county", "福州市"),
    ("council", "杭州市消费者权益保护委员会", "330100", "杭州市", "city", ""),
    ("council", "桐江县消费者权益保护委员会", "330122", "桐江县", "county", "杭州市"),
    ("regulator", "福州市市场监督管理局", "350100", "福州市", "city", ""),
    ("regulator", "福州市鼓楼区市场监督管理局", "350102", "鼓楼区", "county", "福州市"),
    ("regulator", "福州市晋安区市场监督管理局", "350111", "晋安区", "county", "福州市"),
)


@dataclass
class World:
    """The platform as it is served, its parties, and the time there."""

    platform: Platform
    address: str
    time: Time
    browser: Browser
    scripted: bool
    pictures: Path | None
    parties: dict[str, PartyRef] = field(default_factory=dict)
    contexts: list[BrowserContext] = field(default_factory=list)

    async def at(self, *moment: int) -> datetime:
        """On to this day (and hour) in China; the clocks say what they have to say."""
        now = self.time.to(*moment)
        for _ in range(2):  # what is counted anew may have something to say
            await caught_up(self.platform)
            await self.platform.clocks.tick(now)
        await caught_up(self.platform)
        return now

    def party(self, part: str, kind: str = "council") -> PartyRef:
        """The body of this kind whose name has the part."""
        return next(one for name, one in self.parties.items() if part in name and one.kind == kind)

    async def at_desk(self, name: str, role: str, party: PartyRef) -> Someone:
        """Somebody of the party, signed in."""
        sign_in = f"p{len(self.contexts)}.{role}"
        enters = EnrolPerson(by=SECURITY, name=name, sign_in=sign_in, role=role, party=party)
        await self.platform.perform(enrol_person, enters)
        await caught_up(self.platform)
        someone = await self.visitor()
        await desk.set_password(self.platform.pool, str(enters.person), sign_in, PASSWORD)
        cookie = await sessions.open_session(self.platform.pool, str(enters.person))
        await someone.page.context.add_cookies(
            [{"name": "gongzhi", "value": cookie, "url": self.address}]
        )
        return someone

    async def visitor(self) -> Someone:
        """Somebody without an account, on a phone."""
        context = await self.browser.new_context(
            locale="zh-CN", viewport=PHONE, java_script_enabled=self.scripted
        )
        context.set_default_timeout(5_000)
        self.contexts.append(context)
        return Someone(await context.new_page(), self)


@dataclass
class Someone:
    """A person before a browser: she opens pages, follows links, fills in forms and reads."""

    page: Page
    world: World

    async def opens(self, path: str, status: int = 200) -> str:
        answer = await self.page.goto(self.world.address + path)
        assert answer is not None
        assert answer.status == status, f"{path}: {answer.status}"
        assert path in self.page.url, self.page.url
        return await self.reads()

    async def reads(self) -> str:
        """What stands on the page, blanks between Chinese characters taken out."""
        return re.sub(r"\s+", " ", await self.page.inner_text("body"))

    async def sees(self, *words: str) -> None:
        """All of this stands on the page, folded away or not."""
        page = await self.unfolds()
        for each in words:
            assert each in page, f"{self.page.url} lacks {each}: {page}"

    async def misses(self, *words: str) -> None:
        """Nothing of this stands on the page."""
        page = await self.unfolds()
        for each in words:
            assert each not in page, f"{self.page.url} has {each}: {page}"

    async def unfolds(self) -> str:
        """The page with all that is folded away opened."""
        await self.page.eval_on_selector_all("details", "all => all.forEach(e => (e.open = true))")
        return await self.reads()

    async def fills(self, **answers: Any) -> None:
        """Type, choose and tick, as the form asks; `name__part` for parts of a date."""
        for name, answer in answers.items():
            await self._fill(name.replace("__", "-"), answer)

    async def _fill(self, name: str, answer: Any) -> None:
        asked = self.page.locator(f"main [name='{name}']")
        kind = await asked.first.evaluate("e => e.type || e.localName")
        if kind in ("radio", "checkbox"):
            answers = answer if isinstance(answer, list | tuple) else [answer]
            for each in answers:
                await self.page.check(f"main [name='{name}'][value='{each}']")
        elif kind == "select-one":
            await self._choose(name, str(answer))
        else:
            await asked.fill(str(answer))

    async def _choose(self, name: str, part: str) -> None:
        """The choice of a list that has this value, or whose words have this part."""
        options = self.page.locator(f"main [name='{name}'] option")
        values = [await each.get_attribute("value") for each in await options.all()]
        if part not in values:
            named = options.filter(has_text=part).first
            part = await named.get_attribute("value") or ""
        await self.page.select_option(f"main [name='{name}']", part)

    async def presses(self, words: str, status: int = 200) -> str:
        """Send the form with this button; the page that follows."""
        return await self._goes(self.page.locator(f"main button:has-text('{words}')").first, status)

    async def follows(self, words: str, status: int = 200) -> str:
        """Follow the link; what is folded away is opened first."""
        link = self.page.locator(f"main a:has-text('{words}')").first
        if not await link.is_visible():
            await link.evaluate("e => e.closest('details').open = true")
        return await self._goes(link, status)

    async def steps(self, words: str) -> str:
        """To another page of her portal, by its navigation."""
        link = self.page.locator(f".tabs a:text-is('{words}')").locator("visible=true").first
        return await self._goes(link, 200)

    async def _goes(self, what: Any, status: int) -> str:
        async with self.page.expect_event(
            "response",
            lambda r: r.request.is_navigation_request() and r.status != 303,
        ) as said:
            await what.click()
        answer = await said.value
        assert answer.status == status, f"{answer.url}: {answer.status} {await self.reads()}"
        await self.page.wait_for_load_state("domcontentloaded")
        return await self.reads()

    async def posts(self, path: str, **answers: str) -> int:
        """The status of a form that is sent although nobody offered it."""
        token = await self.page.locator("input[name=csrf]").first.get_attribute("value") or ""
        sent = await self.page.request.post(
            self.world.address + path, form={"csrf": token, "key": "by hand", **answers}
        )
        return sent.status

    async def errors(self) -> list[str]:
        """The summary on top, line by line."""
        return await self.page.locator(".govuk-error-summary__list li").all_inner_texts()

    async def picture(self, name: str) -> None:
        """What she sees, where pictures are wanted (GONGZHI_PICTURES)."""
        if self.world.pictures is not None:
            way = "js" if self.world.scripted else "plain"
            await self.page.screenshot(
                path=self.world.pictures / f"{name}-{way}.png", full_page=True
            )


async def settle(world: World) -> None:
    """Enter the bodies and the business."""
    for kind, name, division, place, level, above in BODIES:
        how = {
            "council": (p.EstablishCouncil, p.establish_council),
            "regulator": (p.EstablishRegulator, p.establish_regulator),
        }
        command, action = how[kind]
        enters = command(
            by=ADMIN, name=name, level=level, division=division, division_name=place,
            superior=world.party(above, kind) if above else None,
        )  # fmt: skip
        await world.platform.perform(action, enters)
        world.parties[name] = enters.ref
    firm = p.RegisterEnterprise(by=ADMIN, name=MINHAI, credit_code=CODE, address="鼓楼区工业路1号")
    await world.platform.perform(p.register_enterprise, firm)
    world.parties[MINHAI] = firm.ref
    await caught_up(world.platform)


@asynccontextmanager
async def serving(platform: Platform, data: Path) -> AsyncIterator[str]:
    """The whole application over the platform, and its address."""
    settings = Settings(
        data=data, second_factor="offered", terms="offered", limit_address=0, limit_account=0
    )
    runner = web.AppRunner(make_app(platform, settings), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()
