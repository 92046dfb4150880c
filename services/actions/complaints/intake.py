"""Intake: a complaint comes in, with all that Order 121 §10 asks for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from events.complaints import ComplaintRegistered
from events.event import PartyRef
from events.evidence import NewFile
from events.ids import new_id
from events.log import Appended
from events.terms import CATEGORIES, Money
from events.words import Words
from services import numbers
from services.actions.change import Log, begin
from services.actions.command import Command, Line, Mail, Phone, Text, ask, one_of
from services.actions.complaints.complaint import Complaint, personal
from services.actions.refused import Refused

Category = Annotated[str, one_of(CATEGORIES)]


class RegisterComplaint(Command):
    """A complaint as it is told; `handler` is the body that will decide on it."""

    SAYS = Words("提交投诉", "Lodge the complaint")

    complaint: UUID = Field(default_factory=new_id)
    number: str = ""
    handler: PartyRef
    enterprise: PartyRef | None = None
    respondent: Line = ask("您要投诉哪一家？", "Who is the complaint about?", default="",
        hint=Words("写营业执照、小票或者店铺页面上的名称。",
                   "The name on the licence, the receipt or the shop's page."),
    )  # fmt: skip
    respondent_address: Line = ask("它的地址在哪里？", "What is its address?", default="",
        hint=Words("例如：鼓楼区八一七北路88号。网店写平台和店铺名称。",
                   "For an online shop, give the platform and the name of the shop."),
    )  # fmt: skip
    category: Category = ask(
        "是哪一类问题？", "What kind of problem is it?", widget="select", options=CATEGORIES,
        default="other",
    )  # fmt: skip
    trade: Text = ""
    product: Line = ask("是什么商品或者服务？", "Which goods or service?", default="")
    bought_on: Line = ask("什么时候买的？", "When was it bought?", default="",
        hint=Words("例如：2026年10月8日；记不清可以只写月份。",
                   "For example 8 October 2026; the month is enough."),
    )  # fmt: skip
    order_no: Line = ask("订单号或者小票号", "Order or receipt number", default="",
        hint=Words("有的话请填写，便于核对。", "If there is one."),
    )  # fmt: skip
    reference: Text = ask("外部编号", "Its number elsewhere", default="", most=100,
        hint=Words("例如全国 12315 平台的登记编号；没有就不填。",
                   "Such as its number on the national platform 12315, if it has one."),
    )  # fmt: skip
    facts: Text = ask("发生了什么？", "What happened?", widget="area", default="",
        hint=Words("按时间顺序写：什么时候、在哪里、花了多少钱、出了什么问题、商家怎么说。",
                   "In order: when, where, how much, what went wrong, what the business said."),
    )  # fmt: skip
    injury: bool = ask(
        "有人受伤，或者马上有危险吗？", "Was anybody hurt, or is anybody in danger?",
        widget="yes_no", default=False,
    )  # fmt: skip
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
    name: Line = ask("您的真实姓名", "Your real name", autocomplete="name", default="")
    phone: Phone = ask("您的电话", "Your telephone number", autocomplete="tel", default="",
        hint=Words("查询进度时要用后四位。", "You need its last four digits to follow progress."),
    )  # fmt: skip
    email: Mail = ask("您的电子邮箱", "Your e-mail address", autocomplete="email", default="",
        hint=Words("没有手机号码的，进展和验证码发到这里。",
                   "Without a mobile number, news and codes go here."),
    )  # fmt: skip
    #: In which language she is written to; "" = Chinese.
    language: Text = ""
    files: tuple[NewFile, ...] = ()
    address: Line = ask("您的地址", "Your address", autocomplete="street-address", default="")
    agent: Line = ask("替别人投诉的，受托人的姓名", "If you complain for somebody: your name",
        default="",
        hint=Words("为自己投诉的不用填。上面写消费者本人的姓名、电话和地址；授权委托书（写明委托事项、权限和期限，"
                   "由消费者签名）和受托人的身份证明，拍照上传，处理单位会核对原件。",
                   "Leave it empty if you complain for yourself. Above, give name, telephone and "
                   "address of the consumer; upload pictures of the power of attorney (matter, "
                   "extent, term, signed by the consumer) and of your identity document. The body "
                   "in charge checks the originals."),
    )  # fmt: skip
    agent_phone: Phone = ask("受托人的电话", "Telephone of who complains for her", default="")
    #: What others complain of that she would complain of jointly: category and goods.
    joins: Text = ""

    @property
    def imported(self) -> bool:
        return self.by.channel == "import"


async def register_complaint(log: Log, command: RegisterComplaint) -> Appended:
    """Give the complaint its number and record it."""

    async def under(number: str) -> Appended:
        rule = partial(register, number=number)
        return await begin(log, Complaint, command.complaint, command, rule)

    if command.number:
        return await under(command.number)
    return await numbers.numbered(log, numbers.COMPLAINT, command.on, under)


def register(complaint: Complaint, command: RegisterComplaint, number: str = "") -> None:
    """`number` = the one that was drawn for it; else the command brings its own."""
    if not command.imported:
        _refuse_incomplete(command)
    complaint.record(
        ComplaintRegistered,
        command,
        number=number or command.number,
        enterprise=command.enterprise,
        handler=command.handler,
        complainant=personal(
            command.complaint, command,
            "name", "phone", "email", "language", "address", "agent", "agent_phone",
        ),
        told=personal(command.complaint, command, "facts", "request", "order_no"),
        **{name: getattr(command, name) for name in _AS_TOLD},
        claimed=command.claimed,
    )  # fmt: skip
    complaint.attach(command, command.files)


#: What stands in the event as it stands in the command.
_AS_TOLD = (
    "respondent", "respondent_address", "category", "trade", "product", "injury", "may_publish",
    "may_mediate", "bought_on", "reference", "joins",
)  # fmt: skip


def _refuse_incomplete(command: RegisterComplaint) -> None:
    for name, words in missing(vars(command)).items():
        raise Refused(words, field=name)


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
    """What Order 121 §10 and §11 ask for and is not told: field -> sentence."""
    asked = (*REQUIRED, "agent", "agent_phone")
    given = {name for name in asked if str(told.get(name) or "").strip()}
    found = {name: words for name, words in REQUIRED.items() if name not in given}
    if "agent_phone" in given and "agent" not in given:
        found["agent"] = _WHOSE_PHONE
    return found


_WHOSE_PHONE = Words(
    "填了受托人的电话，请再填受托人的姓名；不是替别人投诉的，请清空",
    "Give the name to this telephone, or leave both empty if nobody complains for you",
)
