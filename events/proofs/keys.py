"""Keys of signed notes: verifier keys (vkeys) and signer keys in their C2SP texts.

A vkey is `name+hash+base64(type || public key)`; a signer key is
`PRIVATE+KEY+name+hash+base64(type || 32-byte seed)`. The hash is the key's id in signature lines.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any, TypeVar

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from events.proofs.cosignatures import COSIGNATURE, ED25519, ML_DSA_44, message, timed
from events.proofs.texts import b64, shown, unb64
from events.proofs.verdicts import Malformed

try:
    from cryptography.hazmat.primitives.asymmetric.mldsa import (
        MLDSA44PrivateKey,
        MLDSA44PublicKey,
    )
except ImportError:  # an older cryptography
    MLDSA44PrivateKey = MLDSA44PublicKey = None  # type: ignore[assignment, misc]

#: Bytes of the public key, by type.
WIDTHS = {ED25519: 32, COSIGNATURE: 32, ML_DSA_44: 1312}
_PRIVATE = "PRIVATE+KEY+"
Key = TypeVar("Key")


def ml_dsa_offered() -> bool:
    """Whether the installed `cryptography` can sign and verify ML-DSA-44."""
    if MLDSA44PrivateKey is None:
        return False
    try:
        MLDSA44PrivateKey.from_seed_bytes(bytes(32))
    except UnsupportedAlgorithm:
        return False
    return True


@dataclass(frozen=True)
class VerifierKey:
    """A name with a public key of one signature type."""

    name: str
    kind: int
    public: bytes = field(repr=False)

    def __post_init__(self) -> None:
        check_name(self.name)
        if len(self.public) != WIDTHS.get(self.kind):
            raise Malformed(
                f"密钥类型 {self.kind:#04x} 不认识，或长度不对",
                f"key type {self.kind:#04x} is not known, or its length is wrong",
            )

    @property
    def id(self) -> bytes:
        """The four bytes that name the key in a signature line."""
        return key_id(self.name, self.kind, self.public)

    @property
    def usable(self) -> bool:
        """Whether signatures of this type can be verified here."""
        return self.kind != ML_DSA_44 or ml_dsa_offered()

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{b64(bytes([self.kind]) + self.public)}"

    @classmethod
    def parse(cls, text: str) -> VerifierKey:
        """The key of a vkey text; raises `Malformed`, also where its hash does not fit."""
        name, key_hash, data = _parts(text)
        key = cls(name, data[0], data[1:])
        return _fitting(key, key_hash, key)

    def verify(self, text: str, signature: bytes) -> int | None:
        """The time of a valid signature of the note's text (0 where the type has none), or None."""
        time = 0
        if timed(self.kind):
            time, signature = int.from_bytes(signature[:8], "big"), signature[8:]
        try:
            self._public().verify(signature, message(self.kind, self.name, time, text))
        except (InvalidSignature, ValueError):
            return None
        return time

    def _public(self) -> Any:
        if self.kind == ML_DSA_44:
            return MLDSA44PublicKey.from_public_bytes(self.public)
        return Ed25519PublicKey.from_public_bytes(self.public)


@dataclass(frozen=True)
class SignerKey:
    """A name with a private key of one signature type; its `repr` does not show the seed."""

    name: str
    kind: int
    seed: bytes = field(repr=False)

    @classmethod
    def generate(cls, name: str, kind: int = ED25519) -> SignerKey:
        """A new key."""
        return cls(name, kind, os.urandom(32))

    @cached_property
    def verifier(self) -> VerifierKey:
        """The public half."""
        return VerifierKey(self.name, self.kind, self._private.public_key().public_bytes_raw())

    @property
    def text(self) -> str:
        """The secret text form, for a file that only its owner can read."""
        data = b64(bytes([self.kind]) + self.seed)
        return f"{_PRIVATE}{self.name}+{self.verifier.id.hex()}+{data}"

    @classmethod
    def parse(cls, text: str) -> SignerKey:
        """The key of its text form; raises `Malformed`, which never shows the text."""
        if not text.startswith(_PRIVATE):
            raise Malformed(f"签名密钥以 {_PRIVATE} 开头", f"a signer key begins with {_PRIVATE}")
        try:
            name, key_hash, data = _parts(text.removeprefix(_PRIVATE).strip())
        except Malformed:
            raise Malformed("签名密钥残缺", "the signer key is damaged") from None
        if len(data) != 33 or data[0] not in WIDTHS:
            raise Malformed(
                "签名密钥的类型或长度不对", "the type or length of a signer key is wrong"
            )
        key = cls(name, data[0], data[1:])
        return _fitting(key, key_hash, key.verifier)

    def sign(self, text: str, time: int = 0) -> bytes:
        """The signature of a note's text, with the time in front where the type has one."""
        signed: bytes = self._private.sign(message(self.kind, self.name, time, text))
        return time.to_bytes(8, "big") + signed if timed(self.kind) else signed

    @cached_property
    def _private(self) -> Any:
        if self.kind == ML_DSA_44:
            if not ml_dsa_offered():
                raise Malformed(
                    "所装的 cryptography 不提供 ML-DSA-44",
                    "the installed cryptography offers no ML-DSA-44",
                )
            return MLDSA44PrivateKey.from_seed_bytes(self.seed)
        return Ed25519PrivateKey.from_private_bytes(self.seed)


def key_id(name: str, kind: int, public: bytes) -> bytes:
    """SHA-256(name || newline || type || public key), the first four bytes."""
    return sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:4]


def check_name(name: str) -> None:
    """Raises `Malformed` for a key name that is empty or has a space, plus or control sign."""
    if not name or "+" in name or any(c.isspace() or c < " " for c in name):
        raise Malformed(f"密钥名称无效：{shown(name)}", f"not a name of a key: {shown(name)}")


def _parts(text: str) -> tuple[str, str, bytes]:
    name, _, rest = text.partition("+")
    key_hash, _, data = rest.partition("+")
    decoded = unb64(data) if data else b""
    if len(decoded) < 2:
        raise Malformed("密钥应为 名称+哈希+base64 的形式", "a key reads name+hash+base64")
    return name, key_hash, decoded


def _fitting(key: Key, key_hash: str, public: VerifierKey) -> Key:
    if public.id.hex() != key_hash:
        raise Malformed(
            f"密钥哈希 {shown(key_hash)} 与密钥不符（应为 {public.id.hex()}）",
            f"the key hash {shown(key_hash)} does not fit the key ({public.id.hex()})",
        )
    return key
