"""perform: the one door; what goes wrong behind it is said in a sentence."""

from __future__ import annotations

import pytest

from events.ids import new_id
from events.log import Appended, Conflict
from events.vault import PersonErased
from services.actions import complaints as c
from services.actions.change import Log
from services.actions.refused import ERASED, AlreadyDecided
from services.platform import Platform
from tests.people import ZHAO

pytestmark = pytest.mark.postgres


@pytest.mark.parametrize("first", [Conflict("somebody else"), PersonErased()])
async def test_who_was_erased_meanwhile(platform: Platform, first: Exception) -> None:
    """At the first try, or at the one that follows a conflict."""
    raised = iter((first, PersonErased()))

    async def action(log: Log, command: c.StartMediation) -> Appended:
        raise next(raised)

    with pytest.raises(AlreadyDecided) as refused:
        await platform.perform(action, c.StartMediation(by=ZHAO, complaint=new_id(), key="k"))
    assert refused.value.words == ERASED
