"""States of a bundle of entries, one file beside it: each with its length in four bytes before it.

A state that is not there says why: not included (the exporter may not read it), or erased, with the
leaf index of the event that erased it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from events.proofs.verdicts import Incomplete, Malformed

_NOT_INCLUDED = 0xFFFFFFFF
_ERASED = 0xFFFFFFFE


class Erased(NamedTuple):
    """In place of a state: it was erased by the event at this leaf index."""

    by: int


#: None: not included.
State = bytes | Erased | None


def pack_states(states: Iterable[State]) -> bytes:
    """The file of these states, in the order of their entries."""
    parts: list[bytes] = []
    for state in states:
        if state is None:
            parts.append(_u32(_NOT_INCLUDED))
        elif isinstance(state, Erased):
            parts += (_u32(_ERASED), state.by.to_bytes(8, "big"))
        else:
            if len(state) >= _ERASED:
                raise Malformed("事件内容过长", "a state is too long")
            parts += (_u32(len(state)), state)
    return b"".join(parts)


def unpack_states(data: bytes) -> list[State]:
    """The states of a file; raises `Incomplete` where it breaks off inside one."""
    states: list[State] = []
    at, end = 0, len(data)
    while at + 4 <= end:
        length = int.from_bytes(data[at : at + 4], "big")
        start = at + 4
        if length == _NOT_INCLUDED:
            states.append(None)
            at = start
        elif length == _ERASED:
            at = start + 8
            states.append(Erased(int.from_bytes(data[start:at], "big")))
        else:
            at = start + length
            states.append(data[start:at])
    if at != end:
        raise Incomplete(
            f"在第 {len(states)} 个事件内容中断", f"it breaks off in state {len(states)}"
        )
    return states


def _u32(number: int) -> bytes:
    return number.to_bytes(4, "big")
