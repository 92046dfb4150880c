"""What is due is looked up soonest first; where there is more, the list says so."""

from __future__ import annotations

from datetime import timedelta

import pytest

from events.event import today
from services.platform import Platform
from services.views import narrowing
from services.views.narrowing import Narrow
from tests.caught_up import caught_up
from tests.people import GULOU
from tests.views.test_complaint_register import told

pytestmark = pytest.mark.postgres


async def test_where_more_is_due_than_is_looked_at_there_is_more(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *_ = [await told(platform, day, handler=GULOU) for day in (2, 3, 4)]
    await caught_up(platform)
    narrow = Narrow(due_until=today() + timedelta(days=400))
    page = await platform.views.complaints.handled_by(GULOU.id, narrow=narrow)
    assert (page.total, page.more) == (3, False)
    monkeypatch.setattr(narrowing, "SOONEST", 1)
    page = await platform.views.complaints.handled_by(GULOU.id, narrow=narrow)
    assert [str(row["id"]) for row in page.rows] == [str(first)], "the soonest"
    assert (page.total, page.more, page.has_next) == (1, True, False)
