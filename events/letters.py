"""Letters (文书): made from what is recorded, each with its hash; delivered, with proof of it.

They stand in the stream of the record they belong to, beside its course. The letter itself lies
sealed beside the log, as the record's files do; here is what anybody can hold it against.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from events.event import Event, PartyRef
from events.evidence import CASES
from events.words import Code, Words

#: The ten official forms of April 2026, by their numbers, and what we add to them.
FORMS = Code(
    "letter_form",
    {
        "form-1": Words("投诉登记表", "Record of a complaint"),
        "form-2": Words("举报登记表", "Record of a report"),
        "form-3": Words("分送通知书", "Notice of forwarding"),
        "form-4": Words("限期提供身份证明材料通知书", "Notice to prove identity"),
        "form-5": Words("投诉受理决定书", "Decision to accept a complaint"),
        "form-6": Words("投诉不予受理决定书", "Decision not to accept a complaint"),
        "form-7": Words("投诉调解通知书", "Notice of mediation"),
        "form-8": Words("投诉终止调解决定书", "Decision to end mediation"),
        "form-9": Words("投诉调解书", "Mediation agreement"),
        "form-10": Words("举报处理结果告知书", "Notice of the result of a report"),
        "receipt": Words("收件凭证", "Receipt"),
    },
)
#: Whom a letter is for.
ADDRESSEES = Code(
    "addressee",
    {
        "complainant": Words("投诉人", "the complainant"),
        "reporter": Words("举报人", "the reporter"),
        "respondent": Words("被投诉人", "the respondent"),
        "body": Words("接收单位", "the receiving body"),
        "file": Words("存档", "the file"),
    },
)
WAYS = Code(
    "way_of_delivery",
    {
        "portal": Words("网上送达", "on the portal"),
        "email": Words("电子邮件", "by e-mail"),
        "sms": Words("短信", "by text message"),
        "post": Words("邮寄", "by post"),
        "hand": Words("当面送达", "by hand"),
        "notice": Words("公告送达", "by public notice"),
    },
)


class LetterEvent(Event, frozen=True, kw_only=True):
    """What all of these say: the record, the form, the letter's own number and for whom it is."""

    BESIDE: ClassVar[bool] = True

    case: str
    number: str
    letter: str
    form: str
    letter_number: str
    to: str
    enterprise: PartyRef | None = None
    #: The one party that may read it in any list, where the record itself is so (121 §37).
    only_for: str = ""

    def _values(self) -> dict[str, object]:
        named = {"case": CASES[self.case], "form": FORMS[self.form], "to": ADDRESSEES[self.to]}
        return {**super()._values(), **named}


class LetterMade(LetterEvent, frozen=True, kw_only=True):
    """A letter was set from recorded facts; whoever holds it can compare its hash."""

    TOPIC = "letter-made"
    SAYS = Words(
        "{by} 为{case} {number} 制作了《{form}》{letter_number}，送{to}，SHA-256 {mark}…",
        "{by} made for {case} {number}: {form} {letter_number}, for {to}, SHA-256 {mark}…",
    )

    sha256: str
    size: int
    #: Up to which version of the record its facts go.
    as_of: int

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "mark": self.sha256[:16]}


class LetterDelivered(LetterEvent, frozen=True, kw_only=True):
    """A letter reached whom it is for; what depends on delivery runs from `effective`."""

    TOPIC = "letter-delivered"
    SAYS = Words(
        "{by} 记录{case} {number} 的《{form}》{letter_number} 已送达{to}：{way}，{effective}生效",
        "{by} recorded that {form} {letter_number} of {case} {number} reached {to} {way}, "
        "effective {effective}",
    )

    way: str
    effective: date
    #: What proves it: number of the parcel, who signed, where it was published.
    proof: str = ""

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "way": WAYS[self.way]}


class LetterReturned(LetterEvent, frozen=True, kw_only=True):
    """A letter could not be delivered; another way has to be found."""

    TOPIC = "letter-returned"
    SAYS = Words(
        "{by} 记录{case} {number} 的《{form}》{letter_number} 未能送达（{way}）：{reason}",
        "{by} recorded that {form} {letter_number} of {case} {number} was not delivered ({way}): "
        "{reason}",
    )

    way: str

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "way": WAYS[self.way]}
