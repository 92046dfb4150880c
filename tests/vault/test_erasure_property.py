"""Erasure as a property: in whatever order things were done and said about her, once her key is
destroyed nothing gives any of it away.

Each text that is about her carries one mark. After the deletion it is in no table or definition of
the database, no file of it (its indexes and write-ahead log), no file of ours, no page or answer
to a search, no export; the log still proves itself, and keys of an old backup open nothing.
Before, whoever handles the complaint reads it, and no table holds it in clear either.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deploy.postgres import Server
from events.event import UNREADABLE, Acting, today
from services.actions import complaints as c
from services.actions.change import load
from services.actions.command import Command
from services.actions.letters import MakeLetter
from services.actions.refused import Refused
from services.erasing import bury
from services.letters.making import making
from services.platform import Platform
from services.told import told
from tests.actions.complaint_histories import ACTS
from tests.actions.test_complaint_states import ALLOWED, ENDED, HERS, OPEN
from tests.caught_up import caught_up
from tests.database import Dsns
from tests.people import CONTACT, MINHAI, ZHAO
from tests.portals.desks import hidden
from tests.portals.lodging import a_complaint
from tests.vault.house import LIVES, WRITTEN, House, opened
from tests.vault.test_erasure import HEAD, delete

pytestmark = pytest.mark.postgres

#: What is said about her in each act; all else that is typed is said in office.
ABOUT_HER: dict[type[Command], str] = {
    c.GiveIdentityProof: "answer", c.WithdrawComplaint: "reason", c.OfferDirectSettlement: "matter",
    c.ReportDirectSettlement: "result", c.DenyDirectSettlement: "why",
    c.FailDirectSettlement: "why", c.HoldMediation: "course", c.MakeProposal: "terms",
    c.AnswerProposal: "why", c.RequestRecusal: "why", c.RecordAgreement: "terms",
    c.ReportDefault: "why", c.StateSatisfaction: "comment", c.CallBack: "told",
    c.ReopenComplaint: "facts", c.WriteToConsumer: "text", c.WriteToBody: "text",
}  # fmt: skip
#: These lead from state to state; what needs another complaint, body or month is left out.
BETWEEN: tuple[type[Command], ...] = (
    c.RequestIdentityProof, c.ConfirmIdentity, c.AcceptComplaint, c.RefuseComplaint,
    c.ConfirmDirectSettlement, c.StartMediation, c.StartTesting, c.EndTesting, c.DecideRecusal,
    c.TerminateMediation, c.ReportPerformance, c.CloseComplaint,
)  # fmt: skip
LETTER, FILE, NOTE = "a letter", "a file", "a statement"


@pytest.fixture
async def house(server: Server, database: Dsns, tmp_path: Path) -> AsyncIterator[House]:
    async with opened(server, database, tmp_path, ZHAO) as house:
        yield house


@LIVES
@given(
    chance=st.randoms(use_true_random=True), written=st.lists(WRITTEN, min_size=7, max_size=14),
    first=st.sampled_from([(c.AcceptComplaint, c.StartMediation), ()]),
)  # fmt: skip
async def test_whatever_was_done_nothing_is_left(
    house: House, chance: Random, written: list[str], first: tuple[type[Command], ...]
) -> None:
    platform, mark = house.platform, house.mark
    complaint = await lodged(house, written[0])
    for kind in first:
        await do(platform, complaint, kind, "")
    for each in written[1:]:
        await act(house, complaint, chance, each)
    await end(house, complaint)
    assert mark in await answers(house, complaint), "whoever handles it reads it"
    await house.nothing_is_left()  # in clear, even before
    await house.back_up()
    await delete(platform, complaint)
    await more_is_refused(house, complaint)
    await nothing_is_left(house, complaint)
    await house.put_back()
    await bury(platform.log)  # as every start does
    await nothing_is_left(house, complaint)


# -- her life ----------------------------------------------------------------------------


async def lodged(house: House, around: str) -> UUID:
    hers: dict[str, Any] = {
        name: f"{around}{house.mark}" for name in ("facts", "request", "name", "address")
    }
    row = await a_complaint(house.platform, enterprise=MINHAI, order_no=house.mark, **hers)
    return UUID(str(row["id"]))


async def act(house: House, complaint: UUID, chance: Random, written: str) -> None:
    """Something that is possible now, or a letter, a file, a statement; refused or done."""
    state = (await load(house.platform.log, c.Complaint, complaint)).state
    able = [kind for kind in (*BETWEEN, *ABOUT_HER) if state in ALLOWED[kind].split()]
    able = [kind for kind in able if kind is not c.WithdrawComplaint]  # which ends it
    chosen = chance.choice([*able, LETTER, FILE, NOTE])
    words = f"{written}{house.mark}"
    try:
        if isinstance(chosen, type):
            await do(house.platform, complaint, chosen, words)
        elif chosen == LETTER:
            await letter(house.platform, complaint)
        else:
            await house.add("complaint", complaint, str(complaint), words, file=chosen == FILE)
    except Refused:
        pass  # the rules of her complaint stand


async def do(platform: Platform, complaint: UUID, kind: type[Command], words: str) -> None:
    """The command, with `words` where it says something about her."""
    typed = {**ACTS[kind][1], "complaint": complaint, "by": by(complaint, kind)}
    typed |= {"until": today().replace(year=today().year + 1)} if "until" in typed else {}
    typed |= {ABOUT_HER[kind]: words} if kind in ABOUT_HER else {}
    named = c.WriteToSide if kind is c.WriteToConsumer else kind
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", named.__name__).lower()
    await platform.perform(getattr(c, name), kind(**typed))


def by(complaint: UUID, kind: type[Command]) -> Acting:
    if kind in (c.ReportDirectSettlement, c.FailDirectSettlement):
        return CONTACT
    if kind is c.DecideRecusal:
        return HEAD
    return c.complainant(complaint) if kind in HERS else ZHAO


async def letter(platform: Platform, complaint: UUID) -> None:
    """It says her name; its file lies under her key."""
    made = {"kind": "complaint", "record": complaint, "form": "form-5", "to": "complainant"}
    await platform.perform(making(platform), MakeLetter(by=ZHAO, **made))  # type: ignore[arg-type]


async def end(house: House, complaint: UUID) -> None:
    """Nothing is deleted while it is open."""
    state = (await load(house.platform.log, c.Complaint, complaint)).state
    if state in OPEN.split():
        await do(house.platform, complaint, c.WithdrawComplaint, f"不投诉了{house.mark}")
    elif state in ENDED.split():
        await do(house.platform, complaint, c.CloseComplaint, "")
    await caught_up(house.platform)


# -- nothing is left ---------------------------------------------------------------------


async def more_is_refused(house: House, complaint: UUID) -> None:
    """What would say more about her is refused in a sentence, and kept nowhere."""
    for file in (False, True):
        with pytest.raises(Refused):
            await house.add("complaint", complaint, str(complaint), house.mark, file)
    here = f"/files/complaint/{complaint}/add"
    form = hidden(await (await house.clerk.get(here)).text())
    sent = {**form, "files": BytesIO(house.mark.encode())}
    assert (await house.clerk.post(here, data=sent)).status in (409, 422)


async def nothing_is_left(house: House, complaint: UUID) -> None:
    hers = await told(house.platform.log, complaint)
    assert {hers[name] for name in ("complainant", "facts")} == {UNREADABLE["erased"]}
    assert list((house.folder / "files" / "kept").glob(f"{complaint}/*")) == []
    assert house.mark not in await answers(house, complaint)
    await house.nothing_is_left()


async def answers(house: House, complaint: UUID) -> str:
    """What pages, lists and a search say to whoever handles the complaint."""
    here = f"/council/complaints/{complaint}"
    return await house.answers(
        here, f"{here}/personal", f"{here}/letters", f"/files/complaint/{complaint}",
        "/council/complaints", f"/council/complaints?q={house.mark[:10]}",
    )  # fmt: skip
