"""Verifying: anybody drops a receipt and sees in plain words whether it holds.

The same check as `gongzhi verify receipt`, by this server's policy; and whether the head in the
receipt is still the beginning of the log that is kept here. Nothing that is sent is kept.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from aiohttp import web
from aiohttp.web_request import FileField

from events.proofs.checkpoints import Checkpoint
from events.proofs.checks import check_receipt
from events.proofs.entries import Entry
from events.proofs.logproofs import LogProof
from events.proofs.merkle import consistent
from events.proofs.policies import Policy
from events.proofs.receipts import Receipt
from events.proofs.reports import Report
from events.proofs.verdicts import Failed, Verdict
from events.words import Words
from portals.forms import typed
from portals.pages import viewer
from portals.web import OUT_OF_DATE, PLATFORM, page, reshown
from services.heads.publisher import Heads
from services.heads.tree import LogTree
from services.platform import Platform

TITLE = Words("核验凭证", "Verify a receipt")
#: A receipt with a state and a hundred cosignatures is smaller.
LARGEST = 1 << 20


class Told(NamedTuple):
    """What is told of one receipt."""

    report: Report
    #: Where it could be read: the entry and when each witness saw the head.
    entry: Entry | None = None
    position: int = 0
    seen: tuple[tuple[str, datetime], ...] = ()
    #: Whether the log that is kept here still begins like the head in the receipt; None = unknown.
    continued: bool | None = None

    @property
    def recorded_at(self) -> datetime | None:
        """When the event was recorded, as the log says."""
        at = self.entry.recorded_at / 1000 if self.entry else None
        return datetime.fromtimestamp(at, UTC) if at is not None else None

    @property
    def holds(self) -> bool:
        """Whether it proves that the event stands in the log as it was written."""
        return (
            self.report.verdict in (Verdict.OK, Verdict.UNWITNESSED) and self.continued is not False
        )


async def form(request: web.Request) -> web.StreamResponse:
    return await _page(request)


@reshown
async def verify(request: web.Request) -> web.StreamResponse:
    """Check what was dropped; a form that cannot be read comes back with what was typed."""
    if viewer(request).stale:
        return await _page(request, wrong=OUT_OF_DATE, status=422)
    posted = await request.post()
    sent, text = posted.get("receipt"), str(posted.get("text", ""))
    if not isinstance(sent, FileField):
        return await _page(request, wrong=_NO_FILE, status=422, text=text)
    data = sent.file.read(LARGEST + 1)
    if not data or len(data) > LARGEST:
        return await _page(request, wrong=_NO_RECEIPT, status=422, text=text)
    platform = request.app[PLATFORM]
    if platform.trusts is None:
        return await _page(request, wrong=_NO_KEY, status=503, text=text)
    told = await _told(platform, platform.trusts, data, text)
    return await _page(request, told=told, name=sent.filename, text=text)


async def _told(platform: Platform, policy: Policy, data: bytes, text: str) -> Told:
    report = check_receipt(data, policy, text.encode() if text else None)
    try:
        proof = LogProof.parse(data)
        entry = Entry.parse(Receipt.of(proof).entry)
        opened = policy.open(proof.checkpoint)
    except Failed:
        return Told(report)
    seen = tuple((name, datetime.fromtimestamp(at, UTC)) for name, at in opened.seen.items() if at)
    continued = await _continued(platform, opened.checkpoint)
    return Told(report, entry, proof.index + 1, seen, continued)


async def _continued(platform: Platform, then: Checkpoint) -> bool | None:
    """Whether the log here begins with what that head says."""
    now, old = await Heads(platform.pool).latest(), then.head
    if now is None:
        return None
    if not 0 < old.size <= now.head.size:
        return False
    if old.size == now.head.size:
        return old.root == now.head.root
    proof = await LogTree(platform.pool).consistency(old.size, now.head.size)
    return consistent(old.size, now.head.size, old.root, now.head.root, proof)


async def _page(
    request: web.Request,
    *,
    told: Told | None = None,
    wrong: Words | None = None,
    status: int = 200,
    name: str = "",
    text: str = "",
) -> web.StreamResponse:
    if request.method == "POST" and not text:
        text = typed(await request.post()).get("text", "")
    known = {"told": told, "wrong": wrong, "name": name, "text": text, "Verdict": Verdict}
    return await page(request, "log/verify.html", status, title=TITLE, **known)


_NO_FILE = Words(
    "请选择凭证文件（.tlog-proof），再点“核验”。", "Choose the receipt (.tlog-proof), then verify."
)
_NO_RECEIPT = Words(
    "这个文件是空的，或者太大，不是凭证。凭证文件以 .tlog-proof 结尾，只有几千字节。",
    "This file is empty or too large to be a receipt, which ends in .tlog-proof and has some "
    "thousand bytes.",
)
_NO_KEY = Words(
    "这个平台还没有签名密钥，没有可核验的凭证。",
    "This platform has no signing key yet: there is no receipt to verify.",
)

ROUTES = [web.get("/verify", form), web.post("/verify", verify)]
