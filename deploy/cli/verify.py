"""`gongzhi verify`: the parties' own verifier, which needs neither database nor server."""

from __future__ import annotations

import typer

from deploy.cli.said import language
from events.proofs.command import run

#: Everything behind `verify` is the verifier's, `--help` too.
SETTINGS = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}


def verify(context: typer.Context) -> None:
    raise typer.Exit(run(context.args, language(), "gongzhi verify"))
