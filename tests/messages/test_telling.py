"""What a consumer is told of, in which words, and when there is nothing to tell."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from events.event import CHINA, today
from events.words import in_words
from portals.people import CONSUMER
from services.actions import complaints as c
from services.actions import enquiries as q
from services.messages.composing import reached_by
from services.messages.kinds import due
from services.messages.ways import Ways
from services.messages.writing import KIND
from services.platform import Platform
from services.views.tracking import MILESTONE
from tests.database import Dsns
from tests.messages.lodged import SOON, Down, Kept, accept, lodge, quiet, rows, turn
from tests.people import IMPORTER, LI, ZHAO, acting

postgres = pytest.mark.postgres
CLERK = acting("李强", ZHAO.party, "clerk", channel="phone")


@postgres
async def test_who_lodges_gets_number_and_link(database: Dsns) -> None:
    text = Kept()
    async with quiet(database, Ways(text=text, site="https://gongzhi.example")) as platform:
        lodged = await lodge(platform)
        assert await turn(platform) == 1
        (recorded,) = await platform.log.load(lodged.complaint)
        number = recorded.event.number
    (sent,) = text.sent
    assert (sent.way, sent.to) == ("text", "13800001234")
    assert f"编号 {number}" in sent.text
    assert "闽海充电器" in sent.text
    assert f"https://gongzhi.example/track?number={number}" in sent.text
    assert "退货" not in sent.text


@postgres
async def test_what_a_clerk_wrote_down_is_read_back(database: Dsns) -> None:
    text = Kept()
    async with quiet(database, Ways(text=text)) as platform:
        await lodge(platform, by=CLERK)
        await turn(platform)
    assert "您的要求：退货并赔偿 1280 元。" in text.sent[0].text


@postgres
async def test_in_her_language_and_by_mail_where_there_is_no_mobile(database: Dsns) -> None:
    text, mail = Kept(), Kept()
    async with quiet(database, Ways(text=text, mail=mail)) as platform:
        await lodge(platform, phone="059187654321", email="lin@example.com", language="en")
        await turn(platform)
    (sent,) = mail.sent
    assert text.sent == []
    assert sent.to == "lin@example.com"
    assert sent.subject.startswith("Your complaint GZ-")
    assert "was received" in sent.text


@postgres
async def test_what_is_new_is_told_once_and_says_nothing_of_it(database: Dsns) -> None:
    text = Kept()
    async with quiet(database, Ways(text=text)) as platform:
        lodged = await lodge(platform)
        await accept(platform, lodged.complaint)
        await turn(platform)
        await turn(platform, SOON)
        assert [row[0] for row in await rows(platform)] == ["receipt", "news"]
    assert "有新的进展" in text.sent[1].text
    assert "受理" not in text.sent[1].text


@postgres
async def test_who_is_written_to_is_told_that_there_is_something(database: Dsns) -> None:
    text = Kept()
    async with quiet(database, Ways(text=text)) as platform:
        lodged = await lodge(platform)
        await accept(platform, lodged.complaint)
        await turn(platform, SOON)
        for kind, said in ((c.WriteToConsumer, "请补充发票"), (c.WriteToBusiness, "请说明")):
            by = acting("李强", lodged.handler, "clerk", n=103)
            asks = kind(by=by, complaint=lodged.complaint, text=said, asks=True)
            await platform.perform(c.write_to_side, asks)
        await turn(platform, SOON)
        assert [row[0] for row in await rows(platform)] == ["receipt", "news", "news"]
    assert "发票" not in text.sent[-1].text


@postgres
async def test_what_she_did_herself_is_no_news_to_her(database: Dsns) -> None:
    async with quiet(database, Ways()) as platform:
        lodged = await lodge(platform)
        by = c.complainant(lodged.complaint)
        withdrawn = c.WithdrawComplaint(by=by, complaint=lodged.complaint, reason="已经自己解决")
        await platform.perform(c.withdraw_complaint, withdrawn)
        await turn(platform, SOON)
        assert [row[0] for row in await rows(platform)] == ["receipt"]


@postgres
async def test_nobody_is_told_of_what_was_imported_or_entered_late(database: Dsns) -> None:
    async with quiet(database, Ways()) as platform:
        imported = await lodge(platform, by=IMPORTER)
        late = {"occurred_on": today() - timedelta(days=8)}
        await lodge(platform, **late)
        accepts = c.AcceptComplaint(by=acting("李强", imported.handler, "clerk", n=103),
                                    complaint=imported.complaint)  # fmt: skip
        await platform.perform(c.accept_complaint, accepts)
        await turn(platform, SOON)
        assert [row[:2] for row in await rows(platform)] == [("news", "dropped")]


@postgres
async def test_who_cannot_be_reached_is_said(database: Dsns) -> None:
    async with quiet(database, Ways()) as platform:
        await lodge(platform, phone="059187654321")
        await turn(platform)
        assert [row[:2] for row in await rows(platform)] == [("receipt", "unreachable")]


@pytest.mark.parametrize(
    ("phone", "mail", "way"),
    [
        ("13800001234", "a@b.cn", ("text", "13800001234")),
        ("+86 138-0000-1234", "", ("text", "13800001234")),
        ("059187654321", "a@b.cn", ("mail", "a@b.cn")),
        ("12315", "", ("", "")),
        ("", "a@b", ("", "")),
        ("", "x@y.cn\nBcc: all@y.cn", ("", "")),
    ],
)
def test_by_which_way_somebody_is_reached(phone: str, mail: str, way: tuple[str, str]) -> None:
    assert reached_by(phone, mail) == way


def test_nobody_is_woken_by_what_can_wait() -> None:
    evening = datetime(2026, 11, 27, 22, 0, tzinfo=CHINA)
    morning = datetime(2026, 11, 28, 8, 0, tzinfo=CHINA)
    assert due("news", evening) == morning
    assert due("rating", datetime(2026, 11, 28, 3, 0, tzinfo=CHINA)) == morning
    assert due("receipt", evening) == evening
    assert due("news", morning) == morning + timedelta(minutes=2)
    assert due("news", evening.astimezone(UTC)) == morning


#: What stands on her page and is no news: what she or the business does, what follows for others.
UNTOLD = {
    "AgreementPerformed", "AgreementReached", "CalledBack", "ClueMoved", "ClueReferred",
    "CommentShown", "ComplaintWithdrawn", "ConsentGiven", "ConsentWithdrawn", "DefaultReported",
    "DirectSettlementConfirmed", "DirectSettlementDenied", "DirectiveIssued", "FollowUpOpened",
    "IdentityProofGiven", "MediationHeld", "OutcomeStated", "ProposalAnswered",
    "PublicationTakenBack", "RecheckFailed", "RecheckPassed", "ReferralReturned",
    "RestitutionRecorded", "ResultSentToCouncil",
}  # fmt: skip


def test_every_milestone_is_told_or_was_thought_of() -> None:
    told = {kind.__name__ for kind in KIND} | {"HandOverAccepted", "RecordMoved"}
    assert {kind.__name__ for kind in MILESTONE} - told == UNTOLD


@postgres
async def test_who_asked_is_told_of_number_and_answer_but_not_what_it_says(
    database: Dsns,
) -> None:
    text, mail = Kept(), Kept()
    asks = {"handler": ZHAO.party, "question": "能退货吗？"}
    async with quiet(database, Ways(text=text, mail=mail)) as platform:
        told = q.SubmitEnquiry(by=CONSUMER, phone="138 0000 1234", **asks)
        mailed = q.SubmitEnquiry(by=CONSUMER, email="lin@example.com", language="en", **asks)
        for each in (told, mailed):
            await platform.perform(q.submit_enquiry, each)
        silent = q.RecordEnquiry(by=ZHAO, **asks)
        await platform.perform(q.record_enquiry, silent)
        for each in (told, mailed, silent):
            answer = q.AnswerEnquiry(by=ZHAO, enquiry=each.enquiry, answer="可以")
            await platform.perform(q.answer_enquiry, answer)
        await turn(platform)
        await turn(platform, SOON)
        states = [row[1] for row in await rows(platform)]
    assert ["咨询已收到" in text.sent[0].text, "有了答复" in text.sent[1].text] == [True, True]
    assert "可以" not in text.sent[1].text
    assert mail.sent[0].subject.startswith("Your enquiry ZX-")
    assert "was answered" in mail.sent[1].text
    assert sorted(states) == ["dropped", "dropped", "sent", "sent", "sent", "sent"]


@postgres
async def test_what_could_not_be_told_of_an_enquiry_stands_on_its_page_only(
    database: Dsns,
) -> None:
    ways = Ways(text=Down(final=True))
    async with quiet(database, ways) as platform:
        asked = q.SubmitEnquiry(
            by=CONSUMER, phone="138 0000 1234", handler=ZHAO.party, question="能退货吗？"
        )
        await platform.perform(q.submit_enquiry, asked)
        await turn(platform)
        assert [row[1] for row in await rows(platform)] == ["failed"]
        assert len(await platform.log.load(asked.enquiry)) == 1


def _in(days: int) -> date:
    return today() + timedelta(days=days)


async def _invited(platform: Platform, day: date, **told: str) -> c.RegisterComplaint:
    """A complaint in mediation with a session on this day."""
    lodged = await lodge(platform, **told)
    await accept(platform, lodged.complaint)
    await _schedule(platform, lodged, day)
    return lodged


async def _schedule(platform: Platform, lodged: c.RegisterComplaint, day: date) -> None:
    session = c.ScheduleMediation(
        by=LI, complaint=lodged.complaint, day=day, time="14:30", meeting="place",
        place="调解室", mediator="李强",
    )  # fmt: skip
    await platform.perform(c.schedule_mediation, session)


async def _reminders(platform: Platform) -> list[tuple[str, datetime]]:
    """State and hour of every reminder of a session, oldest first."""
    sql = b"select state, due_at from desk.messages where kind = 'session' order by cause"
    async with platform.pool.connection() as connection:
        return await (await connection.execute(sql)).fetchall()


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9), CHINA)


@postgres
async def test_she_is_reminded_of_a_session_the_day_before_at_nine(database: Dsns) -> None:
    text = Kept()
    async with quiet(database, Ways(text=text)) as platform:
        await _invited(platform, _in(5))
        await turn(platform)
        assert await _reminders(platform) == [("waiting", _morning(_in(4)))]
        await turn(platform, timedelta(days=5))
    assert "14:30 调解（现场）" in text.sent[-1].text
    assert f"{in_words(_in(5))[0]}" in text.sent[-1].text
    assert "调解室" not in text.sent[-1].text


@postgres
async def test_who_is_invited_for_tomorrow_needs_no_reminder(database: Dsns) -> None:
    async with quiet(database, Ways()) as platform:
        await _invited(platform, _in(1))
        await turn(platform, SOON)
        assert await _reminders(platform) == []


@postgres
async def test_she_is_reminded_of_the_session_that_holds_and_no_other(database: Dsns) -> None:
    text = Kept()
    async with quiet(database, Ways(text=text)) as platform:
        lodged = await _invited(platform, _in(5), language="en")
        await _schedule(platform, lodged, _in(7))
        await turn(platform, timedelta(days=7))
        assert [state for state, _ in await _reminders(platform)] == ["dropped", "sent"]
    assert f"on {in_words(_in(7))[1]} at 14:30" in text.sent[-1].text


@postgres
async def test_who_said_that_she_cannot_come_is_not_reminded(database: Dsns) -> None:
    async with quiet(database, Ways()) as platform:
        lodged = await _invited(platform, _in(5))
        by = c.complainant(lodged.complaint)
        known = {"by": by, "complaint": lodged.complaint, "whose": "consumer"}
        no = c.AnswerInvitation(**known, comes=False, why="要上班")
        await platform.perform(c.answer_invitation, no)
        await turn(platform, timedelta(days=5))
        assert [state for state, _ in await _reminders(platform)] == ["dropped"]


@postgres
async def test_of_a_session_that_was_held_or_fell_out_nobody_is_reminded(database: Dsns) -> None:
    async with quiet(database, Ways()) as platform:
        held, ended = [await _invited(platform, _in(5)) for _ in range(2)]
        met = c.HoldMediation(by=LI, complaint=held.complaint, meeting="phone", mediator="李强")
        await platform.perform(c.hold_mediation, met)
        by = c.complainant(ended.complaint)
        withdrawn = c.WithdrawComplaint(by=by, complaint=ended.complaint, reason="已经自己解决")
        await platform.perform(c.withdraw_complaint, withdrawn)
        await turn(platform, timedelta(days=5))
        assert [state for state, _ in await _reminders(platform)] == ["dropped", "dropped"]
