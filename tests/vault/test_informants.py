"""Informants over a real database: another stream, another ring, no trace of them elsewhere."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

import pytest

from events.event import Acting, today
from events.informants import InformantRecorded
from events.keyring import INFORMANTS, PERSONS, Keyring, domain_of
from events.log import Log
from events.reports import NewFactsMerged, ReportFiled, ReportRegistered
from events.vault import Vault, VaultLocked
from services.actions import reports as r
from services.actions.change import load
from services.actions.enforcement import FollowUp
from services.actions.refused import Refused
from services.erasing import bury, taking
from services.platform import Platform
from tests.caught_up import caught_up
from tests.opening import INFORMANT_RING, RING
from tests.people import CONSUMER, GULOU, JINAN, LI, MINHAI, WANG, WU
from tests.vault.test_vault import lodged

pytestmark = pytest.mark.postgres
NAME, PHONE = "举报者金丝雀", "13800005678"
TELLS: dict[str, Any] = {
    "respondent": "闽海充电器", "respondent_address": "八一七路1号", "facts": "仓库金丝雀",
    "name": NAME, "phone": PHONE,
}  # fmt: skip


async def reported(platform: Platform, by: Acting = CONSUMER, **more: Any) -> UUID:
    command = r.RegisterReport(by=by, **{"handler": GULOU, **TELLS, **more})
    await platform.perform(r.register_report, command)
    return command.report


async def the(platform: Platform, report: UUID) -> r.Report:
    return await load(platform.log, r.Report, report)


async def identity(log: Log, report: UUID) -> tuple[str, str]:
    """The name of who made it, or why it cannot be read."""
    (first, *_) = await log.load(report)
    assert isinstance(first.event, ReportRegistered)
    (recorded,) = await log.load(UUID(first.event.informant), opened=True)
    assert isinstance(recorded.event, InformantRecorded)
    who = recorded.event.who
    assert who is not None
    return who.get("name"), who.unreadable


async def test_who_reported_is_kept_under_keys_of_their_own(platform: Platform) -> None:
    complaint, report = await lodged(platform.log), await reported(platform)
    assert await identity(platform.log, report) == (NAME, "")
    async with platform.pool.connection() as connection:
        rows = await (await connection.execute("select subject, kek from vault.keys")).fetchall()
    keks = {subject: kek for subject, kek in rows}
    assert keks.pop(complaint) == RING.first
    assert set(keks.values()) == {INFORMANT_RING.first}
    assert domain_of(str(INFORMANT_RING.first)) == INFORMANTS
    without = Log(platform.pool, Vault(platform.pool, RING))
    assert await identity(without, report) == ("", "locked"), "the other ring opens none of them"
    assert await without.vault.strange() == [INFORMANT_RING.first]
    confused = Log(platform.pool, Vault(platform.pool, RING, RING))
    assert await identity(confused, report) == ("", "locked")
    command = r.SupplementReport(by=LI, report=report, facts="还有一个仓库")
    with pytest.raises(VaultLocked):
        await r.supplement_report(without, command)


async def test_their_ring_is_changed_by_itself(platform: Platform) -> None:
    await lodged(platform.log)
    report = await reported(platform)
    ring = INFORMANT_RING.renewed()
    elsewhere = Vault(platform.pool, RING, ring)
    assert await elsewhere.rewrap(INFORMANTS) == 2, "who she is, and what she told"
    assert await elsewhere.rewrap(PERSONS) == 0
    assert await identity(Log(platform.pool, Vault(platform.pool, RING, ring.alone)), report) == (
        NAME,
        "",
    )
    assert not await elsewhere.unused(INFORMANTS)
    assert Keyring.parse(ring.text, INFORMANTS).keys == ring.keys


async def test_new_facts_restart_the_clock_of_the_first_report(platform: Platform) -> None:
    first = await reported(platform, occurred_on=today().replace(day=1))
    await platform.perform(r.start_verification, r.StartVerification(by=LI, report=first))
    later = await reported(platform)
    stranger = await reported(platform, phone="13900001111")
    wrong = r.MergeWithNewFacts(by=LI, report=stranger, earlier=first, reason="补充新的事实")
    with pytest.raises(Refused, match="不是同一举报人"):
        await platform.perform(r.merge_with_new_facts, wrong)
    merge = r.MergeWithNewFacts(by=LI, report=later, earlier=first, reason="补充新的事实", key="k")
    await platform.perform(r.merge_with_new_facts, merge)
    again = await platform.perform(r.merge_with_new_facts, merge)
    assert again.repeated
    kept = await the(platform, first)
    assert (kept.state, kept.since) == ("verifying", today())
    assert (await the(platform, later)).state == "merged"
    assert isinstance((await platform.log.load(first))[-1].event, NewFactsMerged)
    elsewhere = r.MarkDuplicate(
        by=WANG,
        report=await reported(platform, handler=JINAN),
        earlier=first,
        reason="同一事实重复举报",
    )
    with pytest.raises(Refused, match="没有找到由本单位处理"):
        await platform.perform(r.mark_duplicate, elsewhere)


async def test_what_is_filed_goes_on_and_says_nothing_of_a_report(platform: Platform) -> None:
    report = await reported(platform)
    await platform.perform(r.start_verification, r.StartVerification(by=LI, report=report))
    decided = r.DecideFiling(
        by=WU, report=report, enterprise=MINHAI, matter="无证充电器", reason="现场检查已经查实"
    )
    await platform.perform(r.decide_filing, decided)
    last = (await platform.log.load(report))[-1].event
    assert isinstance(last, ReportFiled)
    follow_up = await load(platform.log, FollowUp, UUID(last.follow_up))
    assert follow_up.opening.number == last.follow_up_number
    (opened,) = await platform.log.load(UUID(last.follow_up))
    for told in (str(report), (await the(platform, report)).number, "举报", "report"):
        assert told not in str(opened.event) + opened.event.said().zh + opened.event.said().en
    await caught_up(platform)
    shown = await platform.views.trail.of_enterprise(MINHAI.id)
    assert [row["topic"] for row in shown.rows] == ["follow-up-opened"]
    everybody = await platform.views.trail.search(reader=JINAN.id)
    assert {row["subject"] for row in everybody.rows} == {"enforcement"}
    mine = await platform.views.trail.search(reader=GULOU.id)
    assert {row["subject"] for row in mine.rows} == {"enforcement", "reports", "informants"}


async def test_a_reporter_can_be_forgotten(platform: Platform) -> None:
    report = await reported(platform)
    for action, command in (
        (r.tell_no_power, r.TellNoPower(by=LI, report=report, where="晋安区市场监管局")),
        (r.informant_erasure_step, r.RequestInformantErasure(
            by=r.reporter(report), report=report, ground="consent")),
        (r.informant_erasure_step, r.CheckInformantErasure(
            by=LI, report=report, despite="举报人书面要求")),
        (partial(taking, platform.vault, r.informant_erasure_step), r.EraseInformant(
            by=WU, report=report)),
    ):  # fmt: skip
        await platform.perform(action, command)  # type: ignore[arg-type]
    assert await identity(platform.log, report) == ("", "erased")
    first = (await platform.log.load(report, opened=True))[0].event
    assert isinstance(first, ReportRegistered)
    assert first.told.unreadable == "erased"
    assert await bury(platform.log) == 2, "and again at the next start"
