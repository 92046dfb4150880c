"""Intake: somebody reports a violation, adds to it or withdraws; who she is goes elsewhere.

One append writes both records, the report and the informant: neither is ever there alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import Field

from events.event import Acting, Event, PartyRef
from events.evidence import FileWithdrawn, NewFile
from events.ids import new_id
from events.informants import InformantRecorded
from events.log import Appended
from events.reports import ReportRegistered, ReportSupplemented, ReportTakenBack, ReportWithdrawn
from events.terms import CATEGORIES
from events.words import Words
from services import numbers
from services.actions.aggregate import Aggregate
from services.actions.change import Log, begin, change, idempotency_key
from services.actions.command import Command, Line, Phone, Reason, Text, ask, one_of
from services.actions.refused import AlreadyDecided, Refused
from services.actions.reports.report import OnReport, Report, query_hash, sealed
from services.actions.together import Together


class Informant(Aggregate):
    """Who reported: recorded once, never changed."""

    WORD: ClassVar[Words] = Words("举报人", "reporter")

    def when(self, event: Event) -> None:
        """Nothing follows the recording."""

    def relation(self, by: Acting) -> str:
        return "none" if self.version else "new"


class RegisterReport(Command):
    """A report as it is told; `handler` is the regulator that will verify it."""

    SAYS = Words("提交举报", "Make the report")

    report: UUID = Field(default_factory=new_id)
    informant: UUID = Field(default_factory=new_id)
    informant_number: int = 0
    number: str = ""
    handler: PartyRef
    reported: PartyRef | None = None
    submission: Text = ""
    files: tuple[NewFile, ...] = ()
    #: What only the reporter has besides the number; its hash is kept.
    code: Text = ""
    respondent: Line = ask("您要举报哪一家？", "Whom do you report?", default="",
        hint=Words("写营业执照、小票或者店铺页面上的名称；不知道就写特征和位置。",
                   "The name on the licence, the receipt or the shop's page; else what it looks "
                   "like and where it is."),
    )  # fmt: skip
    respondent_address: Line = ask("它的地址在哪里？", "What is its address?", default="",
        hint=Words("违法行为发生的地方。网店写平台和店铺名称。",
                   "Where it happens. For an online shop, the platform and the shop's name."),
    )  # fmt: skip
    category: Annotated[str, one_of(CATEGORIES)] = ask(
        "是哪一类问题？", "What kind of problem is it?", widget="select", options=CATEGORIES,
        default="other",
    )  # fmt: skip
    product: Line = ask("涉及什么商品或者服务？", "Which goods or service?", default="")
    facts: Text = ask("发生了什么？有哪些线索？", "What happened? Which clues are there?",
        widget="area", default="",
        hint=Words("时间、地点、经过，您怎么知道的，有什么证据。不想让人认出您，就不要写只有您知道的细节。",
                   "When, where, what, how you know, what evidence there is. If nobody shall "
                   "recognise you, leave out what only you know."),
    )  # fmt: skip
    danger: bool = ask(
        "有人受伤，或者有马上发生危险的可能吗？", "Was anybody hurt, or is there danger at once?",
        widget="yes_no", default=False,
    )  # fmt: skip
    anonymous: bool = ask("您要匿名举报吗？", "Do you report anonymously?", widget="yes_no",
        default=False,
        hint=Words("匿名也会核查，您凭编号和查询码查看、补充；只是我们不能联系您。",
                   "It is verified all the same, and you follow it by number and query code; "
                   "but nobody can reach you."),
    )  # fmt: skip
    name: Line = ask("您的姓名", "Your name", autocomplete="name", default="",
        hint=Words("不匿名的，请填写姓名和电话。", "Name and telephone, unless you are anonymous."),
    )  # fmt: skip
    phone: Phone = ask("您的电话", "Your telephone number", autocomplete="tel", default="")
    contact: Line = ask(
        "其他联系方式", "Another way to reach you", default="",
        hint=Words("例如电子邮箱、通讯地址。", "For example e-mail or a postal address."),
    )  # fmt: skip
    reward_wanted: bool = ask(
        "查证属实的话，您要申请奖励吗？", "If it proves true, do you ask for a reward?",
        widget="yes_no", default=False,
    )  # fmt: skip


#: What a report must tell (121 §28), and the sentence where it does not.
REQUIRED = {
    "respondent": Words("请填写被举报的是谁", "Say whom you report"),
    "respondent_address": Words("请填写它的地址或者位置", "Give its address or where it is"),
    "facts": Words("请填写具体的线索和事实", "Give the clues and facts"),
}
#: What is asked of who is not anonymous.
IDENTITY = {
    "name": Words("请填写姓名，或者选择匿名举报", "Give your name, or report anonymously"),
    "phone": Words("请填写电话，或者选择匿名举报", "Give your telephone, or report anonymously"),
}


def missing(told: Mapping[str, Any], anonymous: bool) -> dict[str, Words]:
    """What is asked for and not told: field -> sentence."""
    needed = REQUIRED if anonymous else REQUIRED | IDENTITY
    return {n: words for n, words in needed.items() if not str(told.get(n) or "").strip()}


async def register_report(log: Log, command: RegisterReport) -> Appended:
    """Give report and reporter their numbers and record both, apart from each other."""
    if command.number:
        return await _register(log, command)

    async def under(number: str) -> Appended:
        numbered = {"number": number, "informant_number": await log.next_number("reporters")}
        return await _register(log, command.model_copy(update=numbered))

    return await numbers.numbered(log, numbers.REPORT, command.on, under)


async def _register(log: Log, command: RegisterReport) -> Appended:
    together = Together(log)
    await begin(together, Report, command.report, command, register)
    await begin(together, Informant, command.informant, command, record_informant)
    return await together.commit(idempotency_key(command))


def register(report: Report, command: RegisterReport) -> None:
    for name, words in missing(vars(command), command.anonymous).items():
        raise Refused(words, field=name)
    if command.handler.kind != "regulator":
        raise Refused(_NOT_A_REGULATOR.fill(body=command.handler.name))
    if command.anonymous and command.reward_wanted:
        raise Refused(_NO_REWARD, field="reward_wanted")
    report.record(
        ReportRegistered,
        command,
        informant=str(command.informant),
        told=sealed(command.report, command, "facts"),
        query=query_hash(command.code) if command.code else "",
        reported=command.reported,
        handler=command.handler,
        **command.model_dump(
            include={
                "number", "informant_number", "anonymous", "respondent", "respondent_address",
                "category", "product", "danger", "reward_wanted", "submission",
            }
        ),
    )  # fmt: skip
    report.attach(command, command.files)


def record_informant(informant: Informant, command: RegisterReport) -> None:
    who = sealed(command.informant, command, "name", "phone", "contact")
    informant.record(
        InformantRecorded,
        command,
        informant_number=command.informant_number,
        who=None if command.anonymous else who,
        only_for=command.handler.id,
    )


class SupplementReport(OnReport):
    """The reporter tells more."""

    SAYS = Words("补充内容", "Add to the report")

    facts: Reason = ask("要补充什么？", "What do you add?", widget="area")


async def supplement_report(log: Log, command: SupplementReport) -> Appended:
    return await change(log, Report, command.report, command, supplement)


def supplement(report: Report, command: SupplementReport) -> None:
    report.say(ReportSupplemented, command, told=sealed(report.id, command, "facts"))


class WithdrawReport(OnReport):
    """The reporter no longer upholds it; what it points to is verified all the same."""

    SAYS = Words("撤回举报", "Withdraw the report")

    reason: Reason = ask("撤回的原因", "Why is it withdrawn?", widget="area")


async def withdraw_report(log: Log, command: WithdrawReport) -> Appended:
    return await change(log, Report, command.report, command, withdraw)


def withdraw(report: Report, command: WithdrawReport) -> None:
    if report.withdrawn:
        raise AlreadyDecided(_WITHDRAWN)
    report.say(ReportWithdrawn, command, told=sealed(report.id, command, "reason"))


class TakeBackReport(OnReport):
    """It was split off by mistake."""

    SAYS = Words("撤销分出的举报", "Take back the report that was split off")

    reason: Reason = ask("为什么撤销？", "Why is it taken back?", widget="area")


def take_back_report(report: Report, command: TakeBackReport) -> None:
    """What came along with it is withdrawn here; where it came from it stays."""
    for each in report.files.values():
        if not each.withdrawn:
            report.beside(
                FileWithdrawn, command, file=each.id, sha256=each.sha256, reason=command.reason
            )
    report.say(ReportTakenBack, command, reason=command.reason)


_NOT_A_REGULATOR = Words(
    "“{body}”没有处理举报的职责，请选择市场监管部门（第 121 号令第二十九条）",
    "{body} cannot handle reports; choose a market regulator (Order 121, Article 29)",
)
_NO_REWARD = Words(
    "匿名举报不能申请奖励，因为奖励要发给本人。请留下姓名和电话，或者不申请奖励。",
    "An anonymous report cannot ask for a reward, which is paid to a person. "
    "Give name and telephone, or ask for none.",
)
_WITHDRAWN = Words(
    "举报人已经撤回过这件举报，不需要再撤回；线索仍在核查。",
    "The reporter withdrew it already; its clue is still verified.",
)
