"""Letters: what can be made of a record and what was, the sheet itself, its delivery.

The same for every kind of case: `letter_routes` puts these pages under the address of its records.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from uuid import UUID

from aiohttp import web

from events.event import UNREADABLE, Acting, today
from events.ids import new_id
from events.letters import ADDRESSEES, FORMS, WAYS
from events.vault import PersonErased, VaultLocked
from events.words import Words, both
from portals.asking import record_id
from portals.web import PLATFORM, FormState, act, acting, form_page, page, reshown
from services import access, records
from services.actions import letters as a
from services.actions.contacts import contact_of
from services.actions.lettered import HasLetters, Letter
from services.actions.refused import NotFound, Refused
from services.files.sealing import Altered
from services.files.store import Missing
from services.letters import making
from services.letters.forms import FORMS as MADE_HERE
from services.letters.forms import Form, of_case

Row = dict[str, Any]
Do = Callable[[Any, Any], Awaitable[Any]]
ACTS: dict[str, tuple[type[a.OnLetter], Do]] = {
    "deliver": (a.DeliverLetter, a.deliver_letter),
    "return": (a.ReturnLetter, a.return_letter),
}


@dataclass(frozen=True)
class Letters:
    """One kind of case: how `services.records` calls it, and where its records stand."""

    kind: str
    records: str
    crumbs: list[tuple[str, Words]]

    def address(self, id: object) -> str:
        """The letters of one record."""
        return f"{self.records}/{id}/letters"

    async def record(self, request: web.Request) -> HasLetters:
        """The record the address names, if the acting party may see it; else 404."""
        log, id = request.app[PLATFORM].log, UUID(record_id(request))
        record = await records.seen_by(log, acting(request), self.kind, id)
        assert isinstance(record, HasLetters)
        return record

    def crumbs_to(self, record: HasLetters) -> list[tuple[str, Words]]:
        return [*self.crumbs, (f"{self.records}/{record.id}", both(record.case_number))]

    async def show(
        self, request: web.Request, state: FormState | None = None
    ) -> web.StreamResponse:
        """What was made, and what can be made or is still missing."""
        record, by = await self.record(request), acting(request)
        here = self.address(record.id)
        mine = [each for each in record.letters.values() if record.may_see_letter(by, each.id)]
        makes = self._makes(record, by)
        return await page(
            request,
            "letters.html",
            title=Words(f"文书 · {record.case_number}", f"Letters · {record.case_number}"),
            breadcrumbs=self.crumbs_to(record),
            made=[_row(each, here, bool(makes)) for each in reversed(mine)],
            makes=bool(makes),
            can=await self._can(request, record, makes) if makes else [],
            reached=await contact_of(request.app[PLATFORM].log, UUID(by.party.id)),
            refused=state.refused if state else None,
            key=str(new_id()),
        )

    def _makes(self, record: HasLetters, by: Acting) -> list[Form]:
        """The forms that this body makes of the record."""
        if not access.may(by, "MakeLetter", record.relation(by), record.state):
            return []
        return [form for form in of_case(self.kind) if record.may_make_letter(by, form.code)]

    async def _can(self, request: web.Request, record: HasLetters, forms: list[Form]) -> list[Row]:
        platform, by, here = request.app[PLATFORM], acting(request), self.address(record.id)
        _, facts = await making.told(platform, by, self.kind, record.id)
        return [
            {
                "name": form.name, "missing": form.missing(facts), "code": form.code,
                "to": [(to, ADDRESSEES[to]) for to in form.to_in(self.kind)],
                "url": f"{here}/make/{form.code}",
            }
            for form in forms
        ]  # fmt: skip

    async def preview(self, request: web.Request) -> web.StreamResponse:
        """The sheet as it would be, without a number: nothing is kept."""
        record, by, form = await self.record(request), acting(request), _form(request)
        access.check_kind(by, a.MakeLetter, record.relation(by))
        a.refuse_unless_its_own(record, by, form.code)
        platform, to = (
            request.app[PLATFORM],
            _to(request.query.get("to", ""), form.to_in(self.kind)),
        )
        _, facts = await making.told(platform, by, self.kind, record.id)
        made = await making.set_letter(platform, by, form, facts, to, _DRAFT, today())
        return sheet(made, f"{record.case_number} {form.name.zh}.pdf")

    async def make(self, request: web.Request) -> web.StreamResponse:
        """Make it, keep it, record its hash."""
        record, form, platform = await self.record(request), _form(request), request.app[PLATFORM]
        to = _to(str((await request.post()).get("to", "")), form.to_in(self.kind))
        return await act(
            request, making.making(platform), a.MakeLetter, self.address(record.id),
            again=self.show, kind=self.kind, record=str(record.id), form=form.code, to=to,
        )  # fmt: skip

    async def read(self, request: web.Request) -> web.StreamResponse:
        """The letter as it was made."""
        record, by = await self.record(request), acting(request)
        letter = _letter(request, record)
        if not record.may_see_letter(by, letter.id):
            raise NotFound(_UNKNOWN)
        return await given_out(request, record, letter, by, self.kind)

    async def form(
        self, request: web.Request, state: FormState | None = None
    ) -> web.StreamResponse:
        """How it was delivered, or that it came back."""
        record, letter, by = await self._one(request)
        kind = _slug(request)[0]
        access.check_kind(by, kind, record.relation(by))
        made = form_page(kind, state, intro=_about(letter), dated=True)
        crumbs = [*self.crumbs_to(record), (self.address(record.id), Words("文书", "Letters"))]
        return await page(request, "form.html", breadcrumbs=crumbs, **made)

    async def do(self, request: web.Request) -> web.StreamResponse:
        record, letter, _ = await self._one(request)
        kind, action = _slug(request)
        return await act(
            request, action, kind, self.address(record.id), again=self.form,
            kind=self.kind, record=str(record.id), letter=letter.id,
        )  # fmt: skip

    async def _one(self, request: web.Request) -> tuple[HasLetters, Letter, Acting]:
        record = await self.record(request)
        return record, _letter(request, record), acting(request)


def letter_routes(letters: Letters, door: Callable[[Any], Any]) -> list[web.RouteDef]:
    """The pages under the address of these records; `door` = for whom they are."""
    here = letters.address("{id}")
    return [
        web.get(here, door(handler(letters.show))),
        web.get(here + "/make/{form}", door(handler(letters.preview))),
        web.post(here + "/make/{form}", door(reshown(handler(letters.make)))),
        web.get(here + "/{letter}.pdf", door(handler(letters.read))),
        web.get(here + "/{letter}/{act}", door(handler(letters.form))),
        web.post(here + "/{letter}/{act}", door(reshown(handler(letters.do)))),
    ]


def handler(made: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> Any:
    """A handler of its own, which can be marked."""

    async def one(request: web.Request) -> web.StreamResponse:
        return await made(request)

    return one


async def given_out(
    request: web.Request, record: HasLetters, letter: Letter, by: Acting, kind: str
) -> web.Response:
    """The very bytes whose hash is in the record; who reads them is recorded."""
    platform = request.app[PLATFORM]
    platform.reads.note(by, kind, record.id, record.case_number, "letter")
    try:
        data = await platform.files.read(record.subject, letter.sha256)
    except PersonErased:
        raise Refused(UNREADABLE["erased"]) from None
    except VaultLocked:
        raise Refused(UNREADABLE["locked"]) from None
    except (Missing, Altered):
        raise Refused(_LOST) from None
    return sheet(data, f"{record.case_number} {FORMS[letter.form].zh}.pdf")


def sheet(data: bytes, name: str) -> web.Response:
    """A PDF for this reader alone."""
    disposition = f"inline; filename=\"letter.pdf\"; filename*=UTF-8''{quote(name, '')}"
    headers = {
        "Content-Disposition": disposition,
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return web.Response(body=data, content_type="application/pdf", headers=headers)


def _row(letter: Letter, here: str, makes: bool) -> Row:
    """A letter in the list: what it is, for whom, whether it arrived."""
    delivered = letter.effective is not None
    open_ = makes and not delivered and letter.to != "file"
    return {
        "form": FORMS[letter.form], "number": letter.letter_number, "to": ADDRESSEES[letter.to],
        "made_on": letter.made_on, "sha256": letter.sha256, "effective": letter.effective,
        "way": WAYS[letter.way] if letter.way else None, "returned": letter.returned,
        "proof": letter.proof, "posted_on": letter.sent_on if letter.way == "notice" else None,
        "waits": letter.effective is not None and letter.effective > today(),
        "url": f"{here}/{letter.id}.pdf",
        "acts": [(f"{here}/{letter.id}/{slug}", ACTS[slug][0].SAYS) for slug in ACTS]
        if open_
        else [],
    }  # fmt: skip


def _form(request: web.Request) -> Form:
    form = MADE_HERE.get(request.match_info["form"])
    if form is None:
        raise NotFound(_UNKNOWN)
    return form


def _to(asked: str, among: list[str]) -> str:
    return asked if asked in among else among[0]


def _letter(request: web.Request, record: HasLetters) -> Letter:
    letter = record.letters.get(request.match_info["letter"])
    if letter is None:
        raise NotFound(_UNKNOWN)
    return letter


def _slug(request: web.Request) -> tuple[type[a.OnLetter], Do]:
    found = ACTS.get(request.match_info["act"])
    if found is None:
        raise NotFound(Words("没有这个操作", "There is no such act"))
    return found


def _about(letter: Letter) -> Words:
    form, to = FORMS[letter.form], ADDRESSEES[letter.to]
    return Words(
        f"《{form.zh}》{letter.letter_number}，送{to.zh}",
        f"{form.en} {letter.letter_number}, for {to.en}",
    )


_DRAFT = "（草稿，未编号）"
_UNKNOWN = Words("没有找到这份文书", "There is no such letter")
_LOST = Words(
    "这份文书的文件不在，或者与登记的散列不符，请告知管理员。",
    "The file of this letter is missing or does not match its hash. Please tell the administrator.",
)
