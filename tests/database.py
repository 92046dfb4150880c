"""Real databases for tests: one server per session, a fresh database per test."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import psycopg
from psycopg import sql

from deploy.postgres import Server, Tree, find_trees
from deploy.postgres.cluster import APP, OWNER
from events import schema

TEMPLATE = "template_gongzhi"


class Dsns(NamedTuple):
    """How to reach one database as its owner and as the application."""

    owner: str
    app: str


def tree_of(kind: str) -> Tree | None:
    """`wheel` or `system`, where this machine has it."""
    return next((tree for tree in find_trees() if tree.kind == kind), None)


@contextmanager
def data_directory() -> Iterator[Path]:
    """Not pytest's own, which is private to root; the server's user could not get there."""
    path = Path(tempfile.mkdtemp(prefix="gongzhi-test-"))
    path.chmod(0o755)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@contextmanager
def running_server() -> Iterator[Server]:
    """A server of its own; `GONGZHI_TEST_TREE=system` runs the suite on the system's programs."""
    kind = os.environ.get("GONGZHI_TEST_TREE")
    tree = tree_of(kind) if kind else find_trees()[0]
    if tree is None:
        raise RuntimeError(f"GONGZHI_TEST_TREE={kind}: no such PostgreSQL here")
    with data_directory() as data:
        server = Server(data, tree)
        server.ensure()
        try:
            yield server
        finally:
            server.stop()


def fresh_database(server: Server) -> Dsns:
    """A copy of the template, which has the tables and nothing in them."""
    _make_template(server)
    name = f"test_{secrets.token_hex(6)}"
    _administer(server, "create database {} template {}", name, TEMPLATE)
    return Dsns(server.dsn(name, OWNER), server.dsn(name, APP))


def drop_database(server: Server, dsns: Dsns) -> None:
    """Also when a test left a connection open."""
    name = psycopg.conninfo.conninfo_to_dict(dsns.owner)["dbname"]
    _administer(server, "drop database {} with (force)", str(name))


def _make_template(server: Server) -> None:
    """Once per server; nobody may be connected to it while it is copied."""
    with psycopg.connect(server.dsn("postgres"), autocommit=True) as connection:
        named = "select 1 from pg_database where datname = %s"
        if connection.execute(named, [TEMPLATE]).fetchone():
            return
    _administer(server, "create database {}", TEMPLATE)
    try:
        schema.create(server.dsn(TEMPLATE, OWNER))
    except BaseException:
        _administer(server, "drop database {} with (force)", TEMPLATE)
        raise


def _administer(server: Server, statement: str, *names: str) -> None:
    """Creating and dropping databases cannot be part of a transaction."""
    words = [sql.Identifier(name) for name in names]
    with psycopg.connect(server.dsn("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*words))
