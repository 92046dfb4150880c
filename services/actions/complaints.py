"""Complaints (投诉): a consumer asks for a dispute to be settled; a body mediates.

A complaint is received by the body in charge (a council or a regulator), which accepts it,
refuses it on a ground of SAMR Order 121 §16, or transfers it. Accepted, it may be mediated;
mediation ends in an agreement (§24) or is terminated on a ground of §23. Signs of a
violation are referred to a regulator as a clue, whose answer is owed (Order 778 §36); the
clue lives on when the complaint is closed. Nothing here is decided by software: each step
is a person's command.

Open dilemma: who is the "body with the power" (§13, §14) is chosen by people, not derived.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import Field

from events.complaints import (
    AgreementReached,
    ClueReferred,
    ComplaintAccepted,
    ComplaintClosed,
    ComplaintEvent,
    ComplaintImportReversed,
    ComplaintRefused,
    ComplaintRegistered,
    ComplaintTransferred,
    ComplaintWithdrawn,
    MediationStarted,
    MediationTerminated,
    ReferralReturned,
    RestitutionRecorded,
    SatisfactionStated,
)
from events.event import Acting, Event, PartyRef, Personal
from events.ids import new_id
from events.log import Appended
from events.terms import CATEGORIES, REFUSAL_GROUNDS, REMEDIES, TERMINATION_GROUNDS, Money
from events.words import Code, Words
from services import numbers
from services.actions.aggregate import Aggregate
from services.actions.change import Log, begin, change
from services.actions.command import (
    Command,
    Given,
    Phone,
    Reason,
    RecordId,
    Text,
    ask,
    one_of,
)
from services.actions.refused import Refused

STATES = Code(
    "complaint_state",
    {
        "received": Words("已收到", "received"),
        "accepted": Words("已受理", "accepted"),
        "refused": Words("不予受理", "refused"),
        "mediating": Words("调解中", "in mediation"),
        "agreed": Words("达成协议", "agreed"),
        "terminated": Words("终止调解", "terminated"),
        "withdrawn": Words("已撤回", "withdrawn"),
        "closed": Words("已办结", "closed"),
        "reversed": Words("导入已撤销", "import reversed"),
    },
)

#: The other ways a consumer always has (CPL §39); every refusal and termination names them.
OTHER_WAYS = (
    Words("与经营者协商和解", "settle it with the business yourself"),
    Words(
        "请消费者协会或者依法成立的其他调解组织调解",
        "ask a consumer council or another lawful mediation body to mediate",
    ),
    Words("向有关行政部门投诉", "complain to the administrative department in charge"),
    Words(
        "有仲裁协议的，提请仲裁机构仲裁",
        "where there is an arbitration agreement, go to arbitration",
    ),
    Words("向人民法院提起诉讼", "sue in a people's court"),
)

Category = Annotated[str, one_of(CATEGORIES)]


def complainant(complaint: UUID) -> Acting:
    """The consumer of this one complaint, once number and telephone have proved who she is.

    Without an account she is a party to her own complaint only, under its id.
    """
    party = PartyRef(id=str(complaint), name="消费者", kind="consumer")
    return Acting(person="", name="消费者", party=party, role="consumer")


class RegisterComplaint(Command):
    """A complaint as it is told; `handler` is the body that will decide on it."""

    SAYS = Words("提交投诉", "Lodge the complaint")

    complaint: UUID = Field(default_factory=new_id)
    number: str = ""
    handler: PartyRef
    enterprise: PartyRef | None = None
    respondent: Text = ask("您要投诉哪一家？", "Who is the complaint about?", default="",
        hint=Words("写营业执照、小票或者店铺页面上的名称。",
                   "The name on the licence, the receipt or the shop's page."),
    )  # fmt: skip
    respondent_address: Text = ask("它的地址在哪里？", "What is its address?", default="",
        hint=Words("例如：鼓楼区八一七北路88号。网店写平台和店铺名称。",
                   "For an online shop, give the platform and the name of the shop."),
    )  # fmt: skip
    category: Category = ask(
        "是哪一类问题？", "What kind of problem is it?", widget="select", options=CATEGORIES,
        default="other",
    )  # fmt: skip
    trade: Text = ""
    product: Text = ask("是什么商品或者服务？", "Which goods or service?", default="")
    bought_on: Text = ask("什么时候买的？", "When was it bought?", default="",
        hint=Words("例如：2026年10月8日；记不清可以只写月份。",
                   "For example 8 October 2026; the month is enough."),
    )  # fmt: skip
    facts: Text = ask("发生了什么？", "What happened?", widget="area", default="",
        hint=Words("按时间顺序写：什么时候、在哪里、花了多少钱、出了什么问题、商家怎么说。",
                   "In order: when, where, how much, what went wrong, what the business said."),
    )  # fmt: skip
    injury: bool = ask("有人受伤吗？", "Was anybody hurt?", widget="yes_no", default=False)
    request: Text = ask("您希望怎样解决？", "What do you want?", widget="area", default="",
        hint=Words("例如：退货退款 1280 元。", "For example: a refund of 1,280 yuan."),
    )  # fmt: skip
    claimed: Money | None = ask(
        "要求多少金额？", "How much do you claim?", widget="money", default=None
    )
    may_mediate: bool = ask(
        "同意由消委会或者其他调解组织调解吗？",
        "Do you agree to mediation by a council or another mediation body?",
        widget="yes_no", default=True,
    )  # fmt: skip
    may_publish: bool = ask(
        "同意公示投诉信息吗？", "Do you agree that the complaint may be made public?",
        widget="yes_no", default=False,
        hint=Words("只公示商家和问题，不公示您的姓名、电话和地址。",
                   "Only the business and the problem, never your name, telephone or address."),
    )  # fmt: skip
    name: Text = ask("您的真实姓名", "Your real name", autocomplete="name", default="")
    phone: Phone = ask("您的电话", "Your telephone number", autocomplete="tel", default="",
        hint=Words("查询进度时要用后四位。", "You need its last four digits to follow progress."),
    )  # fmt: skip
    address: Text = ask("您的地址", "Your address", autocomplete="street-address", default="")

    @property
    def imported(self) -> bool:
        return self.by.channel == "import"


class OnComplaint(Command):
    """A command on one complaint."""

    complaint: RecordId


class AcceptComplaint(OnComplaint):
    """Accept the complaint (121 §15)."""

    SAYS = Words("受理", "Accept")


class RefuseComplaint(OnComplaint):
    """Refuse it on a ground, with the facts; the letter names the other ways (CPL §39)."""

    SAYS = Words("不予受理", "Refuse")

    ground: Annotated[Given, one_of(REFUSAL_GROUNDS)] = ask(
        "依据哪一项？", "On which ground?", widget="radios", options=REFUSAL_GROUNDS
    )
    reason: Reason = ask("事实和理由", "Facts and reasons", widget="area")


class TransferComplaint(OnComplaint):
    """Pass it to the body with the power to handle it."""

    SAYS = Words("转交", "Transfer")

    to: PartyRef = ask("转交给哪个单位？", "To which body?", widget="select")
    reason: Reason = ask("为什么转交？", "Why is it transferred?", widget="area")


class StartMediation(OnComplaint):
    """Begin mediation, both sides being willing (121 §18)."""

    SAYS = Words("开始调解", "Start mediation")


class RecordAgreement(OnComplaint):
    """Record what the parties agreed."""

    SAYS = Words("记录达成协议", "Record an agreement")

    remedy: Annotated[Given, one_of(REMEDIES)] = ask(
        "消费者得到什么？", "What does the consumer get?", widget="select", options=REMEDIES
    )
    terms: Text = ask("协议内容", "Terms of the agreement", widget="area", default="")
    result_code: str = ""


class TerminateMediation(OnComplaint):
    """End mediation without agreement, on a ground."""

    SAYS = Words("终止调解", "Terminate mediation")

    ground: Annotated[Given, one_of(TERMINATION_GROUNDS)] = ask(
        "依据哪一项？", "On which ground?", widget="select", options=TERMINATION_GROUNDS
    )
    reason: Reason = ask("事实和理由", "Facts and reasons", widget="area")
    result_code: str = ""


class RecordRestitution(OnComplaint):
    """Record how much the consumer got back."""

    SAYS = Words("记录挽回金额", "Record restitution")

    amount: Money = ask("挽回金额", "Amount recovered", widget="money")


class StateSatisfaction(OnComplaint):
    """Record whether the consumer is satisfied."""

    SAYS = Words("记录评价", "Record satisfaction")

    satisfied: bool = ask("消费者满意吗？", "Is the consumer satisfied?", widget="yes_no")


class CloseComplaint(OnComplaint):
    """Close the file."""

    SAYS = Words("办结", "Close")


class WithdrawComplaint(OnComplaint):
    """The consumer withdraws it; a clue of a violation survives as its own case."""

    SAYS = Words("撤回投诉", "Withdraw")

    reason: Reason = ask("撤回的原因", "Why is it withdrawn?", widget="area")


class ReferClue(OnComplaint):
    """Pass a clue of a violation to a regulator and ask for an answer."""

    SAYS = Words("移送线索", "Refer a clue to the regulator")

    to: PartyRef = ask("移送给哪个监管部门？", "To which regulator?", widget="select")
    reason: Reason = ask("发现了什么违法线索？", "Which signs of a violation?", widget="area")


class ReturnReferral(OnComplaint):
    """The regulator gives the clue back, with its reason."""

    SAYS = Words("退回线索", "Return the clue")

    reason: Reason = ask("为什么退回？", "Why is it returned?", widget="area")


class ReverseComplaintImport(OnComplaint):
    """Take back an imported complaint; nothing is removed from the log."""

    SAYS = Words("撤销导入", "Reverse the import")

    reason: Reason = ask("撤销的原因", "Why is it reversed?", widget="area")


async def register_complaint(log: Log, command: RegisterComplaint) -> Appended:
    """Give the complaint its number and record it."""
    if not command.number:
        number = await numbers.next_number(log, numbers.COMPLAINT, command.on)
        command = command.model_copy(update={"number": number})
    return await begin(log, Complaint, command.complaint, command, Complaint.register)


async def accept_complaint(log: Log, command: AcceptComplaint) -> Appended:
    return await change(log, Complaint, command.complaint, command, Complaint.accept)


async def refuse_complaint(log: Log, command: RefuseComplaint) -> Appended:
    return await change(log, Complaint, command.complaint, command, Complaint.refuse)


async def transfer_complaint(log: Log, command: TransferComplaint) -> Appended:
    return await change(log, Complaint, command.complaint, command, Complaint.transfer)


async def start_mediation(log: Log, command: StartMediation) -> Appended:
    return await change(log, Complaint, command.complaint, command, Complaint.start_mediation)


async def record_agreement(log: Log, command: RecordAgreement) -> Appended:
    return await change(log, Complaint, command.complaint, command, Complaint.agree)


async def terminate_mediation(log: Log, command: TerminateMediation) -> Appended:
    return await change(log, Complaint, command.complaint, command, Complaint.terminate)


async def record_restitution(log: Log, command: RecordRestitution) -> Appended:
    return await change(log, Complaint, command.complaint, command, Complaint.restitute)


async def state_satisfaction(log: Log, command: StateSatisfaction) -> Appended:
    return await change(log, Complaint, command.complaint, command, Complaint.rate)


async def close_complaint(log: Log, command: CloseComplaint) -> Appended:
    return await change(log, Complaint, command.complaint, command, Complaint.close)


async def withdraw_complaint(log: Log, command: WithdrawComplaint) -> Appended:
    return await change(log, Complaint, command.complaint, command, Complaint.withdraw)


async def refer_clue(log: Log, command: ReferClue) -> Appended:
    return await change(log, Complaint, command.complaint, command, Complaint.refer)


async def return_referral(log: Log, command: ReturnReferral) -> Appended:
    return await change(log, Complaint, command.complaint, command, Complaint.return_referral)


async def reverse_complaint_import(log: Log, command: ReverseComplaintImport) -> Appended:
    return await change(log, Complaint, command.complaint, command, Complaint.reverse_import)


class Complaint(Aggregate):
    """The rules of one complaint."""

    WORD: ClassVar[Words] = Words("投诉", "complaint")

    def __init__(self, id: UUID) -> None:
        super().__init__(id)
        self.number = ""
        self.enterprise: PartyRef | None = None
        self.handler = ""
        self.referred_to = ""
        self.referred_to_name = ""
        self.referred_by: PartyRef | None = None
        self.imported = False
        self.rated = False
        self.restituted = False

    def relation(self, by: Acting) -> str:
        if by.party.id == self.handler:
            return "handler"
        if by.party.id == self.referred_to:
            return "referred"
        if by.party.kind == "consumer" and by.party.id == str(self.id):
            return "complainant"
        return "none" if self.handler else "new"

    # -- rules ---------------------------------------------------------------------------

    def register(self, command: RegisterComplaint) -> None:
        if not command.imported:
            self._refuse_incomplete(command)
        subject = str(command.complaint)
        self.record(
            ComplaintRegistered,
            command,
            number=command.number,
            enterprise=command.enterprise,
            handler=command.handler,
            complainant=Personal(
                subject=subject, fields=_fields(command, "name", "phone", "address")
            ),
            told=Personal(subject=subject, fields=_fields(command, "facts", "request")),
            **command.model_dump(
                include={
                    "respondent", "respondent_address", "category", "trade", "product", "injury",
                    "may_publish", "may_mediate", "bought_on",
                }
            ),
            claimed=command.claimed,
        )  # fmt: skip

    def _refuse_incomplete(self, command: RegisterComplaint) -> None:
        for name, words in missing(vars(command)).items():
            raise Refused(words, field=name)

    def accept(self, command: AcceptComplaint) -> None:
        self._say(ComplaintAccepted, command)

    def refuse(self, command: RefuseComplaint) -> None:
        self._say(ComplaintRefused, command, ground=command.ground, reason=command.reason)

    def transfer(self, command: TransferComplaint) -> None:
        if command.to.id == self.handler:
            raise Refused(
                Words(
                    "这件投诉已经由该单位处理，请选择其他单位",
                    "That body already handles it; choose another",
                ),
                field="to",
            )
        if command.to.kind not in ("council", "regulator"):
            raise Refused(
                Words(
                    f"“{command.to.name}”没有处理投诉的职责，请选择消委会或者市场监管部门",
                    f"{command.to.name} cannot handle complaints; choose a council or a regulator",
                ),
                field="to",
            )
        self._say(ComplaintTransferred, command, to=command.to, reason=command.reason)

    def start_mediation(self, command: StartMediation) -> None:
        self._say(MediationStarted, command)

    def agree(self, command: RecordAgreement) -> None:
        terms = Personal(subject=str(self.id), fields=_fields(command, "terms"))
        self._say(
            AgreementReached, command, remedy=command.remedy,
            terms=terms if command.terms else None, result_code=command.result_code,
        )  # fmt: skip

    def terminate(self, command: TerminateMediation) -> None:
        self._say(
            MediationTerminated, command,
            ground=command.ground, reason=command.reason, result_code=command.result_code,
        )  # fmt: skip

    def restitute(self, command: RecordRestitution) -> None:
        if self.restituted:
            raise Refused(
                Words("挽回金额已经记录过，不能再记", "Restitution is already recorded"),
                field="amount",
            )
        if command.amount.minor < 0:
            raise Refused(Words("金额不能为负数", "The amount cannot be negative"), field="amount")
        self._say(RestitutionRecorded, command, amount=command.amount)

    def rate(self, command: StateSatisfaction) -> None:
        if self.rated:
            raise Refused(
                Words(
                    "这件投诉已经有评价，不能再改",
                    "The consumer's view is recorded already and stays as it is",
                )
            )
        self._say(SatisfactionStated, command, satisfied=command.satisfied)

    def close(self, command: CloseComplaint) -> None:
        self._say(ComplaintClosed, command)

    def withdraw(self, command: WithdrawComplaint) -> None:
        self._say(ComplaintWithdrawn, command, reason=command.reason)

    def refer(self, command: ReferClue) -> None:
        if self.referred_to:
            to = self.referred_to_name
            raise Refused(
                Words(
                    f"线索已经移送{to}，不能重复移送。有新的情况请直接告知{to}；它退回后可以另行移送。",
                    f"The clue went to {to} already. Tell {to} what is new; "
                    "if it returns the clue, you can refer it again.",
                )
            )
        if command.to.kind != "regulator":
            raise Refused(
                Words("违法线索只能移送市场监管部门", "A clue can only go to a market regulator"),
                field="to",
            )
        self._say(ClueReferred, command, to=command.to, reason=command.reason)

    def return_referral(self, command: ReturnReferral) -> None:
        if command.by.party.id != self.referred_to:
            raise Refused(
                Words(
                    "现在没有移送给本单位的线索，不需要退回",
                    "No clue is with your office now, so there is none to return",
                )
            )
        self._say(ReferralReturned, command, council=self.referred_by, reason=command.reason)

    def reverse_import(self, command: ReverseComplaintImport) -> None:
        if not self.imported:
            raise Refused(
                Words("只有导入的投诉可以撤销导入", "Only an imported complaint can be reversed")
            )
        self._say(ComplaintImportReversed, command, reason=command.reason)

    def _say(self, kind: type[ComplaintEvent], command: Command, **fields: object) -> None:
        self.record(kind, command, number=self.number, enterprise=self.enterprise, **fields)

    # -- state ---------------------------------------------------------------------------

    def when(self, event: Event) -> None:
        self.state = _STATE_AFTER.get(type(event), self.state)
        match event:
            case ComplaintRegistered():
                self.number = event.number
                self.enterprise = event.enterprise
                self.handler = event.handler.id
                self.imported = event.by.channel == "import"
            case ComplaintTransferred():
                self.handler = event.to.id
            case ClueReferred():
                self.referred_to, self.referred_to_name = event.to.id, event.to.name
                self.referred_by = event.by.party
            case ReferralReturned():
                self.referred_to = ""
            case SatisfactionStated():
                self.rated = True
            case RestitutionRecorded():
                self.restituted = True


_STATE_AFTER: dict[type[Event], str] = {
    ComplaintRegistered: "received",
    ComplaintAccepted: "accepted",
    ComplaintRefused: "refused",
    ComplaintTransferred: "received",
    MediationStarted: "mediating",
    AgreementReached: "agreed",
    MediationTerminated: "terminated",
    ComplaintWithdrawn: "withdrawn",
    ComplaintClosed: "closed",
    ComplaintImportReversed: "reversed",
}

#: What a complaint must tell (121 §10), and the sentence where it does not.
REQUIRED = {
    "respondent": Words("请填写被投诉人的名称", "Give the name of the business you complain about"),
    "respondent_address": Words("请填写被投诉人地址", "Give the address of that business"),
    "facts": Words("请填写发生了什么", "Say what happened"),
    "request": Words("请填写您希望怎样解决", "Say what you want"),
    "name": Words("请填写您的真实姓名", "Give your real name"),
    "phone": Words("请填写您的电话", "Give your telephone number"),
    "address": Words("请填写您的地址", "Give your address"),
}


def missing(told: Mapping[str, Any]) -> dict[str, Words]:
    """What Order 121 §10 asks for and is not told: field -> sentence."""
    return {
        name: words for name, words in REQUIRED.items() if not str(told.get(name) or "").strip()
    }


def _fields(command: Command, *names: str) -> dict[str, str]:
    return {n: getattr(command, n) for n in names if getattr(command, n)}
