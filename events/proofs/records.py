"""Records: the entries one after the other, each by itself and all as one history.

An entry must be the canonical bytes of its content, its stream's versions must be contiguous, the
time of recording must never fall, and a state must be the one whose hash stands in the entry.
"""

from __future__ import annotations

from binascii import b2a_base64
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any, NoReturn

from events.proofs.canonical import read_json
from events.proofs.entries import PLAIN, Entry
from events.proofs.states import Erased, State
from events.proofs.verdicts import Failed, Incomplete, Malformed, Tampered

#: The event that erases states; its state says {"erased": [record numbers, from 1]}.
ERASURE = "state-erased.v"
_ERASURE = f'"t":"{ERASURE}'.encode()


class Records:
    """What was seen so far, leaf by leaf from `start`."""

    def __init__(self, start: int = 0) -> None:
        self.start = start
        self.entries = 0
        self.states = 0
        self.not_included = 0
        #: Leaf index of an erased state -> that of the event which erased it.
        self.erased: dict[int, int] = {}
        #: Leaf index of an erasure -> the record numbers it names, None where it is not readable.
        self.erasures: dict[int, frozenset[int] | None] = {}
        self._versions: dict[bytes, int] = {}
        self._time = 0

    def add(self, first: int, entries: Sequence[bytes], states: Sequence[State] | None) -> None:
        """The entries of leaves `first` …, with their states; raises naming the first bad one."""
        match, versions, time = PLAIN.fullmatch, self._versions, self._time
        index = first
        hashes: list[bytes] = []
        for data in entries:
            plain = match(data)
            at, hash_, number, stream = plain.group(2, 3, 4, 5) if plain else self._odd(data, index)
            version, moment = int(number), int(at)
            if versions.get(stream, 0) + 1 != version:
                self._first_of_stream(stream, version, index)
            if moment < time:
                self._earlier(index)
            versions[stream], time = version, moment
            hashes.append(hash_)
            index += 1
        self._time = time
        self.entries += len(entries)
        self._compare(first, hashes, states)
        if _ERASURE in b"".join(entries):
            self._note_erasures(first, entries, states)

    def finish(self) -> None:
        """Every erased state must be named by the event that is said to have erased it."""
        for index, by in self.erased.items():
            if by not in self.erasures:
                _tampered(
                    index,
                    f"所称的删除事件 {by + 1} 不是删除事件",
                    f"record {by + 1}, said to have erased it, is no erasure",
                )
            named = self.erasures[by]
            if named is not None and index + 1 not in named:
                _tampered(
                    index, f"删除事件 {by + 1} 没有提到它", f"the erasure {by + 1} does not name it"
                )

    def _compare(self, first: int, hashes: list[bytes], states: Sequence[State] | None) -> None:
        if states is None:
            self.not_included += len(hashes)
            return
        for index, (wanted, state) in enumerate(zip(hashes, states, strict=True), first):
            if type(state) is bytes:
                self.states += 1
                if b2a_base64(sha256(state).digest(), newline=False) != wanted:
                    _tampered(
                        index, "事件内容与条目中的哈希不符",
                        "the state is not the one whose hash the entry holds",
                    )  # fmt: skip
            elif isinstance(state, Erased):
                self.erased[index] = state.by
            else:
                self.not_included += 1

    def _odd(self, data: bytes, index: int) -> tuple[bytes, bytes, bytes, bytes]:
        """An entry that is not plain ASCII, or none at all."""
        try:
            found = Entry.parse(data)
        except Malformed as wrong:
            raise wrong.at(place(index)) from wrong
        hash_ = b2a_base64(found.state_hash, newline=False)
        numbers = str(found.recorded_at).encode(), hash_, str(found.version).encode()
        return *numbers, found.stream.encode()

    def _first_of_stream(self, stream: bytes, version: int, index: int) -> None:
        """Versions begin with 1 (0 is the library's); in a part of a log, anywhere."""
        seen = self._versions.get(stream)
        if seen is None and (version <= 1 or self.start):
            return
        name = stream.decode(errors="replace")
        after = "–" if seen is None else seen
        _tampered(
            index, f"流 {name} 的版本 {version} 不是 {after} 的下一个",
            f"version {version} of stream {name} does not follow {after}",
        )  # fmt: skip

    def _earlier(self, index: int) -> NoReturn:
        _tampered(index, "记录时间早于前一条", "it was recorded before the record that precedes it")

    def _note_erasures(
        self, first: int, entries: Sequence[bytes], states: Sequence[State] | None
    ) -> None:
        for at, data in enumerate(entries):
            if Entry.parse(data).topic.startswith(ERASURE):
                state = states[at] if states else None
                self.erasures[first + at] = _named(state) if isinstance(state, bytes) else None


def place(index: int) -> str:
    """How a leaf is named to people: record numbers count from 1."""
    return f"#{index + 1} (leaf {index})"


def missing(start: int, end: int) -> Failed:
    """The entries of these leaves are not there."""
    return Incomplete(
        f"缺少第 {start + 1} 至 {end} 条的条目", f"the entries {start + 1} to {end} are missing"
    )


def _tampered(index: int, zh: str, en: str) -> NoReturn:
    raise Tampered(f"{place(index)}：{zh}", f"{place(index)}: {en}")


def _named(state: bytes) -> frozenset[int]:
    """The record numbers in an erasure's state; none where it is of another form."""
    try:
        found: Any = read_json(state)
    except Malformed:
        return frozenset()
    numbers = found.get("erased") if isinstance(found, dict) else None
    return frozenset(_whole(numbers)) if isinstance(numbers, list) else frozenset()


def _whole(numbers: list[Any]) -> Iterator[int]:
    return (number for number in numbers if type(number) is int)
