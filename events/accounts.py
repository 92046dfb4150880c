"""Accounts: who came in, how, from when to when, and what she proves herself with.

Secrets stand nowhere here: neither passwords nor codes nor keys.
"""

from __future__ import annotations

from events.parties import PersonEvent
from events.terms import FACTORS, SESSION_ENDS, SIGN_IN_WAYS
from events.words import Words


class SignedIn(PersonEvent, frozen=True, kw_only=True):
    """A person came in; `way` the first proof, `factor` the second or ""."""

    TOPIC = "signed-in"
    SAYS = Words("{by} 登录（{way}{factor}）", "{by} signed in ({way}{factor})")

    way: str
    factor: str = ""

    def _values(self) -> dict[str, object]:
        second = Words(f"，{FACTORS[self.factor].zh}", f", {FACTORS[self.factor].en}")
        said = second if self.factor else Words("", "")
        return {**super()._values(), "way": SIGN_IN_WAYS[self.way], "factor": said}


class SessionEnded(PersonEvent, frozen=True, kw_only=True):
    """A session ended: she signed out, ended it elsewhere, or it had lasted long enough."""

    TOPIC = "session-ended"
    SAYS = Words("{name} 的登录结束：{why}", "A session of {name} ended: {why}")

    why: str

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "why": SESSION_ENDS[self.why]}


class TermsAccepted(PersonEvent, frozen=True, kw_only=True):
    """A person accepted a version of the terms before she began to work."""

    TOPIC = "terms-accepted"
    SAYS = Words(
        "{by} 作出使用承诺（第 {version} 版）", "{by} accepted the terms of use (version {version})"
    )

    version: int


class OwnPasswordReplaced(PersonEvent, frozen=True, kw_only=True):
    """A person changed her own password; she is signed out elsewhere."""

    TOPIC = "own-password-replaced"
    SAYS = Words("{by} 更换了自己的密码", "{by} changed her own password")


class FactorAdded(PersonEvent, frozen=True, kw_only=True):
    """A person has another second proof."""

    TOPIC = "factor-added"
    SAYS = Words("{by} 添加了{kind}“{label}”", "{by} added a second factor, {kind}: {label}")

    kind: str
    label: str = ""

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "kind": FACTORS[self.kind]}


class FactorRemoved(PersonEvent, frozen=True, kw_only=True):
    """A person took one of her second proofs away."""

    TOPIC = "factor-removed"
    SAYS = Words("{by} 移除了{kind}“{label}”", "{by} removed a second factor, {kind}: {label}")

    kind: str
    label: str = ""

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "kind": FACTORS[self.kind]}


class RecoveryCodesIssued(PersonEvent, frozen=True, kw_only=True):
    """A person got new recovery codes; older ones no longer count."""

    TOPIC = "recovery-codes-issued"
    SAYS = Words("{by} 取得了 {many} 个恢复码", "{by} got {many} recovery codes")

    many: int


class SignInLocked(PersonEvent, frozen=True, kw_only=True):
    """After too many wrong answers nobody signs in with this name until it is unlocked."""

    TOPIC = "sign-in-locked"
    SAYS = Words(
        "{name} 的登录名因连续输错 {tries} 次被锁定",
        "The sign-in name of {name} was locked after {tries} wrong answers",
    )

    tries: int


class TokenMade(PersonEvent, frozen=True, kw_only=True):
    """A person made a token, with which a program of her party reads the log."""

    TOPIC = "token-made"
    SAYS = Words("{by} 生成了读取日志的令牌“{label}”", "{by} made a token to read the log: {label}")

    label: str = ""


class TokenEnded(PersonEvent, frozen=True, kw_only=True):
    """A token no longer opens anything."""

    TOPIC = "token-ended"
    SAYS = Words("{by} 停用了令牌“{label}”", "{by} ended the token {label}")

    label: str = ""


class IdentityLinked(PersonEvent, frozen=True, kw_only=True):
    """An account at a party's provider lets this person in."""

    TOPIC = "identity-linked"
    SAYS = Words(
        "{by} 关联了单位账号（{issuer}）", "{by} linked an account of the organisation ({issuer})"
    )

    issuer: str
