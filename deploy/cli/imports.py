"""`gongzhi import`: registers and lists that others keep."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from deploy.cli.acting import acting_as, administrator
from deploy.cli.running import run
from deploy.cli.running import settings as read
from deploy.cli.said import errors, fail, language, out, say, t
from deploy.importing import (
    Limits,
    Mapping,
    Report,
    import_register,
    load_mapping,
    reverse_batch,
)
from services.actions.imports import STATES
from services.bodies import import_divisions
from services.divisions import BadList, Division, read_divisions
from services.platform import Platform

app = typer.Typer(no_args_is_help=True, help=t("导入", "Import"))
File = Annotated[Path, typer.Argument(help=t("CSV 或 XLSX 文件", "A CSV or XLSX file"))]
As = Annotated[str, typer.Option("--as", help=t("登录名或单位全称", "Sign-in name or party"))]


MappingFile = Annotated[Path, typer.Option(help=t("对照表（TOML）", "The mapping (TOML)"))]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help=t("只检查，并预览前几行", "Check and preview only"))
]
ErrorsFile = Annotated[
    Path | None, typer.Option("--errors", help=t("退回的行写到", "Rows sent back go to"))
]


class OnDuplicates(StrEnum):
    """What becomes of a known row that says something else."""

    keep = "keep"
    new = "new"
    merge = "merge"


OfDuplicates = Annotated[
    OnDuplicates,
    typer.Option(
        help=t(
            "已有但内容不同的行：keep 退回，new 另立新记录，"
            "merge 把新增的回复补到原记录（只用于来信）",
            "A known row with other contents: keep = sent back, new = a record of its own, "
            "merge = its reply is recorded on the letter that waits (letters only)",
        )
    ),
]


@app.command(help=t("导入投诉登记册", "A register of complaints"))
def complaints(
    file: File,
    mapping: MappingFile,
    as_: As,
    dry_run: DryRun = False,
    errors_file: ErrorsFile = None,
    duplicates: OfDuplicates = OnDuplicates.keep,
) -> None:
    _import("complaints", file, mapping, as_, dry_run, errors_file, duplicates)


@app.command(help=t("导入来信和回复（登记为咨询）", "Letters with replies, as enquiries"))
def letters(
    file: File,
    mapping: MappingFile,
    as_: As,
    dry_run: DryRun = False,
    errors_file: ErrorsFile = None,
    duplicates: OfDuplicates = OnDuplicates.keep,
) -> None:
    _import("letters", file, mapping, as_, dry_run, errors_file, duplicates)


def _import(
    subject: str, file: Path, path: Path, as_: str, dry_run: bool, errors_file: Path | None,
    duplicates: OnDuplicates,
) -> None:  # fmt: skip
    async def work(platform: Platform) -> int:
        by, chosen = await acting_as(platform, as_, "import"), read()
        with Progress(console=errors, disable=not errors.is_terminal) as bar:
            task = bar.add_task(t("导入", "Importing"))
            report = await import_register(
                platform, file, _mapping(path, subject), by,
                dry_run=dry_run, errors_path=errors_file,
                limits=Limits(chosen.import_bytes, chosen.import_rows),
                progress=lambda done, total: bar.update(task, completed=done, total=total),
                duplicates=duplicates.value,
            )  # fmt: skip
        _tell(report)
        return report.refused

    if run(work):
        raise typer.Exit(6)


def _mapping(path: Path, subject: str) -> Mapping:
    """The mapping, if it is one of what the command imports."""
    mapping = load_mapping(path)
    if mapping.subject != subject:
        fail(
            f"对照表 {path.name} 是 {mapping.subject} 的，请用 gongzhi import {mapping.subject}。",
            f"{path.name} maps {mapping.subject}; use gongzhi import {mapping.subject}.",
            3,
        )
    return mapping


def _tell(report: Report) -> None:
    """What a dry run would do, the first rows that were sent back, and the counts."""
    for each in (*report.preview, *report.first):
        say(f"第 {each.line} 行：{each.words.zh}", f"Row {each.line}: {each.words.en}")
    if report.errors:
        say(f"退回的行在 {report.errors}。", f"Rows sent back stand in {report.errors}.")
    out.print(report.said().say(language()), markup=False)


@app.command(
    help=t("导入行政区划，设立监管部门与消委会", "Divisions: their regulators and councils")
)
def divisions(file: File) -> None:
    listed = _divisions(file)

    async def work(platform: Platform) -> None:
        by = await administrator(platform)
        done = await import_divisions(platform, by, listed)
        say(
            f"新设 {done.entered} 个单位，已有 {done.known} 个。",
            f"{done.entered} new, {done.known} known.",
        )

    run(work)


def _divisions(file: Path) -> list[Division]:
    try:
        return read_divisions(file)
    except BadList as bad:
        fail(bad.words.zh, bad.words.en, 3)
    except OSError as unread:
        fail(f"{file} 无法读取：{unread.strerror}", f"{file} cannot be read: {unread.strerror}", 3)


@app.command("list", help=t("导入批次", "The batches"))
def list_() -> None:
    async def work(platform: Platform) -> None:
        await platform.catch_up()
        rows = (await platform.views.imports.batches(1)).rows
        if not rows:
            say("没有导入过文件。", "No file has been imported yet.")
        for row in rows:
            counts = t(
                f"新增 {row['taken']}，补充 {row['merged']}，已有 {row['known']}，"
                f"退回 {row['refused']}",
                f"{row['taken']} added, {row['merged']} gone on with, {row['known']} known, "
                f"{row['refused']} refused",
            )
            state = t(STATES[row["state"]].zh, STATES[row["state"]].en)
            out.print(f"{row['number']}  {row['file']}  {state}  {counts}", markup=False)

    run(work)


@app.command(help=t("撤销一个批次", "Reverse a batch"))
def reverse(
    number: Annotated[str, typer.Argument(help=t("批次号", "Batch number"))],
    reason: Annotated[str, typer.Option(help=t("原因", "Reason"))],
    as_: As,
) -> None:
    async def work(platform: Platform) -> None:
        by = await acting_as(platform, as_)
        await reverse_batch(platform, number, by, reason)
        say(f"已撤销批次 {number}。", f"Batch {number} is reversed.")

    run(work)
