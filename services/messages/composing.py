"""Composing: to whom a message goes and what it says, opened and decided when it is sent.

What is not needed any more is dropped: she is deleted or restricted, has rated, or was never told
our number because it came in from elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from events.complaints import ComplaintRegistered, MediationScheduled
from events.complaints.terms import MEETINGS
from events.enquiries import EnquiryReceived
from events.event import Personal, Recorded, today
from events.log import Log
from events.vault import PersonErased, VaultLocked
from events.words import Words
from services.actions.command import is_mail
from services.actions.complaints import Complaint
from services.actions.enquiries import Enquiry
from services.messages.codes import opened
from services.messages.kinds import Failed
from services.messages.queue import Waiting

_MOBILE = re.compile(r"(?:\+?86)?(1[3-9]\d{9})")
#: Characters of her own words that are read back.
_READ_BACK = 60


class NotNeeded(Exception):
    """Nothing is sent: `state` says why."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


@dataclass(frozen=True)
class Message:
    """What goes to whom; `id` is the same at every try."""

    id: UUID
    way: str
    to: str
    subject: str
    text: str


def reached_by(phone: str, mail: str) -> tuple[str, str]:
    """By which way somebody is reached, and under what; ("", "") = not at all.

    A mobile number comes first: everybody looks at her text messages.
    """
    if found := _MOBILE.fullmatch(re.sub(r"[\s-]", "", phone)):
        return "text", found[1]
    return ("mail", mail) if is_mail(mail) else ("", "")


async def compose(log: Log, one: Waiting, site: str) -> Message:
    """The message as it goes now. Raises `NotNeeded`, `Failed`."""
    try:
        if one.kind == "code":
            return await _code(log, one)
        return await _of_case(log, one, site)
    except VaultLocked:
        raise Failed("locked") from None
    except PersonErased:
        raise NotNeeded("dropped") from None


async def _code(log: Log, one: Waiting) -> Message:
    found = await opened(log.vault, one.subject, one.sealed or b"")
    words = _CODE.fill(code=found.code)
    return Message(one.id, one.way, found.to, _SUBJECT.say(found.lang), words.say(found.lang))


async def _of_case(log: Log, one: Waiting, site: str) -> Message:
    recorded = await log.load(one.subject, opened=True)
    match recorded[0].event if recorded else None:
        case ComplaintRegistered(complainant=who) as first if not _obsolete(one, recorded):
            about = _ABOUT.fill(number=first.number)
            return _to(one, who, about, _words(one, recorded, first, site))
        case EnquiryReceived(told=who) as first if _goes_on(recorded):
            about = _ABOUT_ENQUIRY.fill(number=first.number)
            return _to(one, who, about, _of_enquiry(one, first, site))
    raise NotNeeded("dropped")


def _to(one: Waiting, who: Personal, about: Words, words: Words) -> Message:
    """To whom it goes, in her language. Raises `NotNeeded`, `Failed`."""
    if who.unreadable == "locked":
        raise Failed("locked")
    way, to = reached_by(who.get("phone"), who.get("email"))
    if not way:
        given = not who.unreadable and (who.get("phone") or who.get("email"))
        raise NotNeeded("unreachable" if given else "dropped")
    lang = who.get("language")
    return Message(one.id, way, to, about.say(lang), words.say(lang))


def _obsolete(one: Waiting, recorded: list[Recorded]) -> bool:
    complaint = Complaint(recorded[0].stream)
    complaint.replay(recorded)
    over = {"rating": complaint.rated, "session": not _comes_up(one, complaint, recorded)}
    gone = complaint.personal in ("restricted", "erased")
    return complaint.imported or gone or over.get(one.kind, False)


def _comes_up(one: Waiting, complaint: Complaint, recorded: list[Recorded]) -> bool:
    """Whether the session still is on, at the time it then said, and she did not say no to it."""
    session, said_no = complaint.session, complaint.attending.get("consumer") is False
    if session is None or complaint.state != "mediating" or said_no:
        return False
    return session is _scheduled(one, recorded) and session.day >= today()


def _scheduled(one: Waiting, recorded: list[Recorded]) -> MediationScheduled:
    """The session that it reminds of."""
    (found,) = (each.event for each in recorded if each.position == one.cause)
    assert isinstance(found, MediationScheduled)
    return found


def _goes_on(recorded: list[Recorded]) -> bool:
    enquiry = Enquiry(recorded[0].stream)
    enquiry.replay(recorded)
    return not enquiry.batch and enquiry.state in ("asked", "answered")


def _of_enquiry(one: Waiting, first: EnquiryReceived, site: str) -> Words:
    values = {"number": first.number, "link": f"{site}/track?number={first.number}"}
    words = _ENQUIRY_RECEIPT if one.kind == "receipt" else _ANSWERED
    return words.fill(**values, body=first.handler.name)


def _words(one: Waiting, recorded: list[Recorded], first: ComplaintRegistered, site: str) -> Words:
    values = {"number": first.number, "link": f"{site}/track?number={first.number}"}
    if one.kind == "session":
        session = _scheduled(one, recorded)
        how = MEETINGS[session.meeting]
        return _SESSION.fill(**values, day=session.day, time=session.time, how=how)
    if one.kind != "receipt":
        return {"news": _NEWS, "rating": _RATING}[one.kind].fill(**values)
    about = {"respondent": first.respondent, "body": first.handler.name}
    return _RECEIPT.fill(**values, **about, asked=_read_back(first))


def _read_back(first: ComplaintRegistered) -> Words:
    """What a clerk wrote down for her is read back; what she wrote herself she knows."""
    asked = _of(first.told, "request")
    if first.by.party.kind == "consumer" or not asked:
        return Words("", "")
    return _ASKED.fill(asked=asked)


def _of(told: Personal, name: str) -> str:
    text = " ".join(told.get(name).split())
    return text if len(text) <= _READ_BACK else f"{text[: _READ_BACK - 1]}…"


_SUBJECT = Words("您的验证码", "Your code")
_ABOUT = Words("您的投诉 {number}", "Your complaint {number}")
_CODE = Words(
    "验证码 {code}，用于提交投诉或者咨询，10 分钟内有效。不是您本人操作的，请不用理会。",
    "{code} is your code to send a complaint or an enquiry, good for 10 minutes. "
    "If you did not ask for it, do nothing.",
)
_RECEIPT = Words(
    "投诉已收到，编号 {number}：投诉{respondent}，由{body}处理。{asked}"
    "查询进度（要用电话后四位）：{link} 内容不对的，请告诉处理单位。",
    "Your complaint about {respondent} was received: number {number}, handled by {body}. {asked}"
    "To follow it (with the last four digits of your telephone): {link} "
    "If anything is wrong, tell that body.",
)
_ASKED = Words("您的要求：{asked}。", "You ask: {asked}. ")
_NEWS = Words(
    "投诉 {number} 有新的进展，请凭编号和电话后四位查看：{link}",
    "There is something new in your complaint {number}. See it with the number and the last four "
    "digits of your telephone: {link}",
)
_RATING = Words(
    "投诉 {number} 已经处理完，请说说是否满意：{link}",
    "Your complaint {number} has been handled. Please say whether you are satisfied: {link}",
)
_SESSION = Words(
    "投诉 {number} 定于{day} {time} 调解（{how}）。"
    "看地点、答复能不能参加，请凭编号和电话后四位：{link}",
    "Complaint {number}: mediation on {day} at {time} ({how}). Where it is, and a way to say that "
    "you cannot come: {link} (with the number and the last four digits of your telephone)",
)
_ABOUT_ENQUIRY = Words("您的咨询 {number}", "Your enquiry {number}")
_ENQUIRY_RECEIPT = Words(
    "咨询已收到，编号 {number}，由{body}答复。看答复（要用电话后四位或者查询码）：{link}",
    "Your enquiry was received: number {number}, to be answered by {body}. To read the answer "
    "(with the last four digits of your telephone, or the query code): {link}",
)
_ANSWERED = Words(
    "咨询 {number} 有了答复，请凭编号和电话后四位或者查询码查看：{link}",
    "Your enquiry {number} was answered. Read it with the number and the last four digits of your "
    "telephone, or the query code: {link}",
)
