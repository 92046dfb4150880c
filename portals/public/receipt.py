"""The receipt: number, place in the log, what happens next, and the proof to be kept."""

from __future__ import annotations

import asyncio

from aiohttp import web

from events.proofs.logproofs import LogProof
from events.words import Words
from portals.asking import found, record_id
from portals.pages import is_https
from portals.proof import REPORT, proven
from portals.public.next_steps import by_when, deadline, next_step
from portals.qr import qr
from portals.query_code import query_code
from portals.web import PLATFORM, page
from services import access
from services.actions.refused import NotFound
from services.heads import stored
from services.heads.levels import levels
from services.heads.receipts import best_head, openings, receipt
from services.heads.tree import LogTree
from services.platform import Platform
from services.views.asking import Row

#: Seconds that a download waits for the next signed head, asked so often.
LONGEST, EACH = 3.0, 0.1


async def show(request: web.Request) -> web.StreamResponse:
    """Holds nothing personal; file and query code are for the browser that proved who it is."""
    platform = request.app[PLATFORM]
    row = found(await platform.views.tracking.one(record_id(request)))
    await _refuse_hidden(request, row)
    hers = proven(request) == str(row["id"])
    return await page(
        request,
        "public/receipt.html",
        title=Words("投诉已收到", "Your complaint was received"),
        row=row,
        again=request.query.get("again") == "1",
        next_step=next_step(row),
        by_when=by_when(deadline(row)),
        clock=deadline(row),
        level=(await levels(platform.pool, platform.policy)).of(row["receipt"]),
        hash=await _hash(platform, row["receipt"]),
        hers=hers,
        query=query_code(request.app, row["id"]) if hers else "",
        reported=proven(request, REPORT) is not None,
        code=qr(f"{origin(request)}/track?number={row['number']}"),
    )


async def file(request: web.Request) -> web.StreamResponse:
    """The proof with her own text, to be kept: `gongzhi verify receipt FILE --text HER-TEXT`."""
    platform = request.app[PLATFORM]
    row = found(await platform.views.tracking.one(record_id(request)))
    if proven(request) != str(row["id"]):
        await _refuse_hidden(request, row)
        raise web.HTTPSeeOther(f"/track?number={row['number']}")
    proof = await _proof(platform, row["receipt"])
    if proof is None:
        raise web.HTTPSeeOther(f"/receipt/{row['id']}")
    name = f"{row['number']}.tlog-proof"
    return web.Response(
        body=bytes(proof),
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )


async def _refuse_hidden(request: web.Request, row: Row) -> None:
    """Of a restricted complaint, whoever has not proved to be the consumer learns nothing."""
    hidden = await request.app[PLATFORM].views.relations.restricted(str(row["id"]))
    if hidden is not None and proven(request) != str(row["id"]):
        raise NotFound(access.NOT_THERE)


async def _hash(platform: Platform, position: int) -> str:
    """The hash by which anybody finds the event in the log's entries."""
    event = await stored.one(platform.pool, position)
    return event.entry.state_hash.hex() if event else ""


async def _proof(platform: Platform, position: int) -> LogProof | None:
    """Under the best head that covers it; None where none is signed in time."""
    event = await stored.one(platform.pool, position)
    for _ in range(int(LONGEST / EACH)):
        head = await best_head(platform.pool, platform.policy, position)
        if head is not None and event is not None:
            hers = openings((await platform.log.at([position]))[position].event)
            return await receipt(LogTree(platform.pool), event, head, hers)
        await asyncio.sleep(EACH)
    return None


def origin(request: web.Request) -> str:
    """Where the browser found us."""
    return f"{'https' if is_https(request.app) else request.scheme}://{request.host}"


ROUTES = [web.get("/receipt/{id}", show), web.get("/receipt/{id}/proof", file)]
