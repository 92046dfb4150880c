"""Security events: what was refused, locked or limited, and what changed in how people come in.

From events of their own kind (accounts, roles, providers, log keys, attempts at what is for
somebody else) and from what is noted each minute (`services/security_notes.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import ClassVar

from events.accounts import (
    FactorAdded,
    FactorRemoved,
    IdentityLinked,
    OwnPasswordReplaced,
    RecoveryCodesIssued,
    SignInLocked,
    TokenEnded,
    TokenMade,
)
from events.duties import AttemptRefused
from events.event import CHINA, Event, Recorded
from events.invitations import InvitationsLimited
from events.log_keys import LogKeyIntroduced, LogKeyRetired
from events.parties import (
    FactorsReset,
    PasswordReplaced,
    PasswordResetAsked,
    PersonDisabled,
    PersonEvent,
    RoleGranted,
    RoleWithdrawn,
    SignInUnlocked,
)
from events.providers import ProviderEnded, ProviderUsed
from events.security import NOTED, SecurityNoted
from events.words import Code, Words
from services.views.view import Page, Put, Row, View, Write

KINDS = Code(
    "security_kind",
    {
        "refused": Words("登录被拒绝", "sign-in refused"),
        "locked": Words("登录名锁定和解锁", "locked and unlocked"),
        "limited": Words("请求过多", "limits hit"),
        "denied": Words("操作被拒绝", "acts refused"),
        "proofs": Words("口令、验证和令牌", "passwords, proofs, tokens"),
        "rights": Words("角色和登录方式", "roles and ways to come in"),
        "keys": Words("密钥和设置", "keys and settings"),
        "exports": Words("导出", "exports"),
    },
)
_KIND_OF_NOTED = {
    "sign-in-failed": "refused", "sign-in-locked": "refused", "second-proof-failed": "refused",
    "sign-on-failed": "refused", "denied": "denied", "not-shown": "denied", "rested": "limited",
    "foreign-form": "denied", "trap-filled": "denied", "wrong-form-token": "denied",
    "exported": "exports", "key-changed": "keys", "weak-setting": "keys",
}  # fmt: skip
_PROOFS = (
    PasswordReplaced, PasswordResetAsked, OwnPasswordReplaced, FactorAdded, FactorRemoved,
    FactorsReset, RecoveryCodesIssued, TokenMade, TokenEnded, IdentityLinked,
)  # fmt: skip
_RIGHTS = (
    RoleGranted, RoleWithdrawn, PersonDisabled, ProviderUsed, ProviderEnded, InvitationsLimited,
)  # fmt: skip
_KIND_OF: dict[type[Event], str] = {
    **dict.fromkeys((SignInLocked, SignInUnlocked), "locked"),
    **dict.fromkeys(_PROOFS, "proofs"),
    **dict.fromkeys(_RIGHTS, "rights"),
    **dict.fromkeys((LogKeyIntroduced, LogKeyRetired), "keys"),
    AttemptRefused: "denied",
}
_NEWEST = "at desc, position desc, n"


class SecurityEvents(View):
    """One row per event, and per thing that was noted."""

    name = "security"
    version = 1
    by_stream = True
    tables: ClassVar = {
        "rows": """
            position bigint, n int, kind text not null, at timestamptz not null,
            person text not null, times int not null, route text not null, whom text not null,
            source text not null, why text not null, zh text not null, en text not null"""
    }
    keys: ClassVar = {"rows": ("position", "n")}
    indexes: ClassVar = {
        "rows": (
            "(at desc, position desc, n)",
            "(kind, at desc, position desc, n)",
            "(person, at desc, position desc, n) where person <> ''",
            "(person, kind, at desc, position desc, n) where person <> ''",
        )
    }

    def see(self, recorded: Recorded) -> Iterator[Write]:
        event = recorded.event
        if isinstance(event, SecurityNoted):
            yield from _noted(event, recorded.position)
        elif kind := _KIND_OF.get(type(event)):
            yield Put("rows", _happened(recorded, kind))

    async def listed(
        self,
        *,
        kind: str = "",
        people: list[str] | None = None,
        day: date | None = None,
        number: int = 1,
    ) -> Page:
        """By kind, by the people who did it or whom it is about, of a day; newest first."""
        where = ["true"]
        values: Row = {"kind": kind, "people": people}
        where += ["kind = %(kind)s"] if kind else []
        where += ["person = any(%(people)s) and person <> ''"] if people is not None else []
        if day is not None:
            begin = datetime.combine(day, time.min, CHINA)
            where.append("at >= %(begin)s and at < %(end)s")
            values |= {"begin": begin, "end": begin + timedelta(days=1)}
        return await self.page("select * from {rows}", " and ".join(where), _NEWEST, values, number)


def _noted(event: SecurityNoted, position: int) -> Iterator[Put]:
    for n, each in enumerate(event.noted):
        words = NOTED[each.what]
        yield Put("rows", {
            "position": position, "n": n, "kind": _KIND_OF_NOTED[each.what], "at": each.at,
            "person": each.person, "times": each.times, "route": each.route, "whom": each.whom,
            "source": each.source, "why": each.why,
            "zh": words.zh, "en": words.en,
        })  # fmt: skip


def _happened(recorded: Recorded, kind: str) -> Row:
    """The event as it is read aloud; `person` is whom it is about, else who did it."""
    event, words = recorded.event, recorded.event.said()
    whom = event.who.subject if isinstance(event, PersonEvent) else event.by.person
    return {
        "position": recorded.position, "n": 0, "kind": kind, "at": recorded.recorded_at,
        "person": whom, "times": 1, "route": "", "whom": "", "source": "",
        "why": "", "zh": words.zh, "en": words.en,
    }  # fmt: skip
