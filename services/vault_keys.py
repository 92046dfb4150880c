"""Vault keys: where the key-encryption keys are kept, one a line, the one that wraps first.

In a file that only its owner can read, in an environment variable, or at OpenBao (`transit.py`).
The file is made once, when
there is nothing yet that was sealed under another; a lost one is never replaced by itself.
Informants have a ring of their own, in a file of its own: a process without it shows none of them.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from events.keyring import DOMAINS, INFORMANTS, PERSONS, Keyring, Ring
from events.vault import Vault
from services.private_files import KeyTrouble, put_in_place, read_private, write_new
from services.security import tell
from services.settings import Settings
from services.transit import Client, Server, Transit

log_ = logging.getLogger("gongzhi.vault")


class Keys(Protocol):
    """Where a keyring comes from."""

    def read(self, domain: str) -> Ring:
        """The ring as it now is, empty where it is missing. Raises `KeyTrouble`."""

    def make(self, domain: str) -> Ring:
        """The first ring, where nothing was sealed yet. Raises `KeyTrouble`."""


@dataclass(frozen=True)
class Given:
    """A ring that is set, and stays as it is."""

    ring: Keyring

    def read(self, domain: str = PERSONS) -> Keyring:
        return Keyring(self.ring.keys.values(), domain)

    make = read


@dataclass(frozen=True)
class Filed:
    """A ring in a file."""

    path: Path

    def read(self, domain: str = PERSONS) -> Keyring:
        if not self.path.exists():
            return Keyring(domain=domain)
        return parsed(read_private(self.path), str(self.path), domain)

    def make(self, domain: str = PERSONS) -> Keyring:
        with contextlib.suppress(KeyTrouble):  # another process was first
            write_new(self.path, Keyring.generate().text)
        return self.read(domain)

    def keep(self, ring: Keyring) -> None:
        """Put this ring in the place of the one in the file."""
        put_in_place(self.path, ring.text)


#: By domain.
Places = Mapping[str, Keys]


def keys(settings: Settings) -> dict[str, Keys]:
    """Where this installation keeps them, by domain. Raises `KeyTrouble`."""
    if settings.transit_url:
        return _transit(settings)
    return {domain: _place(settings, domain) for domain in DOMAINS}


def _transit(settings: Settings) -> dict[str, Keys]:
    """At one server; a ring that was filed before still opens what it wrapped."""
    token, secret = settings.transit_token, settings.transit_secret_id
    server = Server(
        settings.transit_url, settings.transit_mount,
        token.get_secret_value() if token else "", settings.transit_role_id,
        secret.get_secret_value() if secret else "", settings.transit_certificate,
    )  # fmt: skip
    server.check()
    client = Client(server)
    keys = {PERSONS: settings.transit_key, INFORMANTS: settings.transit_informant_key}
    return {
        name: Transit(client, key, Filed(_file(settings, name)).read) for name, key in keys.items()
    }


def _file(settings: Settings, domain: str) -> Path:
    if domain:
        return settings.informant_key_file or settings.data / "informants.key"
    return settings.vault_key_file or settings.data / "vault.key"


def _place(settings: Settings, domain: str) -> Keys:
    text = settings.informant_key if domain else settings.vault_key
    if text is not None:
        name = "GONGZHI_INFORMANT_KEY" if domain else "GONGZHI_VAULT_KEY"
        return Given(parsed(text.get_secret_value(), name))
    return Filed(_file(settings, domain))


def parsed(text: str, where: str, domain: str = PERSONS) -> Keyring:
    """The ring in this text."""
    try:
        return Keyring.parse(text, domain)
    except ValueError as wrong:
        raise KeyTrouble(f"{where}：不是保险库密钥", f"{where}: {wrong}") from None


async def unlock(vault: Vault, places: Places) -> None:
    """Give the vault its rings, now and whenever they changed. Raises `KeyTrouble`."""
    for domain, place in places.items():
        await _unlock(vault, domain, place)


async def _unlock(vault: Vault, domain: str, place: Keys) -> None:
    ring = await asyncio.to_thread(place.read, domain)
    if ring.first is None and await vault.unused(domain):
        try:
            ring = await asyncio.to_thread(place.make, domain)
        except OSError as full:  # pages work, nothing personal is entered until it can be kept
            log_.error("no key of the vault can be kept: %s", full)
    vault.rings[domain], vault.sources[domain] = ring, partial(_again, vault, place, domain)


def _again(vault: Vault, keys: Keys, domain: str) -> Ring | None:
    """The ring as it now is; None where it cannot be read just then."""
    try:
        ring = keys.read(domain)
    except (KeyTrouble, OSError):
        return None
    if ring.first != vault.rings[domain].first:
        tell("key-changed", why=str(ring.first))
    return ring
