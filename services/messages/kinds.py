"""Kinds: which messages there are, how they can go, what became of one, and why it did not go."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from events.complaints.messages import KINDS, WAYS
from events.event import CHINA
from events.words import Code, Words, both

__all__ = ["KINDS", "STATES", "WAYS", "Failed", "day_before", "due", "why"]

STATES = Code(
    "message_state",
    {
        "waiting": Words("等待发送", "waiting"),
        "retrying": Words("没有送达，会再试", "not delivered, will be tried again"),
        "sent": Words("已发送", "sent"),
        "failed": Words("没有送达", "not delivered"),
        "unreachable": Words("没有手机号码和邮箱", "no mobile number or e-mail"),
        "dropped": Words("不用再发", "not needed any more"),
    },
)
#: Why a try failed: the code that is kept, without anything of her, as a sentence.
_WHY = {
    "away": Words("连不上网关", "the gateway cannot be reached"),
    "slow": Words("网关没有及时应答", "the gateway did not answer in time"),
    "answered": Words("网关答复了错误 {detail}", "the gateway answered with error {detail}"),
    "sign-in": Words("网关不接受用户名或者密码", "the gateway refused the user or the password"),
    "insecure": Words("网关没有可信的加密连接", "there is no trusted encrypted connection"),
    "refused": Words("对方不收（{detail}）", "the other side refused it ({detail})"),
    "locked": Words("保险库没有打开，读不出联系方式", "the vault is locked"),
    "interrupted": Words("发送时中断", "interrupted while it was sent"),
    "fault": Words("出错，已记入程序日志", "a fault; it is in the program's log"),
}
#: Between these hours nobody is woken by what can wait.
_EVENING, _MORNING = time(21), time(8)
#: When somebody is reminded of what is on the next day: there is time to say that she cannot come.
_REMIND = time(9)
#: What follows at once is told together.
_TOGETHER = timedelta(minutes=2)


class Failed(Exception):
    """It was not delivered: a code of `_WHY`; `final` = another try would fare no better.

    `way` and `by`: by which way it went, through which adapter, where that is known.
    """

    def __init__(self, code: str, detail: object = "", final: bool = False) -> None:
        super().__init__(code, detail)
        self.said = f"{code} {detail}".strip()
        self.final = final
        self.way = self.by = ""


def why(said: str) -> Words:
    """The kept reason as a sentence."""
    code, _, detail = said.partition(" ")
    return _WHY.get(code, both(said)).fill(detail=detail)


def due(kind: str, now: datetime) -> datetime:
    """When a message of this kind goes first: what can wait, not at night."""
    if kind in ("code", "receipt"):
        return now
    then = (now + _TOGETHER).astimezone(CHINA)
    if _MORNING <= then.time() < _EVENING:
        return then
    day = then.date() + timedelta(days=then.time() >= _EVENING)
    return datetime.combine(day, _MORNING, CHINA)


def day_before(day: date) -> datetime:
    """When she is reminded of what is on this day."""
    return datetime.combine(day - timedelta(days=1), _REMIND, CHINA)
