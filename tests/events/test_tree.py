"""The tree grows with the log, in the same transaction, and is the tree of RFC 6962."""

from __future__ import annotations

import hashlib
from typing import Any

import psycopg
import pytest

from events.ids import new_id
from events.log import Append, Conflict
from events.proofs.edges import Edge
from events.proofs.entries import entry
from events.proofs.merkle import leaf_hash
from services.platform import Platform
from tests.database import Dsns
from tests.events.test_log import accepted

pytestmark = pytest.mark.postgres
#: Goes over the ends of tiles of the first and of the second level in steps of all sorts.
BATCHES = (1, 1, 1, 2, 3, 5, 200, 42, 1, 1, 255, 256, 257, 4_000, 60_000, 300, 1, 66_000, 7)
_EVENTS = "select position, party, recorded_at, state, version, stream, topic, leaf from log.events"
_APPEND = "select * from log.append(%s, %s, %s, %s, %s, %s, %s, null, null)"


def many(connection: psycopg.Connection[Any], number: int) -> None:
    """So many events in one append."""
    streams = [new_id() for _ in range(number)]
    states = [stream.bytes for stream in streams]
    hashes = [hashlib.sha256(state).digest() for state in states]
    alike = [1] * number, ['竹"\\\n\x01\x7f.v1'] * number, ["org:竹\t\u2028"] * number
    connection.execute(_APPEND, (alike[0], streams, alike[0], alike[1], alike[2], states, hashes))


def check(connection: psycopg.Connection[Any]) -> None:
    """Entries, edge and tiles are those that the verifiers would make."""
    rows = connection.execute(_EVENTS + " order by position").fetchall()
    for _, party, at, state, version, stream, topic, leaf in rows:
        milliseconds = round(at.timestamp() * 1000)
        told = entry(str(stream), version, topic, milliseconds, party, state)
        assert leaf == leaf_hash(told)
    edge, grown = Edge().extend(row[-1] for row in rows)
    head = connection.execute("select size, edge from log.head").fetchone()
    assert head == (len(rows), bytes(edge))
    tiles: dict[tuple[int, int], bytes] = {}
    for level, place, hash_ in grown:
        where = level, place // 256
        tiles[where] = tiles.get(where, b"") + hash_
    full = {where: hashes for where, hashes in tiles.items() if where[0] or len(hashes) == 8192}
    stored = connection.execute("select level, index, hashes from log.tiles").fetchall()
    assert {(level, index): hashes for level, index, hashes in stored} == full


def test_it_is_the_tree_of_the_events_whatever_the_batches(database: Dsns) -> None:
    with psycopg.connect(database.app, autocommit=True) as connection:
        for number in BATCHES:
            many(connection, number)
            if number < 1_000:
                check(connection)
        check(connection)


async def test_what_is_refused_leaves_the_tree_alone(platform: Platform, database: Dsns) -> None:
    stream = new_id()
    await platform.log.append([Append(stream, 0, [accepted(), accepted()])])
    for after in (0, 5):
        with pytest.raises(Conflict):
            await platform.log.append([Append(stream, after, [accepted()])])
    await platform.log.append([Append(stream, 2, [accepted()])])
    with psycopg.connect(database.app) as connection:
        check(connection)


@pytest.mark.parametrize(
    "statement",
    [
        "delete from log.tiles",
        "truncate log.tiles",
        "update log.tiles set hashes = substr(hashes, 33)",
        "update log.tiles set hashes = set_byte(hashes, 7, 0)",
        "update log.tiles set index = 9",
    ],
)
def test_a_tile_only_grows(database: Dsns, statement: str) -> None:
    with psycopg.connect(database.owner, autocommit=True) as connection:
        many(connection, 300)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "insert into log.events select * from log.events",
        "insert into log.tiles values (9, 9, '')",
        "update log.head set size = 0",
        "update log.head set edge = ''",
        "select log.grow(0, '', decode(repeat('00', 8192), 'hex'))",
    ],
)
def test_the_application_reaches_it_through_the_append_alone(
    database: Dsns, statement: str
) -> None:
    with (
        psycopg.connect(database.app, autocommit=True) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(statement)
