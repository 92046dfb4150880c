"""Forgetting who held a duty post and who was invited: the steps, what forbids them, two people."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from events import erasure as ev
from events.ids import new_id
from services.actions import archives as a
from services.actions import invitation_erasure as i
from services.actions import post_erasure as p
from services.actions.archives import Archive
from services.actions.command import Command
from services.actions.erasure import AFTER, STANDING, step_of
from services.actions.invitations import Invitation, InvitePerson, RevokeInvitation
from services.actions.refused import AlreadyDecided, NotAllowed, NotFound
from tests.given import Given, given
from tests.people import CONTACT, COUNCIL, GULOU, LI, MINHAI, SECURITY, WANG, WU, acting

POST, WHY = new_id(), "本人书面请求提前删除"
LEFT = date(2026, 3, 2)
LONG_AFTER = date(2029, 3, 2)
ADMIN_ONE, ADMIN_TWO = (
    acting("郑敏", COUNCIL, "admin", n=201),
    acting("何平", COUNCIL, "admin", n=202),
)
FIELDS: dict[str, dict[str, Any]] = {
    "request": {"ground": "consent"}, "check": {"despite": WHY}, "erase": {},
    "refuse": {"reason": "档案还在使用中"},
}  # fmt: skip
#: The steps that lead to each standing, each by whom.
WAYS = {
    "": (), "requested": ("request",), "checked": ("request", "check"),
    "refused": ("request", "refuse"), "erased": ("request", "check", "erase"),
}  # fmt: skip


def of(steps: tuple[type[Any], ...], step: str) -> type[Any]:
    return next(kind for kind in steps if step_of(kind) == step)


def on_post(step: str, by: Any = LI, **more: Any) -> Any:
    known = {"by": by, "enterprise": MINHAI, "post": POST}
    return of(p.STEPS, step)(**{**known, **FIELDS[step], **more})


def on_invitation(step: str, by: Any, invitation: Any) -> Any:
    return of(i.STEPS, step)(by=by, invitation=invitation, **FIELDS[step])


def an_archive(*, left: bool = True) -> Given[Archive]:
    enrol = a.EnrolEnterprise(
        by=LI, enterprise=MINHAI, unit_kind="producer", product_class="1", division="350102",
        division_name="鼓楼区",
    )  # fmt: skip
    appoint = a.AppointOfficer(by=LI, enterprise=MINHAI, post=POST, name="林月", occurred_on=LEFT)
    leaves = a.OfficerLeaves(
        by=LI, enterprise=MINHAI, post=POST, reason="调往其他岗位", occurred_on=LEFT
    )
    steps = [(Archive.enrol, enrol), (Archive.appoint_officer, appoint)]
    return given(Archive, *steps, *([(Archive.officer_leaves, leaves)] if left else []))


def post_at(standing: str) -> Given[Archive]:
    found = an_archive()
    for step in WAYS[standing]:
        p.take(found.record, on_post(step, WU if step == "erase" else LI))
    found.record.new.clear()
    return found


def an_invitation(*, revoked: bool = True) -> Given[Invitation]:
    invites = InvitePerson(by=ADMIN_ONE, party=COUNCIL, name="林月", contact="", role="clerk")
    ends = RevokeInvitation(by=ADMIN_ONE, invitation=invites.invitation, reason="人选有变动")
    rule = (Invitation.revoke, ends)
    return given(Invitation, (Invitation.invite, invites), *([rule] if revoked else []))


def invited_at(standing: str) -> Given[Invitation]:
    found = an_invitation()
    for step in WAYS[standing]:
        by = ADMIN_TWO if step == "erase" else ADMIN_ONE
        i.take(found.record, on_invitation(step, by, found.record.id))
    found.record.new.clear()
    return found


@pytest.mark.parametrize("standing", WAYS)
@pytest.mark.parametrize("step", FIELDS)
def test_every_step_fits_where_the_data_stands(standing: str, step: str) -> None:
    of_post, of_invitation = post_at(standing), invited_at(standing)
    invitation = of_invitation.record
    of_post.when(p.take, on_post(step, WU))
    of_invitation.when(i.take, on_invitation(step, ADMIN_TWO, invitation.id))
    for then in (of_post, of_invitation):
        if step in fits(standing):
            assert then.refusal is None
            assert ev.KEPT_STANDS[type(then.record.new[0])] == AFTER[step]
        else:
            assert isinstance(then.refusal, AlreadyDecided)
            assert STANDING[standing].zh in then.refusal.words.zh


def fits(standing: str) -> tuple[str, ...]:
    return {"requested": ("check", "refuse"), "checked": ("erase", "refuse"), "erased": ()}.get(
        standing, ("request",)
    )


def test_what_is_said_names_nobody() -> None:
    post_at("checked").when(p.take, on_post("erase", WU)).then(
        ev.KeptDataErased, subjects=[str(POST)], kept="post", party=MINHAI
    )
    found = post_at("checked")
    p.take(found.record, on_post("erase", WU))
    said = found.record.new[0].said()
    assert said.zh.endswith("删除了“闽海充电器有限公司”一名质量安全岗位任职人员的个人信息")
    assert "林月" not in said.zh
    assert found.record.new[0].enterprise == MINHAI  # type: ignore[attr-defined]


def test_while_she_is_in_post_nothing_is_deleted() -> None:
    found = an_archive(left=False)
    p.take(found.record, on_post("request"))
    found.record.new.clear()
    found.when(p.take, on_post("check")).refused("还在任")
    assert [hold.law for hold in p.holds(None, LEFT)] == [True]
    assert [hold.law for hold in p.holds(LEFT, date(2029, 3, 1))] == [False]
    assert p.holds(LEFT, LONG_AFTER) == []


def test_while_it_is_open_who_is_invited_is_known() -> None:
    found = an_invitation(revoked=False)
    i.take(found.record, on_invitation("request", ADMIN_ONE, found.record.id))
    found.record.new.clear()
    found.when(i.take, on_invitation("check", ADMIN_ONE, found.record.id)).refused("先撤销邀请")


def test_nobody_approves_what_she_checked_herself() -> None:
    post = post_at("requested")
    p.take(post.record, on_post("check", WU))
    post.record.new.clear()
    post.when(p.take, on_post("erase", WU)).refused("另一个人")
    invited = invited_at("checked")
    invited.when(i.take, on_invitation("erase", ADMIN_ONE, invited.record.id)).refused("另一个人")
    invited.refusal = None
    other = on_invitation("erase", SECURITY, invited.record.id)
    invited.when(i.take, other).then(ev.KeptDataErased, subjects=[str(invited.record.id)])


def test_who_may_take_which_step() -> None:
    for by, step, may in (
        (CONTACT, "request", True), (CONTACT, "check", False), (CONTACT, "erase", False),
        (LI, "check", True), (LI, "erase", False), (WU, "erase", True),
        (ADMIN_ONE, "request", False),
    ):  # fmt: skip
        standing = {"request": "", "check": "requested", "erase": "checked"}[step]
        refusal = post_at(standing).when(p.take, on_post(step, by)).refusal
        assert (refusal is None) is may, (by.name, step)
        assert may or isinstance(refusal, NotAllowed)
    stranger = acting("外人", GULOU, "admin", n=203)
    found = invited_at("")
    refused = found.when(i.take, on_invitation("request", stranger, found.record.id)).refusal
    assert isinstance(refused, NotAllowed)


def test_of_nobody_there_is_nothing_to_delete() -> None:
    unknown: Command = on_post("request", WANG, post=new_id())
    assert isinstance(an_archive().when(p.take, unknown).refusal, NotFound)
