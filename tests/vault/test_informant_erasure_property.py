"""Erasure of who reported, as a property: in whatever order her report was added to, decided on,
unmasked or withdrawn, once her keys are destroyed nothing gives any of it away.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deploy.postgres import Server
from events.event import Acting
from events.reports import ReportRegistered
from services.actions import reports as r
from services.actions.change import load
from services.actions.command import Command
from services.actions.refused import Refused
from services.erasing import bury, taking
from tests.actions.test_reports import ACTS, HEADS
from tests.caught_up import caught_up
from tests.database import Dsns
from tests.people import GULOU, LI, WU
from tests.vault.house import LIVES, WRITTEN, House, opened
from tests.vault.test_informants import identity

pytestmark = pytest.mark.postgres

#: What she says in each act; all else that is typed is said in office.
SHE_SAYS: dict[type[Command], str] = {r.SupplementReport: "facts", r.WithdrawReport: "reason"}
#: What needs another report is left out.
ANOTHER = (r.MarkDuplicate, r.MergeWithNewFacts, r.TakeInNewFacts, r.TakeBackReport)
FILE, STATEMENT = "a file", "a statement"


@pytest.fixture
async def house(server: Server, database: Dsns, tmp_path: Path) -> AsyncIterator[House]:
    async with opened(server, database, tmp_path, LI) as house:
        yield house


@LIVES
@given(chance=st.randoms(use_true_random=True), written=st.lists(WRITTEN, min_size=5, max_size=10))
async def test_whatever_was_done_nothing_is_left(
    house: House, chance: Random, written: list[str]
) -> None:
    report = await reported(house, written[0])
    for each in written[1:]:
        await act(house, report, chance, f"还有这些：{each}{house.mark}")
    await end(house, report)
    await do(house, report, r.UnmaskReporter, "")
    assert house.mark in await answers(house, report), "whoever handles it reads it"
    await house.nothing_is_left()  # in clear, even before
    await house.back_up()
    await delete(house, report)
    with pytest.raises(Refused):
        await house.add("report", report, str(report), house.mark, file=True)
    await nothing_is_left(house, report)
    await house.put_back()
    await bury(house.platform.log)  # as every start does
    await nothing_is_left(house, report)


async def reported(house: House, around: str) -> UUID:
    said = {name: f"{around}{house.mark}" for name in ("facts", "name", "contact")}
    command = r.RegisterReport(
        by=LI,
        handler=GULOU,
        respondent="闽海充电器",
        respondent_address="八一七路1号",
        phone="13800005678",
        **said,
    )  # type: ignore[arg-type]
    await house.platform.perform(r.register_report, command)
    return command.report


async def act(house: House, report: UUID, chance: Random, words: str) -> None:
    """Something that is possible now, or a file, or a statement; refused or done."""
    state = (await load(house.platform.log, r.Report, report)).state
    able = [kind for kind, (_, _, states) in ACTS.items() if state in states]
    chosen = chance.choice([*(kind for kind in able if kind not in ANOTHER), FILE, STATEMENT])
    try:
        if isinstance(chosen, type):
            await do(house, report, chosen, words)
        else:
            await house.add("report", report, str(report), words, file=chosen == FILE)
    except Refused:
        pass  # the rules of her report stand


async def do(house: House, report: UUID, kind: type[Command], words: str) -> None:
    """The command, with `words` where it is she who says it."""
    typed = {**ACTS[kind][1], "report": report, "by": by(report, kind)}
    typed |= {SHE_SAYS[kind]: words} if kind in SHE_SAYS else {}
    typed |= {"follow_up_number": ""} if kind is r.DecideFiling else {}
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()
    await house.platform.perform(getattr(r, name), kind(**typed))


def by(report: UUID, kind: type[Command]) -> Acting:
    if kind in SHE_SAYS:
        return r.reporter(report)
    return WU if kind in HEADS else LI


async def end(house: House, report: UUID) -> None:
    """Nothing is deleted while it is open."""
    ways: dict[str, type[Command]] = {
        "received": r.TellNoPower, "verifying": r.TellNoPower, "paused": r.EndTesting,
        "reward_review": r.DecideReward,
    }  # fmt: skip
    while way := ways.get((await load(house.platform.log, r.Report, report)).state):
        await do(house, report, way, "")
    await caught_up(house.platform)


async def delete(house: House, report: UUID) -> None:
    """All steps, by two people."""
    erase = partial(taking, house.platform.vault, r.informant_erasure_step)
    for action, command in (
        (r.informant_erasure_step,
         r.RequestInformantErasure(by=r.reporter(report), report=report, ground="consent")),
        (r.informant_erasure_step,
         r.CheckInformantErasure(by=LI, report=report, despite="举报人书面要求")),
        (erase, r.EraseInformant(by=WU, report=report)),
    ):  # fmt: skip
        await house.platform.perform(action, command)  # type: ignore[arg-type]


async def nothing_is_left(house: House, report: UUID) -> None:
    await caught_up(house.platform)
    assert await identity(house.platform.log, report) == ("", "erased")
    first = (await house.platform.log.load(report, opened=True))[0].event
    assert isinstance(first, ReportRegistered)
    assert first.told.unreadable == "erased"
    assert list((house.folder / "files" / "kept").glob(f"{report}/*")) == []
    assert house.mark not in await answers(house, report)
    await house.nothing_is_left()


async def answers(house: House, report: UUID) -> str:
    """What pages, lists and a search say to whoever handles the report."""
    here = f"/regulator/reports/{report}"
    return await house.answers(
        here, f"{here}/reporter", f"/files/report/{report}", "/regulator/reports",
        f"/regulator/reports?q={house.mark[:10]}",
    )  # fmt: skip
