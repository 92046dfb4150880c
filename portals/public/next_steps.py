"""What happens next with a complaint, and until when: as plain sentences to the consumer."""

from __future__ import annotations

from datetime import date
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
        return _PROMPTLY
    return by_day(clock.safe, clock.provisional)


def by_day(day: date | None, provisional: bool) -> Words:
    """By this day, which may move while holidays are not published; None: the time rests."""
    if day is None:
        return Words("现在不计时。", "No time is running now.")
    zh, en = in_words(day)
    less, fewer = _PROVISIONAL if provisional else ("", "")
    return Words(f"最迟 {zh}{less}。", f"By {en} at the latest{fewer}.")


def until(owed: list[Row]) -> Words:
    """Until when the body decides or ends mediation, as the board of obligations has it."""
    for each in owed:
        if each["rule"] in _BODYS:
            made = each["clock"]["due"]
            if made is None and each["clock"]["state"] == "none":
                return _PROMPTLY
            return by_day(made, each["clock"]["provisional"])
    return both("")


def clock_of(owed: list[Row]) -> Row | None:
    """The clock of the body in charge that she waits for, with pauses and earlier dates."""
    for each in owed:
        clock: Row = each["clock"]
        if each["rule"] in _BODYS and (clock["due"] or clock["state"] != "none"):
            return clock | {"explained": ""}
    return None


def next_step(row: Row) -> Words:
    """What comes next, and who does it."""
    return _NEXT[row["state"]].fill(body=row["handler_name"])


#: The clocks of the body in charge that she waits for.
_BODYS = ("C1", "C2", "C8", "C9")
_PROVISIONAL = Words(
    "（暂定，放假安排公布后可能变动）",
    " (provisional: it may move when the holidays are published)",
)
_PROMPTLY = Words(
    "法律要求及时办理，没有规定具体天数。", "The law says promptly, without a number of days."
)
_NEXT = {
    "identity": Words(
        "{body}要核验您的身份，请按要求提供材料。",
        "{body} has to check who you are: please provide what it asks for.",
    ),
    "negotiating": Words(
        "{body}已请商家先与您直接和解。商家报告以后，请您确认。",
        "{body} asked the business to settle with you directly; please confirm what it reports.",
    ),
    "testing": Words(
        "商品正在检测，这段时间不计入调解期限。",
        "The goods are being tested; that time does not count.",
    ),
    "recusal": Words(
        "有一方申请调解人员回避，{body}作出决定以后继续调解。",
        "One side asked the mediator to step aside; mediation goes on when {body} has decided.",
    ),
    "performed": Words(
        "协议已经履行。如果其实没有，请告诉{body}。",
        "The agreement was kept. If it was not, tell {body}.",
    ),
    "defaulted": Words(
        "您反映协议没有履行，{body}会了解情况。您也可以走下面的途径。",
        "The agreement was not kept; {body} will look into it. Other ways are open to you, too.",
    ),
    "merged": Words(
        "您的投诉和另一件同样的投诉一起办理，您仍然用自己的编号查询。",
        "Your complaint is handled with another one like it; you still follow it by your number.",
    ),
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
    words = _BY.get((row["what"], row["kind"])) or _MILESTONES[row["what"]]
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
#: Where it says more who did it: herself, or the business.
_BY = {
    ("recusal-requested", "consumer"): Words(
        "您申请调解人员回避，调解中止", "You challenged the mediator; mediation rests"
    ),
    ("recusal-requested", "enterprise"): Words(
        "商家申请调解人员回避，调解中止", "The business challenged the mediator; mediation rests"
    ),
    ("proposal-answered", "consumer"): Words("您答复了方案", "You answered the proposal"),
    ("proposal-answered", "enterprise"): Words(
        "商家答复了方案", "The business answered the proposal"
    ),
    ("agreement-performed", "consumer"): Words(
        "您说明协议已经履行", "You said that the agreement was kept"
    ),
    ("agreement-performed", "enterprise"): Words(
        "商家说明协议已经履行", "The business said that the agreement was kept"
    ),
    ("default-reported", "consumer"): Words(
        "您反映协议没有履行", "You reported that the agreement is not kept"
    ),
    ("direct-settlement-confirmed", "consumer"): Words(
        "您确认已经和解", "You confirmed the settlement"
    ),
    ("consent-given", "consumer"): Words("您表示同意一项", "You gave a consent"),
    ("consent-given", "enterprise"): Words("商家表示同意一项", "The business gave a consent"),
    ("consent-withdrawn", "consumer"): Words("您撤回了一项同意", "You withdrew a consent"),
    ("consent-withdrawn", "enterprise"): Words(
        "商家撤回了一项同意", "The business withdrew a consent"
    ),
    ("complaint-withdrawn", "consumer"): Words("您撤回了投诉", "You withdrew the complaint"),
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
    "complaint-forwarded": Words("投诉分送{body}处理", "The complaint was forwarded to {body}"),
    "complaint-returned-to-desk": Words("投诉退回{body}", "The complaint went back to {body}"),
    "identity-proof-requested": Words(
        "{body}请您提供身份证明", "{body} asked you to prove who you are"
    ),
    "identity-proof-given": Words("您答复了身份证明要求", "You answered that request"),
    "identity-confirmed": Words("{body}确认了您的身份", "{body} confirmed who you are"),
    "direct-settlement-offered": Words(
        "{body}请商家先与您直接和解", "{body} asked the business to settle with you directly"
    ),
    "direct-settlement-reported": Words(
        "{body}报告已与您和解，请您确认", "{body} reported a settlement; please confirm it"
    ),
    "direct-settlement-confirmed": Words("确认已经和解", "The settlement was confirmed"),
    "direct-settlement-denied": Words("您表示没有和解", "You said it is not settled"),
    "direct-settlement-failed": Words("直接和解不成，继续办理", "No direct settlement"),
    "mediation-entrusted": Words("委托{body}调解", "{body} was entrusted with the mediation"),
    "entrustment-ended": Words("委托调解结束", "The entrusted mediation ended"),
    "mediation-scheduled": Words("{body}通知调解", "{body} invited you to mediation"),
    "mediation-held": Words("{body}组织了一次调解", "{body} held a session"),
    "recusal-requested": Words(
        "有一方申请调解人员回避，调解中止", "The mediator was challenged; mediation rests"
    ),
    "recusal-decided": Words("{body}对回避申请作出决定", "{body} decided on the challenge"),
    "testing-started": Words("商品送去检测", "The goods went to be tested"),
    "testing-ended": Words("检测结束", "Testing ended"),
    "proposal-made": Words("{body}提出调解方案，请您答复", "{body} proposed terms"),
    "proposal-answered": Words("有一方答复了方案", "One side answered the proposal"),
    "agreement-performed": Words("协议已经履行", "The agreement was kept"),
    "default-reported": Words("反映协议没有履行", "It was reported that it is not kept"),
    "parties-notified": Words("{body}告知终止调解", "{body} gave notice that mediation ended"),
    "consent-given": Words("记录了一项同意", "A consent was recorded"),
    "consent-withdrawn": Words("撤回了一项同意", "A consent was withdrawn"),
    "complaint-published": Words("{body}公示了投诉信息", "{body} made it public"),
    "comment-shown": Words(
        "{body}在公示旁边显示了企业说明",
        "{body} shows a comment of the business beside the publication",
    ),
    "publication-taken-back": Words("公示已经撤下", "It is public no longer"),
    "complaint-merged": Words(
        "与另一件同样的投诉一起办理", "It is handled with another complaint like it"
    ),
    "complaint-separated": Words("恢复单独办理", "It is handled by itself again"),
    "rating-reminded": Words("提醒您评价", "You were reminded to rate"),
    "called-back": Words("{body}回访", "{body} called you back"),
    "outcome-stated": Words("您说明了后续情况", "You said what became of it"),
    "complaint-reopened": Words("{body}因新的事实重新办理", "{body} took it up again on new facts"),
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
    "entrustment-moved": Words("{body}接着调解", "{body} goes on with the mediation"),
    "clue-moved": Words("线索转由{body}办理", "The clue is with {body} now"),
    "referral-returned": Words("{body}退回了线索", "{body} returned the clue"),
    "follow-up-opened": Words("{body}对这家企业立项跟进", "{body} is following the matter up"),
    "directive-issued": Words("{body}向企业发出{code}", "{body} issued a {code} to the business"),
    "recheck-passed": Words("{body}复查，整改合格", "{body} re-checked: it is put right"),
    "recheck-failed": Words("{body}复查，整改不合格", "{body} re-checked: it is not put right yet"),
    "result-sent-to-council": Words(
        "{body}把处理结果告知消委会", "{body} told the council the result"
    ),
}
