"""A consumer before a browser, up to the check page of her complaint, and on from there."""

from __future__ import annotations

import re

from services.messages.codes import opened
from tests.browser.world import MINHAI, Someone

#: The area of 榕城县消费者权益保护委员会.
PLACE = "350121"


async def to_the_check(she: Someone) -> None:
    """All she tells, as she types it."""
    await she.opens("/complain")
    await she.fills(respondent=MINHAI, respondent_address="榕城县工业路1号", place=PLACE)
    await she.presses("继续")
    await she.fills(category="quality", product="充电器", facts="充电九天后发烫变形", injury="no")
    await she.presses("继续")
    await she.fills(request="退货退款", may_mediate="yes", may_publish="no")
    await she.presses("继续")
    await she.fills(name="林月", phone="13900005678", address="榕城县东街2号")
    await she.presses("继续")


async def code_for(she: Someone) -> str:
    """The code that was sent last."""
    sql = b"select subject, sealed from desk.messages where kind = 'code' order by made_at desc"
    async with she.world.platform.pool.connection() as connection:
        row = await (await connection.execute(sql)).fetchone()
    assert row is not None
    return (await opened(she.world.platform.vault, *row)).code


async def lodges(she: Someone) -> None:
    """Sent, perhaps once the browser's work is done; the receipt."""
    async with she.page.expect_navigation(url=re.compile("/receipt/")):
        await she.page.click("main button:has-text('提交投诉')")


async def confirms(she: Someone) -> None:
    """Where no scripts run, a code is sent to her and typed; else nothing is asked."""
    if not she.world.scripted:
        await she.presses("发送验证码")
        await she.fills(code=await code_for(she))
