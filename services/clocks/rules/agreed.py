"""C33, C40, D1–D3, M20: records of the enterprise, pledges, directives, figures told to one.

Dates that stand in a record.
"""

from __future__ import annotations

from events.words import Words
from services.clocks.rules.laws import O75, OWN, RECORD
from services.clocks.rules.rule import Rule, term

_PERIOD = Words("期间结束", "the end of the period")
_CLOSED = Words("停产停业的日子应当登记", "Closed days are to be logged")

AGREED = (
    Rule(
        "C33a",
        Words("完成每日质量安全检查记录", "complete the daily record"),
        _PERIOD,
        (term("cd", 0, O75, 10, first_day="same", rolls=False, note=_CLOSED),),
    ),
    Rule(
        "C33b",
        Words("完成每周质量安全排查报告", "complete the weekly report"),
        _PERIOD,
        (term("cd", 0, O75, 11, first_day="same", rolls=False, note=_CLOSED),),
    ),
    Rule(
        "C33c",
        Words("完成每月质量安全调度纪要", "complete the monthly minutes"),
        _PERIOD,
        (term("cd", 0, O75, 12, first_day="same", rolls=False, note=_CLOSED),),
    ),
    Rule(
        "C40",
        Words("提交承诺的证明材料", "submit evidence on the pledge"),
        Words("签署承诺", "signature of the pledge"),
        (term("date", None, OWN, also=Words("承诺约定的期间", "the period agreed")),),
    ),
    Rule(
        "C40a",
        Words("答复协会的询问", "answer the association's question"),
        Words("收到询问", "receipt of the question"),
        (term("wd", 10, OWN),),
    ),
    Rule(
        "C40b",
        Words("认定承诺是否履行", "judge whether the pledge was met"),
        Words("最近一次提交证明材料", "the latest evidence"),
        (term("cd", 30, OWN),),
    ),
    Rule(
        "C40c",
        Words("对惩戒提出申诉", "appeal against a sanction"),
        Words("送达惩戒决定", "delivery of the sanction"),
        (term("wd", 15, OWN, note=Words(
            "申诉期满前不公布", "Nothing is published before it ends")),),
    ),
    Rule(
        "D1",
        Words("送达文书", "deliver the directive"),
        Words("发出文书", "issue of the directive"),
        (term("none", None, RECORD, also=Words(
            "文书送达后才开始计算答复期限", "the time to answer runs only from delivery")),),
    ),
    Rule(
        "D2",
        Words("答复监管部门的文书", "answer the regulator's directive"),
        Words("文书送达", "delivery of the directive"),
        (term("date", None, RECORD, also=Words(
            "文书载明的答复日期", "the date stated in the directive")),),
    ),
    Rule(
        "D3",
        Words("复查整改情况", "re-check what was put right"),
        Words("收到答复", "receipt of the answer"),
        (term("none", None, RECORD, also=Words(
            "收到答复后复查；没有规定天数", "re-check after the answer; no number of days")),),
    ),
    Rule(
        "M20",
        Words("对投诉数据写说明", "comment on the figures"),
        Words("告知企业投诉数据", "telling the enterprise its figures"),
        (term("date", None, RECORD, also=Words(
            "告知时写明的日期，至少十天；没有法定期限",
            "the date stated when it was told, ten days at least; no statutory time")),),
    ),
)  # fmt: skip
