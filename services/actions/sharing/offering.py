"""Offering: the party in charge offers a part, raises or lowers a level, takes a part back."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import ConfigDict, field_validator

from events.event import Acting, PartyRef
from events.log import Appended
from events.sharing import (
    LEVELS,
    RANK,
    RelationLowered,
    RelationOffered,
    RelationPrescribed,
    RelationRaiseOffered,
    RelationWithdrawn,
)
from events.terms import PARTY_KINDS
from events.words import Code, Words
from services.actions.change import Log
from services.actions.command import Given, Reason, Text, ask, one_of, wrong
from services.actions.evidence.adding import OnRecord, on_record
from services.actions.refused import AlreadyDecided, NotFound, Refused
from services.actions.shared import Part, Shared

#: What leaves room for a part: nothing, or to have had the case before.
WITHOUT = ("none", "former")
#: A level that can be chosen.
Level = Annotated[Given, one_of(LEVELS)]
YES_NO = Code("yes_no", {"yes": Words("附", "yes"), "no": Words("不附", "no")})


class OfferRelation(OnRecord):
    """Offer a party a part; it binds once it is accepted."""

    SAYS = Words("邀请其他单位", "Offer another party a part")

    to: PartyRef = ask("请哪个单位加入？", "Which party?", widget="select")
    relation: Level = ask(
        "它可以做什么？", "What may it do?", widget="radios", options=LEVELS,
        hint=Words("参与方可以查阅并作自己的陈述；查阅方只能查阅。",
                   "A contributor reads and makes its own statements; a reader only reads."),
    )  # fmt: skip
    message: Text = ask(
        "附言（可以不填）", "Message (optional)", widget="area", default="",
        hint=Words("说明为什么请它加入。这段话会随记录保存，不要写个人信息。",
                   "Why it is asked. It stays in the record; leave out personal data."),
    )  # fmt: skip


async def offer_relation(log: Log, command: OfferRelation) -> Appended:
    return await on_record(log, command, offer)


def offer(record: Shared, command: OfferRelation) -> None:
    _refuse_kind(record, command.to, command.by)
    if record.own_relation(_anybody_of(command.to)) not in WITHOUT:
        raise Refused(_HAS_ITS_OWN.fill(to=command.to), field="to")
    if part := record.parts.get(command.to.id):
        raise Refused(_HAS.fill(to=command.to, level=_level(part)), field="to")
    record.share(
        RelationOffered, command,
        to=command.to, relation=command.relation, message=command.message,
    )  # fmt: skip


class ChangeLevel(OnRecord):
    """Give a party that has a part another level. `was` is what it has, as the page showed it."""

    model_config = ConfigDict(validate_default=True)
    SAYS = Words("变更权限", "Change the level")

    party: str
    was: str
    relation: Level = ask(
        "改为哪一级？", "To which level?", widget="radios", options=LEVELS,
        hint=Words("提高权限要等对方同意；降低权限立即生效。",
                   "A higher level waits for the party's acceptance; a lower one binds at once."),
    )  # fmt: skip
    with_message: Annotated[str, one_of(YES_NO)] = ask(
        "要附一段话吗？", "Include a message?", widget="radios", options=YES_NO, default="",
    )  # fmt: skip
    message: Text = ask("附言", "Message", widget="area", default="")

    @field_validator("relation")
    @classmethod
    def _another(cls, value: str, info: Any) -> str:
        if value == info.data.get("was"):
            level = LEVELS[value]
            wrong(
                f"现在已经是“{level.zh}”，请选择另一级", f"It is {level.en} already; choose another"
            )
        return value

    @field_validator("with_message")
    @classmethod
    def _says_whether(cls, value: str) -> str:
        if not value:
            wrong("请说明是否附一段话", "Say whether to include a message")
        return value

    @field_validator("message")
    @classmethod
    def _says_it(cls, value: str, info: Any) -> str:
        if info.data.get("with_message") == "yes" and not value:
            wrong("请填写附言，或者选择“不附”", "Write the message, or choose “no”")
        return value


async def change_level(log: Log, command: ChangeLevel) -> Appended:
    return await on_record(log, command, level)


def level(record: Shared, command: ChangeLevel) -> None:
    part = _part(record, command.party)
    if not part.relation:
        raise Refused(_NOT_ANSWERED.fill(to=part.party))
    if part.relation != command.was:
        raise AlreadyDecided(_HAS.fill(to=part.party, level=_level(part)))
    if command.relation == part.relation:
        raise Refused(_SAME.fill(level=LEVELS[part.relation]), field="relation")
    raised = RANK[command.relation] > RANK[part.relation]
    record.share(
        RelationRaiseOffered if raised else RelationLowered, command,
        to=part.party, was=part.relation, relation=command.relation,
        message=command.message if command.with_message == "yes" else "",
    )  # fmt: skip


class WithdrawRelation(OnRecord):
    """Take a part, or the offer of one, back."""

    SAYS = Words("撤回权限", "Withdraw the part")

    party: str
    reason: Reason = ask("为什么撤回？", "Why is it withdrawn?", widget="area")


async def withdraw_relation(log: Log, command: WithdrawRelation) -> Appended:
    return await on_record(log, command, withdraw)


def withdraw(record: Shared, command: WithdrawRelation) -> None:
    part = _part(record, command.party)
    record.share(
        RelationWithdrawn, command, party=part.party,
        relation=part.relation or part.offered, reason=command.reason,
    )  # fmt: skip


class PrescribeRelation(OnRecord):
    """Give a party a part by a rule of the platform: nobody is asked, everybody sees why."""

    SAYS = Words("按规则加入单位", "Add a party by a rule")

    to: PartyRef
    relation: Level
    reason: Reason


async def prescribe_relation(log: Log, command: PrescribeRelation) -> Appended:
    return await on_record(log, command, prescribe)


def prescribe(record: Shared, command: PrescribeRelation) -> None:
    """Never less than it has; what it is by the case's own events is not for a rule to change."""
    _refuse_kind(record, command.to, command.by)
    part = record.parts.get(command.to.id, Part(command.to))
    own = record.own_relation(_anybody_of(command.to))
    if own not in WITHOUT or RANK[part.relation] >= RANK[command.relation]:
        raise AlreadyDecided(_HAS_ITS_OWN.fill(to=command.to))
    record.share(
        RelationPrescribed, command,
        to=command.to, relation=command.relation, was=part.relation, reason=command.reason,
    )  # fmt: skip


def _refuse_kind(record: Shared, to: PartyRef, by: Acting) -> None:
    if to.kind not in record.OFFERED_TO or to.id == by.party.id:
        kinds = [PARTY_KINDS[kind] for kind in record.OFFERED_TO]
        zh, en = "、".join(each.zh for each in kinds), ", ".join(each.en for each in kinds)
        raise Refused(_NOT_THIS_KIND.fill(to=to, kinds=Words(zh, en)), field="to")


def _part(record: Shared, party: str) -> Part:
    if party not in record.parts:
        raise NotFound(Words("该单位没有加入这件记录", "This party has no part in the record"))
    return record.parts[party]


def _anybody_of(party: PartyRef) -> Acting:
    return Acting(person="", name="", party=party, role="")


def _level(part: Part) -> Words:
    level = LEVELS[part.relation or part.offered]
    if part.relation:
        return level
    return Words(f"{level.zh}，待答复", f"{level.en}, not answered yet")


_NOT_THIS_KIND = Words(
    "不能请“{to}”加入。请选择另一个单位（{kinds}）。",
    "{to} cannot be offered a part. Choose another body ({kinds}).",
)
_HAS_ITS_OWN = Words(
    "“{to}”本来就与这件记录有关，不需要邀请", "{to} is a party to this record already"
)
_HAS = Words("“{to}”已经是：{level}", "{to} already is: {level}")
_NOT_ANSWERED = Words(
    "“{to}”还没有答复邀请。可以撤回邀请，重新发出。",
    "{to} has not answered the offer yet. Withdraw it and offer anew.",
)
_SAME = Words("现在已经是“{level}”，请选择另一级", "It is {level} already; choose another")
