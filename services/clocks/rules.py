"""Rules: the clocks of the field as data: what is owed, how long, on which basis.

The ids are those of the clock register. `length` None says that no text in force names a
number; then nothing is ever called overdue. Where a province or an association sets its own
number, that number is a profile of its own with its own citation, not a constant here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from events.words import Words

#: Working days, calendar days, or a date that stands in the record itself.
Unit = Literal["wd", "cd", "date"]


@dataclass(frozen=True)
class Rule:
    """One clock: from `start`, `length` units to do `what`."""

    id: str
    what: Words
    length: int | None
    unit: Unit
    basis: Words
    start: Words


_RECEIVED = Words("收到投诉", "receipt of the complaint")
_ACCEPTED = Words("受理投诉", "acceptance of the complaint")
_PROMPTLY = Words("只规定“及时”，没有规定天数", "“promptly”, without a number of days")
_OWN_RULE = Words("协会自律规则", "the association's own rule")

_ALL = (
    Rule(
        "C1",
        Words("决定是否受理并告知投诉人", "decide whether to accept, and tell the consumer"),
        7, "wd",
        Words("《市场监督管理投诉举报处理办法》第十五条", "SAMR Order 121, Article 15"),
        _RECEIVED,
    ),
    Rule(
        "C2",
        Words("调解并得出结果", "mediate and reach a result"),
        60, "cd",
        Words("《市场监督管理投诉举报处理办法》第二十三条", "SAMR Order 121, Article 23"),
        _ACCEPTED,
    ),
    Rule(
        "C3",
        Words("告知双方终止调解", "tell both sides that mediation has ended"),
        7, "wd",
        Words("《市场监督管理投诉举报处理办法》第二十三条", "SAMR Order 121, Article 23"),
        Words("决定终止调解", "the decision to end mediation"),
    ),
    Rule(
        "C8",
        Words("答复消费者是否受理", "tell the consumer whether the complaint is accepted"),
        None, "wd",
        Words(
            "《消费者权益保护法》第三十七条；福建没有规定消委会的受理天数",
            "Consumer Protection Law, Article 37; Fujian gives councils no number of days",
        ),
        _RECEIVED,
    ),
    Rule(
        "C9",
        Words("调解并得出结果", "mediate and reach a result"),
        None, "cd",
        Words(
            "《消费者权益保护法实施条例》第四十五条（及时处理）；福建没有规定消委会的调解天数",
            "State Council Order 778, Article 45 (promptly); no number of days in Fujian",
        ),
        _ACCEPTED,
    ),
    Rule(
        "C10",
        Words("答复消委会移送的线索", "answer the council's referral"),
        None, "wd",
        Words(
            f"《消费者权益保护法实施条例》第三十六条；{_PROMPTLY.zh}",
            f"State Council Order 778, Article 36; {_PROMPTLY.en}",
        ),
        Words("收到线索", "receipt of the clue"),
    ),
    Rule(
        "D1",
        Words("送达文书", "deliver the directive"),
        None, "wd",
        Words("文书送达后才开始计算答复期限", "the time to answer runs only from delivery"),
        Words("发出文书", "issue of the directive"),
    ),
    Rule(
        "D2",
        Words("答复监管部门的文书", "answer the regulator's directive"),
        None, "date",
        Words("文书载明的答复日期", "the date stated in the directive"),
        Words("文书送达", "delivery of the directive"),
    ),
    Rule(
        "D3",
        Words("复查整改情况", "re-check what was put right"),
        None, "wd",
        Words("收到答复后复查；没有规定天数", "re-check after the answer; no number of days"),
        Words("收到答复", "receipt of the answer"),
    ),
    Rule(
        "C40",
        Words("提交承诺的证明材料", "submit evidence on the pledge"),
        None, "date",
        Words("承诺约定的期间", "the period agreed in the pledge"),
        Words("签署承诺", "signature of the pledge"),
    ),
    Rule(
        "C40a",
        Words("答复协会的询问", "answer the association's question"),
        10, "wd",
        _OWN_RULE,
        Words("收到询问", "receipt of the question"),
    ),
    Rule(
        "C40b",
        Words("认定承诺是否履行", "judge whether the pledge was met"),
        None, "cd",
        _OWN_RULE,
        Words("最近一次提交证明材料", "the latest evidence"),
    ),
)  # fmt: skip

RULES = {rule.id: rule for rule in _ALL}
