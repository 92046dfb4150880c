"""Undelivered: on the page of a case, what its consumer could not be told, and what to do."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aiohttp import web

from events.event import CHINA
from events.words import Words, in_words
from portals.web import PLATFORM
from services.messages import queue
from services.messages.kinds import KINDS, WAYS, why
from services.messages.queue import Waiting


async def undelivered(request: web.Request, row: dict[str, Any]) -> list[Words]:
    """One sentence for each message that did not reach her, newest first."""
    found = await queue.trouble(request.app[PLATFORM].pool, row["id"])
    return [_said(each) for each in found if each.error or each.state == "unreachable"]


def _said(one: Waiting) -> Words:
    what = {"kind": KINDS[one.kind], "way": WAYS[one.way or "text"]}
    if one.state == "unreachable":
        return _UNREACHABLE.fill(**what)
    said = _TRIED.fill(**what, why=why(one.error), tries=one.tries)
    after = _GIVEN_UP if one.state == "failed" else _NEXT.fill(at=_moment(one.due_at))
    return Words(said.zh + after.zh, said.en + after.en)


def _moment(at: datetime) -> Words:
    here = at.astimezone(CHINA)
    zh, en = in_words(here.date())
    return Words(f"{zh} {here:%H:%M}", f"{here:%H:%M} on {en}")


_TRIED = Words(
    "{way}“{kind}”没有送达消费者：{why}，试了 {tries} 次。",
    "The {way} “{kind}” did not reach the consumer: {why}; tried {tries} times. ",
)
_NEXT = Words(
    "下次 {at} 再试；着急的话，请打电话告诉她。",
    "The next try is at {at}; if it is urgent, tell her by phone.",
)
_GIVEN_UP = Words(
    "不会再试，请打电话或者写信告诉她。", "It is given up: tell her by phone or letter."
)
_UNREACHABLE = Words(
    "“{kind}”没有发出：登记的不是手机号码，也没有电子邮箱。请打电话或者写信告诉她。",
    "“{kind}” was not sent: there is no mobile number and no e-mail. Tell her by phone or letter.",
)
