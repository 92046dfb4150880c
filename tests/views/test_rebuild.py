"""Every view built anew from the log of the demo province has the same rows."""

from __future__ import annotations

import pytest

from deploy.demo import load
from services.platform import Platform

pytestmark = pytest.mark.postgres


async def test_every_view_rebuilt_is_equal(platform: Platform) -> None:
    await load(platform, lambda zh, en: None)
    await platform.catch_up()
    before = {b.view.name: await b.digest() for b in platform.builders}
    for builder in platform.builders:
        await builder.rebuild()
    await platform.catch_up()
    after = {b.view.name: await b.digest() for b in platform.builders}
    assert after == before
    assert not [b.view.name for b in platform.builders if b.failed]
