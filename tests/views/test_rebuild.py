"""Every view built anew from the log of the demo province has the same rows."""

from __future__ import annotations

import pytest

from deploy.postgres import Server
from tests.database import Dsns, copy_of, drop_database
from tests.opening import open_platform

pytestmark = pytest.mark.postgres


async def test_every_view_rebuilt_is_equal(server: Server, province: Dsns) -> None:
    dsns = copy_of(server, province)
    # Without workers, since the clocks of the province would go on and add events in between.
    async with open_platform(dsns.owner, dsns.app, working=False) as platform:
        await platform.catch_up()
        before = {b.view.name: await b.digest() for b in platform.builders}
        for builder in platform.builders:
            await builder.rebuild()
        await platform.catch_up()
        after = {b.view.name: await b.digest() for b in platform.builders}
        assert after == before
        assert not [b.view.name for b in platform.builders if b.failed]
    drop_database(server, dsns)
