"""Submissions: what is told at once becomes several records, each handled by itself (121 §9).

Whoever complains may report at the same time; a clerk who finds a report or an enquiry in a
complaint splits it off, and can take that back while nothing was done with it. The complaint is
not touched: it must not show that its consumer reported as well (121 §37).
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import Field

from events.complaints import ComplaintRegistered
from events.event import Acting, Event
from events.evidence import NewFile
from events.ids import new_id
from events.log import Appended
from events.submissions import (
    MATTERS,
    Matter,
    SplitUndone,
    SubmissionReceived,
    SubmissionSplit,
)
from events.words import Code, Words
from services import numbers
from services.access import NOT_THERE
from services.actions.aggregate import Aggregate
from services.actions.change import Log, begin, change, idempotency_key, load
from services.actions.command import Command, Given, Reason, RecordId, ask, one_of
from services.actions.complaints.complaint import Complaint
from services.actions.complaints.intake import RegisterComplaint, register_complaint
from services.actions.enquiries import (
    Enquiry,
    RecordEnquiry,
    TakeBackEnquiry,
    record_enquiry,
    take_back,
)
from services.actions.refused import AlreadyDecided, NotFound, Refused
from services.actions.reports import RegisterReport, Report, TakeBackReport, register_report
from services.actions.reports.intake import take_back_report
from services.actions.together import Together

#: What a clerk can split from a complaint.
SPLITS = Code("matter", {code: words for code, words in MATTERS if code != "complaint"})


class Submission(Aggregate):
    """What was told at once."""

    WORD: ClassVar[Words] = Words("提交", "submission")

    def __init__(self, id: UUID) -> None:
        super().__init__(id)
        self.owner = ""
        self.split: Matter | None = None

    def relation(self, by: Acting) -> str:
        if not self.version:
            return "new"
        return "handler" if by.party.id == self.owner else "none"

    def when(self, event: Event) -> None:
        match event:
            case SubmissionReceived():
                self.state = "received"
            case SubmissionSplit():
                self.state, self.split, self.owner = "split", event.matter, event.by.party.id
            case SplitUndone():
                self.state = "undone"


class MakeSubmission(Command):
    """A complaint and a report told at once, by the consumer herself."""

    SAYS = Words("提交投诉和举报", "Send complaint and report")

    submission: UUID = Field(default_factory=new_id)
    complaint: RegisterComplaint
    report: RegisterReport


async def make_submission(log: Log, command: MakeSubmission) -> Appended:
    """All records in one append, the complaint first."""
    year = command.on
    complaint = command.complaint.model_copy(
        update={
            "number": await numbers.next_number(log, numbers.COMPLAINT, year),
            "correlation": command.correlation,
        }
    )
    told = {
        "correlation": command.correlation,
        "number": await numbers.next_number(log, numbers.REPORT, year),
        "informant_number": await log.next_number("reporters"),
        "submission": str(command.submission),
    }
    report, together = command.report.model_copy(update=told), Together(log)
    await register_complaint(together, complaint)
    await register_report(together, report)
    matters = [
        Matter(kind="complaint", record=str(complaint.complaint), number=complaint.number,
               handler=complaint.handler),
        Matter(kind="report", record=str(report.report), number=report.number,
               handler=report.handler),
    ]  # fmt: skip

    def receive(submission: Submission, command: MakeSubmission) -> None:
        owner = report.handler.id
        submission.record(SubmissionReceived, command, matters=matters, only_for=owner)

    await begin(together, Submission, command.submission, command, receive)
    return await together.commit(idempotency_key(command))


class SplitSubmission(Command):
    """Handle a report or an enquiry, found in a complaint of one's own, by itself."""

    SAYS = Words("分出举报或者咨询", "Split off a report or an enquiry")

    submission: UUID = Field(default_factory=new_id)
    #: Ids of the new record and, of a report, of who reported.
    record: UUID = Field(default_factory=new_id)
    informant: UUID = Field(default_factory=new_id)
    complaint: RecordId
    kind: Annotated[Given, one_of(SPLITS)] = ask(
        "分出什么？", "What is split off?", widget="radios", options=SPLITS
    )
    told: Reason = ask("其中举报或者咨询的内容", "What is reported or asked", widget="area",
        hint=Words("投诉本身不变；被投诉人和消委会看不到分出的举报。",
                   "The complaint stays as it is; the business and councils do not see a report."),
    )  # fmt: skip
    #: Which files of the complaint go along, and what they are once they are kept for the report.
    along: tuple[str, ...] = ask(
        "哪些材料一起带去？", "Which files go along?", default=(),
        hint=Words("勾选的材料同时是投诉和举报的证据，各自加密保存；以后在一处撤回，不影响另一处。",
                   "They are evidence of both, each under its own key; "
                   "withdrawn here, they stay there."),
    )  # fmt: skip
    files: tuple[NewFile, ...] = ()
    reason: Reason = ask("为什么分别处理？", "Why is it handled by itself?", widget="area")


async def split_submission(log: Log, command: SplitSubmission) -> Appended:
    """The new record and the submission in one append."""
    if command.kind == "report" and command.by.party.kind != "regulator":
        raise Refused(_NO_REPORTS_HERE, field="kind")
    if command.kind == "enquiry" and command.along:
        raise Refused(_NO_FILES, field="along")
    if len(command.files) < len(command.along):
        raise Refused(_GONE, field="along")
    registered = await _complaint(log, command)
    together = Together(log)
    make = _report_of if command.kind == "report" else _enquiry_of
    matter = await make(together, command, registered)
    origin = Matter(
        kind="complaint", record=str(command.complaint), number=registered.number,
        handler=command.by.party,
    )  # fmt: skip

    def split(submission: Submission, command: SplitSubmission) -> None:
        submission.record(
            SubmissionSplit, command, origin=origin, matter=matter, reason=command.reason,
            only_for=command.by.party.id,
        )  # fmt: skip

    await begin(together, Submission, command.submission, command, split)
    return await together.commit(idempotency_key(command))


async def _complaint(log: Log, command: SplitSubmission) -> ComplaintRegistered:
    """The complaint as it was told, if the acting body handles it."""
    complaint = await load(log, Complaint, command.complaint)
    if complaint.relation(command.by) != "handler" or complaint.state == "reversed":
        raise NotFound(NOT_THERE)
    for recorded in await log.load(command.complaint, opened=True):
        if isinstance(recorded.event, ComplaintRegistered):
            return recorded.event
    raise NotFound(NOT_THERE)


def _door(command: SplitSubmission) -> dict[str, Any]:
    """Who and when, as the split itself."""
    return {
        "by": command.by, "at": command.at, "occurred_on": command.occurred_on,
        "correlation": command.correlation, "handler": command.by.party,
        "submission": str(command.submission),
    }  # fmt: skip


async def _report_of(log: Log, command: SplitSubmission, told: ComplaintRegistered) -> Matter:
    """She who complained is the reporter, under the keys of reporters."""
    who = {name: told.complainant.get(name) for name in ("name", "phone")}
    named = all(who.values())
    report = RegisterReport(
        **_door(command), report=command.record, informant=command.informant,
        number=await numbers.next_number(log, numbers.REPORT, command.on),
        informant_number=await log.next_number("reporters"), reported=told.enterprise,
        respondent=told.respondent or "—", respondent_address=told.respondent_address or "—",
        category=told.category, product=told.product, facts=command.told, danger=told.injury,
        anonymous=not named, contact=told.complainant.get("address") if named else "",
        files=command.files, **(who if named else {}),
    )  # fmt: skip
    await register_report(log, report)
    return Matter(
        kind="report", record=str(report.report), number=report.number, handler=command.by.party
    )


async def _enquiry_of(log: Log, command: SplitSubmission, told: ComplaintRegistered) -> Matter:
    who = {name: told.complainant.get(name) for name in ("name", "phone")}
    number = await numbers.next_number(log, numbers.ENQUIRY, command.on)
    enquiry = RecordEnquiry(
        **_door(command), enquiry=command.record, number=number, question=command.told, **who
    )
    await record_enquiry(log, enquiry)
    return Matter(
        kind="enquiry", record=str(enquiry.enquiry), number=number, handler=command.by.party
    )


class UndoSplit(Command):
    """Take back what was split off by mistake, while nothing was done with it."""

    SAYS = Words("撤销分出", "Undo the split")

    submission: RecordId
    reason: Reason = ask("为什么撤销？", "Why is it undone?", widget="area")


async def undo_split(log: Log, command: UndoSplit) -> Appended:
    """Both records say so in one append."""
    together = Together(log)
    await change(together, Submission, command.submission, command, undo)
    matter = (await load(together, Submission, command.submission)).split
    assert matter is not None
    door = {
        "by": command.by, "at": command.at, "occurred_on": command.occurred_on,
        "correlation": command.correlation,
    }  # fmt: skip
    if matter.kind == "report":
        taken = TakeBackReport(**door, report=matter.record, reason=command.reason)
        await change(together, Report, taken.report, taken, take_back_report)
    else:
        back = TakeBackEnquiry(**door, enquiry=matter.record, reason=command.reason)
        await change(together, Enquiry, back.enquiry, back, take_back)
    return await together.commit(idempotency_key(command))


def undo(submission: Submission, command: UndoSplit) -> None:
    if submission.split is None:
        raise Refused(_NOT_SPLIT)
    if submission.state == "undone":
        raise AlreadyDecided(_UNDONE)
    submission.record(
        SplitUndone, command, matter=submission.split, reason=command.reason,
        only_for=submission.owner,
    )  # fmt: skip


_NO_REPORTS_HERE = Words(
    "消委会不处理举报：请告知消费者向市场监管部门举报，或者在投诉里移送线索",
    "A council handles no reports: tell the consumer to report to the market regulator, or refer "
    "the clue from the complaint",
)
_NO_FILES = Words(
    "咨询没有证据材料。要把材料带去，请选“举报”；否则请取消勾选。",
    "An enquiry has no evidence. Choose a report for files to go along, or leave them out.",
)
_GONE = Words(
    "有的材料已经撤回或者被隔离，不能带去。请核对后重新勾选。",
    "Some of these files were withdrawn or set aside and cannot go along. Please choose again.",
)
_NOT_SPLIT = Words(
    "这是消费者本人一次提出的，不是分出来的，不能撤销。",
    "The consumer told this at once herself; nothing was split that could be undone.",
)
_UNDONE = Words("分出已经撤销。", "The split was undone already.")
