"""Messages at the desk: who reads what she wrote is recorded, and restricted texts stay closed."""

from __future__ import annotations

import pytest

from events.reads import PersonalDataRead
from services.actions import complaints as c
from services.platform import Platform
from tests.caught_up import caught_up
from tests.people import LI
from tests.portals.desks import shown, signed_in
from tests.portals.lodging import GULOU, MINHAI, a_complaint, know

pytestmark = pytest.mark.postgres


async def test_who_opens_the_form_of_an_answer_has_read_her_message(platform: Platform) -> None:
    row = await a_complaint(platform, GULOU, LI, enterprise=MINHAI)
    here, id = f"/regulator/complaints/{row['id']}/message", row["id"]
    async with signed_in(platform, LI) as clerk:
        know(platform)
        assert "还没有消息" not in await shown(clerk, here)
        assert await reads(platform) == 0, "nothing of hers was shown"
        wrote = c.WriteToBody(by=c.complainant(id), complaint=id, whose="consumer", text="来信甲")
        await platform.perform(c.write_to_body, wrote)
        await caught_up(platform)
        assert "来信甲" in await shown(clerk, here)
        assert await reads(platform) == 1


async def reads(platform: Platform) -> int:
    await platform.reads.record()
    return len(await platform.log.of_kinds([PersonalDataRead]))
