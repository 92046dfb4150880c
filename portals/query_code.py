"""The query code of a complaint or an enquiry: made from its id, kept nowhere.

Whoever sent it online is shown it on the receipt, and can follow it without her telephone. It is
as good as the secret of this installation: with another secret (`GONGZHI_SECRET`) there are other
codes, and number and telephone are left.
"""

from __future__ import annotations

import hmac
from hashlib import sha256
from unicodedata import normalize

from aiohttp import web

from events.credit_code import ALPHABET
from portals.pages import KEY

#: Characters of a code, and of each group of it.
LENGTH, GROUP = 12, 4


def written(made: bytes) -> str:
    """So many random bytes as a code that can be read over the telephone."""
    text = "".join(ALPHABET[byte % len(ALPHABET)] for byte in made[:LENGTH])
    return "-".join(text[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def query_code(app: web.Application, record: object) -> str:
    """The code of this record."""
    return written(hmac.new(app[KEY], f"query-code:{record}".encode(), sha256).digest())


def is_code(typed: str) -> bool:
    """Whether it has the form of one."""
    return len(_plain(typed)) == LENGTH


def fits(app: web.Application, record: object, typed: str) -> bool:
    """Whether it is the code of this record, as people type it."""
    made = query_code(app, record).replace("-", "")
    return hmac.compare_digest(made.encode(), _plain(typed).encode())


def _plain(typed: str) -> str:
    """Full-width, lower case, blanks and hyphens are forgiven."""
    half = normalize("NFKC", typed).upper()
    return "".join(each for each in half if each.isascii() and each.isalnum())
