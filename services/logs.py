"""Logs: what the running program says about itself, one line per entry.

On a terminal as people read it, warnings and worse; elsewhere as JSON, for programs that collect
it. An entry carries the id of the request it belongs to (`services/correlation.py`). Parties and
people stand in it by their ids alone. Of an exception only the first line of its message is
written: what follows can be the row or the form of a person.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from traceback import TracebackException
from typing import TextIO

from services.correlation import current

#: Of the security log (`services/security.py`).
TOLD = ("what", "whom", "source", "why", "seconds")
#: What an entry may say besides its message, under `extra`; anything else stays out.
FIELDS = ("method", "route", "status", "ms", "party", "person", *TOLD)


def set_up(form: str = "", level: str = "", stream: TextIO | None = None) -> None:
    """Let everything that is logged go to the stream (stderr) as "json" or "text".

    Without a form a terminal gets text; without a level, which is for what is ours, text begins at
    warnings and JSON at info.
    """
    stream = stream or sys.stderr
    form = form or ("text" if stream.isatty() else "json")
    handler = logging.StreamHandler(stream)
    handler.addFilter(_complete)
    handler.setFormatter(AsJson() if form == "json" else AsText())
    usual = logging.INFO if form == "json" else logging.WARNING
    logging.basicConfig(level=usual, handlers=[handler], force=True)
    logging.getLogger("gongzhi").setLevel(level.upper() or usual)
    # It repeats at every attempt what those who ask are told anyway.
    logging.getLogger("psycopg.pool").setLevel(logging.ERROR)


class AsJson(logging.Formatter):
    """An object in one line."""

    def format(self, record: logging.LogRecord) -> str:
        said = {
            "time": _time(record).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "correlation": getattr(record, "correlation", ""),
            **{name: getattr(record, name, "") for name in FIELDS},
            "trace": "".join(_trace(record)),
        }
        return json.dumps({k: v for k, v in said.items() if v != ""}, ensure_ascii=False)


class AsText(logging.Formatter):
    """A line, and below it how it came to what went wrong."""

    def format(self, record: logging.LogRecord) -> str:
        time = _time(record).astimezone().strftime("%Y-%m-%d %H:%M:%S")
        # One entry is one line: nobody can write lines of her own by what she sends.
        message = record.getMessage().replace("\r", "\\r").replace("\n", "\\n")
        correlation = getattr(record, "correlation", "")
        line = f"{time} {record.levelname} {record.name} {message}"
        line += f" [{correlation}]" if correlation else ""
        return "\n".join([line, *"".join(_trace(record)).splitlines()])


def _time(record: logging.LogRecord) -> datetime:
    return datetime.fromtimestamp(record.created, UTC)


def _trace(record: logging.LogRecord) -> Iterator[str]:
    """How it came to the exception and to those behind it; of each message the first line."""
    wrong = record.exc_info[1] if record.exc_info else None
    for part in TracebackException.from_exception(wrong).format() if wrong else ():
        is_message = not part.startswith((" ", "\n"))
        yield part.partition("\n")[0] + "\n" if is_message else part


def _complete(record: logging.LogRecord) -> bool:
    """Add the id of what is going on; shorten exceptions that stand in the message."""
    record.correlation = getattr(record, "correlation", "") or current()
    if isinstance(record.args, tuple):
        record.args = tuple(map(_short, record.args))
    return True


def _short(said: object) -> object:
    return str(said).partition("\n")[0] if isinstance(said, BaseException) else said
