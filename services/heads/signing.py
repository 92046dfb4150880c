"""Signing: with which key the log signs its heads, and where it is kept.

A file that only its owner can read, an environment variable, or a command of the operator's own
(a hardware module, another machine) that is given the text and answers with the signature.
"""

from __future__ import annotations

import asyncio
import shlex
import time
from asyncio.subprocess import PIPE
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from events.proofs.checkpoints import Checkpoint
from events.proofs.heads import Head
from events.proofs.keys import SignerKey, VerifierKey
from events.proofs.notes import Note, Signature
from events.proofs.texts import unb64
from events.proofs.verdicts import Malformed, Tampered
from services.private_files import KeyTrouble, put_in_place, read_private, write_new
from services.settings import Settings

#: Seconds a signer command may take.
LONGEST = 10.0


class Signer(Protocol):
    """Signs heads of one log."""

    @property
    def verifier(self) -> VerifierKey:
        """The public half; its name is the log's origin."""

    @property
    def verifiers(self) -> Sequence[VerifierKey]:
        """Of every key that signs, the one to be given to others first."""

    async def sign(self, head: Head) -> Checkpoint:
        """The head as a signed note. Raises `KeyTrouble`."""


class KeySigner:
    """Signs with keys that this process holds: the log's, while it changes the former too.

    All have the log's name; the first is the one to be given to others.
    """

    def __init__(self, *keys: SignerKey) -> None:
        self._keys = keys

    @property
    def verifier(self) -> VerifierKey:
        return self._keys[0].verifier

    @property
    def verifiers(self) -> Sequence[VerifierKey]:
        return [key.verifier for key in self._keys]

    async def sign(self, head: Head) -> Checkpoint:
        return Checkpoint.sign(head, self._keys, int(time.time()))


class CommandSigner:
    """Lets a command sign: the text on its input, the base64 signature on its output."""

    def __init__(self, command: str, verifier: VerifierKey) -> None:
        self._command = shlex.split(command)
        self._verifier = verifier

    @property
    def verifier(self) -> VerifierKey:
        return self._verifier

    @property
    def verifiers(self) -> Sequence[VerifierKey]:
        return [self._verifier]

    async def sign(self, head: Head) -> Checkpoint:
        data = await self._ask(str(head))
        line = Signature(self._verifier.name, self._verifier.id, data)
        checkpoint = Checkpoint(head, Note(str(head)).with_lines([line]))
        try:
            checkpoint.verify_log([self._verifier])
        except Tampered:
            raise KeyTrouble(
                "签名程序给出的签名与 GONGZHI_LOG_VKEY 不符",
                "what the signer command signed does not fit GONGZHI_LOG_VKEY",
            ) from None
        return checkpoint

    async def _ask(self, text: str) -> bytes:
        try:
            async with asyncio.timeout(LONGEST):
                running = await asyncio.create_subprocess_exec(
                    *self._command, stdin=PIPE, stdout=PIPE, stderr=PIPE
                )
                out, wrong = await running.communicate(text.encode())
        except (OSError, TimeoutError) as failure:
            raise KeyTrouble(
                f"签名程序不能运行：{failure}", f"no signer command: {failure}"
            ) from None
        if running.returncode:
            last = (wrong.decode(errors="replace").strip().splitlines() or [""])[-1]
            raise KeyTrouble(f"签名程序失败：{last}", f"the signer command failed: {last}")
        try:
            return unb64(out.decode(errors="replace").strip())
        except Malformed:
            raise KeyTrouble(
                "签名程序应输出 base64 签名", "the signer command must print a base64 signature"
            ) from None


def signer(settings: Settings) -> Signer | None:
    """The one that is set; None where there is no key yet. Raises `KeyTrouble`."""
    if settings.log_signer:
        return CommandSigner(settings.log_signer, _verifier(settings.log_vkey))
    if settings.log_key is not None:
        return KeySigner(*_parsed(settings.log_key.get_secret_value(), "GONGZHI_LOG_KEY"))
    path = key_path(settings)
    return KeySigner(*kept(path)) if path.exists() else None


def key_path(settings: Settings) -> Path:
    """Where the key is, or would be, kept."""
    return settings.log_key_file or settings.data / "log.key"


def keep(path: Path, *keys: SignerKey) -> None:
    """Write new keys where only their owner reads them; old ones are never written over."""
    write_new(path, _text(keys))


def change(path: Path, keys: Sequence[SignerKey]) -> None:
    """Put these keys in the place of those in the file, all at once."""
    put_in_place(path, _text(keys))


def kept(path: Path) -> list[SignerKey]:
    """The keys in this file. Raises `KeyTrouble`, also where others could read it."""
    return _parsed(read_private(path), str(path))


def _text(keys: Iterable[SignerKey]) -> str:
    return "".join(f"{key.text}\n" for key in keys)


def _parsed(text: str, where: str) -> list[SignerKey]:
    """One key a line, all of one name."""
    try:
        keys = [SignerKey.parse(line) for line in text.split() or [""]]
    except Malformed as wrong:
        raise KeyTrouble(f"{where}：{wrong.said.zh}", f"{where}: {wrong.said.en}") from None
    if len({key.name for key in keys}) > 1:
        raise KeyTrouble(f"{where}：密钥的名称不同", f"{where}: its keys have different names")
    return keys


def _verifier(text: str) -> VerifierKey:
    try:
        return VerifierKey.parse(text)
    except Malformed as wrong:
        raise KeyTrouble(
            f"GONGZHI_LOG_VKEY：{wrong.said.zh}", f"GONGZHI_LOG_VKEY: {wrong.said.en}"
        ) from None
