"""Comments: what the business says beside a publication; the body checks it before it is shown.

It may be written as soon as the complaint ended and may become public, so that it stands there
from the first day; no text gives it a term. A later edition replaces an earlier one once that is
shown. The body cannot keep it back without a ground: that one waits is said with the publication.
"""

from __future__ import annotations

from typing import Annotated

from events.complaints import CommentDeclined, CommentShown, CommentWithdrawn, CommentWritten
from events.complaints.terms import COMMENT_GROUNDS
from events.log import Appended
from events.words import Words
from services.actions.change import Log, change
from services.actions.command import Given, Reason, ask, one_of
from services.actions.complaints.complaint import Complaint, OnComplaint, personal
from services.actions.refused import Refused


class WriteComment(OnComplaint):
    """Write what shall stand beside the publication."""

    SAYS = Words("写企业说明", "Write a comment")

    comment: Reason = ask(
        "公示旁边写什么？", "What shall stand beside the publication?", widget="area",
        hint=Words(
            "所有人都能看到。不写消费者和其他人的姓名、电话、地址。"
            "承办单位查看后显示；不显示的，会说明依据。再写一稿，就代替这一稿。",
            "Everybody will read it; name nobody. The body in charge checks it before it is shown, "
            "and says on what ground if it is not. A later edition replaces this one.",
        ),
    )  # fmt: skip


async def write_comment(log: Log, command: WriteComment) -> Appended:
    return await change(log, Complaint, command.complaint, command, write)


def write(complaint: Complaint, command: WriteComment) -> None:
    if not complaint.can_be_public:
        raise Refused(
            Words(
                "消费者没有同意公示，这件投诉不会公示，不用写说明",
                "The consumer does not agree to publication, so there is nothing to comment on",
            )
        )
    said = personal(complaint.id, command, "comment")
    complaint.say(CommentWritten, command, edition=complaint.comment.last + 1, comment=said)


class WithdrawComment(OnComplaint):
    """Take the comment back."""

    SAYS = Words("撤回企业说明", "Withdraw the comment")


async def withdraw_comment(log: Log, command: WithdrawComment) -> Appended:
    return await change(log, Complaint, command.complaint, command, withdraw)


def withdraw(complaint: Complaint, command: WithdrawComment) -> None:
    complaint.say(CommentWithdrawn, command, edition=complaint.comment.to_end())


class ShowComment(OnComplaint):
    """Show it beside the publication."""

    SAYS = Words("显示企业说明", "Show the comment of the business")


async def show_comment(log: Log, command: ShowComment) -> Appended:
    return await change(log, Complaint, command.complaint, command, show)


def show(complaint: Complaint, command: ShowComment) -> None:
    complaint.say(CommentShown, command, edition=complaint.comment.to_show())


class DeclineComment(OnComplaint):
    """Do not show it, or no longer, on a stated ground."""

    SAYS = Words("不显示企业说明", "Do not show the comment")

    ground: Annotated[Given, one_of(COMMENT_GROUNDS)] = ask(
        "依据是什么？", "On what ground?", widget="radios", options=COMMENT_GROUNDS
    )
    reason: Reason = ask(
        "具体是哪一处？", "Which part of it?", widget="area",
        hint=Words(
            "企业会看到这段话，可以据此重写。不要照抄其中的个人信息。",
            "The business reads this and can write anew. Do not repeat what it says of persons.",
        ),
    )  # fmt: skip


async def decline_comment(log: Log, command: DeclineComment) -> Appended:
    return await change(log, Complaint, command.complaint, command, decline)


def decline(complaint: Complaint, command: DeclineComment) -> None:
    complaint.say(
        CommentDeclined, command, edition=complaint.comment.to_end(),
        ground=command.ground, reason=command.reason,
    )  # fmt: skip
