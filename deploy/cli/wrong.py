"""What was given wrongly, an argument, a setting or a value, as one sentence in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable

import typer
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from events.words import Words

#: What the command-line library says, and how we say it; its names of options stay as they are.
_USAGE = (
    (r"No such option: (\S+)", "没有选项 {}"),
    (r"No such command '(.+?)'", "没有命令 {}"),
    (r"Missing (?:\w+ )?'(.+?)'", "缺少 {}"),
    (r"Option '(.+?)' requires", "{} 后面要有一个值"),
    (r"unexpected extra argument\S* \((.+)\)", "多出了 {}"),
    (r"Invalid value for '(.+?)'", "{} 的值不能用"),
)
_VALUE: dict[str, Callable[[dict[str, object]], Words]] = {
    "int_parsing": lambda _: Words("应为整数", "it must be a whole number"),
    "bool_parsing": lambda _: Words("应为 true 或 false", "it must be true or false"),
    "extra_forbidden": lambda _: Words("没有这一项", "there is no such setting"),
    "greater_than": lambda c: Words(f"应大于 {c['gt']}", f"it must be more than {c['gt']}"),
    "greater_than_equal": lambda c: Words(f"不能小于 {c['ge']}", f"it must be {c['ge']} or more"),
    "less_than_equal": lambda c: Words(f"不能大于 {c['le']}", f"it must be {c['le']} or less"),
    "too_short": lambda c: _at_least(c["min_length"]),
    "string_too_short": lambda c: _at_least(c["min_length"]),
    "said": lambda c: Words(str(c["zh"]), str(c["en"])),
}


def _at_least(length: object) -> Words:
    return Words(f"至少要写 {length} 个字", f"it must be at least {length} characters long")


def wrong_usage(error: typer.TyperException) -> Words:
    """How the command was given wrongly, and where to read how it is given."""
    message, _, meant = error.format_message().splitlines()[0].partition(" Did you mean ")
    zh, en = _said(message), message.rstrip(".")
    if isinstance(error.__cause__, ValidationError):
        value = _value(error.__cause__.errors()[0])
        zh, en = f"{zh}：{value.zh}", f"{en.partition(':')[0]}: {value.en}"
    if meant:
        zh, en = f"{zh}，是不是 {meant.strip('?')}", f"{en}; did you mean {meant.strip('?')}"
    ctx = getattr(error, "ctx", None)
    help_ = f"{ctx.command_path if ctx else 'gongzhi'} --help"
    return Words(f"{zh}。写法见 {help_}", f"{en}. See {help_}")


def _said(message: str) -> str:
    for pattern, said in _USAGE:
        if found := re.search(pattern, message):
            return said.format(found.group(1))
    return "命令的写法不对"


def wrong_values(error: ValidationError) -> Words:
    """Each value that cannot be taken, by its name; never the value, which may be a secret."""
    each = [(".".join(map(str, e["loc"])), _value(e)) for e in error.errors()]
    return Words(
        "；".join(f"{name}：{words.zh}" if name else words.zh for name, words in each),
        "; ".join(f"{name}: {words.en}" if name else words.en for name, words in each),
    )


def _value(error: ErrorDetails) -> Words:
    said = _VALUE.get(error["type"])
    if said is not None:
        return said(dict(error.get("ctx", {})))
    message = error["msg"]
    return Words(f"这个值不能用（{message}）", message[:1].lower() + message[1:])
