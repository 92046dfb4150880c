"""Envelopes: opened by the right key at the right place only; the length tells little."""

from __future__ import annotations

import secrets
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.envelopes import Altered, Place, seal, unseal
from events.event import Personal
from events.ids import new_id
from events.keyring import Keyring, NoSuchKey
from tests.opening import SUBJECT

KEY = secrets.token_bytes(32)
HERE = Place(UUID(SUBJECT), 3, "told")
FIELDS = st.dictionaries(st.text(min_size=1), st.text(), min_size=1, max_size=5)


@given(FIELDS)
def test_what_is_sealed_opens_and_tells_nothing(fields: dict[str, str]) -> None:
    told = Personal.committed(SUBJECT, fields)
    sealed = seal(told, KEY, HERE)
    assert (sealed.fields, sealed.salt) == (None, None)
    assert unseal(sealed, KEY, HERE) == told
    stored = msgspec.json.encode(sealed)
    for text in fields.values():
        if len(text.encode()) > 6:
            assert text.encode() not in (sealed.sealed or b"")
            assert text.encode() not in stored.replace(b'"', b"") or text in str(list(fields))


def test_texts_of_different_length_look_alike() -> None:
    short, long = (
        seal(Personal.committed(SUBJECT, {"facts": "坏" * n}), KEY, HERE) for n in (1, 60)
    )
    assert len(short.sealed or b"") == len(long.sealed or b"")


def test_it_opens_nowhere_else_and_under_no_other_key() -> None:
    sealed = seal(Personal.committed(SUBJECT, {"name": "陈小姐"}), KEY, HERE)
    other = msgspec.structs.replace(sealed, subject=str(new_id()))
    places = (HERE._replace(version=4), HERE._replace(part="who"), HERE._replace(stream=new_id()))
    for place in places:
        with pytest.raises(Altered):
            unseal(sealed, KEY, place)
    for envelope, key in ((sealed, secrets.token_bytes(32)), (other, KEY)):
        with pytest.raises(Altered):
            unseal(envelope, key, HERE)


@given(st.data())
def test_no_byte_can_be_changed(data: st.DataObject) -> None:
    sealed = seal(Personal.committed(SUBJECT, {"name": "陈小姐"}), KEY, HERE)
    body = bytearray(sealed.sealed or b"")
    at = data.draw(st.integers(0, len(body) - 1))
    body[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Altered):
        unseal(msgspec.structs.replace(sealed, sealed=bytes(body)), KEY, HERE)


def test_commitments_that_were_changed_do_not_open() -> None:
    sealed = seal(Personal.committed(SUBJECT, {"name": "陈小姐"}), KEY, HERE)
    other = Personal.committed(SUBJECT, {"name": "李小姐"})
    with pytest.raises(Altered):
        unseal(msgspec.structs.replace(sealed, commitments=other.commitments), KEY, HERE)


def test_a_ring_unwraps_what_any_of_its_keys_wrapped() -> None:
    old = Keyring.generate()
    wrapped = old.wrap(KEY)
    renewed = old.renewed()
    assert renewed.first != old.first
    assert renewed.unwrap(str(old.first), wrapped) == KEY
    assert Keyring.parse(renewed.text).keys == renewed.keys
    for ring, name in ((Keyring.generate(), str(old.first)), (renewed, str(renewed.first))):
        with pytest.raises(NoSuchKey):
            ring.unwrap(name, wrapped)
    with pytest.raises(NoSuchKey):
        Keyring().wrap(KEY)
    for line in ("gongzhi-kek-v1:abc", "nothing", "gongzhi-kek-v1:" + "QUJD"):
        with pytest.raises(ValueError, match="32 bytes"):
            Keyring.parse(line)
