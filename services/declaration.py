"""Declaration: the terms under which people in office work here, by version.

Whoever signs in accepts the present version before any page opens; a new version is asked again
(R26). To change the terms: add a version at the end; never edit one that somebody accepted.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from events.accounts import TermsAccepted
from events.event import Acting
from events.log import Log
from events.words import Words
from services.account_log import note


class Terms(NamedTuple):
    """One version: since when, and what is declared, sentence by sentence."""

    version: int
    since: date
    says: tuple[Words, ...]


VERSIONS = (
    Terms(
        1,
        date(2026, 11, 26),
        (
            Words(
                "我以本人的账号、为我所代表的单位办理工作，不把账号、密码或者验证码交给别人。",
                "I work under my own account for the party I act for, and give account, password "
                "and codes to nobody.",
            ),
            Words(
                "我只为履行职责查阅个人信息，对知悉的个人信息、商业秘密和举报人身份保密；"
                "我知道每次查阅都会被记录。",
                "I look at personal data only to do my duty, and keep it, business secrets and the "
                "identity of informants secret; I know that each look is recorded.",
            ),
            Words(
                "我如实记录。记录下来的内容不能删改；记错了，我另行更正并说明原因。",
                "I record what is true. What is recorded cannot be changed; where I was wrong, "
                "I correct it by a further entry with the reason.",
            ),
            Words(
                "与我有利害关系的事项，我主动回避。",
                "I stand aside where my own interests are touched.",
            ),
        ),
    ),
)
PRESENT = VERSIONS[-1]


async def accept(log: Log, by: Acting) -> int:
    """She accepts the present version; the position of the event."""
    return await note(log, TermsAccepted, by, by.person, by.name, version=PRESENT.version)
