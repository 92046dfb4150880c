"""What a verifier asks for: checkpoint, tiles, bundles of entries, proofs (C2SP tlog-tiles)."""

from __future__ import annotations

import asyncio

from aiohttp import web

from events.proofs.checkpoints import Checkpoint
from events.proofs.logproofs import LogProof
from events.proofs.receipts import Receipt
from events.proofs.states import pack_states
from events.proofs.texts import b64
from events.proofs.tiles import WIDTH, Place, width_at
from events.proofs.verdicts import Malformed
from portals.people import recognise_program
from portals.web import PLATFORM, viewer
from services.heads import stored
from services.heads.publisher import Heads
from services.heads.receipts import best_head
from services.heads.tree import LogTree
from services.numbers import is_number, tidy
from services.platform import Platform

#: Never changes once it is there.
FOR_EVER = "public, max-age=31536000, immutable"
_ALWAYS_ASK = "no-cache"
#: Seconds that a proof waits for the next signed head, asked so often.
LONGEST, EACH = 3.0, 0.1


async def checkpoint(request: web.Request) -> web.Response:
    """The latest signed head."""
    return _text(str(bytes(await _latest(request)), "utf-8"))


async def tile(request: web.Request) -> web.Response:
    """A tile, full or partial, of the published tree; entries for people who are signed in."""
    place = _place(request.match_info["path"])
    size = (await _latest(request)).head.size
    tree = LogTree(request.app[PLATFORM].pool)
    if place.width > width_at(place.level or 0, place.number, size):
        raise web.HTTPNotFound(text="not published yet\n")
    if place.level is not None:
        return _bytes(await tree.tile(place), FOR_EVER)
    await recognise_program(request)
    if viewer(request).by is None:
        raise web.HTTPForbidden(text="entries are for parties: sign in\n")
    return _bytes(await tree.entries(place), FOR_EVER.replace("public", "private"))


async def states(request: web.Request) -> web.Response:
    """The states beside a bundle of entries, as a bundle keeps them: of acts of the own party."""
    place = _place(f"entries/{request.match_info['path']}")
    if place.width > width_at(0, place.number, (await _latest(request)).head.size):
        raise web.HTTPNotFound(text="not published yet\n")
    await recognise_program(request)
    if (by := viewer(request).by) is None:
        raise web.HTTPForbidden(text="states are for parties: sign in\n")
    first = place.number * WIDTH
    found = await stored.states_of(request.app[PLATFORM].pool, by.party.id, first, place.width)
    return _bytes(pack_states(found), "private, no-store")


async def proof(request: web.Request) -> web.Response:
    """That an event, or a record's first event, stands in the published log (tlog-proof@v1).

    For who is signed in with the entry, so that `gongzhi verify receipt` reads what it proves.
    """
    platform = request.app[PLATFORM]
    index = await _index(request, request.match_info["what"])
    if index is None or not 0 <= index < await platform.log.size():
        raise web.HTTPNotFound(text="no such event or record\n")
    head = await _covering(platform, index + 1)
    path = await LogTree(platform.pool).inclusion(index, head.head.size)
    told = LogProof(index, tuple(path), bytes(head), await _entry(request, index + 1))
    keeping = _ALWAYS_ASK if told.extra is None else "private, no-store"
    name = f'attachment; filename="{index + 1}.tlog-proof"'
    return _text(bytes(told).decode(), name, keeping)


async def _covering(platform: Platform, position: int) -> Checkpoint:
    """The best head that covers a position; the next one is waited for."""
    for _ in range(int(LONGEST / EACH)):
        head = await best_head(platform.pool, platform.policy, position)
        if head is not None:
            return head
        await asyncio.sleep(EACH)
    raise web.HTTPNotFound(text="recorded, not yet published\n", headers={"Retry-After": "1"})


async def _entry(request: web.Request, position: int) -> bytes | None:
    """The entry as a receipt without state, for parties."""
    await recognise_program(request)
    event = await stored.one(request.app[PLATFORM].pool, position)
    if viewer(request).by is None or event is None:
        return None
    return Receipt(bytes(event.entry)).extra


async def consistency(request: web.Request) -> web.Response:
    """That the log of `old` events is the beginning of the log of `new`: hashes, one a line."""
    try:
        old, new = int(request.query["old"]), int(request.query["new"])
    except (KeyError, ValueError):
        raise web.HTTPBadRequest(text="say ?old=SIZE&new=SIZE\n") from None
    if not 0 < old <= new <= (await _latest(request)).head.size:
        raise web.HTTPBadRequest(text="sizes are 0 < old <= new <= the published size\n")
    hashes = await LogTree(request.app[PLATFORM].pool).consistency(old, new)
    return _text("".join(f"{b64(each)}\n" for each in hashes))


async def _latest(request: web.Request) -> Checkpoint:
    found = await Heads(request.app[PLATFORM].pool).latest()
    if found is None:
        raise web.HTTPNotFound(text="no head is published yet\n")
    return found


def _place(path: str) -> Place:
    try:
        return Place.parse(f"tile/{path}")
    except Malformed:
        raise web.HTTPNotFound(text="not the path of a tile\n") from None


async def _index(request: web.Request, what: str) -> int | None:
    """The leaf of a position, or of the first event of the record with this number."""
    if what.isdecimal() and len(what) < 16:
        return int(what) - 1
    number = tidy(what)
    if not is_number(number):
        return None
    row = await request.app[PLATFORM].views.tracking.numbered(number)
    if row is None or await request.app[PLATFORM].views.relations.restricted(str(row["id"])):
        return None
    first = await request.app[PLATFORM].log.load(row["id"])
    return first[0].position - 1 if first else None


def _text(text: str, disposition: str = "", keeping: str = _ALWAYS_ASK) -> web.Response:
    headers = {"Cache-Control": keeping}
    if disposition:
        headers["Content-Disposition"] = disposition
    return web.Response(text=text, headers=headers)


def _bytes(body: bytes, keeping: str) -> web.Response:
    kind = "application/octet-stream"
    return web.Response(body=body, content_type=kind, headers={"Cache-Control": keeping})


ROUTES = [
    web.get("/log/checkpoint", checkpoint),
    web.get("/log/tile/{path:.+}", tile),
    web.get("/log/states/{path:.+}", states),
    web.get("/log/proof/{what}", proof),
    web.get("/log/consistency", consistency),
]
