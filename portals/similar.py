"""Similar: what others complain of at the same business now, to join or not (R30, 121 §12).

Only topics: what goods, what kind of problem, how many; of complaints whose consumers agreed to
publication, and never anything about one of them.
"""

from __future__ import annotations

from aiohttp import web

from events.terms import CATEGORIES
from events.words import Code, Words
from portals import bodies
from portals.forms import Typed
from portals.web import PLATFORM
from services.actions.command import Asked
from services.views.view import Row

#: So many are offered.
MOST = 5
ALONE = Words("继续单独投诉", "Go on by myself")
JOIN = Asked(
    Words("有人在投诉同样的问题，要加入共同投诉吗？", "Others complain of the same. Join them?"),
    widget="radios",
    hint=Words(
        "处理单位会看到您愿意加入，由它决定是否合在一起办理；您始终用自己的编号查询。",
        "The body in charge sees that you would join, and decides whether to handle them as one; "
        "you follow yours by its own number in any case.",
    ),
)


async def topics(request: web.Request, values: Typed) -> dict[str, Words]:
    """What is complained of at the business now, like what was typed if goods were typed."""
    code, respondent, product = (
        str(values.get(name, "")).strip() for name in ("credit_code", "respondent", "product")
    )
    known = await bodies.enterprise(request, code, respondent)
    found = await request.app[PLATFORM].views.complaints.topics_about(
        enterprise=known.id if known else "", respondent=respondent
    )
    like = [row for row in found if not product or _pairs(product) & _pairs(row["product"])]
    return {_code(row): _said(row) for row in like[:MOST]}


async def choices(request: web.Request, values: Typed) -> Code | None:
    """Joining one of them, or going on alone; None where there is nothing to join."""
    found = await topics(request, values)
    join = {code: Words(f"加入共同投诉：{w.zh}", f"Join: {w.en}") for code, w in found.items()}
    return Code("joins", {**join, "alone": ALONE}) if join else None


async def joined(request: web.Request, values: Typed) -> str:
    """The topic she wants to join, if it is there."""
    asked = str(values.get("joins", ""))
    if asked in ("", "alone"):
        return ""
    return asked if asked in await topics(request, values) else ""


def said(code: str) -> Words:
    """A topic by its code."""
    category, _, product = code.partition(":")
    kind = CATEGORIES[category]
    return Words(f"{product}（{kind.zh}）", f"{product} ({kind.en})")


def _code(row: Row) -> str:
    return f"{row['category']}:{row['product']}"


def _said(row: Row) -> Words:
    kind, many = CATEGORIES[row["category"]], row["many"]
    return Words(
        f"{row['product']}（{kind.zh}，{many} 件在办）",
        f"{row['product']} ({kind.en}, {many} in work)",
    )


def _pairs(text: str) -> set[str]:
    plain = "".join(text.lower().split())
    return {plain[n : n + 2] for n in range(max(1, len(plain) - 1))}
