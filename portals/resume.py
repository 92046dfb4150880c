"""Resume: what was typed on a page that had expired is listed, and one click sends it."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from events.words import Words, both
from portals.answers import DATE_PARTS, questions
from portals.pages import command_named, page
from portals.people import pairs

_NOT_LISTED = ("key", "seen", "form", "next")


async def resume_page(
    request: web.Request,
    action: str,
    values: dict[str, Any],
    status: int = 200,
    *,
    why: Words | None = None,
    advice: Words | None = None,
) -> web.Response:
    """Nothing was done yet; everything is kept; `action` is where one click sends it.

    `why` and `advice` say what stood in the way, where it was not that the page had expired.
    """
    kind = command_named(str(values.get("form", "")))
    return await page(
        request,
        "resume.html",
        status,
        action=action,
        why=why,
        advice=advice,
        fields=pairs(values),
        listed=_listed(values, kind),
        button=kind.SAYS if kind else Words("继续提交", "Send"),
    )


def _listed(values: dict[str, Any], kind: Any) -> list[tuple[Words, str]]:
    asked = questions(kind) if kind else {}
    rows: dict[str, list[str]] = {}
    for name, value in pairs(values):
        if value and name not in _NOT_LISTED:
            rows.setdefault(_question(name), []).append(value)
    return [(asked[n].label if n in asked else both(n), "  ".join(v)) for n, v in rows.items()]


def _question(name: str) -> str:
    stem, _, part = name.rpartition("-")
    return stem if part in DATE_PARTS else name
