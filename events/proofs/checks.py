"""Checks of single files: a receipt, two heads of one log, heads from several witnesses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from events.proofs.bundles import Bundle
from events.proofs.heads import Head
from events.proofs.logproofs import LogProof
from events.proofs.merkle import EMPTY, consistent
from events.proofs.policies import Opened, Policy
from events.proofs.receipts import Receipt
from events.proofs.reports import Report
from events.proofs.texts import lines_of, shown, unhash
from events.proofs.verdicts import Diverged, Failed, Incomplete, Said, Tampered
from events.proofs.walking import root_at


def check_receipt(data: bytes, policy: Policy, text: bytes | None = None) -> Report:
    """A receipt and, when `text` is given, whether it is what its author wrote, to the letter."""
    report = Report()
    try:
        proof = LogProof.parse(data)
        receipt = Receipt.of(proof)
        opened = proof.verify(receipt.entry, policy)
        entry = receipt.check()
        report.note(
            f"第 {proof.index + 1} 条，{entry.topic}，流 {entry.stream} 的第 {entry.version} 版",
            f"record {proof.index + 1}, {entry.topic}, version {entry.version} of {entry.stream}",
        )
        if text is not None:
            _text(report, receipt, text)
        opened.require_quorum()
    except Failed as failed:
        return report.fail(failed)
    report.figures = {"index": proof.index, "size": opened.checkpoint.head.size}
    size = opened.checkpoint.head.size
    report.said = Said(
        f"该记录在日志的第 {proof.index + 1} 位，由 {size} 条的检查点证明",
        f"the record stands at {proof.index + 1} in the log, as the head of {size} proves",
    )
    return report


def check_consistency(one: bytes, other: bytes, proof: bytes | None, policy: Policy) -> Report:
    """Whether two heads are of one history; `proof` holds hashes in base64, one per line."""
    report = Report()
    try:
        first, second = policy.open(one), policy.open(other)
        old, new = sorted((first.checkpoint.head, second.checkpoint.head), key=lambda h: h.size)
        _compare(old, new, None if proof is None else [unhash(h) for h in _lines(proof)])
        first.require_quorum()
        second.require_quorum()
    except Failed as failed:
        return report.fail(failed)
    report.figures = {"old": old.size, "new": new.size}
    report.said = Said(
        f"{old.size} 条的日志是 {new.size} 条的开头，没有被改写",
        f"the log of {old.size} is the beginning of that of {new.size}: nothing was rewritten",
    )
    return report


def check_heads(heads: Sequence[tuple[str, bytes]], policy: Policy, tiles: Bundle | None) -> Report:
    """Whether heads from several places agree; `tiles` joins those of different size."""
    report = Report()
    try:
        opened = [(name, _named(name, data, policy)) for name, data in heads]
        opened.sort(key=lambda pair: pair[1].checkpoint.head.size)
        for (name, old), (other, new) in pairwise(opened):
            _agree(name, old.checkpoint.head, other, new.checkpoint.head)
        largest = opened[-1][1].checkpoint.head
        _joined(opened, tiles)
    except Failed as failed:
        return report.fail(failed)
    report.figures = {"heads": len(heads), "size": largest.size}
    report.said = Said(
        f"{len(heads)} 个检查点一致，最大 {largest.size} 条",
        f"{len(heads)} heads agree, the largest is of {largest.size}",
    )
    return report


def _text(report: Report, receipt: Receipt, text: bytes) -> None:
    found = receipt.matches(text)
    if not receipt.openings:
        raise Incomplete("回执中没有可比对的文字", "the receipt opens no text to compare with")
    if found is None:
        near = any(receipt.matches(other) for other in _nearly(text))
        raise Tampered(
            "文字与登记的不一致" + ("，只差换行或首尾空白" if near else "（一字不差才算一致）"),
            "the text is not the one that was recorded, "
            + ("only line ends or outer space differ" if near else "the same to the letter"),
        )
    report.note(
        f"文字与登记的完全一致（{found.at}）", f"the text is exactly what was recorded ({found.at})"
    )


def _nearly(text: bytes) -> list[bytes]:
    """What an editor or a form may have made of a text: it still does not pass, but is told so."""
    unix = text.replace(b"\r\n", b"\n")
    windows = unix.replace(b"\n", b"\r\n")
    return [one for form in (text, unix, windows) for one in (form, form.strip())]


def _compare(old: Head, new: Head, proof: list[bytes] | None) -> None:
    # A log that lost its key goes on under another name: where there is a proof, it decides.
    _agree("A", old, "B", replace(new, origin=old.origin) if proof else new)
    if old.size == new.size or (old.size == 0 and old.root == EMPTY):
        if proof:
            raise Tampered("不需要证明，却给出了哈希", "no proof is needed, but hashes are given")
        return
    if proof is None:
        raise Incomplete(
            f"从 {old.size} 到 {new.size} 需要一致性证明",
            f"a consistency proof from {old.size} to {new.size} is needed",
        )
    if not consistent(old.size, new.size, old.root, new.root, proof):
        raise Diverged(
            f"证明不能说明 {old.size} 条的日志是 {new.size} 条的开头",
            f"the proof does not show the log of {old.size} to begin that of {new.size}",
        )


def _agree(name: str, old: Head, other: str, new: Head) -> None:
    """Raises where two heads exclude each other by themselves."""
    if old.origin != new.origin:
        raise Incomplete(
            f"{name} 与 {other} 不是同一日志的", f"{name} and {other} are not of one log"
        )
    if old.size == new.size and old.root != new.root:
        raise Diverged(
            f"{name} 与 {other} 都是 {old.size} 条，根哈希却不同：日志给不同的人看了不同的内容",
            f"{name} and {other} are both of {old.size} entries but have different roots: "
            "the log has shown different things to different people",
        )


def _joined(opened: Sequence[tuple[str, Opened]], tiles: Bundle | None) -> None:
    largest = opened[-1][1].checkpoint.head
    for name, one in opened:
        head = one.checkpoint.head
        if head.root == largest.root and head.size == largest.size:
            continue
        if tiles is None:
            raise Incomplete(
                f"{name} 只到 {head.size} 条，与 {largest.size} 条的比较需要 --bundle",
                f"{name} is of {head.size}: comparing it with {largest.size} needs --bundle",
            )
        if root_at(tiles, head.size, largest.size) != head.root:
            raise Diverged(
                f"{name} 不是最大检查点的开头", f"{name} is not the beginning of the largest head"
            )
    if tiles is not None and root_at(tiles, largest.size, largest.size) != largest.root:
        raise Diverged("瓦片不通向最大的检查点", "the tiles do not lead to the largest head")


def _named(name: str, data: bytes, policy: Policy) -> Opened:
    try:
        return policy.open(data)
    except Failed as failed:
        raise failed.at(shown(name)) from failed


def _lines(data: bytes) -> list[str]:
    return lines_of(data).split()
