"""letter: a decision that reached somebody has told her; nothing is entered twice."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

import pytest

from events.complaints import PartiesNotified
from events.event import CHINA
from services.actions import complaints as c
from services.actions import letters as a
from services.actions.change import load
from services.actions.complaints.complaint import Complaint, complainant
from services.messages.writing import told_of
from services.platform import Platform
from tests.database import Dsns
from tests.opening import open_platform
from tests.people import CONSUMER, GULOU, LI
from tests.policies.test_vacate import TELLS

pytestmark = pytest.mark.postgres


@pytest.fixture
async def platform(database: Dsns) -> AsyncIterator[Platform]:
    """A platform whose worker runs when the test says so."""
    async with open_platform(database.owner, database.app, working=False) as opened:
        yield opened


async def ended(platform: Platform) -> UUID:
    """A complaint whose mediation the regulator has ended."""
    tells = c.RegisterComplaint(by=CONSUMER, handler=GULOU, **TELLS)
    await platform.perform(c.register_complaint, tells)
    known = {"by": LI, "complaint": tells.complaint}
    await platform.perform(c.accept_complaint, c.AcceptComplaint(**known))
    await platform.perform(c.start_mediation, c.StartMediation(**known))
    ends = c.TerminateMediation(**known, ground="T3", reason="双方无法达成一致")
    await platform.perform(c.terminate_mediation, ends)
    await platform.catch_up()
    return tells.complaint


async def a_letter(platform: Platform, id: UUID, to: str) -> str:
    record = await load(platform.log, Complaint, id)
    makes = a.MakeLetter(
        by=LI, kind="complaint", record=id, form="form-8", to=to, sha256="ab" * 32, size=9,
        as_of=record.changed, letter_number="市监〔2026〕第1号",
    )  # fmt: skip
    await platform.perform(a.make_letter, makes)
    return makes.letter


async def told(platform: Platform, id: UUID) -> list[PartiesNotified]:
    await platform.catch_up()
    history = await platform.log.load(id)
    return [each.event for each in history if isinstance(each.event, PartiesNotified)]


async def owed(platform: Platform, id: UUID) -> list[str]:
    rows = await platform.views.obligations.of_record(str(id))
    return [row["what"] for row in rows if row["open"]]


async def test_when_both_have_the_decision_nothing_is_owed_any_more(platform: Platform) -> None:
    id = await ended(platform)
    hers, firms = [await a_letter(platform, id, to) for to in ("complainant", "respondent")]
    known = {"kind": "complaint", "record": id}
    assert "notice" in await owed(platform, id)
    opens = a.OpenLetter(by=complainant(id), **known, letter=hers)
    await platform.perform(a.open_letter, opens)
    (first,) = await told(platform, id)
    assert (first.whom, first.way, first.complete) == (["consumer"], "portal", False)
    assert "notice" in await owed(platform, id)

    yesterday = opens.at.astimezone(CHINA).date() - timedelta(days=1)
    posts = a.DeliverLetter(by=LI, **known, letter=firms, way="post", proof="EMS 1092837465012",
                            occurred_on=yesterday)  # fmt: skip
    await platform.perform(a.deliver_letter, posts)
    _, second = await told(platform, id)
    assert (second.whom, second.way, second.complete) == (["enterprise"], "letter", True)
    assert "notice" not in await owed(platform, id)
    recorded = (await platform.log.load(id))[-1]
    assert recorded.on > yesterday, "no step is dated before the one it follows"
    assert list(told_of(recorded)) == [], "she has the letter"


async def test_what_was_told_already_and_a_public_notice_add_nothing(platform: Platform) -> None:
    id = await ended(platform)
    hers, firms = [await a_letter(platform, id, to) for to in ("complainant", "respondent")]
    tells = c.NotifyParties(by=LI, complaint=id, whom=("consumer",), way="phone")
    await platform.perform(c.notify_parties, tells)
    known = {"by": LI, "kind": "complaint", "record": id}
    notice = a.DeliverLetter(**known, letter=firms, way="notice", proof="本局公告栏")
    await platform.perform(a.deliver_letter, notice)
    await platform.perform(a.deliver_letter, a.DeliverLetter(**known, letter=hers, way="email"))
    assert [event.whom for event in await told(platform, id)] == [["consumer"]]
