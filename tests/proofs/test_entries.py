"""Entries: the bytes of a leaf, here and in the database."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.proofs.canonical import canonical
from events.proofs.entries import PLAIN, SQL, Entry, entry
from events.proofs.texts import b64
from events.proofs.tiles import LONGEST
from events.proofs.verdicts import Malformed
from tests.database import Dsns

STREAM = "0192f0c1-2b3c-7d4e-8f50-617283940a1b"
AT = 1_795_420_000_123
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def test_an_entry_is_these_bytes() -> None:
    data = entry(STREAM, 3, "complaint-accepted.v1", AT, "council-1", b"{}")
    hash_ = b64(sha256(b"{}").digest())
    assert data.decode() == (
        f'{{"a":"council-1","at":{AT},"h":"{hash_}","n":3,"s":"{STREAM}",'
        '"t":"complaint-accepted.v1","v":1}'
    )
    assert PLAIN.fullmatch(data)
    assert bytes(Entry.parse(data)) == data


@given(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8")))
def test_any_text_stands_in_it_as_jcs_writes_it(party: str, topic: str) -> None:
    data = entry(STREAM, 1, topic, AT, party, b"")
    assert data == canonical(json.loads(data))
    read = Entry.parse(data)
    assert (read.party, read.topic, read.stream) == (party, topic, STREAM)
    if PLAIN.fullmatch(data):
        assert not set(party + topic) & set('"\\')
        assert (party + topic).isprintable()


@pytest.mark.postgres
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40),
    st.integers(0, 4_102_444_800_000), st.integers(0, 2**31 - 1), st.binary(max_size=200),
    st.uuids(),
)  # fmt: skip
def test_the_database_makes_the_same_bytes(
    connection: psycopg.Connection, party: str, topic: str, at: int, version: int, state: bytes,
    stream: UUID,
) -> None:  # fmt: skip
    row = connection.execute(
        f"select {SQL} from (values (%s::text, %s::timestamptz, %s::bytea, %s::int, %s::uuid, "
        "%s::text)) r (party, recorded_at, state, version, stream, topic)",
        (party, EPOCH + timedelta(milliseconds=at), state, version, stream, topic),
    ).fetchone()
    assert row
    assert row[0] == entry(str(stream), version, topic, at, party, state)


@pytest.fixture(scope="module")
def connection(module_database: Dsns):  # type: ignore[no-untyped-def]
    with psycopg.connect(module_database.app, autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def module_database(server):  # type: ignore[no-untyped-def]
    from tests.database import drop_database, fresh_database

    dsns = fresh_database(server)
    yield dsns
    drop_database(server, dsns)


GOOD = {"a": "p", "at": AT, "h": b64(bytes(32)), "n": 1, "s": STREAM, "t": "t.v1", "v": 1}


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2}, {"n": -1}, {"n": "1"}, {"n": True}, {"at": 1.5}, {"h": "AA=="}, {"h": 1},
        {"h": b64(bytes(32))[:-2] + "B="}, {"x": 1}, {"a": None}, {"s": 3},
    ],
)  # fmt: skip
def test_what_is_no_entry_is_refused(change: dict[str, object]) -> None:
    data = canonical(GOOD | change)
    assert not PLAIN.fullmatch(data)
    with pytest.raises(Malformed):
        Entry.parse(data)


@pytest.mark.parametrize("data", [b"", b"[]", b"1", canonical(GOOD) + b"\n", b"\xff"])
def test_other_bytes_are_refused(data: bytes) -> None:
    assert not PLAIN.fullmatch(data)
    with pytest.raises(Malformed):
        Entry.parse(data)


def test_an_entry_that_fits_no_bundle_is_refused() -> None:
    with pytest.raises(Malformed, match="longer"):
        entry(STREAM, 1, "t" * LONGEST, AT, "p", b"")
