"""Faults of the database, named for the pages: away (try later), full or read-only (only read)."""

from __future__ import annotations

import psycopg
from psycopg import errors
from psycopg_pool import PoolClosed, PoolTimeout

from events.log import LogBusy, LogUnavailable
from events.vault import VaultLocked

#: The disk is full: reading goes on, writing is refused.
FULL: tuple[type[Exception], ...] = (errors.DiskFull, errors.InsufficientResources)
#: The server may only be read, as after a failover: reading goes on, writing is refused.
READ_ONLY: tuple[type[Exception], ...] = (errors.ReadOnlySqlTransaction,)
#: The key to what is said of persons is missing: all else can be read and written.
LOCKED: tuple[type[Exception], ...] = (VaultLocked,)
#: More commands wait than may: nothing is wrong, it is only too much at once.
BUSY: tuple[type[Exception], ...] = (LogBusy,)
#: A view of this version is being built for the first time; it is not shown yet.
UNBUILT: tuple[type[Exception], ...] = (errors.UndefinedTable,)
#: The database cannot be reached now. Ask for `FULL` and `BUSY` first: they are kinds of this.
AWAY: tuple[type[Exception], ...] = (
    psycopg.OperationalError,
    PoolTimeout,
    PoolClosed,
    LogUnavailable,
    ConnectionError,
)
