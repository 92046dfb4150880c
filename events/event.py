"""Event: who acted, when, why, and one sentence; the catalogue of all events fills itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any, ClassVar, Literal, Self
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from events.ids import random16
from events.proofs.commitments import commit_fields
from events.words import Words, both

PartyKind = Literal[
    "regulator",
    "association",
    "council",
    "enterprise",
    "consumer",
    "testing",
    "auditor",
    "operator",
    "system",
]
Channel = Literal["portal", "api", "import", "system", "phone", "counter", "letter"]

#: Dates people read and count are dates in China.
CHINA = ZoneInfo("Asia/Shanghai")


def today() -> date:
    """The date it now is in China: for the edges (portals, commands), never for rules."""
    return datetime.now(CHINA).date()


CONSUMER = Words("消费者", "The consumer")
RULE = Words("系统规则：", "System rule: ")
#: What acts by itself, by the name that stands in the log.
RULES = {
    "clock": Words("计时", "the clocks"),
    "expire": Words("登录到期", "end of a session"),
    "invitation": Words("接受邀请", "accepting an invitation"),
    "lock": Words("登录锁定", "locking of a name"),
    "scan": Words("安全扫描", "malware scan"),
    "operator": Words("服务器上操作", "at the server"),
    "risk-desk": Words("严重和高风险加入处置单位", "grave risks reach the risk desk"),
    "flag-breach": Words("承诺核对", "pledge check"),
    "vacate": Words("承办人离任", "officer left"),
    "merge": Words("单位合并", "merger of units"),
    "rating": Words("评价提醒", "rating reminder"),
    "letter": Words("文书送达", "delivery of letters"),
    "comments": Words("企业说明", "comments of businesses"),
    "messages": Words("通知发送", "sending of messages"),
    "set-up": Words("初次设置", "first set-up"),
    "referral": Words("线索退回", "a clue came back"),
    "danger": Words("有人受伤或有危险", "somebody is hurt or in danger"),
    "time-stamp": Words("可信时间戳", "time stamp"),
}


class Value(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A small value inside events: frozen, compared by content."""


class PartyRef(Value, frozen=True, kw_only=True):
    """A party as it was called when the event was recorded."""

    id: str
    name: str
    kind: PartyKind

    def __str__(self) -> str:
        return self.name


class Acting(Value, frozen=True, kw_only=True):
    """Who acted: person, name and party *at that time*, role, channel, on whose behalf.

    `person` is "" for the system and for consumers without an account; a consumer's own
    name never stands here but in a `Personal` envelope of the event.
    """

    person: str
    name: str
    party: PartyRef
    role: str
    channel: Channel = "portal"
    on_behalf_of: str = ""

    def said(self, language: str) -> str:
        """As in a sentence: party, then name; e.g. 福州市消委会 林月."""
        if self.party.kind == "consumer":
            return CONSUMER.say(language)
        if self.party.kind == "system":
            return f"{RULE.say(language)}{RULES.get(self.name, both(self.name)).say(language)}"
        return f"{self.party.name} {self.name}".rstrip()


#: Why what is said about a person cannot be read: her key was destroyed, or no key is at hand.
Unreadable = Literal["", "erased", "locked", "altered"]
UNREADABLE = {
    "": Words("未提供", "not given"),
    "erased": Words("个人信息已依法删除", "personal data erased by law"),
    "locked": Words("个人信息暂时不能读取", "personal data cannot be read now"),
    "altered": Words("个人信息与登记时不符，请报告", "personal data was altered; please report it"),
}


#: Stands in a sentence where a name is sealed; the sentence is said again when it is opened.
NAMED_LATER = "〔姓名〕"
_LATER = Words(NAMED_LATER, "[name]")


class Personal(Value, frozen=True, kw_only=True):
    """What is said about one natural person, under that person's key.

    `subject` names the person, in this one matter, in the vault. In the log `fields` and `salt`
    stand sealed in `sealed` (`envelopes.py`); the vault opens them. `commitments` stay outside:
    with them whoever is given a field's salt can check its text (`proofs`).
    """

    subject: str
    fields: dict[str, str] | None = None
    sealed: bytes | None = None
    #: 32 random bytes, from which the salt of each field is made.
    salt: bytes | None = None
    commitments: dict[str, str] | None = None
    #: Never stored: why the vault could not open it.
    unreadable: Unreadable = ""

    @classmethod
    def committed(cls, subject: str, fields: dict[str, str]) -> Self:
        """The envelope with a fresh salt, and a commitment to each field."""
        salt = random16() + random16()
        return cls(
            subject=subject, fields=fields, salt=salt, commitments=commit_fields(salt, fields)
        )

    def get(self, name: str) -> str:
        """The field, or "" where it is not given or not readable."""
        return (self.fields or {}).get(name, "")

    def named(self) -> str | Words:
        """The name as it stands in a sentence."""
        why = Words(f"（{UNREADABLE[self.unreadable].zh}）", f"({UNREADABLE[self.unreadable].en})")
        return self.get("name") or (_LATER if self.sealed and not self.unreadable else why)

    def shown(self, name: str) -> str | Words:
        """The field as a page shows it: where it cannot be read, why; "" where it is not given."""
        if self.unreadable and name in (self.commitments or {}):
            return UNREADABLE[self.unreadable]
        return self.get(name)


class Event(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """What one party did. Subclasses add what was done, a `TOPIC` and a sentence.

    `salt` makes the stored bytes unguessable, so that their hash gives nothing away.
    """

    TOPIC: ClassVar[str]
    VERSION: ClassVar[int] = 1
    SAYS: ClassVar[Words]
    #: version n -> function from the state of version n to that of n + 1
    UPCASTS: ClassVar[dict[int, Callable[[dict[str, Any]], dict[str, Any]]]] = {}
    #: What it says of persons, it says of those who act in office: not sealed (ARCHITECTURE.md).
    IN_OFFICE: ClassVar[bool] = False
    #: It changes nothing of where its record stands: no form is out of date for it.
    BESIDE: ClassVar[bool] = False
    #: Under whose key-encryption keys what it says of persons is kept: a domain of `keyring.py`.
    DOMAIN: ClassVar[str] = ""

    by: Acting
    occurred_on: date | None = None
    reason: str = ""
    correlation: str = ""
    causation: str = ""
    salt: bytes = msgspec.field(default_factory=random16)

    def said(self) -> Words:
        """The event as one sentence in both languages."""
        return self.SAYS.fill(**{"by": self._actor(), **self._values()})

    def _actor(self) -> Words:
        return Words(self.by.said("zh"), self.by.said("en"))

    def _values(self) -> dict[str, object]:
        """What the sentence may name; events with codes or money override this."""
        return {f: getattr(self, f) for f in self.__struct_fields__ if f != "by"}


def as_it_was(state: dict[str, Any]) -> dict[str, Any]:
    """The step from a form to one that only may hold more."""
    return state


class Recorded(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An event in its place in the log."""

    stream: UUID
    version: int
    position: int
    recorded_at: datetime
    event: Event

    @property
    def on(self) -> date:
        """The date it took effect: when it occurred, else the date it was recorded in China."""
        return self.event.occurred_on or self.recorded_at.astimezone(CHINA).date()

    @property
    def at(self) -> datetime:
        """The moment for ordering: the occurred date at midnight in China, else recorded_at."""
        if self.event.occurred_on is None:
            return self.recorded_at
        return datetime.combine(self.event.occurred_on, datetime.min.time(), CHINA).astimezone(UTC)


def catalogue() -> dict[str, type[Event]]:
    """Every event that can be stored: topic -> class. All subjects must be imported."""
    return {kind.TOPIC: kind for kind in _subclasses(Event)}


def subject_of(kind: type[Event]) -> str:
    """What the event is about: the module, or the package, of `events` it stands in."""
    return kind.__module__.removeprefix("events.").partition(".")[0]


def _subclasses(kind: type[Event]) -> Iterator[type[Event]]:
    for each in kind.__subclasses__():
        if "TOPIC" in each.__dict__:
            yield each
        yield from _subclasses(each)


SYSTEM = PartyRef(id="system", name="系统规则", kind="system")


def system(rule: str) -> Acting:
    """The system acting by the named rule."""
    return Acting(person="", name=rule, party=SYSTEM, role="rule", channel="system")


__all__ = ["Acting", "Event", "PartyRef", "Personal", "Recorded", "Value", "Words", "both"]
