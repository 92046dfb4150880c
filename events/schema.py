"""Lays the tables of the log, once, as the owner of the database."""

from __future__ import annotations

from importlib.resources import files

import psycopg

#: Raised with every change of them; a database of another version is refused.
VERSION = 10
FILES = ("schema.sql", "tree.sql")


class WrongSchema(Exception):
    """The database was laid by another version of the software."""


def create(owner: str) -> None:
    """Create what is missing; harmless when all is there. `owner` is a libpq conninfo."""
    with psycopg.connect(owner) as connection:
        connection.execute("select pg_advisory_xact_lock(7310)")
        if not _exists(connection):
            for name in FILES:
                connection.execute(files("events").joinpath(name).read_bytes())
            _remember(connection)
        _refuse_other(connection)


def _exists(connection: psycopg.Connection[tuple[object, ...]]) -> bool:
    row = connection.execute("select to_regclass('log.events') is not null").fetchone()
    return bool(row and row[0])


def _remember(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    connection.execute("insert into desk.settings values ('schema', %s)", [str(VERSION)])


def _refuse_other(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    row = connection.execute("select value from desk.settings where key = 'schema'").fetchone()
    if row is None or row[0] != str(VERSION):
        raise WrongSchema(f"database has schema {row and row[0]}, this software needs {VERSION}")
