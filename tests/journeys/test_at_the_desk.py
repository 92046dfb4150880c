"""A morning at a regulator's desk, over HTTP: what waits, a kept filter, several cases at once,
a note for the colleagues, two people in one case, and taking back what was too much.
"""

from __future__ import annotations

import re

import pytest

from services.platform import Platform
from tests.people import GULOU, LI
from tests.portals.desks import Client, hidden, send, shown
from tests.portals.joined import at_desk
from tests.portals.lodging import a_complaint

pytestmark = pytest.mark.postgres
LIST = "/regulator/complaints"


async def ticked(client: Client, list_: str) -> str:
    """Tick all rows of the list and follow the button; the page that confirms."""
    page = await shown(client, f"{list_}&all=1")
    boxes = re.findall(r'name="record" value="([^"]+)"[^>]* checked', page)
    return "/regulator/many?kind=complaint" + "".join(f"&record={box}" for box in boxes)


async def claimed(client: Client, confirm: str) -> str:
    """Take charge of all that was ticked; the address of what came of it."""
    data = [*hidden(await shown(client, confirm)).items(), ("act", "claim")]
    data = [pair for pair in data if pair[0] != "record"]
    data += [("record", id) for id in re.findall(r"record=([^&]+)", confirm)]
    done = await client.post("/regulator/many", data=data)
    assert "已办 3" in await done.text()
    return done.url.path


async def test_a_morning_at_the_desk(platform: Platform) -> None:
    rows = [await a_complaint(platform, handler=GULOU, by=LI) for _ in range(3)]
    here, notes = f"{LIST}/{rows[0]['id']}", f"/regulator/notes/complaint/{rows[0]['id']}"
    async with (
        at_desk(platform, "李强", "clerk", GULOU) as li,
        at_desk(platform, "吴芳", "head", GULOU) as wu,
    ):
        home = await shown(li, "/regulator")
        assert home.count("决定是否受理") == 3
        assert home.count("待领") == 3

        new = re.findall(r'href="(/saved/new[^"]+)"', await shown(li, f"{LIST}?whose=pool"))
        await send(li, new[0], name="本局待领", shared="yes")
        (kept,) = re.findall(r'href="([^"]+)"[^>]*>本局待领', await shown(wu, LIST))

        result = await claimed(li, await ticked(li, kept))
        assert (await shown(li, "/regulator")).count("李强") >= 4

        await send(li, notes, text="经营者今天下午来局里说明情况")
        await shown(li, here)
        page = await shown(wu, here)
        assert "经营者今天下午来局里说明情况" in page
        assert re.search(r"李强 自 \d\d:\d\d 起也打开着这条记录", page)

        form = await shown(wu, f"{here}/refuse")
        await send(li, f"{here}/accept")
        late = {"ground": "R1", "reason": "不属于本局管辖，请向所在地提出"}
        sent = await wu.post(f"{here}/refuse", data={**hidden(form), **late})
        assert sent.status == 409
        page = await sent.text()
        assert all(words in page for words in ("您看到的", "现在", "您填写的", late["reason"]))

        page = await send(li, f"{result}/undo")
        assert "已撤销 3 件" in re.sub(r"<[^>]+>", "", page)
        assert "本局待领" in await shown(wu, kept)
        assert (await shown(wu, "/regulator")).count("待领") >= 3
        assert "已受理" in await shown(wu, here)
