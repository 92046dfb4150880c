"""What happens next with a complaint, and until when: as plain sentences to the consumer."""

from __future__ import annotations

from typing import Any

from events.terms import DIRECTIVES, REFUSAL_GROUNDS, REMEDIES, TERMINATION_GROUNDS, Money
from events.words import Code, Words, both, in_words
from services.clocks.deadline import Deadline
from services.clocks.due import due
from services.clocks.rules import RULES

Row = dict[str, Any]


def deadline(row: Row) -> Deadline | None:
    """The clock that now runs for the consumer, if any."""
    regulator = row["handler_kind"] == "regulator"
    if row["state"] == "received":
        return due(RULES["C1" if regulator else "C8"], row["since"])
    if row["state"] in ("accepted", "mediating"):
        return due(RULES["C2" if regulator else "C9"], row["accepted_on"] or row["since"])
    return None


def by_when(clock: Deadline | None) -> Words:
    """Until when, or that no number of days is laid down."""
    if clock is None:
        return both("")
    if clock.safe is None:
        return Words(
            "法律要求及时办理，没有规定具体天数。",
            "The law says promptly, without a number of days.",
        )
    zh, en = in_words(clock.safe)
    return Words(f"最迟 {zh}。", f"By {en} at the latest.")


def next_step(row: Row) -> Words:
    """What comes next, and who does it."""
    return _NEXT[row["state"]].fill(body=row["handler_name"])


_NEXT = {
    "received": Words(
        "{body}会决定是否受理您的投诉，并告诉您。",
        "{body} will decide whether to accept your complaint, and tell you.",
    ),
    "accepted": Words(
        "{body}已受理，接下来联系您和商家，组织调解。",
        "{body} accepted it and will now bring you and the business together.",
    ),
    "mediating": Words("{body}正在调解，请留意电话。", "{body} is mediating; expect a call."),
    "refused": Words(
        "{body}不予受理。您还可以走下面的途径。", "{body} refused it. Other ways are open to you."
    ),
    "agreed": Words(
        "双方已达成协议。商家没有照做的话，请告诉{body}。",
        "You have an agreement. If the business does not keep it, tell {body}.",
    ),
    "terminated": Words(
        "调解没有成功。您还可以走下面的途径。", "Mediation failed. Other ways are open to you."
    ),
    "withdrawn": Words("您已撤回投诉，不再处理。", "You withdrew the complaint; it has ended."),
    "closed": Words("这件投诉已办结。", "This complaint is closed."),
    "reversed": Words("这条记录已撤销。", "This record was taken back."),
}


def milestone(row: Row) -> Words:
    """A milestone as a sentence."""
    words = _MILESTONES[row["what"]]
    amount = Money(minor=row["amount"], currency=row["currency"]) if row["amount"] else None
    codes = _CODES.get(row["what"])
    return words.fill(
        body=row["body"],
        code=codes[row["code"]] if codes else "",
        reason=row["reason"],
        amount=amount.said() if amount else "",
    )


_CODES: dict[str, Code] = {
    "complaint-refused": REFUSAL_GROUNDS,
    "agreement-reached": REMEDIES,
    "mediation-terminated": TERMINATION_GROUNDS,
    "directive-issued": DIRECTIVES,
}
_MILESTONES = {
    "complaint-registered": Words("{body}收到投诉", "{body} received the complaint"),
    "complaint-accepted": Words("{body}受理了投诉", "{body} accepted the complaint"),
    "complaint-refused": Words(
        "{body}决定不予受理，依据：{code}。理由：{reason}",
        "{body} refused the complaint; ground: {code}. Reason: {reason}",
    ),
    "complaint-transferred": Words("投诉转给{body}", "The complaint went to {body}"),
    "hand-over-accepted": Words("{body}接办了投诉", "{body} took the complaint over"),
    "record-moved": Words("投诉由{body}继续办理", "{body} goes on with the complaint"),
    "mediation-started": Words("{body}开始调解", "{body} began mediation"),
    "agreement-reached": Words("双方达成协议：{code}", "You reached an agreement: {code}"),
    "mediation-terminated": Words(
        "{body}终止调解，依据：{code}", "{body} ended mediation; ground: {code}"
    ),
    "restitution-recorded": Words("为您挽回 {amount}", "You recovered {amount}"),
    "complaint-withdrawn": Words("投诉已撤回", "The complaint was withdrawn"),
    "complaint-closed": Words("{body}办结了投诉", "{body} closed the complaint"),
    "clue-referred": Words(
        "发现的违法线索移送{body}", "Signs of a violation were referred to {body}"
    ),
    "referral-returned": Words("{body}退回了线索", "{body} returned the clue"),
    "follow-up-opened": Words("{body}对这家企业立项跟进", "{body} is following the matter up"),
    "directive-issued": Words("{body}向企业发出{code}", "{body} issued a {code} to the business"),
    "recheck-passed": Words("{body}复查，整改合格", "{body} re-checked: it is put right"),
    "recheck-failed": Words("{body}复查，整改不合格", "{body} re-checked: it is not put right yet"),
    "result-sent-to-council": Words(
        "{body}把处理结果告知消委会", "{body} told the council the result"
    ),
}
