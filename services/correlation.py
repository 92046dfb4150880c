"""Correlation: one id for all that follows from one request: its events, its lines in the log.

What acts by itself (policies, the builder of a view) goes on under the id of the event it acts on.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_ID: ContextVar[str] = ContextVar("correlation", default="")


def current() -> str:
    """The id of what is going on, or "" where nothing has one."""
    return _ID.get()


@contextmanager
def correlated(id: str) -> Iterator[None]:
    """What is done inside belongs together under this id; "" changes nothing."""
    token = _ID.set(id or _ID.get())
    try:
        yield
    finally:
        _ID.reset(token)
