"""Real databases for tests: one server per session, a fresh database per test."""

from __future__ import annotations

import asyncio
import atexit
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import psycopg
from psycopg import sql

from deploy.postgres import Server, Tree, find_trees
from deploy.postgres.cluster import APP, OWNER
from services.platform import open_platform

TEMPLATE = "template_gongzhi"
#: Linux keeps it in memory; some containers give it 64 MB.
_MEMORY, _ROOM = Path("/dev/shm"), 8 << 30
#: Evidence files, a folder for each database: two loads of the demo seal the same ones differently.
_FILES = Path(tempfile.mkdtemp(prefix="gongzhi-files-"))
atexit.register(shutil.rmtree, _FILES, ignore_errors=True)


class Dsns(NamedTuple):
    """How to reach one database as its owner and as the application."""

    owner: str
    app: str


def tree_of(kind: str) -> Tree | None:
    """`wheel` or `system`, where this machine has it."""
    return next((tree for tree in find_trees() if tree.kind == kind), None)


@contextmanager
def data_directory(within: Path | None = None) -> Iterator[Path]:
    """Not pytest's own, which is private to root; the server's user could not get there."""
    path = Path(tempfile.mkdtemp(prefix="gongzhi-test-", dir=within))
    path.chmod(0o755)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@contextmanager
def running_server(durable: bool = True) -> Iterator[Server]:
    """A server of its own; `GONGZHI_TEST_TREE=system` runs the suite on the system's programs.

    One that need not outlive a crash of the machine does not wait for the disk, and lies in memory
    where there is plenty: copying a database for each test takes a fraction of the time there.
    """
    kind = os.environ.get("GONGZHI_TEST_TREE")
    tree = tree_of(kind) if kind else find_trees()[0]
    if tree is None:
        raise RuntimeError(f"GONGZHI_TEST_TREE={kind}: no such PostgreSQL here")
    with data_directory(None if durable else _in_memory()) as data:
        server = Server(data, tree)
        server.ensure()
        if not durable:
            _do_not_wait_for_the_disk(server)
        try:
            yield server
        finally:
            server.stop()


def _in_memory() -> Path | None:
    """A directory in memory, where one has room for all that the tests leave behind."""
    roomy = _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM
    return _MEMORY if roomy else None


def _do_not_wait_for_the_disk(server: Server) -> None:
    with psycopg.connect(server.dsn("postgres"), autocommit=True) as connection:
        connection.execute("alter system set fsync = off")
        connection.execute("alter system set full_page_writes = off")
        connection.execute("select pg_reload_conf()")


def fresh_database(server: Server) -> Dsns:
    """A copy of the template: the tables of the log and of the views, and nothing in them."""
    _make_template(server)
    return _copy(server, TEMPLATE)


def copy_of(server: Server, dsns: Dsns) -> Dsns:
    """A database with the same content; nobody may be connected to the one that is copied."""
    copy = _copy(server, _name(dsns))
    if files_of(dsns.owner).exists():
        shutil.copytree(files_of(dsns.owner), files_of(copy.owner))
    return copy


def files_of(dsn: str) -> Path:
    """Where the evidence files of this database lie."""
    return _FILES / str(psycopg.conninfo.conninfo_to_dict(dsn)["dbname"])


def _copy(server: Server, template: str) -> Dsns:
    """Of a small database copying the files is quickest."""
    name = f"test_{secrets.token_hex(6)}"
    _administer(server, "create database {} template {} strategy file_copy", name, template)
    return Dsns(server.dsn(name, OWNER), server.dsn(name, APP))


def drop_database(server: Server, dsns: Dsns) -> None:
    """Also when a test left a connection open."""
    _administer(server, "drop database {} with (force)", _name(dsns))
    shutil.rmtree(files_of(dsns.owner), ignore_errors=True)


def _name(dsns: Dsns) -> str:
    return str(psycopg.conninfo.conninfo_to_dict(dsns.owner)["dbname"])


def _make_template(server: Server) -> None:
    """Once per server; nobody may be connected to it while it is copied."""
    with psycopg.connect(server.dsn("postgres"), autocommit=True) as connection:
        named = "select 1 from pg_database where datname = %s"
        if connection.execute(named, [TEMPLATE]).fetchone():
            return
    _administer(server, "create database {}", TEMPLATE)
    laid = _lay(server.dsn(TEMPLATE, OWNER), server.dsn(TEMPLATE, APP))
    try:
        with ThreadPoolExecutor(1) as apart:  # this thread may be running a loop
            apart.submit(asyncio.run, laid).result()
    except BaseException:
        _administer(server, "drop database {} with (force)", TEMPLATE)
        raise


async def _lay(owner: str, app: str) -> None:
    """The tables that each platform makes where they are not there; no vault is opened."""
    async with open_platform(owner, app, working=False):
        pass


def _administer(server: Server, statement: str, *names: str) -> None:
    """Creating and dropping databases cannot be part of a transaction."""
    words = [sql.Identifier(name) for name in names]
    with psycopg.connect(server.dsn("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*words))
