"""Deep check of a bundle: nothing in it is believed that does not follow from signed heads."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from events.proofs import bundles
from events.proofs.bundles import Bundle, Extent
from events.proofs.entries import Entry
from events.proofs.heads import Head
from events.proofs.keys import ml_dsa_offered
from events.proofs.logproofs import LogProof
from events.proofs.policies import Opened, Policy
from events.proofs.receipts import Receipt
from events.proofs.records import Records, place
from events.proofs.reports import Report
from events.proofs.texts import b64, lines_of
from events.proofs.tiles import WIDTH, width_at
from events.proofs.timestamps import Token
from events.proofs.verdicts import Diverged, Failed, Incomplete, Malformed, Said, Tampered
from events.proofs.walking import root_at, walk

#: Seconds that clocks may differ and that an entry may wait for its head.
SKEW = 120
_SUM = re.compile(r"([0-9a-f]{64})  (\S.*)")


@dataclass
class Deep:
    """One check of one bundle. `policy` None takes the bundle's own, and says so."""

    bundle: Bundle
    policy: Policy | None = None
    #: Whether times of recording must lie between those of the witnessed heads.
    times: bool = False
    skew: int = SKEW
    #: Whether entries are hashed only: for logs whose entries have another form.
    tree_only: bool = False
    #: Certificates of the time-stamping authority.
    authority: Path | None = None
    report: Report = field(default_factory=Report)

    def run(self) -> Report:
        """Everything in turn, to the first failure; a quorum that is missing is said last."""
        try:
            opened = self._check()
            opened.require_quorum()
        except Failed as failed:
            return self.report.fail(failed)
        self.report.said = self._shown(opened)
        return self.report

    def _check(self) -> Opened:
        policy = self._policy()
        opened = _at(bundles.CHECKPOINT, policy, self.bundle)
        self._seen(opened)
        head = opened.checkpoint.head
        if self.bundle.has("tile"):
            self._tree(opened)
            extent = self.bundle.extent(head.size)
            self._heads(policy, opened, extent)
            self._stamps(head.size, extent)
        elif head.size and not self.bundle.has(bundles.RECEIPTS):
            raise Incomplete("没有 tile 目录", "there is no folder tile")
        self._receipts(policy, head)
        self._sums()
        return opened

    def _policy(self) -> Policy:
        if self.policy is not None:
            return self.policy
        data = self.bundle.read(bundles.POLICY)
        begins = sha256(data).hexdigest()[:16]
        self.report.note(
            f"策略取自包内 policy.txt（SHA-256 {begins}…）：请与您手中的比对",
            f"the policy is the bundle's own policy.txt (SHA-256 {begins}…): compare it with yours",
        )
        return Policy.parse(data)

    def _seen(self, opened: Opened) -> None:
        head = opened.checkpoint.head
        self.report.figures["size"] = head.size
        names = ", ".join(f"{name} {time}" for name, time in sorted(opened.seen.items()))
        self.report.note(
            f"日志 {head.origin}，{head.size} 条，根 {b64(head.root)}；见证：{names or '无'}",
            f"log {head.origin}, {head.size} entries, root {b64(head.root)}; "
            f"witnessed by: {names or 'nobody'}",
        )
        if opened.unchecked:
            what = ", ".join(opened.unchecked) + ("" if ml_dsa_offered() else " (ML-DSA-44)")
            self.report.note(
                f"此处无法核验的签名：{what}", f"signatures that cannot be verified here: {what}"
            )

    def _tree(self, opened: Opened) -> None:
        head = opened.checkpoint.head
        extent = self.bundle.extent(head.size)
        records = None if self.tree_only else Records(extent.start)
        found = walk(self.bundle, head.size, extent, records)
        if found != head.root:
            raise Tampered(
                "瓦片不通向检查点中签名的根哈希",
                "the tiles do not lead to the root that the checkpoint signs",
            )
        if records is not None:
            if extent == Extent(0, head.size):
                records.finish()
            self._counted(records)

    def _counted(self, records: Records) -> None:
        figures = self.report.figures
        figures["entries"], figures["states"] = records.entries, records.states
        figures["not_included"], figures["erased"] = records.not_included, len(records.erased)
        for index, by in list(records.erased.items())[:20]:
            self.report.note(
                f"第 {index + 1} 条的内容已由第 {by + 1} 条删除",
                f"the state of record {index + 1} was erased by record {by + 1}",
            )

    def _heads(self, policy: Policy, last: Opened, extent: Extent) -> None:
        """Every older head must be of this very tree, and entries recorded when it says."""
        heads = [(name, _at(name, policy, self.bundle)) for name in self._checkpoints()]
        size = last.checkpoint.head.size
        for name, opened in heads:
            head = opened.checkpoint.head
            if head.size > size:
                raise Incomplete(
                    f"{name} 已到 {head.size} 条，包只有 {size} 条",
                    f"{name} is of {head.size} entries, the bundle ends at {size}",
                )
            self._of_this_tree(name, head, size)
        self.report.figures["heads"] = len(heads) + 1
        if self.times and not self.tree_only:
            self._windows([*heads, (bundles.CHECKPOINT, last)], size, extent)

    def _of_this_tree(self, name: str, head: Head, size: int) -> None:
        if head.size <= size and root_at(self.bundle, head.size, size) != head.root:
            raise Diverged(
                f"{name}：{head.size} 条时的根哈希与本树不同，日志出现过两个版本",
                f"{name}: its root of {head.size} entries is not this tree's: "
                "the log has had two versions",
            )

    def _checkpoints(self) -> list[str]:
        return self.bundle.names(bundles.CHECKPOINTS)

    def _windows(self, heads: list[tuple[str, Opened]], size: int, extent: Extent) -> None:
        timed = [(name, opened, opened.time) for name, opened in heads if opened.time is not None]
        for name, opened, time in timed:
            self._window(name, opened.checkpoint.head.size, time, size, extent)
        if not timed:
            self.report.note(
                "没有见证时间，无法核对记录时间", "no witness gave a time: recorded times unchecked"
            )

    def _window(self, name: str, covered: int, time: int, size: int, extent: Extent) -> None:
        """What a head covers was recorded before it, what it does not cover after it."""
        if extent.start < covered <= extent.end:
            last = self._recorded(covered - 1, size)
            if last > (time + self.skew) * 1000:
                _untimely(covered - 1, name, "晚于", "after")
        if extent.start <= covered < extent.end:
            first = self._recorded(covered, size)
            if first < (time - self.skew) * 1000:
                _untimely(covered, name, "早于", "before")

    def _recorded(self, index: int, size: int) -> int:
        tile, at = divmod(index, WIDTH)
        entries = self.bundle.entries(tile, width_at(0, tile, size))
        return Entry.parse(entries[at]).recorded_at

    def _stamps(self, size: int, extent: Extent) -> None:
        """A token is of the head of the same name: of its text, or of the whole note."""
        for name in self.bundle.names(bundles.STAMPS):
            if not name.endswith(".tsr"):
                continue
            stamped = f"{bundles.CHECKPOINTS}/{name.rpartition('/')[2].removesuffix('.tsr')}"
            try:
                self._stamp(name, self.bundle.read(stamped), size, extent)
            except Failed as failed:
                raise failed.at(name) from failed

    def _stamp(self, name: str, note: bytes, size: int, extent: Extent) -> None:
        token = Token.parse(self.bundle.read(name))
        text = note.rpartition(b"\n\n")[0] + b"\n"
        if not (token.covers(text) or token.covers(note)):
            raise Tampered("时间戳不是这个检查点的", "the time stamp is not of this checkpoint")
        genuine = self.authority is not None and token.verify(self.authority)
        self.report.note(
            f"{name}：{token.time:%Y-%m-%d %H:%M:%S} UTC，"
            + ("证书链核验通过" if genuine else "未核验证书（需要 openssl 和 --tsa 证书）"),
            f"{name}: {token.time:%Y-%m-%d %H:%M:%S} UTC, "
            + ("certificate verified" if genuine else "certificate not verified (--tsa, openssl)"),
        )
        if self.times and not self.tree_only:
            covered = int(text.split(b"\n")[1])
            if extent.start < covered <= extent.end:
                last = self._recorded(covered - 1, size)
                if last > (token.time.timestamp() + self.skew) * 1000:
                    _untimely(covered - 1, name, "晚于", "after")

    def _receipts(self, policy: Policy, last: Head) -> None:
        names = self.bundle.names(bundles.RECEIPTS)
        for name in names:
            try:
                proof = LogProof.parse(self.bundle.read(name))
                receipt = Receipt.of(proof)
                opened = proof.verify(receipt.entry, policy)
                receipt.check()
                opened.require_quorum()
            except Failed as failed:
                raise failed.at(name) from failed
            if self.bundle.has("tile"):
                self._of_this_tree(name, opened.checkpoint.head, last.size)
        self.report.figures["receipts"] = len(names)

    def _sums(self) -> None:
        """What no head covers (README, policy) is at least as it was when it was written."""
        if not self.bundle.has(bundles.SUMS):
            return
        data = self.bundle.read(bundles.SUMS, 1 << 30)
        try:
            sums = _sums(data)
        except Failed as failed:
            raise failed.at(bundles.SUMS) from failed
        for name in self.bundle.files:
            if name != bundles.SUMS and name not in sums:
                raise Tampered(f"{name} 不在 SHA256SUMS 中", f"{name} is not in SHA256SUMS")
        for name, wanted in sums.items():
            if sha256(self.bundle.read(name, 1 << 40)).hexdigest() != wanted:
                raise Tampered(f"{name} 与 SHA256SUMS 不符", f"{name} does not fit SHA256SUMS")

    def _shown(self, opened: Opened) -> Said:
        figures = self.report.figures
        entries, states = figures.get("entries", 0), figures.get("states", 0)
        some = figures.get("not_included", 0), figures.get("erased", 0)
        receipts = figures.get("receipts", 0)
        size = opened.checkpoint.head.size
        return Said(
            f"{size} 条的日志；核对了 {entries} 个条目、{states} 份内容"
            f"（未附 {some[0]} 份，已删除 {some[1]} 份）、{receipts} 份回执",
            f"a log of {size}; {entries} entries and {states} states checked "
            f"({some[0]} not included, {some[1]} erased), {receipts} receipts",
        )


def _at(name: str, policy: Policy, bundle: Bundle) -> Opened:
    data = bundle.read(name)
    try:
        return policy.open(data)
    except Failed as failed:
        raise failed.at(name) from failed


def _untimely(index: int, name: str, zh: str, en: str) -> None:
    raise Tampered(
        f"{place(index)}：所称记录时间{zh}检查点 {name} 的见证时间",
        f"{place(index)}: it claims to have been recorded {en} {name} was witnessed",
    )


def _sums(data: bytes) -> dict[str, str]:
    text = lines_of(data)
    found: dict[str, str] = {}
    for line in text.removesuffix("\n").split("\n"):
        match = _SUM.fullmatch(line)
        if not match or match[2] in found or ".." in match[2].split("/") or match[2][0] == "/":
            raise Malformed("有一行无效", "a line is not one of its form")
        found[match[2]] = match[1]
    if not text.endswith("\n"):
        raise Malformed("末尾没有换行", "it does not end in a newline")
    return found
