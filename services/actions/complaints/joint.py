"""Joint complaints and repeats: merged into one, and separated as if nothing had been (121 §12).

Both complaints say it, in one append. What a merged one was before stands in its record, so that
separating it gives back its state and its time.
"""

from __future__ import annotations

from typing import Annotated

from events.complaints import (
    ComplaintLetGo,
    ComplaintMerged,
    ComplaintSeparated,
    ComplaintTookIn,
    RepresentativesNamed,
    RepresentedConsented,
)
from events.complaints.terms import BINDINGS
from events.log import Append, Appended
from events.words import Words
from services import access
from services.actions.change import Log, change, idempotency_key, load
from services.actions.command import Given, Reason, RecordId, Text, ask, one_of
from services.actions.complaints.complaint import Complaint, OnComplaint
from services.actions.refused import NotFound, Refused


class MergeComplaint(OnComplaint):
    """Handle it with another one: a repeat of it, or jointly."""

    SAYS = Words("并案", "Merge into another complaint")

    into: RecordId
    into_number: Text = ask(
        "并入哪一件？", "Into which complaint?", default="",
        hint=Words("本单位办理的另一件投诉的编号。", "The number of another one that you handle."),
    )  # fmt: skip
    how: Annotated[Given, one_of(BINDINGS)] = ask(
        "为什么并案？", "Why are they handled as one?", widget="radios", options=BINDINGS
    )
    reason: Reason = ask("理由", "Reasons", widget="area",
        hint=Words("共同投诉要经投诉人同意，请写明。", "Joint: say that the consumers agree."),
    )  # fmt: skip


async def merge_complaint(log: Log, command: MergeComplaint) -> Appended:
    one = await load(log, Complaint, command.complaint)
    lead = await load(log, Complaint, command.into)
    if not one.version or not lead.version:
        raise NotFound(Words("没有找到这条记录", "There is no such record"))
    command = command.model_copy(update={"into_number": lead.number})
    for each in (one, lead):
        access.check(command, each)
    merge(one, command)
    take_in(lead, one.number, command)
    return await _both(log, one, lead, command)


def merge(complaint: Complaint, command: MergeComplaint) -> None:
    if command.into == complaint.id:
        raise Refused(
            Words(
                "请填写本单位办理的另一件投诉的编号",
                "Give the number of another complaint that you handle",
            ),
            field="into_number",
        )
    if complaint.taken_in:
        raise Refused(
            Words(
                "已有其他投诉并入本件，请先把它们分出",
                "Others are merged into this one; separate them first",
            )
        )
    complaint.say(
        ComplaintMerged, command, other=str(command.into), other_number=command.into_number,
        how=command.how, reason=command.reason,
    )  # fmt: skip


def take_in(lead: Complaint, number: str, command: MergeComplaint) -> None:
    lead.say(
        ComplaintTookIn, command, other=str(command.complaint), other_number=number,
        how=command.how, reason=command.reason,
    )  # fmt: skip


class SeparateComplaint(OnComplaint):
    """It stands by itself again."""

    SAYS = Words("分案", "Separate")

    reason: Reason = ask("为什么分开？", "Why are they separated?", widget="area")


async def separate_complaint(log: Log, command: SeparateComplaint) -> Appended:
    one = await load(log, Complaint, command.complaint)
    if not one.version:
        raise NotFound(Words("没有找到这条记录", "There is no such record"))
    access.check(command, one)
    lead = await load(log, Complaint, RecordId(one.merged_into))
    how = one.merged_as
    separate(one, command)
    let_go(lead, one.number, how, command)
    return await _both(log, one, lead, command)


def separate(complaint: Complaint, command: SeparateComplaint) -> None:
    complaint.say(
        ComplaintSeparated, command, other=complaint.merged_into,
        other_number=complaint.merged_into_number, how=complaint.merged_as,
        resumes=complaint.before_merge, reason=command.reason,
    )  # fmt: skip


def let_go(lead: Complaint, number: str, how: str, command: SeparateComplaint) -> None:
    lead.say(
        ComplaintLetGo, command, other=str(command.complaint), other_number=number,
        how=how, reason=command.reason,
    )  # fmt: skip


async def _both(log: Log, one: Complaint, lead: Complaint, command: OnComplaint) -> Appended:
    made = [Append(each.id, each.version - len(each.new), each.new) for each in (one, lead)]
    return await log.append(made, idempotency_key(command))


class NameRepresentatives(OnComplaint):
    """Who complain jointly chose one or two of them in writing."""

    SAYS = Words("登记代表人", "Record the representatives")

    representatives: tuple[str, ...] = ask(
        "哪一件或者哪两件的投诉人是代表人？", "The consumers of which one or two complaints?",
        default=(),
    )  # fmt: skip


async def name_representatives(log: Log, command: NameRepresentatives) -> Appended:
    return await change(log, Complaint, command.complaint, command, name)


def name(complaint: Complaint, command: NameRepresentatives) -> None:
    """Two at most, of those who complain jointly; this complaint's own consumer among them."""
    joint = {id: number for id, (number, how) in complaint.taken_in.items() if how == "joint"}
    all_ = {str(complaint.id): complaint.number, **joint}
    if not joint:
        raise Refused(
            Words("这件不是共同投诉，没有代表人", "This is no joint complaint; it has none")
        )
    if not 1 <= len(set(command.representatives)) <= 2 or set(command.representatives) - set(all_):
        raise Refused(
            Words(
                "请在共同投诉中选择一名或者两名代表人", "Choose one or two of the joint complaints"
            ),
            field="representatives",
        )
    chosen = list(dict.fromkeys(command.representatives))
    numbers = "、".join(all_[id] for id in chosen)
    complaint.say(RepresentativesNamed, command, complaints=chosen, numbers=numbers)


class ConsentAsRepresented(OnComplaint):
    """One who is represented agrees to settle, or to give up the claim."""

    SAYS = Words("被代表人同意和解", "The represented agree to settle")

    who: Given = ask("哪一件的投诉人？", "The consumer of which complaint?", widget="select")


async def consent_as_represented(log: Log, command: ConsentAsRepresented) -> Appended:
    return await change(log, Complaint, command.complaint, command, agree_as_represented)


def agree_as_represented(complaint: Complaint, command: ConsentAsRepresented) -> None:
    own = complaint.relation(command.by) != "represented" or command.who == command.by.party.id
    waiting = {id: n for id, (n, _) in complaint.taken_in.items() if n in complaint.undecided()}
    if not own or command.who not in waiting:
        raise Refused(
            Words(
                "这件投诉现在没有等这位投诉人同意的事", "Nothing waits for this consumer's consent"
            ),
            field="who",
        )
    complaint.say(
        RepresentedConsented, command, other=command.who, other_number=waiting[command.who]
    )


def refuse_unrepresented(complaint: Complaint) -> None:
    """Representatives settle or give up only with the consent of those they represent."""
    if waiting := complaint.undecided():
        numbers = "、".join(waiting)
        raise Refused(
            Words(
                f"共同投诉还没有得到这些投诉人的同意：{numbers}（121号令第十二条）",
                f"These joint consumers have not agreed yet: {numbers} "
                "(SAMR Order 121, Article 12)",
            )
        )
