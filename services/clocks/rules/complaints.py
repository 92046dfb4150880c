"""C1–C10, C39: complaints, reports and answers between bodies."""

from __future__ import annotations

from datetime import date

from events.words import Words
from services.clocks.rules.laws import CPL, O2, O20, O121, ODR, R778
from services.clocks.rules.rule import Extension, Rule, term

HEAD = Words("负责人批准", "approved by the head")
MORE_15 = (Extension(15, HEAD),)
_RECEIVED = Words("收到投诉", "receipt of the complaint")
_ACCEPTED = Words("受理投诉", "acceptance of the complaint")
_PROMPTLY = Words("只规定“及时”，没有规定天数", "“promptly”, without a number of days")
_CHECKED = ("testing", "identification")
_RECUSAL = Words(
    "申请回避时调解中止，但没有规定这段时间不计入期限，所以照常计算",
    "While recusal is decided mediation rests, but no text stops the clock, so it runs on",
)
_O20_45 = Words(
    "旧办法规定的是工作日；2024年7月1日起以条例的60日为准",
    "The former order counted working days; from 1 July 2024 the 60 days of Order 778 prevail",
)

COMPLAINTS = (
    Rule(
        "C1",
        Words("决定是否受理并告知投诉人", "decide whether to accept, and tell the consumer"),
        _RECEIVED,
        (
            term("wd", 7, CPL, 46, until=date(2019, 12, 31)),
            term("wd", 7, O20, 14),
            term("wd", 7, O121, 15, also=R778.article(46)),
        ),
        begun_by=("complaint-registered", "complaint-transferred"),
        ended_by=("complaint-accepted", "complaint-refused"),
    ),
    Rule(
        "C2",
        Words("调解并得出结果", "mediate and reach a result"),
        _ACCEPTED,
        (
            term("wd", 45, O20, 21, pauses=("testing",), until=date(2024, 6, 30)),
            term(
                "cd", 60, R778, 46, pauses=("testing",), until=date(2026, 4, 14), note=_O20_45
            ),
            term(
                "cd", 60, O121, 22, 23, pauses=("testing",), also=R778.article(46), note=_RECUSAL
            ),
        ),
        begun_by=("complaint-accepted",),
        ended_by=(
            "agreement-reached", "mediation-terminated", "complaint-withdrawn",
            "direct-settlement-confirmed",
        ),
    ),
    Rule(
        "C3",
        Words("告知双方终止调解", "tell both sides that mediation has ended"),
        Words("决定终止调解", "the decision to end mediation"),
        (term("wd", 7, O20, 21), term("wd", 7, O121, 23)),
        begun_by=("mediation-terminated",),
        ended_by=("parties-notified",),
    ),
    Rule(
        "C4",
        Words("核查调解中发现的违法线索", "verify a clue found in mediation"),
        Words("发现线索", "discovery of the clue"),
        (
            term("wd", 15, O2, 18, pauses=_CHECKED, plus=MORE_15, until=date(2026, 4, 14)),
            term("wd", 15, O121, 27, pauses=_CHECKED, plus=MORE_15, also=O2.article(18)),
        ),
        begun_by=("clue-noted",),
        ended_by=("clue-verified",),
        extended_by=("clue-extended",),
    ),
    Rule(
        "C5",
        Words("核查举报并决定是否立案", "verify the report and decide on filing"),
        Words("收到举报（合并的，从最后一次举报起）", "receipt of the report, the last one merged"),
        (
            term("wd", 15, O2, 18, pauses=_CHECKED, plus=MORE_15, until=date(2026, 4, 14)),
            term("wd", 15, O2, 18, pauses=_CHECKED, plus=MORE_15, also=O121.article(35),
                 since=O121.since),
        ),
        begun_by=("report-registered", "new-facts-merged"),
        ended_by=("report-filed", "report-not-filed", "power-lacking-told", "duplicate-recorded",
                  "report-merged", "report-withdrawn"),
        extended_by=("verification-extended",),
    ),
    Rule(
        "C6a",
        Words("协商由谁处理", "agree which regulator handles it"),
        Words("发生争议", "the dispute"),
        (
            term("wd", 7, O2, 13, until=date(2026, 4, 14)),
            term("wd", 7, O121, 33, also=O2.article(13)),
        ),
    ),
    Rule(
        "C6b",
        Words("上级确定由谁管辖", "the superior names the regulator in charge"),
        Words("上级收到报送材料", "receipt of the papers by the superior"),
        (term("wd", 7, O2, 16),),
    ),
    Rule(
        "C7",
        Words("企业与消费者直接和解", "the business settles directly with the consumer"),
        Words("投诉送到企业", "delivery to the business"),
        (term("wd", 10, ODR),),
        begun_by=("direct-settlement-offered",),
        ended_by=(
            "direct-settlement-reported", "direct-settlement-confirmed",
            "direct-settlement-failed",
        ),
    ),
    Rule(
        "C8",
        Words("答复消费者是否受理", "tell the consumer whether the complaint is accepted"),
        _RECEIVED,
        (term("none", None, CPL, 37),),
        begun_by=("complaint-registered", "complaint-transferred"),
        ended_by=("complaint-accepted", "complaint-refused"),
    ),
    Rule(
        "C9",
        Words("调解并得出结果", "mediate and reach a result"),
        _ACCEPTED,
        (
            term("none", None, CPL, 37, until=date(2024, 6, 30)),
            term("none", None, R778, 45, also=_PROMPTLY),
        ),
        begun_by=("complaint-accepted",),
        ended_by=("agreement-reached", "mediation-terminated", "complaint-withdrawn"),
    ),
    Rule(
        "C10",
        Words("答复消委会移送的线索", "answer the council's referral"),
        Words("收到线索", "receipt of the clue"),
        (term("none", None, R778, 36, also=_PROMPTLY),),
        begun_by=("clue-referred",),
        ended_by=("result-sent-to-council", "referral-returned"),
    ),
    Rule(
        "C39",
        Words("提出投诉", "bring the complaint"),
        Words("知道或者应当知道权益受损", "knowing of the harm"),
        (term("month", 36, O20, 15), term("month", 36, O121, 16)),
    ),
)  # fmt: skip
