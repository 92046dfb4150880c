"""Adding: files and statements come in, are scanned, and may be withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from events.event import Personal
from events.evidence import FileScanned, FileWithdrawn, NewFile
from events.log import Appended
from events.words import Words
from services.access import NOT_THERE
from services.actions.change import Log, change
from services.actions.command import Command, Reason, RecordId, Text, ask
from services.actions.files import CARRIES, File, HasFiles
from services.actions.kinds import KINDS
from services.actions.refused import AlreadyDecided, NotAllowed, NotFound, Refused


class OnRecord(Command):
    """A command on a record of some kind that takes evidence."""

    kind: str
    record: RecordId


async def on_record(log: Log, command: OnRecord, rule: Callable[[Any, Any], None]) -> Appended:
    """Change the record by this rule, whatever kind of case it is."""
    return await change(log, _kind(command.kind), command.record, command, rule)


def _kind(name: str) -> type[HasFiles]:
    if name not in KINDS:
        raise NotFound(NOT_THERE)
    return KINDS[name]


class AddEvidence(OnRecord):
    """Hand in files, say more, or both."""

    SAYS = Words("添加证据材料", "Add evidence")

    files: tuple[NewFile, ...] = ()
    note: Text = ask(
        "要补充说明什么？", "What do you want to add?", widget="area", default="", most=5_000
    )


async def add_evidence(log: Log, command: AddEvidence) -> Appended:
    return await on_record(log, command, add)


def add(record: HasFiles, command: AddEvidence) -> None:
    if not command.files and not command.note:
        raise Refused(_NOTHING, field="files")
    if command.note:
        record.state_more(command, command.note)
    record.attach(command, command.files)


class ScanFile(OnRecord):
    """State what the scanner found in a file."""

    SAYS = Words("安全扫描", "Scan for malware")

    file: str
    result: str
    signature: str = ""
    engine: str = ""


async def scan_file(log: Log, command: ScanFile) -> Appended:
    return await on_record(log, command, scan)


def scan(record: HasFiles, command: ScanFile) -> None:
    found = the_file(record, command.file)
    if found.scan != "pending":
        raise AlreadyDecided(_SCANNED)
    record.beside(
        FileScanned, command, file=found.id, sha256=found.sha256, result=command.result,
        signature=command.signature[:200], engine=command.engine[:100],
    )  # fmt: skip


class WithdrawFile(OnRecord):
    """Take a file back: hidden from now on, not forgotten."""

    SAYS = Words("撤回文件", "Withdraw the file")

    file: str
    reason: Reason = ask("为什么撤回？", "Why is it withdrawn?", widget="area")


async def withdraw_file(log: Log, command: WithdrawFile) -> Appended:
    return await on_record(log, command, withdraw)


def withdraw(record: HasFiles, command: WithdrawFile) -> None:
    found, by = the_file(record, command.file), command.by
    if not record.may_see_file(by, found.id):
        raise NotFound(_NO_FILE)
    if found.withdrawn:
        raise AlreadyDecided(_WITHDRAWN)
    if record.relation(by) not in CARRIES and not record.is_own(by, found.id):
        raise NotAllowed(_NOT_YOURS)
    why: dict[str, object] = {"reason": command.reason}
    if by.party.kind == "consumer":
        told = {"reason": command.reason}
        why = {"hers": Personal.committed(record.subject, told)}
    record.beside(FileWithdrawn, command, file=found.id, sha256=found.sha256, **why)


def the_file(record: HasFiles, id: str) -> File:
    """The file of this record, or 404."""
    found = record.files.get(id)
    if found is None:
        raise NotFound(_NO_FILE)
    return found


_NO_FILE = Words("没有找到这个文件", "There is no such file")
_NOTHING = Words("请选择文件，或者写下要补充的内容", "Choose a file, or write what you want to add")
_SCANNED = Words("这个文件已经扫描过", "This file has been scanned")
_WITHDRAWN = Words("这个文件已经撤回", "This file was withdrawn already")
_NOT_YOURS = Words(
    "这个文件不是贵方提交的，只能由提交的一方或者承办单位撤回",
    "Your party did not hand this file in; whoever did, or who carries the case, can withdraw it",
)
