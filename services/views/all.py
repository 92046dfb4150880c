"""Every view, one line each; pages ask `platform.views.<view>`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from psycopg_pool import AsyncConnectionPool

from services.views.complaint_register import ComplaintRegister
from services.views.trail import Trail
from services.views.view import View


class Views:
    """The views over one database."""

    def __init__(self, pool: AsyncConnectionPool[Any]) -> None:
        self.trail = Trail(pool)
        self.complaints = ComplaintRegister(pool)

    def __iter__(self) -> Iterator[View]:
        return (view for view in vars(self).values() if isinstance(view, View))
