"""List pages as a signed-in person gets them, over tables filled small and large.

Each page is asked by one connection in both sizes in turns: how much longer it takes where there
are many times the records, and whether it stays within the time that people wait for gladly.
`desk` and `shown` serve the same pages to whoever measures them beside a peer.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from urllib.parse import quote

from events.event import today
from events.words import Words
from portals.app import make_app
from portals.people import SESSION
from portals.remembered import REMEMBERED, Remembered
from services import desk, sessions
from services.loop import settle
from services.platform import Platform
from services.settings import Settings
from tests.bench.bench import Bench
from tests.bench.filling import fill, filled_id
from tests.bench.http import SECRET, call, get, listening
from tests.bench.rounds import Timing, alternating
from tests.bench.row import Goal, Row, within

SMALL = 10_000
#: A page may take so long, and so many times what it takes at `SMALL`.
MOST_MS, MOST_TIMES = 100, 2
COUNCIL, REGULATOR = "council", "regulator"
_WORD, _RARE = quote("超市"), quote("武夷百货")
#: Name -> who looks, and where.
PAGES = {
    Words("投诉登记簿", "complaint register"): (COUNCIL, "/council/complaints"),
    Words("登记簿第 20 页", "register, page 20"): (COUNCIL, "/council/complaints?page=20"),
    Words("登记簿，常见的词", "register, a common word"): (
        COUNCIL, f"/council/complaints?q={_WORD}",
    ),
    Words("登记簿，少见的词", "register, a rare word"): (
        COUNCIL, f"/council/complaints?q={_RARE}",
    ),
    Words("消委会工作台", "a council's desk"): (COUNCIL, "/council"),
    Words("谁该答复谁，消委会", "a council's board"): (COUNCIL, "/council/obligations"),
    Words("消委会，等别人，一类", "a council waits, one matter"): (
        COUNCIL, "/council/obligations?whose=others&what=answer",
    ),
    Words("消委会，已逾期", "a council's board, overdue"): (COUNCIL, "/council/obligations?late=1"),
    Words("举报，由我承办", "reports one is in charge of"): (
        REGULATOR, "/regulator/reports?whose=mine",
    ),
    Words("审计轨迹", "audit trail"): (REGULATOR, "/regulator/trail"),
    Words("审计轨迹，按单位", "audit trail of a party"): (
        REGULATOR, f"/regulator/trail?party={filled_id(COUNCIL)}",
    ),
    Words("谁该答复谁，已逾期", "obligations overdue"): (
        REGULATOR, "/regulator/obligations?late=1",
    ),
    Words("企业，按名称查找", "enterprises by name"): (
        REGULATOR, f"/regulator/enterprises?q={_RARE}",
    ),
    Words("没有总监的单位", "units without a director"): (
        REGULATOR, "/regulator/enterprises?which=without_director",
    ),
    Words("监管概况", "the province at a glance"): (REGULATOR, "/regulator/province"),
    Words("跟进", "follow-ups"): (REGULATOR, "/regulator/followups?state=issued"),
    Words("投诉，按市", "complaints of a city"): (COUNCIL, "/council/complaints?place=350100"),
    Words("投诉，按县，另有状态", "complaints of a county, received"): (
        COUNCIL, "/council/complaints?place=350102&state=received",
    ),
    Words("投诉，没有投诉的县", "complaints of a county without any"): (
        COUNCIL, "/council/complaints?place=350783",
    ),
    Words("投诉，按期限", "complaints overdue"): (
        COUNCIL, f"/council/complaints?due_to={today()}",
    ),
    Words("跟进，全省按市和来源", "follow-ups of a city by source, last page"): (
        REGULATOR, "/regulator/followups?whose=all&place=350100&source=referral&page=20",
    ),
    Words("举报，按县", "reports of a county"): (REGULATOR, "/regulator/reports?place=350102"),
    Words("企业，名称多在后面", "enterprises, a word far behind"): (
        REGULATOR, f"/regulator/enterprises?q={quote('福州')}",
    ),
    Words("生产单位，按市，最后一页", "producers of a city, last page"): (
        REGULATOR, "/regulator/enterprises?which=producers&division=350100&page=200",
    ),
    Words("以前某日没有总监的单位", "units without a director, an earlier day"): (
        REGULATOR, "/regulator/enterprises?which=without_director&as_of=2023-06-01",
    ),
    Words("质量安全总监，按县", "directors of a county"): (
        REGULATOR, "/regulator/posts/director?division=350105",
    ),
    Words("质量安全总监，最后一页", "directors, last page"): (
        REGULATOR, "/regulator/posts/director?page=200",
    ),
    Words("问题，按县，没有责令改正", "problems of a county without an order"): (
        REGULATOR, "/regulator/problems?division=350105&ordered=no",
    ),
    Words("检查，最后一页", "checks, last page"): (REGULATOR, "/regulator/checks?page=200"),
}  # fmt: skip


class Shown(NamedTuple):
    """Where pages are served, and the cookie of somebody of each kind of body."""

    port: int
    cookies: dict[str, str]

    def request(self, kind: str, path: str) -> bytes:
        """The request of her who works in the body that has the most to do."""
        return get(path, self.port, Cookie=f"{SESSION}={self.cookies[kind]}")


async def rows(bench: Bench) -> AsyncIterator[Row]:
    """Every page at `SMALL` records and at a tenth of the largest log."""
    large = max(SMALL, bench.events // 10)
    async with AsyncExitStack() as stack:
        shown = {}
        for name, size in (("small", SMALL), ("ours", large)):
            bench.say(f"filling the views with {size:,} rows")
            platform = await stack.enter_async_context(bench.platform(working=False))
            await fill(platform, size)
            shown[name] = await stack.enter_async_context(served(platform))
        for words, (kind, path) in PAGES.items():
            taken = await _timed(bench, shown, kind, path)
            ours, small = taken["ours"].p99, taken["small"].p99
            yield within(words, ours, MOST_MS, "ms", note=f"p99 at {large:,} records")
            yield Row(
                Words(f"{words.zh}，多与少之比", f"{words.en}, large to small"),
                taken["ours"].p50, "ms", peer=taken["small"].p50, against="ours",
                ratio=taken["ours"].p50 / taken["small"].p50,
                goal=Goal(MOST_TIMES, at_most=True),
                note=f"p50 at {large:,} and at {SMALL:,}; p99 {ours:.1f} and {small:.1f}",
            )  # fmt: skip


async def _timed(bench: Bench, shown: dict[str, Shown], kind: str, path: str) -> dict[str, Timing]:
    sides = {
        name: partial(call, here.port, 1, bench.seconds, partial(here.request, kind, path))
        for name, here in shown.items()
    }
    return await alternating(bench.rounds, bench.failed, **sides)


@asynccontextmanager
async def served(platform: Platform, memory: int = 0) -> AsyncIterator[Shown]:
    """The application over this platform, with somebody signed in for each kind of body.

    `memory` = bytes for pages it may answer from memory; else each is asked of the database.
    """
    with TemporaryDirectory() as data:
        app = make_app(
            platform,
            Settings(
                data=Path(data),
                second_factor="offered",
                terms="offered",
                limit_account=0,
                limit_address=0,
                secret=SECRET,  # type: ignore[arg-type]
            ),
        )
        app[REMEMBERED] = Remembered(memory)
        async with listening(app) as port:
            settle()
            yield Shown(
                port, {kind: await _signed_in(platform, kind) for kind in (COUNCIL, REGULATOR)}
            )


async def _signed_in(platform: Platform, kind: str) -> str:
    """The cookie of one who works in the first body of this kind."""
    directory, person, body = platform.views.directory, filled_id(f"{kind} clerk"), filled_id(kind)
    people, roles = directory.table("people"), directory.table("roles")
    async with platform.pool.connection() as db:
        added = await db.execute(
            f"insert into {people} values (%s, '赵敏', %s, 'active', now(), %s)"
            " on conflict do nothing".encode(),
            [person, kind, body],
        )
        if not added.rowcount:  # served before: a new password would end her sessions
            return await sessions.open_session(platform.pool, person)
        await db.execute(
            f"insert into {roles} values (%s, %s, '福州市', %s, 'clerk', now())".encode(),
            [person, body, kind],
        )
    await desk.set_password(platform.pool, person, kind, "wait for the whole view")
    return await sessions.open_session(platform.pool, person)
