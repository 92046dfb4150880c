"""Once a day the head is stamped by an authority outside: here one of openssl's own."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from deploy.cli.doctor import findings
from events.event import today
from events.proofs.bundles import Bundle
from events.proofs.deep import Deep
from events.proofs.verdicts import Verdict
from services.heads.authority import Authority as Asked
from services.heads.authority import NotStamped, Stamp
from services.heads.export import Export, Span
from services.heads.stamping import MISSED, Stamping, day_id, last_stamp
from services.platform import Platform
from services.settings import Settings
from tests.database import Dsns
from tests.deploy.test_cli import Shell
from tests.heads.conftest import NAMES, Parties, ask, grow
from tests.proofs.test_timestamps import Authority

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(not shutil.which("openssl"), reason="there is no openssl here"),
]
Answer = Callable[[bytes], bytes]


class Openssl(Authority):
    """Answers queries as they come over HTTP, one at a time."""

    at_once = Lock()

    def reply(self, query: bytes) -> bytes:
        with self.at_once:
            return self._reply(query)

    def _reply(self, query: bytes) -> bytes:
        (self.folder / "query").write_bytes(query)
        self._openssl("ts -reply -queryfile query -signer cert -inkey key -out reply -config conf")
        return (self.folder / "reply").read_bytes()


@pytest.fixture
def openssl(tmp_path: Path) -> Openssl:
    (folder := tmp_path / "tsa").mkdir()
    return Openssl(folder)


@asynccontextmanager
async def served(answer: Answer) -> AsyncIterator[str]:
    async def stamp(request: web.Request) -> web.Response:
        assert request.content_type == "application/timestamp-query"
        body = await asyncio.to_thread(answer, await request.read())
        return web.Response(body=body, content_type="application/timestamp-reply")

    app = web.Application()
    app.add_routes([web.post("/tsa", stamp)])
    async with TestServer(app) as server:
        yield str(server.make_url("/tsa"))


@pytest.fixture
async def signed(platform: Platform, parties: Parties) -> Platform:
    await grow(platform, 300)
    await parties.publisher.publish()
    await ask(parties, *NAMES)
    return platform


def stamping(platform: Platform, parties: Parties, asked: Asked) -> Stamping:
    return Stamping(platform.log, platform.pool, parties.witnesses.policy, asked)


async def test_the_head_is_stamped_once_a_day_and_the_stamp_is_exported(
    signed: Platform, parties: Parties, openssl: Openssl, tmp_path: Path
) -> None:
    async with served(openssl.reply) as address:
        work = stamping(signed, parties, Asked(address, openssl.certificate))
        done = await work.of(today())
        assert done is not None
        assert await work.of(today()) is None
    last = await last_stamp(signed.log, today())
    assert last is not None
    assert (last.position, last.event.size, last.event.authority) == (301, 300, "127.0.0.1")
    assert abs(last.event.stamped_at - datetime.now(UTC)) < timedelta(minutes=2)
    await parties.publisher.publish()
    await ask(parties, *NAMES)
    policy = parties.witnesses.policy
    await Export(signed.pool, tmp_path / "out", parties.text).log(Span(), lambda *_: None)
    report = Deep(Bundle(tmp_path / "out"), policy, times=True, authority=openssl.certificate).run()
    assert report.verdict is Verdict.OK, report.said
    assert any("300.tsr" in n.en and "certificate verified" in n.en for n in report.notes)


async def test_two_processes_at_once_record_one(
    signed: Platform, parties: Parties, openssl: Openssl
) -> None:
    """Both are answered before either records."""
    both, answered = asyncio.Event(), []

    class Together(Asked):
        async def stamp(self, data: bytes) -> Stamp:
            answered.append(found := await super().stamp(data))
            if len(answered) == 2:
                both.set()
            await both.wait()
            return found

    async with served(openssl.reply) as address:
        two = [stamping(signed, parties, Together(address)) for _ in range(2)]
        done = await asyncio.gather(*(one.of(today()) for one in two))
    assert done.count(None) == 1
    assert len(await signed.log.load(day_id(today()))) == 1


def _query(openssl: Openssl) -> bytes:
    (openssl.folder / "data").write_bytes(b"another head")
    openssl._openssl("ts -query -data data -sha256 -cert -out query -config conf")
    return (openssl.folder / "query").read_bytes()


async def refused(platform: Platform, parties: Parties, answer: Answer, *trusted: Path) -> str:
    async with served(answer) as address:
        with pytest.raises(NotStamped) as why:
            await stamping(platform, parties, Asked(address, *trusted)).of(today())
    assert await platform.log.load(day_id(today())) == []
    return str(why.value)


async def test_what_is_no_stamp_of_this_head_is_not_recorded(
    signed: Platform, parties: Parties, openssl: Openssl, tmp_path: Path
) -> None:
    of_another = openssl.reply(_query(openssl))
    assert "nonce" in await refused(signed, parties, lambda _: of_another)
    rejected = bytes.fromhex("30053003020102")
    assert await refused(signed, parties, lambda _: rejected)
    assert await refused(signed, parties, lambda _: b"<html>not found</html>")
    (folder := tmp_path / "stranger").mkdir()
    stranger = Openssl(folder)
    assert await refused(signed, parties, stranger.reply, openssl.certificate)
    assert "no.pem" in await refused(signed, parties, openssl.reply, tmp_path / "no.pem")
    gone = stamping(signed, parties, Asked("http://127.0.0.1:9/tsa"))
    with pytest.raises(NotStamped, match=r"127\.0\.0\.1"):
        await gone.of(today())


async def test_before_anything_is_signed_there_is_nothing_to_stamp(
    platform: Platform, parties: Parties
) -> None:
    assert await stamping(platform, parties, Asked("http://127.0.0.1:9/")).of(today()) is None


async def test_the_doctor_misses_a_stamp_after_two_days(
    signed: Platform, parties: Parties, openssl: Openssl
) -> None:
    async def told() -> bool:
        settings = Settings(tsa_url="http://127.0.0.1:9/")
        every = {f.what.en: f async for f in findings(signed, today(), settings)}
        return every["time stamp"].well

    assert not await told()
    async with served(openssl.reply) as address:
        work = stamping(signed, parties, Asked(address))
        await work.of(today() - timedelta(days=MISSED + 1))
        assert not await told()
        await work.of(today() - timedelta(days=1))
    assert await told()


async def test_from_the_shell(
    signed: Platform, openssl: Openssl, database: Dsns, tmp_path: Path
) -> None:
    shell = Shell(tmp_path, database)
    assert "没有设定时间戳机构" in await shell.asks("log", "stamp", code=2)
    async with served(openssl.reply) as address:
        shell.environment |= {"GONGZHI_TSA_URL": address}
        said = await shell.asks("log", "stamp")
        assert "已记录在第 301 条" in said
        assert "已有时间戳" in await shell.asks("log", "stamp")
    assert "取得 127.0.0.1 的可信时间戳" in await shell.asks("log", "tail", "-n", "1")
