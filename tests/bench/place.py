"""Where the measurements run: a server of our own for the run, or the operator's."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from deploy.postgres import Server
from deploy.postgres.external import prepare
from deploy.postgres.tree import find_trees
from events import schema
from tests.database import Dsns, drop_database, fresh_database, running_server


class Place(Protocol):
    """A PostgreSQL server that gives out fresh databases."""

    name: str

    @property
    def dsn(self) -> str:
        """The administrative database, as the owner."""

    def database(self, tables: bool = True) -> Dsns: ...

    def drop(self, dsns: Dsns) -> None: ...

    def pgbench(self) -> Path | None:
        """The program that measures the server itself, where it is installed."""


class Own:
    """A server started for this run, in a directory that goes with it."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.name = f"PostgreSQL {server.tree.version} ({server.tree.kind})"

    @property
    def dsn(self) -> str:
        return self.server.dsn("postgres")

    def database(self, tables: bool = True) -> Dsns:
        if tables:
            return fresh_database(self.server)
        url = _created(self.dsn)
        return Dsns(url, url)

    def drop(self, dsns: Dsns) -> None:
        drop_database(self.server, dsns)

    def pgbench(self) -> Path | None:
        return _program([self.server.tree.bin])


class External:
    """The server of `GONGZHI_DATABASE_URL`; its role must be allowed to create databases."""

    def __init__(self, url: str) -> None:
        self.dsn = url
        with psycopg.connect(url) as connection:
            self.name = f"PostgreSQL {connection.info.parameter_status('server_version')} (URL)"

    def database(self, tables: bool = True) -> Dsns:
        dsns = Dsns(*prepare(_created(self.dsn)))
        if tables:
            schema.create(dsns.owner)
        return dsns

    def drop(self, dsns: Dsns) -> None:
        _dropped(self.dsn, dsns)

    def pgbench(self) -> Path | None:
        return _program([tree.bin for tree in find_trees()])


@contextmanager
def open_place(url: str | None) -> Iterator[Place]:
    """The operator's server when its address is known, else one of our own."""
    if url:
        yield External(url)
        return
    with running_server() as server:
        yield Own(server)


def _created(admin: str) -> str:
    """A new empty database on the same server; its address."""
    name = f"gongzhi_bench_{secrets.token_hex(6)}"
    _administer(admin, "create database {}", name)
    return make_conninfo(admin, dbname=name)


def _dropped(admin: str, dsns: Dsns) -> None:
    name = str(conninfo_to_dict(dsns.owner)["dbname"])
    _administer(admin, "drop database {} with (force)", name)


def _administer(admin: str, statement: str, name: str) -> None:
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))


def _program(folders: list[Path]) -> Path | None:
    found = shutil.which("pgbench", path=os.pathsep.join(map(str, folders)))
    found = found or shutil.which("pgbench")
    return Path(found) if found else None
