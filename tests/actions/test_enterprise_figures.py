"""Figures of an enterprise: told first, with time to comment; published with what it says."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from events import indicators as e
from events.event import Acting
from services.actions import enterprise_figures as f
from services.actions.command import Command
from services.actions.enterprise_figures import FiguresOfEnterprise
from tests.given import Given, given
from tests.people import CHEN, CONTACT, LI, MINHAI, WU, ZHAO

THEN = datetime(2026, 11, 26, 4, tzinfo=UTC)
UNTIL = date(2026, 12, 6)
ABOUT: dict[str, Any] = {
    "body": WU.party, "enterprise": MINHAI, "month": "2026-10", "months": 12,
}  # fmt: skip
TOLD = e.EnterpriseFiguresTold(
    by=WU, occurred_on=date(2026, 11, 26), **ABOUT, method=2, upto=9, sha256="ab" * 32,
    figures="{}", comment_by=UNTIL,
)  # fmt: skip
WRITTEN = e.FiguresCommentWritten(by=CONTACT, **ABOUT, edition=1, comment="已经召回这一批")
SHOWN = e.FiguresCommentShown(by=WU, **ABOUT, edition=1, comment="已经召回这一批")
PUBLISHED = e.EnterpriseFiguresPublished(by=WU, **ABOUT)
SAYS = {"comment": "已经召回这一批"}
WHY = {"ground": "personal", "reason": "写了消费者的姓名"}


def tells(by: Acting = WU, **changed: Any) -> f.TellEnterpriseFigures:
    asked = {"enterprise": MINHAI, "month": "2026-10", "months": 12, "upto": 9, "comment_by": UNTIL}
    return f.TellEnterpriseFigures(by=by, at=THEN, **{**asked, **changed})


def on(
    *history: Any, kind: type[f.OnFigures], by: Acting = WU, after: int = 0, **typed: Any
) -> Given[FiguresOfEnterprise]:
    found = given(FiguresOfEnterprise, *history)
    at = THEN + timedelta(days=after)
    command: Command = kind(by=by, at=at, record=found.record.id, **typed)
    return found.when(f.RULES[kind], command)


def test_a_head_tells_once_the_month_is_over_and_leaves_ten_days() -> None:
    given(FiguresOfEnterprise).when(f.tell, tells()).then(
        e.EnterpriseFiguresTold, enterprise=MINHAI, body=WU.party, months=12, comment_by=UNTIL
    )
    given(FiguresOfEnterprise).when(f.tell, tells(LI)).refused("不能")
    given(FiguresOfEnterprise).when(f.tell, tells(month="2026-11")).refused("没有结束")
    early = tells(comment_by=UNTIL - timedelta(days=1))
    given(FiguresOfEnterprise).when(f.tell, early).refused("2026年12月6日或者以后", "comment_by")


def test_one_body_tells_of_one_period_once() -> None:
    assert tells().id == tells(upto=12).id
    assert tells().id != tells(months=1).id


def test_it_is_published_when_the_time_is_over_or_the_comment_was_dealt_with() -> None:
    publishes = f.PublishEnterpriseFigures
    on(TOLD, kind=publishes).refused("2026年12月6日以前可以写说明")
    on(TOLD, kind=publishes, after=11).then(e.EnterpriseFiguresPublished)
    on(TOLD, WRITTEN, kind=publishes, after=11).refused("还在等待查看")
    on(TOLD, WRITTEN, SHOWN, kind=publishes).then(e.EnterpriseFiguresPublished)
    on(TOLD, SHOWN, PUBLISHED, kind=publishes).refused("现在不能“公布”")


def test_what_it_says_is_shown_to_the_letter_or_declined_with_a_ground() -> None:
    by = CONTACT
    on(TOLD, kind=f.WriteFiguresComment, by=by, **SAYS).then(e.FiguresCommentWritten, edition=1)
    again = on(TOLD, WRITTEN, SHOWN, kind=f.WriteFiguresComment, by=by, **SAYS)
    again.then(e.FiguresCommentWritten, edition=2)
    shown = on(TOLD, WRITTEN, kind=f.ShowFiguresComment)
    shown.then(e.FiguresCommentShown, edition=1, comment=SAYS["comment"])
    declines = f.DeclineFiguresComment
    on(TOLD, WRITTEN, kind=declines, **WHY).then(e.FiguresCommentDeclined, takes_off=False)
    on(TOLD, WRITTEN, SHOWN, kind=declines, **WHY).then(e.FiguresCommentDeclined, takes_off=True)
    on(TOLD, kind=declines, **WHY).refused("没有等待查看或者正在显示")
    on(TOLD, WRITTEN, SHOWN, kind=f.WithdrawFiguresComment, by=by).then(e.FiguresCommentWithdrawn)


@pytest.mark.parametrize("by", [ZHAO, CHEN, CONTACT])
def test_nobody_else_publishes(by: Acting) -> None:
    on(TOLD, WRITTEN, SHOWN, kind=f.PublishEnterpriseFigures, by=by).refused("")


@pytest.mark.parametrize("by", [WU, LI, ZHAO])
def test_nobody_speaks_for_the_enterprise(by: Acting) -> None:
    on(TOLD, kind=f.WriteFiguresComment, by=by, **SAYS).refused("")
