"""Separation of duties: the table holds together, and an attempt stands in the record."""

from __future__ import annotations

import pytest

import services.actions.pledge_checks  # noqa: F401  (its commands are among all)
from events.duties import ATTEMPTS, OWN_WORK, AttemptRefused
from events.ids import new_id
from services import access
from services.actions import enforcement as e
from services.actions.change import load
from services.actions.command import Command
from services.actions.refused import AlreadyDecided, OwnWork
from services.duties import DUTIES
from services.platform import Platform
from tests.actions.test_enforcement import ISSUE, OPEN
from tests.people import CONTACT, LI, WU


def _kinds(kind: type[Command]) -> dict[str, type[Command]]:
    found = {}
    for each in kind.__subclasses__():
        found |= {each.__name__: each, **_kinds(each)}
    return found


def test_every_duty_is_of_a_command_that_has_rights_and_words() -> None:
    commands = {right.command for right in access.rights()}
    for duty in DUTIES:
        assert duty.command in commands
        assert duty.code in OWN_WORK
        assert ATTEMPTS.terms[duty.command] == _kinds(Command)[duty.command].SAYS


@pytest.mark.postgres
async def test_an_attempt_is_refused_and_stands_in_the_record(platform: Platform) -> None:
    id = new_id()
    about = {"follow_up": id}
    done = platform.perform
    await done(e.open_follow_up, e.OpenFollowUp(by=LI, **about, **OPEN))
    issued = {**ISSUE, "due": e.IssueDirective(by=LI, **about, **ISSUE).on.replace(year=2099)}
    await done(e.issue_directive, e.IssueDirective(by=LI, **about, **issued))
    await done(e.deliver_directive, e.DeliverDirective(by=LI, how="邮寄", **about))
    await done(e.answer_directive, e.AnswerDirective(by=CONTACT, answer="已经全部下架", **about))
    seen = (await load(platform.log, e.FollowUp, id)).version
    tried = e.RecheckPasses(by=LI, finding="现场没有再看到", key="a form", **about)
    for _ in range(2):  # the same form sent again is one attempt
        with pytest.raises(OwnWork, match="不能由您核验"):
            await done(e.recheck_passes, tried)
    last = (await platform.log.load(id))[-1]
    assert last.version == seen + 1
    assert isinstance(last.event, AttemptRefused)
    assert (last.event.attempt, last.event.because) == ("RecheckPasses", "order")
    assert "未被允许：文书由其本人发出" in last.event.said().zh
    # It changed nothing: who had the record before her eyes goes on.
    passes = e.RecheckPasses(by=WU, finding="现场没有再看到", seen=seen, **about)
    await done(e.recheck_passes, passes)
    with pytest.raises(AlreadyDecided):
        await done(e.recheck_passes, passes.model_copy(update={"key": "another"}))
