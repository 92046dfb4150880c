"""RFC 8785: its vectors, what is refused, and that nothing canonical has a second form."""

from __future__ import annotations

import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.proofs.canonical import canonical, parse, read_json
from events.proofs.verdicts import Malformed
from tests.proofs.vectors import VECTORS, found, needs_vectors

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(codec="utf-8"))
    | st.floats(allow_nan=False, allow_infinity=False).filter(lambda x: not x.is_integer()),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner),
    max_leaves=12,
)


@needs_vectors
def test_the_vectors_of_the_rfc() -> None:
    names = [path.name for path in found("rfc8785-jcs/testdata/input/*.json")]
    assert len(names) == 6
    top = VECTORS / "rfc8785-jcs/testdata"
    for name in names:
        value = read_json((top / "input" / name).read_bytes())
        written = canonical(value)
        assert written == (top / "output" / name).read_bytes()
        octets = (top / "outhex" / name).with_suffix(".txt").read_text().split()
        assert written == bytes.fromhex("".join(octets))
        assert parse(written) == value


#: The examples of the RFC's appendix B and of its number test file.
NUMBERS = {
    "0000000000000000": "0", "8000000000000000": "0", "0000000000000001": "5e-324",
    "7fefffffffffffff": "1.7976931348623157e+308", "4340000000000001": "9007199254740994",
    "444b1ae4d6e2ef50": "1e+21", "444b1ae4d6e2ef4f": "999999999999999900000",
    "3eb0c6f7a0b5ed8d": "0.000001", "3eb0c6f7a0b5ed8c": "9.999999999999997e-7",
    "41b3de4355555553": "333333333.3333332", "becbf647612f3696": "-0.0000033333333333333333",
    "43143ff3c1cb0959": "1424953923781206.2",
}  # fmt: skip


@pytest.mark.parametrize(("bits", "text"), NUMBERS.items())
def test_numbers_are_written_as_ecmascript_does(bits: str, text: str) -> None:
    (value,) = struct.unpack(">d", bytes.fromhex(bits))
    assert canonical(value) == text.encode()


@given(VALUES)
def test_what_is_written_is_read_back_and_is_its_only_form(value: object) -> None:
    written = canonical(value)
    assert parse(written) == value
    assert json.loads(written) == value


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{", b'{"a": 1}', b'{"b":1,"a":2}', b'{"a":1,"a":1}', b'"\\u0061"', b'"\\/"', b"-0",
        b"1.0", b"1e0", b"NaN", b"Infinity", b"[1,]", b'"\\ud800"', b'"\xff"', b" 1", b"1 ",
        b"9007199254740993", b"[" * 5000, b"[" * 200 + b"]" * 200, b"1" * 5000, b"\xef\xbb\xbf1",
        b"1e999",
    ],
)  # fmt: skip
def test_what_is_not_canonical_is_refused(data: bytes) -> None:
    with pytest.raises(Malformed):
        parse(data)


@pytest.mark.parametrize("value", [1 << 53, -(1 << 53), float("nan"), {1: 2}, "\ud800", b"", ()])
def test_what_json_does_not_know_is_refused(value: object) -> None:
    with pytest.raises(Malformed):
        canonical(value)
