"""Deleting what is said about a consumer: request, check, second person, and nothing left anywhere.

The canary: whatever she typed is looked for in every file of the database (its write-ahead log
too), in every table, export and answer.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Iterator
from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest

from events.erasure import STANDS
from events.event import UNREADABLE, today
from events.proofs.keys import SignerKey
from services.actions import complaints as c
from services.actions.complaints import erasure
from services.actions.evidence import AddEvidence, add_evidence
from services.actions.refused import AlreadyDecided, NotAllowed, Refused
from services.erasing import bury, taking
from services.files.basket import Basket
from services.files.keeping import keep_all
from services.heads.export import Export, Span
from services.heads.publisher import Publisher
from services.heads.signing import KeySigner
from services.platform import Platform
from services.told import kept, told
from tests.caught_up import caught_up
from tests.database import Dsns, running_server
from tests.files.samples import picture
from tests.given import Given, given
from tests.opening import open_platform
from tests.people import COUNCIL, ZHAO, acting
from tests.portals.desks import hidden
from tests.portals.lodging import PAGES, go, number_on, visitor
from tests.vault.desk import desk

pytestmark = pytest.mark.postgres
HEAD = acting("郑重", COUNCIL, "head", n=120)
OTHER_HEAD = acting("何平", COUNCIL, "head", n=121)
WHY = "消费者书面请求提前删除"
DAY = date(2026, 3, 2)

COMMANDS: dict[type[c.OnComplaint], tuple[Any, dict[str, Any]]] = {
    c.RequestErasure: (erasure.take, {"ground": "consent"}),
    c.CheckErasure: (erasure.take, {"despite": WHY}),
    c.ErasePersonalData: (erasure.take, {}),
    c.RefuseErasure: (erasure.take, {"reason": "执法需要这些材料"}),
    c.RestrictProcessing: (erasure.take, {"reason": "执法案卷保存期未满"}),
}
#: The acts that lead to each standing.
WAYS: dict[str, tuple[type[c.OnComplaint], ...]] = {
    "": (),
    "requested": (c.RequestErasure,),
    "checked": (c.RequestErasure, c.CheckErasure),
    "refused": (c.RequestErasure, c.RefuseErasure),
    "restricted": (c.RequestErasure, c.RestrictProcessing),
    "erased": (c.RequestErasure, c.CheckErasure, c.ErasePersonalData),
}


def closed() -> Given[c.Complaint]:
    from services.actions.complaints import closing, deciding, intake

    told_ = {**{k: v for page in PAGES for k, v in page.items()}, "may_mediate": True}
    for name in ("place", "credit_code", "claimed", "may_publish", "injury"):
        told_.pop(name)
    begun = c.RegisterComplaint(
        by=ZHAO, number="GZ-2026-000001-C", handler=COUNCIL, occurred_on=DAY, **told_
    )
    refused = c.RefuseComplaint(
        by=ZHAO, complaint=begun.complaint, ground="R3", reason="不是生活消费", occurred_on=DAY
    )
    ended = c.CloseComplaint(by=ZHAO, complaint=begun.complaint, occurred_on=DAY)
    steps = ((intake.register, begun), (deciding.refuse, refused), (closing.close, ended))
    return given(c.Complaint, *steps)


def at(standing: str) -> Given[c.Complaint]:
    """A closed complaint whose personal data stands so."""
    found = closed()
    for kind in WAYS[standing]:
        rule, fields = COMMANDS[kind]
        by = HEAD if kind in (c.ErasePersonalData, c.RestrictProcessing) else ZHAO
        rule(found.record, kind(by=by, complaint=found.record.id, **fields))
    found.record.new = []
    return found


@pytest.mark.parametrize("standing", WAYS)
@pytest.mark.parametrize("kind", COMMANDS)
def test_every_step_fits_where_the_data_stands(standing: str, kind: type[c.OnComplaint]) -> None:
    found, (rule, fields) = at(standing), COMMANDS[kind]
    assert found.record.personal == standing
    then = found.when(rule, kind(by=HEAD, complaint=found.record.id, **fields))
    if kind.__name__ in c.possible(standing):
        assert then.refusal is None
        assert STANDS[type(found.record.new[0])] == found.record.personal
    else:
        assert isinstance(then.refusal, AlreadyDecided)


def test_nobody_approves_what_she_checked_herself() -> None:
    found = at("requested")
    erasure.take(found.record, c.CheckErasure(by=HEAD, complaint=found.record.id, despite=WHY))
    command = c.ErasePersonalData(by=HEAD, complaint=found.record.id)
    with pytest.raises(NotAllowed, match="另一个人"):
        erasure.take(found.record, command)
    clerk = found.when(erasure.take, c.ErasePersonalData(by=ZHAO, complaint=found.record.id))
    assert isinstance(clerk.refusal, NotAllowed), "and it takes a head"
    by = OTHER_HEAD
    erasure.take(found.record, c.ErasePersonalData(by=by, complaint=found.record.id))
    assert found.record.personal == "erased"


def test_what_forbids_it() -> None:
    closed_on = date(2024, 2, 29)
    assert c.holds("closed", closed_on, date(2027, 2, 28), ()) == []
    (kept_,) = c.holds("closed", closed_on, date(2027, 2, 27), ())
    assert (kept_.law, "2027年2月28日" in kept_.words.zh) == (False, True)
    laws = [h.law for h in c.holds("accepted", closed_on, date(2030, 1, 1), ("FU-2026-1",))]
    assert laws == [True, True]
    found = at("requested")
    asked = {"by": HEAD, "complaint": found.record.id}
    with pytest.raises(Refused, match="没有结案"):
        erasure.take(found.record, c.CheckErasure(**asked, follow_ups=("FU-1",), despite=WHY))
    with pytest.raises(Refused, match="3 年") as refused:
        erasure.take(found.record, c.CheckErasure(**asked, occurred_on=today()))
    assert refused.value.field == "despite"


# -- nothing is left ---------------------------------------------------------------------

CANARIES = {
    "facts": "金丝雀事实", "request": "金丝雀要求", "name": "金丝雀姓名", "address": "金丝雀地址",
}  # fmt: skip
PHONE = "13987650001"


def told_by_her() -> list[dict[str, str]]:
    """The pages of the form, each text with a canary of its own."""
    marks = {name: f"{text}{secrets.token_hex(8)}" for name, text in CANARIES.items()}
    return [{n: {**marks, "phone": PHONE}.get(n, v) for n, v in page.items()} for page in PAGES]


def files_with(canaries: list[str], *folders: Path) -> Iterator[tuple[Path, str]]:
    """Which file holds which canary, as text or as the database escapes bytes."""
    for folder in folders:
        for path in (p for p in folder.rglob("*") if p.is_file()):
            data = path.read_bytes()
            for text in canaries:
                if text.encode() in data or text.encode().hex().encode() in data:
                    yield path, text


def everything(dsn: str) -> str:
    """Every row of every table, and every definition, as text."""
    with psycopg.connect(dsn) as connection:
        names = connection.execute(
            "select format('%I.%I', schemaname, tablename) from pg_tables"
            " where schemaname not in ('pg_catalog', 'information_schema')"
        ).fetchall()
        rows = [
            str(row) for (name,) in names
            for row in connection.execute(f"select t::text from {name} t").fetchall()  # type: ignore[call-overload,unused-ignore]
        ]  # fmt: skip
        states = connection.execute("select convert_from(state, 'UTF8') from log.events").fetchall()
    assert len(rows) > 10
    return "\n".join([*rows, *(row[0] for row in states)])


async def test_the_canary_is_nowhere(tmp_path: Path) -> None:
    pages = told_by_her()
    withdrawn = f"金丝雀撤回{secrets.token_hex(8)}"
    canaries = [pages[1]["facts"], pages[2]["request"], pages[3]["name"], pages[3]["address"]]
    canaries += [withdrawn, PHONE]
    with running_server() as server:
        files = tmp_path / "files"
        async with open_platform(server.owner_dsn, server.app_dsn, files=files) as platform:
            key = SignerKey.generate("test.example/log")
            complaint = await withdrawn_complaint(platform, pages, withdrawn)
            photo = await handed_in(platform, complaint, canaries[0], tmp_path)
            assert (await told(platform.log, complaint))["facts"] == canaries[0]
            async with desk(platform, ZHAO) as clerk:
                page = await (await clerk.get(f"/council/complaints/{complaint}")).text()
                assert all(text in page for text in canaries), "they who handle it read it"
            await platform.reads.record()
            before = everything(server.owner_dsn)
            assert list(files.rglob("*")), "there before"
            await delete(platform, complaint)
            assert [path for path in files.rglob("*") if path.is_file()] == [], "gone with the key"
            assert await platform.files.state(str(complaint), photo) == "erased"
            await caught_up(platform)
            await Publisher(platform.pool, KeySigner(key)).publish()
            policy = f"log {key.verifier}\nquorum none\n".encode()
            await Export(platform.pool, tmp_path / "export", policy).log(Span(), lambda *_: None)
            async with desk(platform, ZHAO) as clerk:
                page = await (await clerk.get(f"/council/complaints/{complaint}")).text()
                assert UNREADABLE["erased"].zh in page
                assert not [text for text in canaries if text in page]
        after = everything(server.owner_dsn)
        with psycopg.connect(server.owner_dsn, autocommit=True) as connection:
            connection.execute("checkpoint")
        for text in canaries:
            assert text not in before, "even before, no table held it in clear"
            assert text not in after
        found = list(files_with(canaries, server.place.home, tmp_path))
        assert not found, found


async def withdrawn_complaint(platform: Platform, pages: list[dict[str, str]], why: str) -> UUID:
    """Lodged through the pages, then withdrawn by her with a reason."""
    async with visitor(platform) as she:
        page = await (await she.get("/complain")).text()
        for typed in pages:
            page = await go(she, page, **typed)
        number = number_on(await go(she, page, to="send"))
    await caught_up(platform)
    row = await platform.views.complaints.numbered(number)
    assert row is not None
    command = c.WithdrawComplaint(by=c.complainant(row["id"]), complaint=row["id"], reason=why)
    await platform.perform(c.withdraw_complaint, command)
    await caught_up(platform)
    return UUID(str(row["id"]))


async def handed_in(platform: Platform, complaint: UUID, canary: str, folder: Path) -> str:
    """A file whose content and name are hers, chosen on a form; the hash of its content."""
    basket = Basket.of(folder / "files", b"secret", "she", "form")
    await basket.add(f"{canary}.txt", BytesIO(canary.encode()))
    await basket.add(f"{canary}.jpg", BytesIO(picture()))
    chosen = await keep_all(platform.files, basket, str(complaint))
    await basket.clear()
    command = AddEvidence(by=ZHAO, kind="complaint", record=complaint, files=chosen, note=canary)
    await platform.perform(add_evidence, command)
    return chosen[0].sha256


async def delete(platform: Platform, complaint: UUID) -> None:
    """All steps, by two people."""
    asked = c.RequestErasure(by=c.complainant(complaint), complaint=complaint, ground="consent")
    await platform.perform(c.erasure_step, asked)
    checked = c.CheckErasure(by=ZHAO, complaint=complaint, despite=WHY)
    await platform.perform(c.erasure_step, checked)
    approved = c.ErasePersonalData(by=HEAD, complaint=complaint)
    await platform.perform(partial(taking, platform.vault, c.erasure_step), approved)


async def test_the_log_wins_over_a_crash_and_over_old_keys(
    platform: Platform, database: Dsns
) -> None:
    complaint = await withdrawn_complaint(platform, told_by_her(), "商家已经退款")
    async with await psycopg.AsyncConnection.connect(database.owner) as connection:
        await connection.execute("create table backup as select * from vault.keys")
    asked = c.RequestErasure(by=c.complainant(complaint), complaint=complaint, ground="consent")
    await platform.perform(c.erasure_step, asked)
    checked = c.CheckErasure(by=ZHAO, complaint=complaint, despite=WHY)
    await platform.perform(c.erasure_step, checked)
    approved = c.ErasePersonalData(by=HEAD, complaint=complaint)
    await platform.perform(c.erasure_step, approved)  # killed before the key was destroyed
    assert (await told(platform.log, complaint))["complainant"] != UNREADABLE["erased"]
    async with open_platform(database.owner, database.app, working=False) as restarted:
        assert (await told(restarted.log, complaint))["complainant"] == UNREADABLE["erased"]
    async with await psycopg.AsyncConnection.connect(database.owner) as connection:
        await connection.execute("truncate vault.keys")
        await connection.execute("insert into vault.keys select * from backup")
    assert await bury(platform.log) == 1
    assert (await told(platform.log, complaint))["phone"] == UNREADABLE["erased"]
    assert next(each["fields"] for each in await kept(platform.log, complaint))[0] == "name"


async def test_through_the_pages(platform: Platform) -> None:
    """She asks, a clerk checks, the head approves; restricted data is not read either."""
    complaint = await withdrawn_complaint(platform, told_by_her(), "商家已经退款")
    here = f"/council/complaints/{complaint}/personal"
    async with desk(platform, ZHAO) as clerk, desk(platform, HEAD) as head:

        async def send(who: Any, act: str, status: int = 303, **typed: str) -> str:
            page = await who.get(f"{here}/{act}")
            form = hidden(await page.text()) if page.status == 200 else {}
            sent = await who.post(f"{here}/{act}", data={**form, **typed}, allow_redirects=False)
            assert sent.status == status, await sent.text()
            await caught_up(platform)
            return str(await (await who.get(here)).text())

        first = await (await clerk.get(here)).text()
        assert "撤回原因" in first
        assert "按内部规定保存 3 年" in first
        await send(clerk, "request", ground="purpose")
        assert "请说明" not in await send(clerk, "check", 422)
        await send(clerk, "check", despite=WHY)
        assert (await clerk.get(f"{here}/erase")).status == 403
        assert "已经销毁" in await send(head, "erase")
        assert (await head.get(f"{here}/erase")).status == 409


async def test_who_read_it_is_recorded_and_she_sees_it(platform: Platform) -> None:
    complaint = await withdrawn_complaint(platform, told_by_her(), "商家已经退款")
    async with desk(platform, ZHAO) as clerk:
        for _ in range(2):
            assert (await clerk.get(f"/council/complaints/{complaint}")).status == 200
    async with asyncio.timeout(1):  # within a second
        while not (await platform.views.reads.of_record(str(complaint))).total:
            await asyncio.sleep(0.05)
    (one, two) = (await platform.views.reads.of_record(str(complaint))).rows
    assert (one["person_name"], one["what"], one["why"]) == ("赵敏", "complaint", "handling")
    assert one["position"] == two["position"] + 1, "each request is an event, in one append"
    async with visitor(platform) as she:
        row = await platform.views.complaints.one(str(complaint))
        assert row is not None
        asked = await (await she.get("/track")).text()
        known = {"number": row["number"], "digits": PHONE[-4:]}
        await she.post("/track", data={**hidden(asked), **known})
        page = await (await she.get("/track/complaint/data")).text()
        assert PHONE in page
        assert COUNCIL.name in page
        assert ZHAO.name not in page, "bodies are named, their people are not"
