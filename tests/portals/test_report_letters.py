"""Letters of a report: its record for the file, and the result, which its reporter opens."""

from __future__ import annotations

import re

import pytest

from services.platform import Platform
from tests.letters.sample import words
from tests.people import LI
from tests.portals.desks import send, send_anyway, shown
from tests.portals.lodging import fields, visitor
from tests.portals.test_reports import FACTS, HEAD, NAME, report, the_id
from tests.vault.desk import desk

pytestmark = pytest.mark.postgres
LAW = "《企业信息公示暂行条例》第十三条"


async def test_from_the_result_to_the_letter_the_reporter_opened(platform: Platform) -> None:
    async with visitor(platform) as she:
        number, _ = await report(she)
        here = f"/regulator/reports/{await the_id(platform, number)}"
        async with desk(platform, LI) as clerk, desk(platform, HEAD) as head:
            letters = f"{here}/letters"
            assert "还缺：告知的结果" in await shown(clerk, letters)
            record = words(await (await clerk.get(f"{letters}/make/form-2")).read())
            assert FACTS in record
            assert "举报人1号" in record
            assert NAME not in record
            await send(clerk, f"{here}/verify")
            filed = {"matter": "充电器没有认证", "reason": "检验不合格，现场查实"}
            await send(head, f"{here}/file", **filed)
            await send(clerk, f"{here}/notify", law=LAW, result="已立案调查，依法处理")
            page = await send_anyway(clerk, letters, f"{letters}/make/form-10", 200)
            letter = re.search(rf"{letters}/([0-9a-f-]+)\.pdf", page)
            assert letter is not None
            made = await (await clerk.get(letter[0])).read()
            assert LAW in words(made)
            mine = "/report/mine/letters"
            hers = await shown(she, mine)
            assert "会记入举报记录" in hers
            assert "举报处理结果告知书" in hers
            opened = await she.post(f"{mine}/{letter[1]}/open", data=fields(hers))
            assert await opened.read() == made
            assert "已送达" in await shown(clerk, letters)
