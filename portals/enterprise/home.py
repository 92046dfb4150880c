"""The enterprise's desk: what it owes and is owed, and what it can do next by itself."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

from aiohttp import web

from events.event import today
from events.words import Words
from portals.owed import desk
from portals.web import PLATFORM, acting, page, staff
from services import access
from services.views.view import Page

HOME = "/enterprise"
PUBLISHED = f"{HOME}/published"
PLEDGES = f"{HOME}/pledges"
PEOPLE = f"{HOME}/people"
RECORD = f"{HOME}/timeline"
INTERVIEWS = f"{HOME}/interviews"
COMPARISONS = f"{HOME}/comparisons"
CRUMB = (HOME, Words("工作台", "Desk"))

#: What bodies tell each other about an enterprise before they act on it.
BETWEEN_BODIES = (
    "clue-referred",
    "clue-moved",
    "referral-returned",
    "follow-up-opened",
    "result-sent-to-council",
    "breach-suspected",
    "ballot-sealed",
    "ballots-opened",
    "joint-conclusion-recorded",
    "joint-conclusion-confirmed",
    "attempt-refused",
    "risk-assessed",
    "risk-level-decided",
    "risk-level-kept",
    "risk-level-confirmed",
)
#: What is written by a consumer or to her, and may say who she is.
BETWEEN_CONSUMER_AND_BODY = (
    "complaint-refused", "complaint-transferred", "complaint-withdrawn",
    "body-wrote", "side-wrote", "answer-not-needed", "attendance-stated",
)  # fmt: skip
#: Which files and masks a record has is said on the page of its evidence, to each party its own.
ABOUT_EVIDENCE = (
    "file-added", "file-scanned", "file-withdrawn", "statement-added", "text-redacted",
    "image-area-redacted", "redaction-lifted",
)  # fmt: skip
#: How a body came to its decisions on a complaint, and what it found out meanwhile.
INSIDE_THE_BODY = (
    "abuse-signs-judged",
    "clue-noted", "clue-extended", "clue-verified", "complaint-forwarded", "called-back",
    "complaint-returned-to-desk", "complaint-merged", "complaint-took-in", "complaint-separated",
    "complaint-let-go", "complaint-reopened", "identity-proof-requested", "identity-proof-given",
    "identity-confirmed", "satisfaction-stated", "outcome-stated", "rating-reminded",
    "rating-lapsed",
)  # fmt: skip
WITHHELD = BETWEEN_BODIES + BETWEEN_CONSUMER_AND_BODY + ABOUT_EVIDENCE + INSIDE_THE_BODY

Row = dict[str, Any]


def address(row: Row) -> str:
    """Where an obligation leads in this portal."""
    if row["kind"] == "enforcement" and row["what"] != "delivery":
        return f"{HOME}/directives/{row['record']}"
    if row["kind"] == "complaints":
        return address_of_complaint(row["record"])
    if row["kind"] == "instruments":
        return f"{INTERVIEWS}/{row['record']}"
    return f"{PLEDGES}/{row['record']}" if row["kind"] == "pledges" else ""


def address_of_complaint(id: object) -> str:
    """The page of a complaint that the body in charge has turned to the business with."""
    return f"{HOME}/complaints/{id}"


async def home(request: web.Request) -> web.StreamResponse:
    owed = await desk(request, address)
    owed["rows"] = await _titled(request, owed["rows"])
    return await page(
        request,
        "enterprise/home.html",
        title=Words("工作台", "Desk"),
        steps=[step async for step in _steps(request)],
        **owed,
    )


async def _titled(request: web.Request, rows: Page) -> Page:
    """What is owed on a pledge, with the name of the pledge: a number says little."""
    ids = [row["record"] for row in rows.rows if row["kind"] == "pledges"]
    titles = await request.app[PLATFORM].views.pledges.titles(ids)
    return replace(rows, rows=[_about(row, titles.get(row["record"], "")) for row in rows.rows])


def _about(row: Row, title: str) -> Row:
    what = row["what"]
    named = Words(f"{what.zh}：《{title}》", f"{what.en}: {title}") if title else what
    return {**row, "what": named}


async def _steps(request: web.Request) -> AsyncIterator[Row]:
    """What can be done without being asked: comment, sign, submit, fill an empty post."""
    if shown := await request.app[PLATFORM].views.comparisons.waiting_for(acting(request).party.id):
        yield {"url": COMPARISONS, "words": _COMMENT, "count": shown}
    board, by = request.app[PLATFORM].views.pledges, acting(request)
    open_now = (await board.offered(by.party.id, on=today())).known
    if open_now and access.may(by, "SignPledge"):
        yield {"url": PUBLISHED, "words": _SIGN, "count": open_now}
    running = len(await board.active_of(by.party.id))
    if running and access.may(by, "SubmitEvidence"):
        yield {"url": PLEDGES, "words": _SUBMIT, "count": running}
    for words in await _vacancies(request):
        yield {"url": PEOPLE, "words": words, "count": None}


async def _vacancies(request: web.Request) -> list[Words]:
    """Posts that nobody holds, where the enterprise has an archive."""
    archives, id = request.app[PLATFORM].views.archives, acting(request).party.id
    unit = await archives.unit(id)
    if unit is None or unit["enrolled_on"] is None:
        return []
    held = {row["post"] for row in await archives.posts_of(id) if row["until"] is None}
    return [words for post, words in _APPOINT.items() if post not in held]


_COMMENT = Words("比较试验中可以说明的结果", "Results of comparative tests to comment on")
_SIGN = Words("可以签署的承诺", "Pledges you can sign")
_SUBMIT = Words("可以提交证明材料的承诺", "Pledges to submit evidence for")
_APPOINT = {
    "director": Words("还没有质量安全总监", "No quality-safety director yet"),
    "officer": Words("还没有质量安全员", "No quality-safety officer yet"),
}

ROUTES = [web.get(HOME, staff(home, "enterprise"))]
