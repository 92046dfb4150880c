"""Vault keys: where the key-encryption keys are kept, one a line, the one that wraps first.

In a file that only its owner can read, or in an environment variable. The file is made once, when
there is nothing yet that was sealed under another; a lost one is never replaced by itself.
"""

from __future__ import annotations

import contextlib
import logging
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from events.keyring import Keyring
from events.vault import Vault
from services.private_files import KeyTrouble, put_in_place, read_private, write_new
from services.settings import Settings

log_ = logging.getLogger("gongzhi.vault")


class Keys(Protocol):
    """Where the keyring comes from."""

    def read(self) -> Keyring:
        """The ring as it now is, empty where it is missing. Raises `KeyTrouble`."""

    def make(self) -> Keyring:
        """The first ring, where nothing was sealed yet. Raises `KeyTrouble`."""


@dataclass(frozen=True)
class Given:
    """A ring that is set, and stays as it is."""

    ring: Keyring

    def read(self) -> Keyring:
        return self.ring

    def make(self) -> Keyring:
        return self.ring


@dataclass(frozen=True)
class Filed:
    """A ring in a file."""

    path: Path

    def read(self) -> Keyring:
        if not self.path.exists():
            return Keyring()
        return parsed(read_private(self.path), str(self.path))

    def make(self) -> Keyring:
        with contextlib.suppress(KeyTrouble):  # another process was first
            write_new(self.path, Keyring.generate().text)
        return self.read()

    def keep(self, ring: Keyring) -> None:
        """Put this ring in the place of the one in the file."""
        put_in_place(self.path, ring.text)


def keys(settings: Settings) -> Given | Filed:
    """Where this installation keeps them. Raises `KeyTrouble`."""
    if settings.vault_key is not None:
        return Given(parsed(settings.vault_key.get_secret_value(), "GONGZHI_VAULT_KEY"))
    return Filed(settings.vault_key_file or settings.data / "vault.key")


def parsed(text: str, where: str) -> Keyring:
    """The ring in this text."""
    try:
        return Keyring.parse(text)
    except ValueError as wrong:
        raise KeyTrouble(f"{where}：不是保险库密钥", f"{where}: {wrong}") from None


async def unlock(vault: Vault, keys: Keys | None) -> None:
    """Give the vault its ring, now and whenever it changed. Raises `KeyTrouble`."""
    if keys is None:
        return
    ring = keys.read()
    if ring.first is None and await vault.unused():
        try:
            ring = keys.make()
        except OSError as full:  # pages work, nothing personal is entered until it can be kept
            log_.error("no key of the vault can be kept: %s", full)
    vault.keyring, vault.source = ring, partial(_again, keys)


def _again(keys: Keys) -> Keyring | None:
    """The ring as it now is; None where it cannot be read just then."""
    try:
        return keys.read()
    except (KeyTrouble, OSError):
        return None
