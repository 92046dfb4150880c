"""Member pledges (会员承诺): one member signed one pledge; evidence, judgement, questions.

The association's secretary signs for a current member, or the member's own contact signs.
Evidence is what somebody declares until somebody else has judged it: who handed it in cannot
judge it (R19, `services/duties.py`). Without any evidence "not met" can be judged only after the
period has ended.

Questions run beside the state (`asked`); they stand in `member_questions`. A member has at
most one record per pledge; after a withdrawal it can sign again in that record.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from events.event import Acting, Event, PartyRef
from events.evidence import NewFile
from events.ids import derived_id
from events.log import Appended
from events.pledges import (
    BreachSuspected,
    EvidenceSubmitted,
    MemberPledgeEvent,
    MemberQuestioned,
    PledgeMet,
    PledgeNotMet,
    PledgeSigned,
    PledgeSpotChecked,
    PledgeWithdrawn,
    QuestionAnswered,
    spot_checked,
)
from events.words import Code, Words
from services.actions.change import Log, begin, change, load
from services.actions.command import Command, Reason, RecordId, ask
from services.actions.parties import Party
from services.actions.pledges import Pledge
from services.actions.refused import NotAllowed, NotFound, Refused
from services.actions.shared import Shared

STATES = Code(
    "member_pledge_state",
    {
        "active": Words("履行中", "being kept"),
        "evidence": Words("已交证明，待认定", "to be judged"),
        "met": Words("已履行", "met"),
        "not_met": Words("未履行", "not met"),
        "withdrawn": Words("已撤回", "withdrawn"),
    },
)


class SignPledge(Command):
    """Sign a published pledge for a member: by its association, or by the member itself."""

    SAYS = Words("签署承诺", "Sign the pledge")

    pledge: RecordId
    enterprise: PartyRef


class OnMemberPledge(Command):
    """A command on one member's pledge."""

    member_pledge: RecordId


class SubmitEvidence(OnMemberPledge):
    """Hand in evidence; it is self-declared until somebody else has judged it."""

    SAYS = Words("提交证明材料", "Submit evidence")

    files: tuple[NewFile, ...] = ()
    what: Reason = ask(
        "证明了什么，凭哪些材料？", "What does it show, and by which material?", widget="area",
        hint=Words(
            "例如：12 月出货 2,000 只，标签照片 40 张，存协会档案 2026-118 号",
            "For example: 2,000 units shipped in December, 40 photos, association file 2026-118",
        ),
    )  # fmt: skip


class JudgeMet(OnMemberPledge):
    """Judge that the pledge was met."""

    SAYS = Words("认定已履行", "Judge: met")

    reason: Reason = ask("根据什么认定？", "What is the judgement based on?", widget="area")


class JudgeNotMet(OnMemberPledge):
    """Judge that the pledge was not met."""

    SAYS = Words("认定未履行", "Judge: not met")

    reason: Reason = ask("哪里没有做到？", "What was not done?", widget="area")


class WithdrawPledge(OnMemberPledge):
    """Withdraw the signature; the history stays."""

    SAYS = Words("撤回承诺", "Withdraw the pledge")

    reason: Reason = ask("为什么撤回？", "Why is it withdrawn?", widget="area")


def member_pledge_id(pledge: UUID, enterprise: PartyRef) -> UUID:
    """The one record of this member under this pledge."""
    return derived_id(pledge, enterprise.id)


async def sign_pledge(log: Log, command: SignPledge) -> Appended:
    """Sign it where the pledge is published and the enterprise is a member now."""
    pledge = await load(log, Pledge, command.pledge)
    if not pledge.version:
        raise NotFound(Words("没有找到这份承诺", "There is no such pledge"))
    association = await load(log, Party, UUID(pledge.wording.association.id))
    is_member = command.enterprise.id in association.members
    id = member_pledge_id(command.pledge, command.enterprise)
    through = change if (await load(log, MemberPledge, id)).version else begin
    return await through(
        log, MemberPledge, id, command, lambda record, c: record.sign(c, pledge, is_member)
    )


async def submit_evidence(log: Log, command: SubmitEvidence) -> Appended:
    return await change(log, MemberPledge, command.member_pledge, command, MemberPledge.submit)


async def judge_met(log: Log, command: JudgeMet) -> Appended:
    return await change(log, MemberPledge, command.member_pledge, command, MemberPledge.met)


async def judge_not_met(log: Log, command: JudgeNotMet) -> Appended:
    return await change(log, MemberPledge, command.member_pledge, command, MemberPledge.not_met)


async def withdraw_pledge(log: Log, command: WithdrawPledge) -> Appended:
    return await change(log, MemberPledge, command.member_pledge, command, MemberPledge.withdraw)


class MemberPledge(Shared):
    """The rules of one member's pledge."""

    WORD: ClassVar[Words] = Words("会员承诺", "member's pledge")
    CASE: ClassVar[str] = "member-pledge"
    OWNER: ClassVar[str] = "association"

    def __init__(self, id: UUID) -> None:
        super().__init__(id)
        self.signed: PledgeSigned | None = None
        self.asked = ""
        self.checked: PledgeSpotChecked | None = None
        self.flagged: set[str] = set()

    @property
    def case_number(self) -> str:
        return self.agreed.number

    @property
    def case_about(self) -> PartyRef | None:
        return self.agreed.enterprise

    @property
    def in_charge(self) -> str:
        return self.agreed.association.id

    def own_relation(self, by: Acting) -> str:
        if self.signed is None:
            return "new"
        if by.party.id == self.signed.association.id:
            return "association"
        return "member" if by.party.id == self.signed.enterprise.id else "none"

    # -- rules ---------------------------------------------------------------------------

    def sign(self, command: SignPledge, pledge: Pledge, is_member: bool) -> None:
        text, enterprise = pledge.wording, command.enterprise
        if command.by.party.id not in (text.association.id, enterprise.id):
            raise NotAllowed(_NOT_YOURS.fill(association=text.association, member=enterprise))
        if pledge.state != "published":
            raise Refused(_NOT_PUBLISHED.fill(title=text.title))
        if not is_member:
            raise Refused(
                _NO_MEMBER.fill(member=enterprise, association=text.association), field="enterprise"
            )
        if command.on > text.period_to:
            raise Refused(_PERIOD_OVER.fill(title=text.title, end=text.period_to))
        self.record(
            PledgeSigned,
            command,
            number=text.number,
            pledge=str(pledge.id),
            title=text.title,
            association=text.association,
            enterprise=enterprise,
            period_from=text.period_from,
            period_to=text.period_to,
        )

    def submit(self, command: SubmitEvidence) -> None:
        self.say(EvidenceSubmitted, command, what=command.what)
        self.attach(command, command.files)

    def met(self, command: JudgeMet) -> None:
        if self.checked is not None and self.checked.falls_short:
            found = self.checked
            result = spot_checked(found.sample, found.conforming, found.percent)
            raise Refused(_FELL_SHORT.fill(party=found.by.party, result=result))
        self.say(PledgeMet, command, reason=command.reason)

    def not_met(self, command: JudgeNotMet) -> None:
        if self.state == "active" and command.on <= self.period_to:
            raise Refused(_STILL_IN_TIME.fill(end=self.period_to))
        self.say(PledgeNotMet, command, reason=command.reason)

    def withdraw(self, command: WithdrawPledge) -> None:
        self.say(PledgeWithdrawn, command, reason=command.reason)

    @property
    def agreed(self) -> PledgeSigned:
        """What was signed, by whom and for which period."""
        assert self.signed is not None
        return self.signed

    @property
    def period_to(self) -> date:
        """The last day of the period that was signed."""
        return self.agreed.period_to

    def say(self, kind: type[MemberPledgeEvent], command: Command, **fields: object) -> None:
        names = ("number", "pledge", "title", "association", "enterprise")
        about = {name: getattr(self.agreed, name) for name in names}
        self.record(kind, command, **about, **fields)

    # -- state ---------------------------------------------------------------------------

    def when(self, event: Event) -> None:
        self.state = _STATE_AFTER.get(type(event), self.state)
        match event:
            case PledgeSigned():
                self.signed, self.checked, self.asked = event, None, ""
            case PledgeSpotChecked():
                self.checked = event
            case BreachSuspected():
                self.flagged.add(event.cause_number)
            case MemberQuestioned():
                self.asked = "questioned"
            case QuestionAnswered():
                self.asked = "answered"


_STATE_AFTER: dict[type[Event], str] = {
    PledgeSigned: "active",
    EvidenceSubmitted: "evidence",
    PledgeMet: "met",
    PledgeNotMet: "not_met",
    PledgeWithdrawn: "withdrawn",
}

_NOT_YOURS = Words(
    "这份承诺只能由{association}或者“{member}”自己签署",
    "Only {association} or {member} itself can sign this pledge",
)
_NOT_PUBLISHED = Words(
    "《{title}》还没有发布，不能签署。协会发布后再签署。",
    "{title} is not published yet and cannot be signed. Sign it once it is published.",
)
_NO_MEMBER = Words(
    "“{member}”现在不是{association}的会员，不能签署。先登记入会，再签署承诺。",
    "{member} is not a member of {association} now and cannot sign. Admit it first, then sign.",
)
_PERIOD_OVER = Words(
    "《{title}》的期间到 {end} 为止，现在不能再签署。可以起草一份新的承诺。",
    "The period of {title} ended on {end}; it can no longer be signed. Draft a new pledge.",
)
_FELL_SHORT = Words(
    "{party}抽查的结果是“{result}”，不能认定已履行。再次抽查达到目标后再认定。",
    "{party} found: {result}. It cannot be judged met until a further spot check meets the target.",
)
_STILL_IN_TIME = Words(
    "会员在 {end} 前都可以提交证明材料，现在不能认定未履行；到期仍未提交时再认定。",
    "The member may submit evidence until {end}; judge it not met once that date has passed.",
)
