"""Enforcement follow-up (跟进): a regulator orders, the enterprise answers, somebody looks again.

A regulator opens a follow-up from a council's referral, a complaint, a broken pledge, a
problem found in a check, or on its own finding. Within it stand directives: a rectification
order, a talk, a warning letter. A directive binds from its delivery, is answered by the date
it names, and the matter is re-checked. After a failed re-check a new directive may follow.
Who raised the matter is told the result (Order 778 §36), whether or not the file is closed.

The officer who issued a directive may re-check it herself in this version; two different
officers are asked for once cases have named handlers. An enterprise that answers by telephone,
by letter or at the counter is recorded by the regulator's clerk, who says so.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

import msgspec
from pydantic import Field

from events.enforcement import (
    DirectiveAnswered,
    DirectiveDelivered,
    DirectiveIssued,
    FollowUpClosed,
    FollowUpEvent,
    FollowUpOpened,
    RecheckFailed,
    RecheckPassed,
    ResultSentToCouncil,
)
from events.event import Acting, Event, PartyRef
from events.ids import new_id
from events.log import Appended
from events.terms import DIRECTIVES, SOURCES
from events.words import Code, Words
from services import numbers
from services.actions.aggregate import Aggregate
from services.actions.change import Log, begin, change
from services.actions.command import (
    Command,
    Given,
    MaybeDate,
    Reason,
    RecordId,
    Text,
    ask,
    one_of,
)
from services.actions.refused import Refused

STATES = Code(
    "follow_up_state",
    {
        "opened": Words("已立项", "opened"),
        "issued": Words("已发文书，待送达", "directive issued"),
        "delivered": Words("已送达，待答复", "delivered, answer awaited"),
        "answered": Words("已答复，待复查", "answered, re-check awaited"),
        "passed": Words("复查合格", "re-check passed"),
        "failed": Words("复查不合格", "re-check failed"),
        "closed": Words("已办结", "closed"),
    },
)

#: How an answer reached the regulator where the enterprise did not enter it itself.
WAYS = Code(
    "answer_way",
    {
        "counter": Words("当面", "at the counter"),
        "phone": Words("电话", "by telephone"),
        "letter": Words("书面寄来", "by letter"),
    },
)


class OpenFollowUp(Command):
    """Open a follow-up on an enterprise; the regulator is the acting party."""

    SAYS = Words("立项跟进", "Open a follow-up")

    follow_up: UUID = Field(default_factory=new_id)
    number: str = ""
    enterprise: PartyRef
    source: Annotated[Given, one_of(SOURCES)] = ask(
        "从哪里来？", "Where does it come from?", widget="radios", options=SOURCES
    )
    matter: Reason = ask("要跟进什么事情？", "What is to be followed up?", widget="area")
    source_number: Text = ""
    complaint: Text = ""
    pledge: Text = ""
    problem: Text = ""
    raised_by: PartyRef | None = None


class OnFollowUp(Command):
    """A command on one follow-up."""

    follow_up: RecordId


class IssueDirective(OnFollowUp):
    """Issue a directive with its demands, its basis and the date for the answer."""

    SAYS = Words("发出文书", "Issue a directive")

    directive: Annotated[Given, one_of(DIRECTIVES)] = ask(
        "发出哪一种文书？", "Which directive?", widget="radios", options=DIRECTIVES
    )
    demands: Reason = ask("要求企业做什么？", "What must the enterprise do?", widget="area")
    basis: Given = ask(
        "依据哪部法律、哪一条？",
        "On which law and article?",
        hint=Words(
            "例如：《产品质量法》第五十四条", "For example: Product Quality Law, Article 54"
        ),
    )
    due: date = ask("企业最迟哪一天答复？", "By which date must it answer?", widget="date")
    problem: Text = ""


class DeliverDirective(OnFollowUp):
    """Record that the directive reached the enterprise; a later date may be set."""

    SAYS = Words("记录送达", "Record delivery")

    how: Given = ask(
        "怎样送达的？",
        "How was it delivered?",
        hint=Words("例如：当面送达，周海签收", "For example: by hand, signed by Zhou Hai"),
    )
    due: MaybeDate = ask(
        "答复日期要顺延到哪一天？",
        "Is the date for the answer moved, and to when?",
        hint=Words("不顺延就不用填写。", "Leave it empty to keep the date."),
        widget="date",
        default=None,
    )


class AnswerDirective(OnFollowUp):
    """Answer the directive: by the enterprise itself, or recorded for it by the regulator."""

    SAYS = Words("答复文书", "Answer the directive")

    answer: Reason = ask("做了哪些整改？", "What has been put right, and how?", widget="area")
    way: Annotated[Text, one_of(WAYS)] = ask(
        "企业怎样答复的？",
        "How did the enterprise answer?",
        widget="radios",
        options=WAYS,
        default="",
    )


class RecheckPasses(OnFollowUp):
    """Record a re-check that found the matter put right."""

    SAYS = Words("复查合格", "Re-check passed")

    finding: Reason = ask("复查看到了什么？", "What did the re-check find?", widget="area")


class RecheckFails(OnFollowUp):
    """Record a re-check that found the matter not put right, or no answer after its date."""

    SAYS = Words("复查不合格", "Re-check failed")

    finding: Reason = ask("哪些没有整改到位？", "What is not put right?", widget="area")


class CloseFollowUp(OnFollowUp):
    """Close the follow-up, with the reason."""

    SAYS = Words("办结", "Close")

    reason: Reason = ask("为什么办结？", "Why is it closed?", widget="area")


class SendResult(OnFollowUp):
    """Tell the council that raised the matter how it ended."""

    SAYS = Words("告知结果", "Send the result")

    result: Reason = ask("处理结果是什么？", "What is the result?", widget="area")


async def open_follow_up(log: Log, command: OpenFollowUp) -> Appended:
    """Give the follow-up its number and record it."""
    if not command.number:
        number = await numbers.next_number(log, numbers.FOLLOW_UP, command.on)
        command = command.model_copy(update={"number": number})
    return await begin(log, FollowUp, command.follow_up, command, FollowUp.open)


async def issue_directive(log: Log, command: IssueDirective) -> Appended:
    return await change(log, FollowUp, command.follow_up, command, FollowUp.issue)


async def deliver_directive(log: Log, command: DeliverDirective) -> Appended:
    return await change(log, FollowUp, command.follow_up, command, FollowUp.deliver)


async def answer_directive(log: Log, command: AnswerDirective) -> Appended:
    return await change(log, FollowUp, command.follow_up, command, FollowUp.answer)


async def recheck_passes(log: Log, command: RecheckPasses) -> Appended:
    return await change(log, FollowUp, command.follow_up, command, FollowUp.passes)


async def recheck_fails(log: Log, command: RecheckFails) -> Appended:
    return await change(log, FollowUp, command.follow_up, command, FollowUp.fails)


async def close_follow_up(log: Log, command: CloseFollowUp) -> Appended:
    return await change(log, FollowUp, command.follow_up, command, FollowUp.close)


async def send_result(log: Log, command: SendResult) -> Appended:
    return await change(log, FollowUp, command.follow_up, command, FollowUp.send_result)


class FollowUp(Aggregate):
    """The rules of one follow-up."""

    WORD: ClassVar[Words] = Words("跟进", "follow-up")

    def __init__(self, id: UUID) -> None:
        super().__init__(id)
        self.opened: FollowUpOpened | None = None
        self.directive = ""
        self.due = date.min
        self.result_sent = False

    def relation(self, by: Acting) -> str:
        if self.opened is None:
            return "new"
        if by.party.id == self.opened.regulator.id:
            return "regulator"
        return "subject" if by.party.id == self.opened.enterprise.id else "none"

    # -- rules ---------------------------------------------------------------------------

    def open(self, command: OpenFollowUp) -> None:
        if command.source == "referral" and command.raised_by is None:
            raise Refused(_WHO_REFERRED, field="source")
        given = {"number", "enterprise", "source", "source_number", "matter", "raised_by"}
        fields = {name: getattr(command, name) for name in given}
        links = command.model_dump(include={"complaint", "pledge", "problem"})
        self.record(FollowUpOpened, command, regulator=command.by.party, **fields, **links)

    def issue(self, command: IssueDirective) -> None:
        if command.due <= command.on:
            raise Refused(_AFTER_ISSUE, field="due")
        given = command.model_dump(include={"directive", "demands", "basis", "due"})
        problem = command.problem or self._opened.problem
        self._say(DirectiveIssued, command, problem=problem, **given)

    def deliver(self, command: DeliverDirective) -> None:
        due = command.due or self.due
        if due < self.due:
            raise Refused(_NOT_EARLIER.fill(due=self.due), field="due")
        if due <= command.on:
            raise Refused(_AFTER_DELIVERY.fill(due=due), field="due")
        self._say(DirectiveDelivered, command, directive=self.directive, how=command.how, due=due)

    def answer(self, command: AnswerDirective) -> None:
        if command.by.party.kind == "regulator":
            command = _for_the_enterprise(command, self._opened.enterprise)
        self._say(DirectiveAnswered, command, directive=self.directive, answer=command.answer)

    def passes(self, command: RecheckPasses) -> None:
        self._say(RecheckPassed, command, finding=command.finding)

    def fails(self, command: RecheckFails) -> None:
        if self.state == "delivered" and command.on <= self.due:
            raise Refused(_STILL_IN_TIME.fill(due=self.due))
        self._say(RecheckFailed, command, finding=command.finding)

    def close(self, command: CloseFollowUp) -> None:
        if blocker := _BLOCKERS.get(self.state):
            raise Refused(_NOT_YET.fill(blocker=blocker.fill(what=DIRECTIVES[self.directive])))
        self._say(FollowUpClosed, command, reason=command.reason)

    def send_result(self, command: SendResult) -> None:
        council = self._opened.raised_by
        if council is None or council.kind != "council":
            raise Refused(_NOBODY_ASKED)
        if self.result_sent:
            raise Refused(_ALREADY_SENT.fill(council=council.name))
        self._say(
            ResultSentToCouncil,
            command,
            council=council,
            result=command.result,
            complaint=self._opened.complaint,
            complaint_number=self._opened.source_number if self._opened.complaint else "",
        )

    @property
    def _opened(self) -> FollowUpOpened:
        assert self.opened is not None
        return self.opened

    def _say(self, kind: type[FollowUpEvent], command: Command, **fields: object) -> None:
        about = {
            name: getattr(self._opened, name) for name in ("number", "enterprise", "regulator")
        }
        self.record(kind, command, **about, **fields)

    # -- state ---------------------------------------------------------------------------

    def when(self, event: Event) -> None:
        self.state = _STATE_AFTER.get(type(event), self.state)
        match event:
            case FollowUpOpened():
                self.opened = event
            case DirectiveIssued():
                self.directive, self.due = event.directive, event.due
            case DirectiveDelivered():
                self.due = event.due
            case ResultSentToCouncil():
                self.result_sent = True


def _for_the_enterprise(command: AnswerDirective, enterprise: PartyRef) -> AnswerDirective:
    """The clerk's record of an answer that came another way."""
    way = command.way or command.by.channel
    if way not in WAYS:
        raise Refused(_WHICH_WAY, field="way")
    by = msgspec.structs.replace(command.by, channel=way, on_behalf_of=enterprise.name)
    return command.model_copy(update={"by": by})


_STATE_AFTER: dict[type[Event], str] = {
    FollowUpOpened: "opened",
    DirectiveIssued: "issued",
    DirectiveDelivered: "delivered",
    DirectiveAnswered: "answered",
    RecheckPassed: "passed",
    RecheckFailed: "failed",
    FollowUpClosed: "closed",
}

_BLOCKERS = {
    "issued": Words("{what}还没有送达", "the {what} is not delivered"),
    "delivered": Words("{what}还没有答复", "the {what} is not answered"),
    "answered": Words("{what}已答复，还没有复查", "the {what} is answered but not re-checked"),
}
_NOT_YET = Words(
    "现在不能办结：{blocker}。完成这一步后再办结。",
    "It cannot be closed yet: {blocker}. Please do that first.",
)
_WHO_REFERRED = Words(
    "移送线索要写明是哪个消委会移送的，请从“收到的线索”里立项",
    "A referral needs the council that sent it; open it from the list of referred clues",
)
_AFTER_ISSUE = Words(
    "答复日期要晚于发出文书的日期，请另选日期",
    "The date for the answer must be after the day of issue; choose a later one",
)
_NOT_EARLIER = Words(
    "答复日期不能早于文书写明的 {due}，请另选日期",
    "The date for the answer cannot be before {due}, which the directive names",
)
_AFTER_DELIVERY = Words(
    "答复日期 {due} 不晚于送达日期，企业来不及答复，请填写顺延后的日期",
    "The date {due} is not after the delivery: no time to answer is left; give a later one",
)
_STILL_IN_TIME = Words(
    "企业在 {due} 前都可以答复，现在不能判定不合格；到期仍未答复时再记录",
    "The enterprise may still answer until {due}; record this when that date has passed",
)
_WHICH_WAY = Words(
    "替企业记录答复时，请选择企业是当面、来电还是寄信答复的",
    "When you record the enterprise's answer, say how it came: counter, telephone or letter",
)
_NOBODY_ASKED = Words(
    "这件跟进不是消委会提出的，没有需要告知的消委会",
    "No council raised this matter, so there is none to be told",
)
_ALREADY_SENT = Words("结果已经告知{council}", "{council} has been told the result already")
