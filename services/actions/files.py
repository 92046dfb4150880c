"""Files of a record: what any kind of case knows of the files and texts in its stream.

A kind of case that takes evidence derives from `HasFiles` and says what it is called and whose key
its files are sealed under; the commands are the same for all (`services/actions/evidence/`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import ClassVar, NamedTuple
from uuid import UUID

from events.event import Acting, Event, PartyRef, Personal
from events.evidence import (
    FileAdded,
    FileScanned,
    FileWithdrawn,
    ImageAreaRedacted,
    NewFile,
    RedactionLifted,
    StatementAdded,
    TextRedacted,
)
from events.words import Words
from services.actions.aggregate import Aggregate
from services.actions.command import Command
from services.actions.refused import Refused

#: Who carries the case: sees every file, also those that are withdrawn.
CARRIES = ("handler", "regulator", "association", "owner")
#: To whom the case was shown for its own sake: files as they are, but not what was withdrawn.
SHOWN_ALL = ("referred", "mediator", "contributor")
#: To whom public copies are shown, and nothing else: also who had the case, or is asked to take it.
READS = ("reader", "former", "asked")
#: Files of one record.
MOST = 100


class Area(NamedTuple):
    """A rectangle of a picture, in thousandths of its width and height."""

    left: int
    top: int
    width: int
    height: int


class Range(NamedTuple):
    """Characters of a text, counted from 1, both ends included."""

    field: str
    start: int
    end: int


@dataclass(frozen=True)
class File:
    """One file as its events have made it."""

    id: str
    sha256: str
    media: str
    size: int
    party: str
    person: str
    public_copy: str
    scan: str = "pending"
    withdrawn: bool = False
    areas: dict[str, Area] = field(default_factory=dict)


class HasFiles(Aggregate):
    """A record with files; `CASE` is a code of `events.evidence.CASES`."""

    CASE: ClassVar[str]

    def __init__(self, id: UUID) -> None:
        super().__init__(id)
        self.files: dict[str, File] = {}
        self.masks: dict[str, Range] = {}

    @property
    def case_number(self) -> str:
        """The number people know it by."""
        raise NotImplementedError

    @property
    def case_about(self) -> PartyRef | None:
        """The enterprise in whose history its files may be named; None where they may not."""
        return None

    @property
    def only_for(self) -> str:
        """The one party in whose lists its events may stand; "" where all may know of it."""
        return ""

    @property
    def subject(self) -> str:
        """Under whose key its files are: when that is destroyed, nobody reads them."""
        return str(self.id)

    # -- rules that several commands share -----------------------------------------------

    def attach(self, command: Command, files: tuple[NewFile, ...]) -> None:
        """Record these files, which are kept already, as handed in with the command."""
        if len(self.files) + len(files) > MOST:
            raise Refused(_TOO_MANY, field="files")
        for each in files:
            told = {"name": each.name}
            self.beside(
                FileAdded, command, file=each.id, named=Personal.committed(self.subject, told),
                media=each.media, size=each.size, sha256=each.sha256,
                public_copy=each.public_copy, purpose=type(command).__name__,
            )  # fmt: skip

    def state_more(self, command: Command, text: str) -> None:
        """Record what somebody said in addition."""
        told = Personal.committed(self.subject, {"text": text})
        self.beside(StatementAdded, command, text=told)

    def beside(self, kind: type[Event], command: Command, **fields: object) -> None:
        """Record an event that stands beside the course of the case."""
        about = {"case": self.CASE, "number": self.case_number, "enterprise": self.case_about}
        self.record(kind, command, **about, only_for=self.only_for, **fields)

    def may_see_file(self, by: Acting, id: str) -> bool:
        """Whether this party is told of the file at all: it carries the case, or it is its own."""
        found, relation = self.files.get(id), self.relation(by)
        if found is None or relation in ("none", "new"):
            return False
        if relation in CARRIES:
            return True
        if found.withdrawn:
            return False
        if self.is_own(by, id) or relation in SHOWN_ALL:
            return True
        return relation in READS and bool(self.copy_for_others(id))

    def may_see_original(self, by: Acting, id: str) -> bool:
        """Whether it may read the very bytes, not only the public copy."""
        if not self.may_see_file(by, id):
            return False
        return self.relation(by) in (*CARRIES, *SHOWN_ALL) or self.is_own(by, id)

    def is_own(self, by: Acting, id: str) -> bool:
        """Whether this party handed it in."""
        return self.files[id].party == _whose(by)

    def copy_for_others(self, id: str) -> str:
        """The hash of the copy that may be shown to readers of the case; "" where there is none."""
        found = self.files[id]
        return found.public_copy if found.scan == "safe" and not found.withdrawn else ""

    # -- state ---------------------------------------------------------------------------

    def _see(self, event: Event, on: date) -> None:
        super()._see(event, on)
        match event:
            case FileAdded():
                self.files[event.file] = File(
                    event.file, event.sha256, event.media, event.size, _whose(event.by),
                    event.by.person, event.public_copy,
                )  # fmt: skip
            case FileScanned():
                self._file(event.file, scan=event.result)
            case FileWithdrawn():
                self._file(event.file, withdrawn=True)
            case TextRedacted():
                self.masks[event.mask] = Range(event.field, event.start, event.end)
            case ImageAreaRedacted():
                area = Area(event.left, event.top, event.width, event.height)
                areas = {**self.files[event.file].areas, event.mask: area}
                self._file(event.file, areas=areas, public_copy=event.public_copy)
            case RedactionLifted():
                self._lifted(event)

    def _lifted(self, event: RedactionLifted) -> None:
        self.masks.pop(event.mask, None)
        if event.file:
            areas = {k: v for k, v in self.files[event.file].areas.items() if k != event.mask}
            self._file(event.file, areas=areas, public_copy=event.public_copy)

    def _file(self, id: str, **changes: object) -> None:
        self.files[id] = replace(self.files[id], **changes)  # type: ignore[arg-type]


def _whose(by: Acting) -> str:
    """A consumer is a party to her own case only, whoever wrote down what she handed in."""
    hers = by.party.kind == "consumer" or by.on_behalf_of in ("消费者", "举报人")
    return "consumer" if hers else by.party.id


_TOO_MANY = Words(
    f"一件记录最多 {MOST} 个文件。请先把同类材料合并成一个 PDF 再上传。",
    f"A record takes {MOST} files at most. Please put material of one kind together in a PDF.",
)
