"""Tiles, bundles of entries and files of states: paths, widths, and what breaks off."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.proofs.states import Erased, State, pack_states, unpack_states
from events.proofs.tiles import LONGEST, WIDTH, Place, levels, number_path, pack, tiles_of, unpack
from events.proofs.verdicts import Incomplete, Malformed


@pytest.mark.parametrize(
    ("number", "path"),
    [
        (0, "000"), (7, "007"), (999, "999"), (1000, "x001/000"), (1234067, "x001/x234/067"),
        (10**9, "x001/x000/x000/000"),
    ],
)  # fmt: skip
def test_numbers_are_written_in_groups_of_three(number: int, path: str) -> None:
    assert number_path(number) == path
    assert Place.parse(f"tile/0/{path}") == Place(0, number)


def test_the_tiles_of_the_specifications_examples() -> None:
    tiles = list(tiles_of(70_000))
    assert sum(place.level == 0 and place.width == WIDTH for place in tiles) == 273
    assert [str(p) for p in tiles if p.width != WIDTH] == [
        "tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1",
    ]  # fmt: skip
    assert [str(p) for p in tiles_of(256)] == ["tile/0/000", "tile/1/000.p/1"]
    assert [levels(n) for n in (0, 1, 255, 256, 65535, 65536)] == [0, 1, 1, 2, 2, 3]
    assert list(tiles_of(0)) == []


@given(st.none() | st.integers(0, 63), st.integers(0, 10**12), st.integers(1, 256))
def test_a_path_is_read_as_it_was_written(level: int | None, number: int, width: int) -> None:
    place = Place(level, number, width)
    assert Place.parse(str(place)) == place


@pytest.mark.parametrize(
    "path",
    [
        "", "tile/0", "tile/0/0", "tile/00/000", "tile/0/x000/000", "tile/64/000",
        "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/257", "tile/0/000.p/01", "tile/0/000/",
        "tile/0/x001/000\n",
        "tile/-1/000", "tile/0/001/000", "tile/entry/000", "tile/0/000.p", "/tile/0/000",
        "tile/0/" + "x001/" * 40 + "000", "tile/0/٠٠٠",
    ],
)  # fmt: skip
def test_any_other_path_is_refused(path: str) -> None:
    with pytest.raises(Malformed):
        Place.parse(path)


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_entries_come_back_and_a_part_does_not(entries: list[bytes]) -> None:
    data = pack(entries)
    assert unpack(data) == entries
    for end in range(len(data)):
        with suppress(Incomplete):
            assert unpack(data[:end]) == entries[: len(unpack(data[:end]))]
    with pytest.raises(Incomplete, match="breaks off in entry"):
        unpack(data + b"\x00")


def test_an_entry_that_is_too_long_is_refused() -> None:
    assert unpack(pack([b"x" * LONGEST])) == [b"x" * LONGEST]
    with pytest.raises(Malformed):
        pack([b"x" * (LONGEST + 1)])


@given(
    st.lists(st.none() | st.binary(max_size=99) | st.integers(0, 2**63).map(Erased), max_size=9),
    st.integers(1, 400),
)
def test_states_come_back_and_a_part_does_not(states: list[State], cut: int) -> None:
    data = pack_states(states)
    assert unpack_states(data) == states
    with suppress(Incomplete):
        assert unpack_states(data[:-cut]) == states[: len(unpack_states(data[:-cut]))]
    with pytest.raises(Incomplete, match="breaks off in state"):
        unpack_states(data + b"\x00")
