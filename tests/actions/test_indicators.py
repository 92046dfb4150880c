"""Publishing figures: by a head, once the month is over, each method once."""

from __future__ import annotations

from datetime import UTC, datetime

from events.event import Acting
from events.indicators import FiguresPublished
from services.actions.indicators import (
    TOGETHER,
    MonthOfFigures,
    PublishFigures,
    PublishFiguresTogether,
    month_stream,
)
from tests.given import given
from tests.people import LI, WU

THEN = datetime(2026, 11, 26, tzinfo=UTC)
TOLD = '{"groups":{},"received":0}'
DONE = FiguresPublished(
    by=WU, month="2026-10", body=WU.party, method=1, upto=9, sha256="ab" * 32, figures=TOLD
)


def asks(by: Acting = WU, month: str = "2026-10", method: int = 1) -> PublishFigures:
    return PublishFigures(
        by=by, at=THEN, month=month, upto=9, method=method, sha256="ab" * 32, figures=TOLD
    )


def test_a_head_publishes_a_month() -> None:
    given(MonthOfFigures).when(MonthOfFigures.publish, asks()).then(
        FiguresPublished, month="2026-10", body=WU.party, upto=9, method=1, figures=TOLD
    )


def test_nobody_else_does() -> None:
    given(MonthOfFigures).when(MonthOfFigures.publish, asks(LI)).refused("不能")


def test_the_month_must_be_over() -> None:
    given(MonthOfFigures).when(MonthOfFigures.publish, asks(month="2026-11")).refused("没有结束")


def test_what_is_published_is_not_replaced() -> None:
    given(MonthOfFigures, DONE).when(MonthOfFigures.publish, asks()).refused("不能替换")


def test_another_method_stands_beside() -> None:
    given(MonthOfFigures, DONE).when(MonthOfFigures.publish, asks(method=2)).then(
        FiguresPublished, method=2
    )


def test_all_bodies_together_are_published_as_one_of_their_own() -> None:
    asked = PublishFiguresTogether(
        by=WU, at=THEN, month="2026-10", upto=9, method=2, sha256="ab" * 32, figures=TOLD
    )
    given(MonthOfFigures).when(MonthOfFigures.publish, asked).then(FiguresPublished, body=TOGETHER)
    assert month_stream(TOGETHER.id, "2026-10") != month_stream(WU.party.id, "2026-10")
