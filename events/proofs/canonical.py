"""RFC 8785 (JCS): the one byte string of a JSON value, and whether given bytes are it.

Our own entries hold strings and integers only; numbers with a fraction are written as ECMAScript
writes them, so that the RFC's vectors hold.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from json.encoder import encode_basestring
from typing import Any

from events.proofs.verdicts import Malformed

#: Beyond it integers are not exact everywhere (RFC 7493, I-JSON).
EXACT = (1 << 53) - 1
#: Deeper values are refused instead of exhausting the stack.
DEEP = 100


def canonical(value: Any) -> bytes:
    """The canonical bytes; raises `Malformed` for what JSON or I-JSON does not know."""
    try:
        return _write(value, DEEP).encode("utf-8")
    except UnicodeEncodeError as wrong:
        raise Malformed("含有不成对的代理字符", "a lone surrogate stands in it") from wrong


def parse(data: bytes) -> Any:
    """The value of canonical bytes; raises `Malformed` where they are not canonical."""
    value = read_json(data)
    if canonical(value) != data:
        raise Malformed("不是规范 JSON（RFC 8785）", "not canonical JSON (RFC 8785)")
    return value


def read_json(data: bytes) -> Any:
    """Any JSON, canonical or not, but without double keys; raises `Malformed`."""
    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=_object, parse_constant=_none)
    except (ValueError, RecursionError) as wrong:
        raise Malformed("不是 JSON", "not JSON") from wrong


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Malformed("同一个键出现两次", "a key stands twice")
    return found


def _none(name: str) -> Any:
    raise Malformed(f"JSON 中没有 {name}", f"JSON does not know {name}")


def _write(value: Any, depth: int) -> str:
    if depth < 0:
        raise Malformed("嵌套过深", "nested too deeply")
    writer = _WRITERS.get(type(value))
    if writer is None:
        raise Malformed(
            f"JSON 中没有 {type(value).__name__}", f"JSON does not know {type(value).__name__}"
        )
    return writer(value, depth)


def _members(value: dict[Any, Any], depth: int) -> str:
    if not all(type(key) is str for key in value):
        raise Malformed("键必须是字符串", "keys must be strings")
    # By UTF-16 code units, as ECMAScript sorts.
    names = sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
    return "{" + ",".join(f"{_string(n, 0)}:{_write(value[n], depth - 1)}" for n in names) + "}"


def _items(value: list[Any], depth: int) -> str:
    return "[" + ",".join(_write(item, depth - 1) for item in value) + "]"


def _string(value: str, _: int) -> str:
    return encode_basestring(value)


def _integer(value: int, _: int) -> str:
    if abs(value) > EXACT:
        raise Malformed(f"整数 {value} 过大", f"the integer {value} is not exact everywhere")
    return str(value)


def _fraction(value: float, _: int) -> str:
    """As ECMAScript's Number::toString: the shortest digits, plain from 1e-6 up to 1e21."""
    if not math.isfinite(value):
        raise Malformed(f"JSON 中没有 {value}", f"JSON does not know {value}")
    if value == 0:
        return "0"
    mantissa, _e, exponent = f"{abs(value)!r}".partition("e")
    whole, _dot, part = mantissa.partition(".")
    part = "" if part == "0" else part
    point = len(whole) + int(exponent or 0)
    digits = (whole + part).lstrip("0")
    point -= len(whole + part) - len(digits)
    digits = digits.rstrip("0") or "0"
    return ("-" if value < 0 else "") + _placed(digits, point)


def _placed(digits: str, point: int) -> str:
    """The digits with the decimal point after the first `point` of them."""
    many = len(digits)
    if many <= point <= 21:
        return digits + "0" * (point - many)
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return "0." + "0" * -point + digits
    more = f".{digits[1:]}" if many > 1 else ""
    return f"{digits[0]}{more}e{point - 1:+d}"


_WRITERS: dict[type, Callable[[Any, int], str]] = {
    str: _string,
    int: _integer,
    float: _fraction,
    bool: lambda value, _: "true" if value else "false",
    type(None): lambda value, _: "null",
    list: _items,
    dict: _members,
}
