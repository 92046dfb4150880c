"""Her letters: what the body in charge wrote to her; opening one proves its delivery.

The same for who complained and for who reported, each under the address of her own case.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from aiohttp import web

from events.event import Acting
from events.letters import FORMS
from events.words import Words
from portals.letters import given_out, handler
from portals.public.mine import HERE, my_complaint
from portals.public.report_track import HERE as HERS_REPORTED
from portals.public.report_track import mine
from portals.web import PLATFORM, FormState, act, page, reshown
from services import records
from services.actions import complaints as c
from services.actions import reports as r
from services.actions.lettered import HasLetters, Letter
from services.actions.letters import OpenLetter, open_letter
from services.actions.refused import NotFound

Row = dict[str, Any]
_TITLE = Words("文书", "Letters")


@dataclass(frozen=True)
class HerLetters:
    """The letters of one kind of case: where it stands, who she is to it, how it is called."""

    kind: str
    here: str
    mine: Callable[[web.Request], Awaitable[Row]]
    who: Callable[[UUID], Acting]
    none_yet: Words

    @property
    def letters(self) -> str:
        return self.here + "/letters"

    async def hers(self, request: web.Request) -> tuple[HasLetters, Acting]:
        """The case this browser has proved to know, with its letters."""
        id = UUID(str((await self.mine(request))["id"]))
        by, log = self.who(id), request.app[PLATFORM].log
        return cast(HasLetters, await records.seen_by(log, by, self.kind, id)), by

    async def show(
        self, request: web.Request, state: FormState | None = None
    ) -> web.StreamResponse:
        """The letters for her, the newest first."""
        record, by = await self.hers(request)
        made = [each for each in record.letters.values() if record.may_see_letter(by, each.id)]
        word, number = record.WORD, record.case_number
        crumb = (self.here, Words(f"{word.zh} {number}", f"{word.en.capitalize()} {number}"))
        return await page(
            request, "public/letters.html", title=_TITLE, breadcrumbs=[crumb],
            made=[self._row(each) for each in reversed(made)],
            opening=_OPENING.fill(case=word), none_yet=self.none_yet,
        )  # fmt: skip

    def _row(self, letter: Letter) -> Row:
        return {
            "form": FORMS[letter.form], "number": letter.letter_number, "made_on": letter.made_on,
            "opened_on": letter.effective, "open": f"{self.letters}/{letter.id}/open",
            "url": f"{self.letters}/{letter.id}.pdf",
        }  # fmt: skip

    async def open_it(self, request: web.Request) -> web.StreamResponse:
        """She opens it for the first time: that it reached her is recorded, with the date."""
        (record, by), letter = await self.hers(request), request.match_info["letter"]
        found = _letter(record, by, letter)
        there = f"{self.letters}/{letter}.pdf"
        if found.effective is not None:
            raise web.HTTPSeeOther(there)
        return await act(
            request, open_letter, OpenLetter, there, again=self.show, by=by, kind=self.kind,
            record=str(record.id), letter=letter,
        )  # fmt: skip

    async def read(self, request: web.Request) -> web.StreamResponse:
        """The letter itself, once it counts as delivered."""
        record, by = await self.hers(request)
        letter = _letter(record, by, request.match_info["letter"])
        if letter.effective is None:
            raise web.HTTPSeeOther(self.letters)
        return await given_out(request, record, letter, by, self.kind)

    def routes(self) -> list[web.RouteDef]:
        """Under the address of the case."""
        return [
            web.get(self.letters, handler(self.show)),
            web.get(self.letters + "/{letter}.pdf", handler(self.read)),
            web.post(self.letters + "/{letter}/open", reshown(handler(self.open_it))),
        ]


def _letter(record: HasLetters, by: Acting, id: str) -> Letter:
    if not record.may_see_letter(by, id):
        raise NotFound(Words("没有找到这份文书", "There is no such letter"))
    return record.letters[id]


_OPENING = Words(
    "打开文书，就算送达，打开的日期会记入{case}记录。",
    "Opening a letter counts as its delivery; the date is recorded with your {case}.",
)
_TO_COME = Words(
    "还没有给您的文书。受理、不予受理、调解通知等文书会出现在这里。",
    "There is no letter for you yet. Decisions and notices will appear here.",
)
_TO_COME_REPORTED = Words(
    "还没有给您的文书。法律、法规、规章规定应当告知结果的，结果告知书会出现在这里。",
    "There is no letter for you yet. Where a law, regulation or rule says that you are told the "
    "result, its notice will appear here.",
)
ROUTES = [
    *HerLetters("complaint", HERE, my_complaint, c.complainant, _TO_COME).routes(),
    *HerLetters("report", HERS_REPORTED, mine, r.reporter, _TO_COME_REPORTED).routes(),
]
