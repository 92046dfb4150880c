"""Arrangements of holidays: which are known, what a new one would change, and loading it."""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField

from events.event import today
from events.ids import new_id
from events.words import Words
from portals.admin.doors import HOME, operators
from portals.pages import viewer
from portals.web import OUT_OF_DATE, PLATFORM, acting, forward, page, reshown
from services import access
from services.actions.calendars import LoadCalendarYear, load_calendar_year
from services.actions.refused import NotAllowed, NotFound, Refused
from services.clocks.calendar import Year
from services.clocks.shipped import FIRST, LAST
from services.timekeeping.papers import MOST_BYTES, BadPaper, Paper, read_paper
from services.timekeeping.previewing import preview
from services.timekeeping.times import days_of

HERE = "/admin/calendars"
CRUMBS = [*HOME, (HERE, Words("放假安排", "Holidays"))]


async def calendars(request: web.Request, wrong: Words | None = None) -> web.StreamResponse:
    """Every year with the version that counts, the newest first, and a file to be looked at."""
    if wrong:
        viewer(request).status = 422
    loaded = await request.app[PLATFORM].views.calendars.versions()
    return await page(
        request, "admin/calendars.html", title=Words("放假安排", "Arrangements of holidays"),
        breadcrumbs=HOME, loaded=loaded, first=FIRST, last=LAST, wrong=wrong,
        missing=_missing(loaded), may_load=access.may(acting(request), "LoadCalendarYear"),
    )  # fmt: skip


def _missing(loaded: list[dict[str, Any]]) -> list[int]:
    """The years that clocks may reach by now and nobody has loaded."""
    known = {*range(FIRST, LAST + 1), *(row["year"] for row in loaded)}
    return [year for year in (today().year, today().year + 1) if year not in known]


async def one_year(request: web.Request) -> web.StreamResponse:
    """The arrangement of a year that counts now: its days off and its make-up days."""
    calendar = request.app[PLATFORM].views.obligations.times.calendar
    year = calendar.years.get(int(request.match_info["year"]))
    if year is None:
        raise NotFound(Words("没有这一年的放假安排", "There is no arrangement of this year"))
    return await page(
        request, "admin/calendar_year.html", title=_title(year.year), breadcrumbs=CRUMBS,
        arranged=year, near=[y for y in (year.year - 1, year.year + 1) if calendar.known(y)],
    )  # fmt: skip


def _title(year: int) -> Words:
    return Words(f"{year} 年放假安排", f"Arrangement of {year}")


@reshown
async def look(request: web.Request) -> web.StreamResponse:
    """What the chosen file would change: nothing is loaded yet."""
    _only_who_loads(request)
    if viewer(request).stale:
        return await calendars(request, OUT_OF_DATE)
    sent = (await request.post()).get("file")
    if not isinstance(sent, FileField):
        return await calendars(request, _NO_FILE)
    content = sent.file.read(MOST_BYTES + 1)
    try:
        paper = read_paper(content, sent.filename or "")
    except BadPaper as bad:
        return await calendars(request, bad.words)
    return await _previewed(request, paper, b64encode(content).decode())


async def _previewed(request: web.Request, paper: Paper, content: str) -> web.StreamResponse:
    found = await preview(request.app[PLATFORM].views.obligations, paper)
    return await page(
        request, "admin/calendar.html", title=_title(paper.year), breadcrumbs=CRUMBS,
        paper=paper, found=found, said=found.said(), content=content, key=str(new_id()),
        days_off=sum(day.off for day in paper.days),
        arranged=Year(paper.year, days_of(paper.days)),
    )  # fmt: skip


@reshown
async def load(request: web.Request) -> web.StreamResponse:
    """Take it; deadlines that run are counted anew by the clock process."""
    _only_who_loads(request)
    if viewer(request).stale:
        return await calendars(request, OUT_OF_DATE)
    posted = await request.post()
    try:
        content = b64decode(str(posted.get("content", "")).encode("ascii", "replace"))
        paper = read_paper(content, str(posted.get("name", ""))[:200])
        command = LoadCalendarYear(
            by=acting(request), key=str(posted.get("key", ""))[:100], year=paper.year,
            source=paper.source, sha256=paper.sha256, file=paper.file or "—",
            effective=today(), days=paper.days,
        )  # fmt: skip
        done = await request.app[PLATFORM].perform(load_calendar_year, command)
    except BadPaper as bad:
        return await calendars(request, bad.words)
    except binascii.Error:
        return await calendars(request, _NO_FILE)
    except Refused as refused:
        return await calendars(request, refused.words)
    return forward(HERE, done, LoadCalendarYear)


def _only_who_loads(request: web.Request) -> None:
    if not access.may(acting(request), "LoadCalendarYear"):
        raise NotAllowed(_NOT_SYSTEM)


_NO_FILE = Words("请选择文件，例如 2027.json", "Choose a file, such as 2027.json")
_NOT_SYSTEM = Words(
    "放假安排由系统管理员载入。", "Arrangements of holidays are loaded by the system administrator."
)

ROUTES = [
    web.get(HERE, operators(calendars)),
    web.get(HERE + r"/{year:\d{4}}", operators(one_year)),
    web.post(HERE + "/look", operators(look)),
    web.post(HERE, operators(load)),
]
