"""The board of pledges: what was worded, who signed, and what waits for whom."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from events.event import PartyRef, system
from events.ids import new_id
from services.actions import member_pledges as m
from services.actions import member_questions as q
from services.actions import parties
from services.actions import pledges as p
from services.platform import Platform
from services.views.view import Row
from tests.caught_up import caught_up
from tests.people import ADMIN, ASSOCIATION, CHEN, CONTACT, LIN_HEAD, MINHAI, OTHER_ENTERPRISE

pytestmark = pytest.mark.postgres

SOON = date(2100, 1, 7)
WORDING: dict[str, Any] = {
    "title": "充电器追溯标签承诺", "text": "每只充电器贴追溯标签", "metric": "有标签的比例",
    "target": "不低于 95%", "evidence": "标签照片",
    "period_from": date(2026, 1, 1), "period_to": date(2099, 12, 31),
}  # fmt: skip


async def an_association(platform: Platform, *members: PartyRef) -> None:
    """The association with these members, in the record."""
    entered = parties.EstablishAssociation(
        by=ADMIN, party=UUID(ASSOCIATION.id), name=ASSOCIATION.name, trade="电动自行车"
    )
    await platform.perform(parties.establish_association, entered)
    for each in members:
        admitted = parties.AdmitMember(by=CHEN, party=UUID(ASSOCIATION.id), enterprise=each)
        await platform.perform(parties.admit_member, admitted)


async def a_pledge(platform: Platform, is_published: bool = True, **fields: Any) -> UUID:
    id = new_id()
    drafted = p.DraftPledge(by=CHEN, pledge=id, **{**WORDING, **fields})
    await platform.perform(p.draft_pledge, drafted)
    if is_published:
        await platform.perform(p.publish_pledge, p.PublishPledge(by=CHEN, pledge=id))
    return id


async def signed(platform: Platform, pledge: UUID, *members: PartyRef) -> list[UUID]:
    for each in members:
        signing = m.SignPledge(by=CHEN, pledge=pledge, enterprise=each)
        await platform.perform(m.sign_pledge, signing)
    return [m.member_pledge_id(pledge, each) for each in members]


async def one(platform: Platform, id: UUID) -> Row:
    await caught_up(platform)
    row = await platform.views.pledges.member_pledge(str(id))
    assert row is not None
    return row


async def test_a_pledge_from_draft_to_signatures(platform: Platform) -> None:
    board = platform.views.pledges
    await an_association(platform, MINHAI, OTHER_ENTERPRISE)
    id = await a_pledge(platform, is_published=False)
    again = p.RedraftPledge(by=CHEN, pledge=id, **{**WORDING, "target": "全部"})
    await platform.perform(p.redraft_pledge, again)
    await caught_up(platform)
    draft = await board.pledge(str(id))
    assert draft is not None
    assert (draft["state"], draft["target"], draft["signed"]) == ("draft", "全部", 0)
    assert draft["number"].startswith("CN-2026-000001-")

    await platform.perform(p.publish_pledge, p.PublishPledge(by=CHEN, pledge=id))
    await signed(platform, id, MINHAI)
    await caught_up(platform)
    (row,) = (await board.pledges(ASSOCIATION.id, "published")).rows
    assert (row["signed"], row["active"], row["covered"], row["roster"]) == (1, 1, 1, 2)
    latest, first = await board.wordings(str(id))
    assert (latest["target"], len(latest["text_hash"])) == ("全部", 64)
    assert (first["target"], first["text_hash"], first["published_on"]) == ("不低于 95%", "", None)
    (signatory,) = (await board.signatories(str(id))).rows
    assert signatory["enterprise_name"] == MINHAI.name
    both = [MINHAI.id, OTHER_ENTERPRISE.id]
    assert await board.signed_by(str(id), both) == {MINHAI.id}
    assert (await board.pledges(ASSOCIATION.id, "draft")).total == 0


async def test_evidence_waits_for_its_judgement(platform: Platform) -> None:
    board = platform.views.pledges
    await an_association(platform, MINHAI)
    (id,) = await signed(platform, await a_pledge(platform), MINHAI)
    for by in (CONTACT, CHEN):
        handed = m.SubmitEvidence(by=by, member_pledge=id, what="标签照片四十张")
        await platform.perform(m.submit_evidence, handed)
    row = await one(platform, id)
    assert (row["state"], row["evidence"]) == ("evidence", 2)
    assert [e["by_name"] for e in await board.evidence_of(str(id))] == ["周海", "陈静"]
    waiting = await board.listed(ASSOCIATION.id, "waiting", until=SOON)
    assert [r["id"] for r in waiting.rows] == [id]
    assert (await board.counts(ASSOCIATION.id, SOON))["waiting"] == 1

    judged = m.JudgeMet(by=LIN_HEAD, member_pledge=id, reason="照片数量相符")
    await platform.perform(m.judge_met, judged)
    row = await one(platform, id)
    assert (row["state"], row["reason"]) == ("met", "照片数量相符")
    assert await board.active_of(MINHAI.id) == []
    assert (await board.of_enterprise(MINHAI.id)).total == 1
    assert (await board.of_enterprise(MINHAI.id, association=MINHAI.id)).total == 0
    pledge = await board.pledge(row["pledge"])
    assert pledge is not None
    assert (pledge["met"], pledge["submitted"], pledge["waiting"]) == (1, 2, 0)


async def test_a_suspicion_a_question_and_an_answer(platform: Platform) -> None:
    board = platform.views.pledges
    await an_association(platform, MINHAI)
    (id,) = await signed(platform, await a_pledge(platform), MINHAI)
    about = {"member_pledge": id, "by": system("flag-breach")}
    flag = q.FlagBreach(cause="directive", cause_number="JD-2026-000001-X", **about)  # type: ignore[arg-type]
    await platform.perform(q.flag_breach, flag)
    await caught_up(platform)
    (breach,) = (await board.breaches(ASSOCIATION.id)).rows
    assert (breach["enterprise_name"], breach["asked"]) == (MINHAI.name, False)
    assert (await board.counts(ASSOCIATION.id, SOON))["breaches"] == 1

    ask = q.QuestionMember(by=CHEN, member_pledge=id, question="为什么被责令改正")
    await platform.perform(q.question_member, ask)
    row = await one(platform, id)
    assert (row["asked"], row["breaches"], row["state"]) == ("questioned", 1, "active")
    assert [b["asked"] for b in await board.breaches_of(str(id))] == [True]
    counts = await board.counts(ASSOCIATION.id, SOON)
    assert counts == {"all": 1, "waiting": 0, "asked": 1, "due": 1, "breaches": 0}

    answer = q.AnswerQuestion(by=CONTACT, member_pledge=id, answer="已经改正完毕")
    await platform.perform(q.answer_question, answer)
    row = await one(platform, id)
    assert (row["asked"], row["answer"]) == ("answered", "已经改正完毕")


async def test_withdrawn_and_signed_again(platform: Platform) -> None:
    board = platform.views.pledges
    await an_association(platform, MINHAI)
    pledge = await a_pledge(platform)
    (id,) = await signed(platform, pledge, MINHAI)
    handed = m.SubmitEvidence(by=CHEN, member_pledge=id, what="标签照片四十张")
    await platform.perform(m.submit_evidence, handed)
    gone = m.WithdrawPledge(by=CONTACT, member_pledge=id, reason="不再生产充电器")
    await platform.perform(m.withdraw_pledge, gone)
    assert (await one(platform, id))["state"] == "withdrawn"
    assert await board.signed_by(str(pledge), [MINHAI.id]) == set()

    await signed(platform, pledge, MINHAI)
    row = await one(platform, id)
    assert (row["state"], row["evidence"], row["reason"]) == ("active", 0, "")
    assert await board.evidence_of(str(id)) == []


async def test_a_pledge_is_active_from_its_first_day(platform: Platform) -> None:
    board = platform.views.pledges
    await an_association(platform, MINHAI)
    (id,) = await signed(platform, await a_pledge(platform), MINHAI)
    await caught_up(platform)
    assert [r["id"] for r in await board.active_of(MINHAI.id)] == [id]
    assert await board.active_of(MINHAI.id, date(2025, 12, 31)) == []
    assert len(await board.active_of(MINHAI.id, date(2026, 1, 1))) == 1
    assert await board.active_of(OTHER_ENTERPRISE.id) == []


async def test_a_member_that_left_is_no_longer_counted(platform: Platform) -> None:
    await an_association(platform, MINHAI, OTHER_ENTERPRISE)
    pledge = await a_pledge(platform)
    await signed(platform, pledge, MINHAI)
    leaving = parties.MemberLeaves(
        by=CHEN, party=UUID(ASSOCIATION.id), enterprise=MINHAI, reason="不再经营这一行"
    )
    await platform.perform(parties.member_leaves, leaving)
    await caught_up(platform)
    row = await platform.views.pledges.pledge(str(pledge))
    assert row is not None
    assert (row["signed"], row["covered"], row["roster"]) == (1, 0, 1)


async def test_members_are_offered_what_their_association_published(platform: Platform) -> None:
    board, on = platform.views.pledges, date(2026, 6, 1)
    await an_association(platform, MINHAI)
    await a_pledge(platform, is_published=False)
    over = await a_pledge(platform, period_to=date(2026, 5, 31))
    id = await a_pledge(platform)
    await caught_up(platform)
    assert [r["id"] for r in (await board.offered(MINHAI.id, on=on)).rows] == [id]
    assert [r["id"] for r in (await board.offered(MINHAI.id, "all", on=on)).rows] == [id, over]
    assert (await board.offered(OTHER_ENTERPRISE.id, "all", on=on)).total == 0
    assert await board.offer(str(id), OTHER_ENTERPRISE.id) is None

    (record,) = await signed(platform, id, MINHAI)
    await caught_up(platform)
    assert (await board.offered(MINHAI.id, on=on)).total == 0
    row = await board.offer(str(id), MINHAI.id)
    assert row is not None
    assert (row["signed_as"], row["mine"]) == (record, "active")

    gone = m.WithdrawPledge(by=CONTACT, member_pledge=record, reason="不再生产充电器")
    await platform.perform(m.withdraw_pledge, gone)
    await caught_up(platform)
    assert (await board.offered(MINHAI.id, on=on)).total == 1
