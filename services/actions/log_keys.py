"""Log keys (日志签名密钥): which keys sign the log's heads.

A key is changed while the former still signs: a statement of the new key, signed by both, is
recorded; until the former is retired every head carries both signatures, so that parties and
witnesses change over when it suits them. Who only has the former key's public half can follow
the statement to the new one. A lost key cannot sign a statement: then the log goes on under a new
name, and each witness that is told so goes on from the head it saw last (`deploy/KEYS.md`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from events.event import Acting, Event
from events.log import Appended
from events.log_keys import LogKeyIntroduced, LogKeyReplaced, LogKeyRetired
from events.proofs.keys import SignerKey, VerifierKey
from events.proofs.notes import Note
from events.proofs.verdicts import Failed
from events.words import Words
from services.actions.aggregate import Aggregate
from services.actions.change import Log, begin, change, load
from services.actions.command import Command, Given, Reason
from services.actions.refused import AlreadyDecided, Refused

#: The one record of them.
LOG_KEYS = UUID("3f0e5d0a-9f2b-5c61-8a55-5e6a4c0d7b12")
_STATEMENT = "gongzhi/log-key/v1"


class IntroduceLogKey(Command):
    """A new key begins to sign."""

    SAYS = Words("启用新的签名密钥", "Introduce a signing key")

    vkey: Given
    former: Given
    statement: str


class RetireLogKey(Command):
    """A key signs nothing any more."""

    SAYS = Words("停用签名密钥", "Retire a signing key")

    vkey: Given
    reason: Reason


class ReplaceLostLogKey(Command):
    """The log goes on under a new name, because its key was lost."""

    SAYS = Words("更换丢失的签名密钥", "Replace a lost signing key")

    vkey: Given
    former: Given
    checkpoint: str
    reason: Reason


class LogKeys(Aggregate):
    """The keys of the log, as far as they were ever changed."""

    WORD = Words("日志密钥", "log keys")

    def __init__(self, id: UUID) -> None:
        super().__init__(id)
        self.state = "changing"
        self.introduced: set[str] = set()
        self.retired: set[str] = set()

    def introduce(self, command: IntroduceLogKey) -> None:
        """Raises `Refused` where the statement is not signed by both keys."""
        if command.vkey in self.introduced:
            raise AlreadyDecided(_KNOWN)
        new, former = _key(command.vkey), _key(command.former)
        if statement_of(command.statement.encode(), former) != new:
            raise Refused(_UNSIGNED)
        self.record(
            LogKeyIntroduced,
            command,
            origin=new.name,
            vkey=command.vkey,
            statement=command.statement,
        )

    def retire(self, command: RetireLogKey) -> None:
        if command.vkey in self.retired:
            raise AlreadyDecided(_RETIRED)
        origin = _key(command.vkey).name
        self.record(LogKeyRetired, command, origin=origin, vkey=command.vkey, reason=command.reason)

    def replace(self, command: ReplaceLostLogKey) -> None:
        new = _key(command.vkey)
        if new.name == command.former:
            raise Refused(_SAME_NAME)
        self.record(
            LogKeyReplaced, command, origin=new.name, vkey=command.vkey, former=command.former,
            checkpoint=command.checkpoint, reason=command.reason,
        )  # fmt: skip

    def when(self, event: Event) -> None:
        if isinstance(event, LogKeyRetired):
            self.retired.add(event.vkey)
        elif isinstance(event, LogKeyIntroduced | LogKeyReplaced):
            self.introduced.add(event.vkey)

    def relation(self, by: Acting) -> str:
        return "operator" if by.party.kind == "operator" else "none"


async def introduce_log_key(log: Log, command: IntroduceLogKey) -> Appended:
    """Record that a key signs from now on; raises `Refused`."""
    return await _keep(log, command, LogKeys.introduce)


async def retire_log_key(log: Log, command: RetireLogKey) -> Appended:
    """Record that a key signs no more; raises `Refused`."""
    return await _keep(log, command, LogKeys.retire)


async def replace_lost_log_key(log: Log, command: ReplaceLostLogKey) -> Appended:
    """Record that the log goes on under a new name; raises `Refused`."""
    return await _keep(log, command, LogKeys.replace)


def statement(new: SignerKey, former: SignerKey) -> str:
    """What both keys sign of the new one: a note that cannot be taken for a head."""
    text = f"{_STATEMENT}\n{new.name}\n{new.verifier}\n"
    return bytes(Note(text).signed(former).signed(new)).decode()


def statement_of(data: bytes, former: VerifierKey) -> VerifierKey | None:
    """The key that a statement introduces; None where `former` or the key itself did not sign."""
    try:
        note = Note.parse(data)
        first, name, vkey, end = note.text.split("\n")
        new = VerifierKey.parse(vkey)
        signed = note.verify([former, new]).times
    except (Failed, ValueError):
        return None
    well = (first, name, end) == (_STATEMENT, former.name, "") and new.name == name
    return new if well and {former, new} <= set(signed) else None


async def _keep(log: Log, command: Any, rule: Callable[[Any, Any], None]) -> Appended:
    """The record begins with the first change of a key."""
    there = (await load(log, LogKeys, LOG_KEYS)).version
    return await (change if there else begin)(log, LogKeys, LOG_KEYS, command, rule)


def _key(vkey: str) -> VerifierKey:
    try:
        return VerifierKey.parse(vkey)
    except Failed as wrong:
        raise Refused(Words(wrong.said.zh, wrong.said.en), field="vkey") from None


_KNOWN = Words("这把密钥已经启用", "This key has been introduced already")
_RETIRED = Words("这把密钥已经停用", "This key has been retired already")
_UNSIGNED = Words(
    "新密钥的声明没有经原密钥和新密钥签名", "The statement is not signed by both keys"
)
_SAME_NAME = Words(
    "密钥丢失后日志要换一个名称：原名称的检查点无法再证明是谁签的",
    "With its key lost the log needs another name: under the former nobody could tell who signed",
)
