"""People with browsers, as the journeys need them: they open pages, follow links, fill in forms."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import ClientSession, CookieJar

from deploy.demo.people import PASSWORD
from tests.portals.lodging import fields

MEMBER = "福州嘉龙电子实业有限公司"


class Person:
    """Somebody with a browser: opens pages, follows links, fills in forms."""

    def __init__(self, http: ClientSession, address: str) -> None:
        self.http = http
        self.address = address

    async def sees(self, path: str) -> str:
        async with self.http.get(self.address + path) as answer:
            text = await answer.text()
            assert answer.status == 200, f"{path}: {answer.status}"
            return text

    async def sends(
        self, path: str, page: str | None = None, status: int = 200, **typed: str
    ) -> str:
        """The page that follows the form at `path` (or on `page`), filled in like this."""
        form = page or await self.sees(path)
        async with self.http.post(
            self.address + path.partition("?")[0], data={**fields(form), **typed}
        ) as answer:
            text = await answer.text()
            assert answer.status == status, f"{path}: {answer.status} {errors(text)}"
            return text

    async def denied(self, path: str, **typed: str) -> int:
        """The status of a form that is sent although nobody offered it."""
        page = await self.sees("/account")
        async with self.http.post(self.address + path, data={**fields(page), **typed}) as answer:
            return answer.status


@asynccontextmanager
async def person(address: str, sign_in: str = "") -> AsyncIterator[Person]:
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as http:
        one = Person(http, address)
        if sign_in:
            await one.sends("/sign-in", name=sign_in, password=PASSWORD)
        yield one


def linked(page: str, where: str) -> str:
    found = re.search(rf"/{where}/([0-9a-f-]{{36}})", page)
    assert found, page[:3000]
    return found[1]


def chosen(page: str, label: str) -> str:
    """The value of the choice whose text contains the label."""
    found = re.search(rf'<option value="([^"]+)"[^>]*>[^<]*{label}', page)
    assert found, page[:3000]
    return found[1]


def number_of(page: str) -> str:
    found = re.search(r"JD-\d{4}-\d{6}-\w", page)
    assert found
    return found[0]


def errors(page: str) -> str:
    return " / ".join(re.findall(r'error-summary__list">(.*?)</ul>', page, re.S))[:500]
