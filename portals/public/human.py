"""Human: whoever lodges lets her browser work for a moment, or types a code that was sent to her.

Nobody is asked to solve a puzzle. Browsers with scripts do the work unnoticed
(`services/effort.py`); without, a complaint is confirmed by a code to the telephone or e-mail that
stands in it, and so is an enquiry. A report may be anonymous and its reporter is sent nothing:
without the work only a few from one network are taken in a quarter of an hour, and so it is for
the others while our own gateway fails. A field that no person sees is filled by programs; since a
browser's own filling-in could do so as well, it is emptied and nothing else is lost.
"""

from __future__ import annotations

import hmac
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Protocol

from aiohttp import web

from events.event import today
from events.words import Words
from portals.address import client_address
from portals.limits import RUSH
from portals.metrics import route_of
from portals.pages import KEY, PLATFORM, SETTINGS, language
from services import effort
from services.actions.command import as_typed
from services.actions.refused import Refused
from services.messages import queue
from services.messages.codes import CodeFor, sealed, subject_of
from services.messages.composing import reached_by
from services.security import mark, tell
from services.tries import MOST_FROM, TooMany, count_try, forget_tries, take_back

#: Fields of a form that are no answers of hers.
FIELDS = ("effort", "code", "website")
#: Wrong codes for one form; codes to one person in a quarter of an hour, in a day; forms from one
#: network in a quarter of an hour without the work.
WRONG, LATE, A_DAY, WITHOUT = 5, 3, 10, 3
#: Seconds of a code's time; the one before counts too, so that it is good for that long at least.
SLOT = 600


class Reached(Protocol):
    """What is sent says how who sends it is reached."""

    @property
    def key(self) -> str: ...

    @property
    def phone(self) -> str: ...

    @property
    def email(self) -> str: ...


@dataclass(frozen=True)
class Door:
    """A form that is sent so: its address, and the heading under which telephone and e-mail are."""

    action: str
    beside: Words


COMPLAINT = Door("/complain", Words("您是谁？", "Who are you?"))
ENQUIRY = Door("/ask", Words("您的咨询", "Your enquiry"))


@dataclass(frozen=True)
class Human:
    """What the page asks for: the work, and where that was not done, a code."""

    challenge: str = ""
    #: The code is asked for by itself, not only where no scripts run.
    open: bool = False
    #: Where a code goes, as far as it is shown; "" = nowhere.
    to: str = ""
    #: It was sent just now.
    sent: Words | None = None
    wrong: Words | None = None
    #: Nothing leaves the house here: the code is read at the operator's.
    outbox: bool = False
    door: Door = COMPLAINT

    @property
    def again(self) -> bool:
        """Whether a code was sent before, so that the button sends another."""
        return self.sent is not None or self.wrong not in (None, _ASK)


def trapped(request: web.Request, values: dict[str, Any]) -> bool:
    """Whether the field that nobody sees was filled; it is empty afterwards."""
    if not str(values.pop("website", "")).strip():
        return False
    source = mark(request.app[KEY], client_address(request))
    tell("trap-filled", route=route_of(request), source=source)
    return True


def asked(request: web.Request, key: str, **more: Any) -> Human:
    """What the page of the form with this key asks for."""
    bits = request.app[SETTINGS].proof_bits
    if not bits:
        return Human(**more)
    harder = bits + request.app[RUSH].more
    return Human(effort.challenge(request.app[KEY], key, harder, time.time()), **more)


def asked_of(request: web.Request, command: Reached | None, key: str, **more: Any) -> Human:
    """The same for what is complete: with where its code would go."""
    way, to = reached_by(command.phone, command.email) if command else ("", "")
    outbox = request.app[PLATFORM].ways.of(way).name == "outbox"
    return asked(request, key, to=_hidden(to), outbox=outbox, **more)


async def is_shown(request: web.Request) -> bool:
    """Whether the browser has done the work for this very form, where any is asked for."""
    request.app[RUSH].came()
    if not request.app[SETTINGS].proof_bits:
        return True
    posted = await request.post()
    key, answer = str(posted.get("key", "")), str(posted.get("effort", ""))
    return effort.done(request.app[KEY], key, answer, time.time())


async def let_in(request: web.Request, command: Reached, door: Door = COMPLAINT) -> None:
    """Without the work: by the code. Raises `Refused`, `TooMany`."""
    posted, (_, to) = await request.post(), reached_by(command.phone, command.email)
    typed = as_typed(str(posted.get("code", "")))
    if to and typed:
        await _try(request, command.key, to, typed)
    elif to and (await _codes(request, to)).trouble:
        await few(request)
    elif posted.get("effort"):
        raise Refused(_OLD)
    else:
        raise Refused(_ASK, "code") if to else Refused(_NOWHERE.fill(beside=door.beside))


async def _try(request: web.Request, key: str, to: str, typed: str) -> None:
    """One try, counted against the form and against where it comes from."""
    pool = request.app[PLATFORM].pool
    what, where = f"code {key}"[:100], f"code from {client_address(request)}"
    await count_try(pool, where, MOST_FROM, _NETWORK_RESTS)
    await count_try(pool, what, WRONG, _CODE_RESTS)
    if not any(hmac.compare_digest(each, typed.encode()) for each in _codes_of(request, key, to)):
        raise Refused(_WRONG, "code")
    await forget_tries(pool, what)
    await take_back(pool, where)


async def few(request: web.Request) -> None:
    """A few from one network. Raises `TooMany`."""
    where = f"without effort from {client_address(request)}"
    await count_try(request.app[PLATFORM].pool, where, WITHOUT, _FEW)


async def send_code(request: web.Request, command: Reached, door: Door = COMPLAINT) -> Words:
    """Send her a code; the sentence that says so. Raises `Refused`, `TooMany`."""
    way, to = reached_by(command.phone, command.email)
    if not to:
        raise Refused(_NOWHERE.fill(beside=door.beside))
    before, platform = await _codes(request, to), request.app[PLATFORM]
    if before.late >= LATE or before.day >= A_DAY:
        raise Refused(_ENOUGH if before.late >= LATE else _ENOUGH_TODAY, "code")
    where = f"codes to from {client_address(request)}"
    await count_try(platform.pool, where, MOST_FROM, _NETWORK_RESTS)
    code = CodeFor(to, next(_codes_of(request, command.key, to)).decode(), language(request))
    subject = subject_of(today())
    kept = await sealed(platform.vault, subject, code)
    await queue.add_code(platform.pool, subject, way, kept, _mark(request, to))
    return _SENT.fill(to=_hidden(to))


async def _codes(request: web.Request, to: str) -> queue.Codes:
    pool = request.app[PLATFORM].pool
    return await queue.codes_to(pool, _mark(request, to), datetime.now(UTC))


def _mark(request: web.Request, to: str) -> bytes:
    return hmac.new(request.app[KEY], b"code to:" + to.encode(), sha256).digest()[:16]


def _codes_of(request: web.Request, key: str, to: str) -> Any:
    """The code of this form for this person now, then the one before; kept nowhere in clear."""
    slot = int(time.time()) // SLOT
    for each in (slot, slot - 1):
        said = f"code:{each}:{to}:{key}".encode()
        made = hmac.new(request.app[KEY], said, sha256).digest()
        yield f"{int.from_bytes(made[:8], 'big') % 10**6:06}".encode()


def _hidden(to: str) -> str:
    """As much as she needs to know which it is: 138****1234, l***@example.com."""
    name, at, host = to.partition("@")
    return f"{name[:1]}***@{host}" if at else f"{to[:3]}****{to[-4:]}" if to else ""


def rests(response: web.StreamResponse, why: Refused) -> web.StreamResponse:
    """Says when to come again, where it is a matter of time."""
    if isinstance(why, TooMany):
        response.headers["Retry-After"] = str(why.seconds)
    return response


TRAPPED = Words(
    "表单里有一栏是留给自动程序的，人看不到，却填了内容；可能是浏览器自动填的，已经清空。您填写的都在，请再点一次。",
    "A field that is meant for programs, and that nobody sees, was filled in, perhaps by your "
    "browser; it is empty again. All you typed is kept: please press the button once more.",
)
_ASK = Words(
    "请先输入验证码：点“发送验证码”，再填收到的 6 位数字",
    "A code is needed: press “Send me a code”, then type the 6 digits you get",
)
_NOWHERE = Words(
    "要用验证码确认，但您没有填手机号码，也没有填电子邮箱。请点“{beside}”旁边的“改”补上其中一项；"
    "也可以打开浏览器的脚本，或者拨打 12315、到消委会窗口办理。",
    "A code is needed, but there is neither a mobile number nor an e-mail address. Add one by "
    "“Change” beside “{beside}”, turn on scripts in your browser, call 12315, or come to the "
    "council's counter.",
)
_OLD = Words(
    "这一页放得太久了。您填写的都在，请再点一次提交。",
    "This page stood open for too long. All you typed is kept: press the button once more.",
)
_WRONG = Words(
    "验证码不对，或者已经过期。请核对最近收到的 6 位数字，或者再发一次",
    "This code is wrong, or too old. Check the latest 6 digits you got, or have another sent",
)
_CODE_RESTS = Words(
    f"验证码已经输错 {WRONG} 次，请 {{minutes}} 分钟后再试。您填写的内容都在。",
    f"There were {WRONG} wrong codes. Try again in {{minutes}} minutes; all you typed is kept.",
)
_NETWORK_RESTS = Words(
    "从您所在的网络来的验证码请求太多，请 {minutes} 分钟后再试。您填写的内容都在。",
    "There were too many codes from your network. Try again in {minutes} minutes; "
    "all you typed is kept.",
)
_FEW = Words(
    f"没有运行脚本的浏览器，同一个网络 15 分钟内只收 {WITHOUT} 件。请 {{minutes}} 分钟后再试，"
    "或者打开浏览器的脚本，或者拨打 12315。您填写的内容都在。",
    f"From browsers without scripts, {WITHOUT} are taken from one network in 15 minutes. Try again "
    "in {minutes} minutes, turn on scripts, or call 12315. All you typed is kept.",
)
_ENOUGH = Words(
    f"15 分钟内已经发过 {LATE} 次验证码。请等一等，用最近收到的那一个",
    f"{LATE} codes were sent within 15 minutes. Please wait, and use the latest one",
)
_ENOUGH_TODAY = Words(
    f"这个号码或者邮箱今天已经发过 {A_DAY} 次验证码，请明天再试，或者拨打 12315",
    f"{A_DAY} codes were sent there today. Try again tomorrow, or call 12315",
)
_SENT = Words(
    "验证码已发到 {to}，10 分钟内有效。收到以后填在下面。",
    "A code is on its way to {to}, good for 10 minutes. Type it below.",
)
