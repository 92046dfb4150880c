"""Policies (C2SP tlog-policy): which logs are known, and whose cosignatures make a quorum."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median_low

from events.proofs.checkpoints import Checkpoint
from events.proofs.cosignatures import COSIGNATURE, ED25519, ML_DSA_44
from events.proofs.keys import VerifierKey
from events.proofs.texts import shown
from events.proofs.verdicts import Malformed, Unwitnessed

NONE = "none"
_COUNT = re.compile(r"[1-9][0-9]{0,3}\Z", re.ASCII)


@dataclass(frozen=True)
class Opened:
    """A checkpoint that one of the policy's logs has signed, and who of the witnesses saw it."""

    checkpoint: Checkpoint
    log: VerifierKey
    #: Witness (by its name in the policy) -> seconds since 1970.
    seen: dict[str, int]
    #: Whether the quorum is reached.
    witnessed: bool
    #: Witnesses whose line cannot be verified with the installed `cryptography`.
    unchecked: tuple[str, ...] = ()

    @property
    def time(self) -> int | None:
        """When the witnesses saw it: the median, so that one wrong clock decides nothing."""
        # ML-DSA cosigners may leave the time open, as 0.
        return median_low(filter(None, self.seen.values())) if any(self.seen.values()) else None

    def require_quorum(self) -> None:
        """Raises `Unwitnessed` where too few witnesses have seen it."""
        if not self.witnessed:
            names = ", ".join(sorted(self.seen)) or "0"
            raise Unwitnessed(
                f"见证不足：策略要求的见证方未达到法定数（已见证：{names}）",
                f"too few witnesses: the policy's quorum is not reached (seen by: {names})",
            )


@dataclass
class Policy:
    """Known logs and witnesses, groups of them, and the quorum."""

    logs: list[VerifierKey] = field(default_factory=list)
    witnesses: dict[str, VerifierKey] = field(default_factory=dict)
    #: Name -> how many of which members.
    groups: dict[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)
    quorum: str = ""
    #: Name of log or witness -> address, where the policy gives one.
    urls: dict[str, str] = field(default_factory=dict)

    @classmethod
    def parse(cls, data: bytes) -> Policy:
        """The policy of a file; raises `Malformed` naming the line."""
        policy = cls()
        for number, line in enumerate(data.split(b"\n"), 1):
            try:
                policy._read(line)
            except Malformed as wrong:
                raise wrong.at(f"policy:{number}") from wrong
        if not policy.quorum:
            raise Malformed("策略没有 quorum 行", "the policy has no quorum line")
        return policy

    @classmethod
    def load(cls, path: Path) -> Policy:
        """The policy of the file at this path; raises `Malformed`, `OSError`."""
        return cls.parse(path.read_bytes())

    def open(self, data: bytes) -> Opened:
        """The checkpoint of these bytes, its signatures verified.

        Raises `Malformed`; `Tampered` where no known log has signed or a known key's signature is
        wrong. A quorum that is not reached is said in the answer.
        """
        checkpoint = Checkpoint.parse(data)
        log = checkpoint.verify_log(self.logs)
        found = checkpoint.note.verify(self.witnesses.values())
        names = {key: name for name, key in self.witnesses.items()}
        seen = {names[key]: time for key, time in found.times.items()}
        unchecked = tuple(names[key] for key in found.unchecked)
        return Opened(checkpoint, log, seen, self.reached(seen), unchecked)

    def reached(self, seen: Iterable[str]) -> bool:
        """Whether these witnesses are a quorum."""
        have = set(seen)
        # Groups only name what stands before them, so one pass in order is enough.
        for name, (least, members) in self.groups.items():
            if len(have.intersection(members)) >= least:
                have.add(name)
        return self.quorum == NONE or self.quorum in have

    def _read(self, line: bytes) -> None:
        if re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", line):
            raise Malformed("含有控制字符", "a control character stands in it")
        # Names are opaque bytes; what is not UTF-8 stays as it is.
        words = [w.decode("utf-8", "surrogateescape") for w in re.split(rb"[ \t]+", line) if w]
        if not words or words[0].startswith("#"):
            return
        match words:
            case ["log", vkey, *url] if len(url) <= 1:
                self._log(vkey, url)
            case ["witness", name, vkey, *url] if len(url) <= 1:
                self._witness(name, vkey, url)
            case ["group", name, least, *members] if members:
                self._group(name, least, members)
            case ["quorum", name]:
                self._quorum(name)
            case _:
                raise Malformed(f"不认识的一行：{shown(words[0])}", f"not known: {shown(words[0])}")

    def _log(self, vkey: str, url: list[str]) -> None:
        key = _key(vkey, (ED25519, ML_DSA_44))
        _new(key, self.logs)
        self.logs.append(key)
        if url:
            self.urls[key.name] = url[0]

    def _witness(self, name: str, vkey: str, url: list[str]) -> None:
        self._unused(name)
        key = _key(vkey, (COSIGNATURE, ML_DSA_44))
        _new(key, self.witnesses.values())
        self.witnesses[name] = key
        if url:
            self.urls[name] = url[0]

    def _group(self, name: str, least: str, members: list[str]) -> None:
        self._unused(name)
        taken = {member for _, others in self.groups.values() for member in others}
        for nth, member in enumerate(members):
            self._defined(member)
            if member in taken or member in members[:nth]:
                raise Malformed(f"{shown(member)} 列出两次", f"{shown(member)} stands twice")
        count = {"any": 1, "all": len(members)}.get(least)
        if count is None:
            count = int(least) if _COUNT.match(least) else 0
        if not 1 <= count <= len(members):
            raise Malformed(f"门限 {shown(least)} 无效", f"not a threshold: {shown(least)}")
        self.groups[name] = (count, tuple(members))

    def _quorum(self, name: str) -> None:
        if self.quorum:
            raise Malformed("第二个 quorum 行", "a second quorum line")
        if name != NONE:
            self._defined(name)
        self.quorum = name

    def _unused(self, name: str) -> None:
        if name == NONE or name in self.witnesses or name in self.groups:
            raise Malformed(f"名称 {shown(name)} 已使用", f"the name {shown(name)} is taken")

    def _defined(self, name: str) -> None:
        if name not in self.witnesses and name not in self.groups:
            raise Malformed(f"{shown(name)} 没有定义", f"{shown(name)} is not defined")


def _key(vkey: str, kinds: tuple[int, ...]) -> VerifierKey:
    try:
        key = VerifierKey.parse(vkey)
    except UnicodeEncodeError as wrong:
        raise Malformed("密钥名称不是 UTF-8", "the key's name is not UTF-8") from wrong
    if key.kind not in kinds:
        raise Malformed(
            f"密钥类型 {key.kind:#04x} 不能用在此处",
            f"key type {key.kind:#04x} is not for this use",
        )
    return key


def _new(key: VerifierKey, others: Iterable[VerifierKey]) -> None:
    if any(key.public == other.public for other in others):
        raise Malformed("同一公钥列出两次", "a public key stands twice")
