"""Offering: what others complain of at the business, asked for by her browser while she types.

It says what the next page would say without scripts: topics, and nothing else. Searches of one
network are paced like all (`portals/limits.py`), and an answer holds until the log goes on.
"""

from __future__ import annotations

from aiohttp import web

from portals import similar
from portals.asking import text
from portals.pages import language
from portals.remembered import until_news

HERE = "/complain/similar"
#: Characters of what is typed that are looked at.
_MOST = 200
_NAMES = {"respondent": "q", "credit_code": "code", "product": "product"}


async def offered(request: web.Request) -> web.StreamResponse:
    """The topics in her language, as a list of texts."""
    typed = {name: text(request, asked)[:_MOST] for name, asked in _NAMES.items()}
    key = ("similar", *typed.values())
    found = await until_news(request, key, lambda: similar.topics(request, typed))
    said = [words.say(language(request)) for words in found.values()]
    return web.json_response(said, headers={"Cache-Control": "no-store"})


ROUTES = [web.get(HERE, offered)]
