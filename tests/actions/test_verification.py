"""The rules of verification (S9): items, blind votes, what is replaced, what both conclude."""

from __future__ import annotations

from typing import Any

import pytest

from events.enforcement import RecheckFailed, RecheckPassed
from events.event import Acting
from events.verification import (
    BallotSealed,
    BallotsOpened,
    JointConclusionConfirmed,
    JointConclusionRecorded,
    RectificationItemHandedIn,
    RectificationItemReplaced,
)
from services.actions import enforcement as e
from services.actions.enforcement import FollowUp, concluding, handing_in, recheck, verifying
from services.actions.enforcement.review import content_hash
from services.actions.refused import AlreadyDecided, OwnWork
from tests.actions.test_enforcement import ABOUT, HISTORIES, on
from tests.given import Given, given
from tests.people import CONTACT, GULOU, JINAN, LI, SUN, WU, ZHAO, acting

ZHENG = acting("郑宁", GULOU, "clerk", n=120)
WHATS = ("下架照片 12 张", "供货商检验报告", "员工培训记录")


def item(n: int, what: str = "", by: Acting = CONTACT) -> RectificationItemHandedIn:
    said = what or WHATS[n - 1]
    return RectificationItemHandedIn(
        by=by, directive="rectification", item=n, what=said,
        sha256=content_hash(said, []), **ABOUT,
    )  # fmt: skip


ITEMS = (item(1), item(2), item(3))
ANSWERED = (*HISTORIES["answered"], *ITEMS)


def cast(by: Acting, *votes: bool, why: str = "照片看不出批次", only: tuple[int, ...] = ()) -> Any:
    """The step in which an officer votes on the items (all of them, or only these)."""
    numbers = only or tuple(range(1, len(votes) + 1))
    said: dict[str, Any] = {}
    for n, accepted in zip(numbers, votes, strict=True):
        said[f"vote_{n}"] = "accepted" if accepted else "not_accepted"
        said[f"comment_{n}"] = "" if accepted else why
    kind = e.ballot(tuple((n, f"第 {n} 项") for n in numbers))
    return verifying.vote, on(kind, by=by, **said)


def replaced(n: int, what: str = "带批次号的照片") -> Any:
    return handing_in.replace, on(e.ReplaceItem, by=CONTACT, item=n, what=what)


def when(history: tuple[Any, ...], step: Any) -> Given[FollowUp]:
    return given(FollowUp, *history).when(*step)


# -- items -------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["delivered", "answered"])
def test_the_enterprise_hands_in_items_one_by_one(state: str) -> None:
    history = (*HISTORIES[state], item(1))
    step = handing_in.hand_in, on(e.HandInItem, by=CONTACT, what="供货商检验报告")
    when(history, step).then(RectificationItemHandedIn, item=2, what="供货商检验报告", by=CONTACT)


@pytest.mark.parametrize("state", ["opened", "issued", "passed", "failed", "closed"])
@pytest.mark.parametrize("by", [CONTACT, LI], ids=lambda by: by.name)
def test_at_no_other_time(state: str, by: Acting) -> None:
    step = handing_in.hand_in, on(e.HandInItem, by=by, what="供货商检验报告")
    when(HISTORIES[state], step).refused("不能")


def test_what_a_clerk_records_is_the_enterprises() -> None:
    done = when(HISTORIES["delivered"], (handing_in.hand_in, on(e.HandInItem, what="检验报告一份")))
    assert done.record.new[0].by.on_behalf_of == ABOUT["enterprise"].name


def test_a_new_directive_begins_without_items() -> None:
    history = (*ANSWERED, HISTORIES["failed"][-1], HISTORIES["issued"][1])
    assert given(FollowUp, *history).record.review.items == {}


def test_the_same_again_is_no_replacement() -> None:
    when(ANSWERED, replaced(1, WHATS[0])).refused("没有变化", field="what")
    when(ANSWERED, replaced(9)).refused("没有第 9 项", field="item")


# -- who votes ---------------------------------------------------------------------------


def test_who_issued_the_order_does_not_vote() -> None:
    asked = when(ANSWERED, cast(LI, True, True, True))
    asked.refused("该文书由您发出")
    assert isinstance(asked.refusal, OwnWork)


def test_nor_does_who_recorded_an_item() -> None:
    history = (*HISTORIES["answered"], item(1, by=WU))
    when(history, cast(WU, True)).refused("企业的证据由您记录")


@pytest.mark.parametrize("by", [CONTACT, ZHAO, acting("王", JINAN, "clerk", n=105)],
                         ids=lambda by: by.name)  # fmt: skip
def test_nor_anybody_else(by: Acting) -> None:
    when(ANSWERED, cast(by, True, True, True)).refused("不能")


def test_a_vote_against_needs_its_reason() -> None:
    asked = when(ANSWERED, cast(WU, True, True, False, why=""))
    asked.refused("请说明第3项不予认可的理由", field="comment_3")


# -- blind -------------------------------------------------------------------------------


def test_the_first_ballot_says_nothing_of_what_is_in_it() -> None:
    done = when(ANSWERED, cast(WU, True, True, False))
    done.then(BallotSealed, nth=1, round=1)
    said = done.record.new[0].said()
    assert "1/2 已提交" in said.zh
    assert "认可" not in said.zh
    assert "照片看不出批次" not in said.zh
    assert list(done.record.new[0].ballot.commitments) == ["ballot"]


def test_nobody_votes_twice() -> None:
    asked = when((*ANSWERED, cast(WU, True, True, False)), cast(WU, True, True, True))
    asked.refused("已经提交并封存")
    assert isinstance(asked.refusal, AlreadyDecided)


def test_the_second_ballot_opens_both() -> None:
    done = when((*ANSWERED, cast(WU, True, True, False)), cast(SUN, True, True, True))
    assert [type(event) for event in done.record.new] == [BallotSealed, BallotsOpened]
    review = done.record.review
    assert [i.verdict for i in review.items.values()] == ["accepted", "accepted", ""]
    assert review.items[3].conflict
    assert "第 3 项吴芳不予认可（照片看不出批次）；第 3 项孙洁认可" in done.record.new[1].said().zh


# -- what is replaced --------------------------------------------------------------------


def test_replacing_voids_only_the_votes_on_that_item() -> None:
    both = (cast(WU, True, True, False), cast(SUN, True, True, True))
    done = when((*ANSWERED, *both), replaced(3))
    done.then(RectificationItemReplaced, item=3, round=2, was=ITEMS[2].sha256)
    review = done.record.review
    assert [len(i.votes) for i in review.items.values()] == [2, 2, 0]
    assert [i.n for i in review.to_vote(WU.person)] == [3]


def test_the_second_votes_only_on_what_still_stands_of_the_first() -> None:
    """Else the first one's vote on the new content would no longer be blind."""
    history = (*ANSWERED, cast(WU, True, True, False), replaced(3))
    done = when(history, cast(SUN, True, True, only=(1, 2)))
    assert [type(event) for event in done.record.new] == [BallotSealed, BallotsOpened]
    review = done.record.review
    assert [(i.round, len(i.votes)) for i in review.items.values()] == [(1, 2), (1, 2), (2, 0)]
    assert [i.n for i in review.to_vote(WU.person)] == [3]


def test_a_ballot_of_which_nothing_stands_is_void() -> None:
    history = (*HISTORIES["answered"], item(1), cast(WU, False), replaced(1))
    review = given(FollowUp, *history).record.review
    assert review.waiting is None
    assert [i.n for i in review.to_vote(WU.person)] == [1]


def test_an_item_nobody_voted_on_stays_in_its_round() -> None:
    when(ANSWERED, replaced(2)).then(RectificationItemReplaced, round=1)


# -- where the two differ ----------------------------------------------------------------

DIFFER = (*ANSWERED, cast(WU, True, True, False), cast(SUN, True, True, True))


def concluded(by: Acting, vote: str = "accepted", n: int = 3) -> Any:
    said = {"item": n, "vote": vote, "conclusion": "放大后可见批次号"}
    return concluding.conclude, on(e.ConcludeJointly, by=by, **said)


def confirmed(by: Acting, n: int = 3) -> Any:
    return concluding.confirm, on(e.ConfirmConclusion, by=by, item=n)


def test_one_records_the_conclusion_and_the_other_confirms() -> None:
    when(DIFFER, concluded(WU)).then(JointConclusionRecorded, item=3, vote="accepted")
    done = when((*DIFFER, concluded(WU)), confirmed(SUN))
    done.then(JointConclusionConfirmed, item=3, vote="accepted")
    assert done.record.review.decided


def test_nobody_confirms_her_own_nor_settles_what_is_not_hers() -> None:
    when((*DIFFER, concluded(WU)), confirmed(WU)).refused("没有等您确认")
    when(DIFFER, confirmed(SUN)).refused("没有等您确认")
    when(DIFFER, concluded(ZHENG)).refused("没有需要您记录")
    when(DIFFER, concluded(WU, n=1)).refused("没有需要您记录")


def test_who_does_not_agree_records_another_conclusion() -> None:
    history = (*DIFFER, concluded(WU), concluded(SUN, "not_accepted"))
    when(history, confirmed(SUN)).refused("没有等您确认")
    when(history, confirmed(WU)).then(JointConclusionConfirmed, vote="not_accepted")


def test_a_replaced_item_takes_its_conclusion_with_it() -> None:
    history = (*DIFFER, concluded(WU), confirmed(SUN), replaced(3))
    assert given(FollowUp, *history).record.review.items[3].verdict == ""


# -- the re-check ------------------------------------------------------------------------

PASS = recheck.passes, on(e.RecheckPasses, by=ZHENG, finding="现场没有再看到")
FAIL = recheck.fails, on(e.RecheckFails, by=ZHENG, finding="现场仍在销售")


@pytest.mark.parametrize("step", [PASS, FAIL], ids=["pass", "fail"])
@pytest.mark.parametrize("history", [ANSWERED, (*ANSWERED, cast(WU, True, True, True)), DIFFER],
                         ids=["none", "one", "differ"])  # fmt: skip
def test_nothing_is_judged_before_two_have_verified(step: Any, history: Any) -> None:
    when(history, step).refused("两人核验")


def test_it_passes_when_every_item_is_accepted() -> None:
    agreed = (*ANSWERED, cast(WU, True, True, True), cast(SUN, True, True, True))
    when(agreed, PASS).then(RecheckPassed)
    when(agreed, FAIL).then(RecheckFailed)  # on the spot more can be found than on paper
    against = (*ANSWERED, cast(WU, True, True, False), cast(SUN, True, True, False))
    when(against, PASS).refused("第 3 项没有获得认可")
    when(against, FAIL).then(RecheckFailed)


def test_without_items_one_officer_looks_for_herself() -> None:
    when(HISTORIES["answered"], PASS).then(RecheckPassed)
