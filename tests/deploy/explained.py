"""Prints what every command of `gongzhi` says to `--help`, in the language of the process."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import typer
from typer.testing import CliRunner

from deploy.cli import app
from deploy.cli.said import speak


def paths(command: Any, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The words by which each command is called; the groups too."""
    yield before
    for name, below in getattr(command, "commands", {}).items():
        yield from paths(below, (*before, name))


def main() -> None:
    """One process for all of them: each would take a second of its own to begin."""
    speak()
    told = {
        " ".join(words): CliRunner(env={"COLUMNS": "200"}).invoke(app, [*words, "--help"]).output
        for words in paths(typer.main.get_command(app))
    }
    print(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main()
