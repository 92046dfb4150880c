"""Security log: one line for each thing that whoever watches over the platform should hear of.

Logger `gongzhi.security`, beside the log of events: what a program at the operator's reads as it
happens. The platform counts the same and records it each minute (`security_notes.py`). People and
parties stand in it by their ids; a sign-in name or a network address only as a mark that is the
same each time and that nobody without the secret of the desk can turn back.
"""

from __future__ import annotations

import hmac
import logging
from collections.abc import Callable, Iterator
from hashlib import sha256

from services.settings import Settings

log_ = logging.getLogger("gongzhi.security")

#: What is told, and what it means; README.md has the same list.
KINDS = {
    "signed-in": "every proof that is asked for was given",
    "sign-in-failed": "a wrong name or password; `whom` marks the name",
    "sign-in-locked": "a name was locked, or tried while it is",
    "second-proof-failed": "a wrong, old or used code, or a passkey that does not fit",
    "sign-on-failed": "a provider's answer was refused",
    "denied": "a page or act that this role or party may not have (403)",
    "not-shown": "a signed-in person asked for a record that is not there, or not for her (404)",
    "rested": "too many requests, or too many wrong answers (429)",
    "foreign-form": "a form that another site sent",
    "wrong-form-token": "a form without the token of its session: expired, or forged",
    "trap-filled": "a field that nobody sees was filled in a public form",
    "exported": "a file with many records was handed out",
    "key-changed": "the vault's key is another one now (of the log's keys an event tells)",
    "weak-setting": "a setting that is for trying things out is in force",
}
#: These are as they should be; all others are warnings.
_USUAL = ("signed-in", "exported", "key-changed")


#: Who counts what is told, to record it: the platform of this process.
HEARD: list[Callable[..., None]] = []


def tell(what: str, *, person: str = "", party: str = "", **more: str | int) -> None:
    """A line of the security log; `more`: `route`, `whom`, `source`, `why`, `seconds`."""
    assert what in KINDS, what
    level = logging.INFO if what in _USUAL else logging.WARNING
    log_.log(level, "%s", what, extra={"what": what, "person": person, "party": party, **more})
    if what != "signed-in":  # which is an event of its own
        for hear in HEARD:
            hear(what, person=person, party=party, **more)


def mark(key: bytes, said: str) -> str:
    """The same for the same name or address, and nothing to anybody without the key."""
    said = said.strip().lower()
    return hmac.new(key, b"mark:" + said.encode(errors="replace"), sha256).hexdigest()[:16]


def weaknesses(chosen: Settings) -> Iterator[str]:
    """What is set so that others than those meant could come in, by the name of the setting."""
    if chosen.second_factor != "required":
        yield "second_factor"
    if chosen.terms != "required":
        yield "terms"
    if chosen.oidc_inside:
        yield "oidc_inside"
    if not chosen.https and chosen.host not in ("127.0.0.1", "::1", "localhost"):
        yield "https"
    if not (chosen.limit_address and chosen.limit_account):
        yield "limit_address, limit_account"
