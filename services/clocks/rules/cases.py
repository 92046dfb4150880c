"""C11–C21, C38: cases of administrative penalty, from filing to the closed file."""

from __future__ import annotations

from events.words import Words
from services.clocks.rules.complaints import HEAD
from services.clocks.rules.laws import APL, O2
from services.clocks.rules.rule import Extension, Rule, term

_COLLECTIVE = Words("负责人集体讨论决定", "decided by the heads together")
_SERVED = Words("送达告知书", "service of the notice")

CASES = (
    Rule(
        "C11",
        Words("作出处理决定", "decide the case"),
        Words("立案", "filing of the case"),
        (term("cd", 90, O2, 64,
              pauses=("suspension", "hearing", "notice", "testing", "identification", "refund"),
              plus=(Extension(30, HEAD), Extension(None, _COLLECTIVE))),),
        begun_by=("case-filed",), ended_by=("case-decided",), extended_by=("case-extended",),
    ),
    Rule(
        "C12",
        Words("处理先行登记保存的证据", "dispose of registered evidence"),
        Words("采取先行登记保存措施", "registering the evidence"),
        (term("wd", 7, O2, 35, note=Words(
            "逾期未处理的，措施自动解除", "If nothing is done by then, the measure lapses")),),
    ),
    Rule(
        "C13",
        Words("解除或者处理查封、扣押", "end or dispose of the seizure"),
        Words("实施查封、扣押", "the seizure"),
        (term("cd", 30, O2, 38, pauses=("testing",), plus=(Extension(30, HEAD),)),),
        extended_by=("seizure-extended",),
    ),
    Rule(
        "C14",
        Words("向负责人报告当场采取的措施并补办手续", "report an urgent measure to the head"),
        Words("当场采取措施", "the measure taken on the spot"),
        (term("hour", 24, O2, 33, 36),),
    ),
    Rule(
        "C15",
        Words("完成审核", "complete the review"),
        Words("接到审核材料", "receipt of the papers"),
        (term("wd", 10, O2, 55, plus=(Extension(None, HEAD),)),),
        extended_by=("review-extended",),
    ),
    Rule(
        "C16",
        Words("陈述、申辩或者要求听证", "plead, or ask for a hearing"),
        _SERVED,
        (term("wd", 5, O2, 57, also=APL.article(64, 85), note=Words(
            "逾期不提出的，视为放弃", "Silence is a waiver")),),
    ),
    Rule(
        "C17",
        Words("通知当事人听证的时间、地点", "tell the party when and where the hearing is"),
        Words("举行听证（倒着数）", "the hearing, counted backwards"),
        (term("wd", 7, APL, 64, 85),),
        sort="before",
    ),
    Rule(
        "C18a",
        Words("送达行政处罚决定书", "serve the decision"),
        Words("作出决定", "the decision"),
        (term("wd", 7, O2, 81),),
    ),
    Rule(
        "C18b",
        Words("公告送达期满", "service by public notice takes effect"),
        Words("发出公告", "the public notice"),
        (term("cd", 30, O2, 82),),
        sort="block",
    ),
    Rule(
        "C19",
        Words("缴纳罚没款", "pay the fine"),
        Words("收到处罚决定书", "service of the decision"),
        (term("cd", 15, O2, 72, 74, 75, plus=(Extension(None, HEAD),), note=Words(
            "逾期每日加处百分之三，不超过罚款数额", "3% a day after it, up to the fine")),),
        extended_by=("payment-deferred",),
    ),
    Rule(
        "C20a",
        Words("催告后履行", "perform after the reminder"),
        Words("收到催告书", "service of the reminder"),
        (term("wd", 10, O2, 76),),
    ),
    Rule(
        "C20b",
        Words("申请人民法院强制执行", "apply to the court"),
        Words("期限届满", "end of the time to perform"),
        (term("month", 3, O2, 76),),
    ),
    Rule(
        "C21",
        Words("填写结案审批表", "fill in the form that closes the file"),
        Words("具备结案条件", "the case can be closed"),
        (term("wd", 15, O2, 77),),
    ),
    Rule(
        "C38a",
        Words("追究违法行为（一般）", "penalise an act, in general"),
        Words("违法行为终了", "the end of the act"),
        (term("month", 24, APL, 36),),
    ),
    Rule(
        "C38b",
        Words("追究涉及生命健康安全、金融安全的违法行为",
              "penalise an act against life, health or finance"),
        Words("违法行为终了", "the end of the act"),
        (term("month", 60, APL, 36),),
    ),
)  # fmt: skip
