"""Enforcement follow-up: directives, answers, re-checks, and the result the council is owed."""

from __future__ import annotations

from datetime import date

from events.event import Event, PartyRef
from events.terms import DIRECTIVES, SOURCES
from events.words import Words


class FollowUpEvent(Event, frozen=True, kw_only=True):
    """About one follow-up: its number, the enterprise, the regulator."""

    number: str
    enterprise: PartyRef
    regulator: PartyRef


class FollowUpOpened(FollowUpEvent, frozen=True, kw_only=True):
    """A regulator opened a follow-up; `raised_by` is owed the result."""

    TOPIC = "follow-up-opened"
    SAYS = Words(
        "{by} 对“{enterprise}”立项跟进 {number}（来源：{source}）：{matter}",
        "{by} opened follow-up {number} on {enterprise} (source: {source}): {matter}",
    )

    source: str
    matter: str
    source_number: str = ""
    complaint: str = ""
    pledge: str = ""
    problem: str = ""
    raised_by: PartyRef | None = None

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "source": SOURCES[self.source]}


class DirectiveEvent(FollowUpEvent, frozen=True, kw_only=True):
    """About one directive within a follow-up."""

    directive: str

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "directive": DIRECTIVES[self.directive]}


class DirectiveIssued(DirectiveEvent, frozen=True, kw_only=True):
    """A rectification order, a talk or a warning letter was issued with a date for the answer."""

    TOPIC = "directive-issued"
    SAYS = Words(
        "{by} 向“{enterprise}”发出{directive}（{number}），要求 {due}前答复：{demands}",
        "{by} issued a {directive} to {enterprise} ({number}), answer due {due}: {demands}",
    )

    demands: str
    basis: str
    due: date
    problem: str = ""


class DirectiveDelivered(DirectiveEvent, frozen=True, kw_only=True):
    """The directive reached the enterprise; its clock runs from here."""

    TOPIC = "directive-delivered"
    SAYS = Words(
        "{by} 将{directive}送达“{enterprise}”（{number}）：{how}",
        "{by} delivered the {directive} to {enterprise} ({number}): {how}",
    )

    how: str
    due: date


class DirectiveAnswered(DirectiveEvent, frozen=True, kw_only=True):
    """The enterprise answered with what it did."""

    TOPIC = "directive-answered"
    SAYS = Words(
        "{by} 答复{directive}（{number}）：{answer}",
        "{by} answered the {directive} ({number}): {answer}",
    )

    answer: str

    def _actor(self) -> Words:
        """The enterprise answers, also where the regulator's clerk recorded it."""
        who = super()._actor()
        if not self.by.on_behalf_of:
            return who
        name = self.by.on_behalf_of
        return Words(f"“{name}”（由 {who.zh} 代为记录）", f"{name} (recorded by {who.en})")


class RecheckPassed(FollowUpEvent, frozen=True, kw_only=True):
    """The regulator looked again and found the matter put right."""

    TOPIC = "recheck-passed"
    SAYS = Words(
        "{by} 复查“{enterprise}”（{number}），合格：{finding}",
        "{by} re-checked {enterprise} ({number}), passed: {finding}",
    )

    finding: str


class RecheckFailed(FollowUpEvent, frozen=True, kw_only=True):
    """The regulator looked again and the matter was not put right."""

    TOPIC = "recheck-failed"
    SAYS = Words(
        "{by} 复查“{enterprise}”（{number}），不合格：{finding}",
        "{by} re-checked {enterprise} ({number}), failed: {finding}",
    )

    finding: str


class FollowUpClosed(FollowUpEvent, frozen=True, kw_only=True):
    """The follow-up was closed with its reason."""

    TOPIC = "follow-up-closed"
    SAYS = Words("{by} 办结跟进 {number}：{reason}", "{by} closed follow-up {number}: {reason}")


class ResultSentToCouncil(FollowUpEvent, frozen=True, kw_only=True):
    """The council that raised the matter was told the result (R778 §36)."""

    TOPIC = "result-sent-to-council"
    SAYS = Words(
        "{by} 将跟进 {number} 的结果告知{council}：{result}",
        "{by} told {council} the result of follow-up {number}: {result}",
    )

    council: PartyRef
    result: str
    complaint: str = ""
    complaint_number: str = ""
